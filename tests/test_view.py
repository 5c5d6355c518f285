"""The page without a browser: what it embeds, that nothing escapes from it, its size and words."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch.writers import read_records
from arxtract.cli import app
from arxtract.events import load
from arxtract.records import (
    ArticleRecord,
    DateMention,
    Entity,
    EventCount,
    EventDate,
    EventLocation,
    EventRecord,
    Participant,
    Place,
    Quantity,
    Reason,
    Span,
)
from arxtract.view import page
from arxtract.view.payload import patch, payload, reasons_for, spans_of
from arxtract.view.report import SCRIPTS, data, words

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "fixtures" / "articles"
RAW = """قائمة 📰 اشترك الآن
احتضنت الكويت المؤتمر الرابع يوم 4 نونبر 2024 بحضور الوزير ناصر بوريطة و450 شخصا 🎉.
وأكد بوريطة أن التعاون مهم.
تعليقات القراء"""
NASTY = '</script><script>alert("x")</script><img src=x onerror=alert(1)>\u2028&amp;\'"'


def span(words: str, raw: str = RAW) -> Span:
    start = raw.index(words)
    return Span(start=start, end=start + len(words), text=words)


def at(words: str) -> dict:
    return span(words).model_dump()


def record(**changes) -> ArticleRecord:
    place = Place(kind="country", country="KW", lat=29.5, lon=45.75, source_id="KW")
    where = Entity(**at("الكويت"), id="n1", type="LOC", name="الكويت", chain="c1", place=place)
    who = Entity(**at("ناصر بوريطة"), id="n2", type="PER", name="ناصر بوريطة", chain="c2")
    when = DateMention(**at("4 نونبر 2024"), id="d1", type="DATE", value="2024-11-04")
    many = Quantity(**at("450 شخصا"), id="q1", value=450, unit="شخص", unit_class="person")
    day = {"value": "2024-11-04", "earliest": "2024-11-04", "latest": "2024-11-04"}
    event = EventRecord(
        id="e1",
        type="MEETING",
        label=span("مؤتمر الرابع"),
        status="occurred",
        triggers=(span("مؤتمر"), span("احتضنت")),
        date=EventDate(**day, mention="d1"),
        locations=(EventLocation(mention="n1", name="الكويت", place=place),),
        participants=(
            Participant(
                mention="n2",
                span=span("ناصر بوريطة"),
                name="ناصر بوريطة",
                type="PER",
                role="attendee",
                position=span("الوزير"),
            ),
        ),
        counts=(EventCount(mention="q1", value=450, unit="شخص", unit_class="person"),),
        confidence=0.9,
        evidence=(span(RAW.splitlines()[1]),),
        reasons=(
            Reason(slot="trigger", rule="MEETING: مؤتمر", marker=span("مؤتمر")),
            Reason(slot="participant attendee", rule="attended", marker=span("بحضور")),
            Reason(slot="location", rule="subject"),
        ),
    )
    fields = {
        "id": "a.txt",
        "published": "2024-11-06",
        "body": (span("\n".join(RAW.splitlines()[1:3])),),
        "entities": (where, who),
        "dates": (when,),
        "quantities": (many,),
        "events": (event,),
    }
    return ArticleRecord(**{**fields, **changes})


def embedded(text: str, name: str):
    found = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.S)
    assert len(found) == 1
    return json.loads(found[0])


def cut(article: dict, pair: list[int]) -> str:
    """Cut as JavaScript does, by UTF-16 units."""
    return article["text"].encode("utf-16-le")[2 * pair[0] : 2 * pair[1]].decode("utf-16-le")


def check_words(article: dict) -> None:
    event = article["events"][0]
    assert cut(article, event["label"]) == "مؤتمر الرابع"
    assert [cut(article, t["at"]) for t in event["triggers"]] == ["مؤتمر", "احتضنت"]
    assert cut(article, event["date"]["at"]) == "4 نونبر 2024"
    assert cut(article, event["locations"][0]["at"]) == "الكويت"
    assert cut(article, event["participants"][0]["at"]) == "ناصر بوريطة"
    assert cut(article, event["participants"][0]["position"]) == "الوزير"
    assert cut(article, event["counts"][0]["at"]) == "450 شخصا"
    assert cut(article, event["evidence"][0]).endswith("🎉.")


# -- what the page is told -------------------------------------------------------------------------


def test_spans_point_at_their_words_in_units_of_javascript():
    (article,) = payload([record()], {"a.txt": RAW})
    assert article["whole"]
    assert not article["misfit"]
    assert article["text"] == RAW
    check_words(article)


def test_without_its_text_an_article_shows_the_words_of_its_spans():
    title = span("قائمة")
    (article,) = payload([record(title=title)])
    assert not article["whole"]
    assert cut(article, article["title"]) == "قائمة"
    assert "تعليقات" not in article["text"]
    assert len(article["gaps"]) == 1
    check_words(article)


@pytest.mark.parametrize("text", [RAW[1:], RAW.replace("الكويت", "الرباط"), ""])
def test_a_text_that_does_not_fit_is_not_shown(text: str):
    (article,) = payload([record()], {"a.txt": text})
    assert article["misfit"]
    assert not article["whole"]
    check_words(article)


def test_lone_surrogates_are_mended_as_in_reading():
    raw = "\ud800" + RAW[1:]
    (article,) = payload([record()], {"a.txt": raw})
    assert article["whole"]
    json.dumps(article, ensure_ascii=False).encode("utf-8")


def test_pieces_are_joined_where_spans_touch_or_overlap():
    spans = [Span(start=s, end=s + len(t), text=t) for s, t in ((9, "ij"), (2, "cd"), (3, "de"))]
    spans.append(Span(start=5, end=6, text="f"))
    assert list(patch(spans)) == [(2, "cdef"), (9, "ij")]


def test_all_spans_of_a_record_are_found():
    texts = [s.text for s in spans_of(record())]
    assert texts.count("بحضور") == 1
    assert "الوزير" in texts
    assert "450 شخصا" in texts


def test_a_slot_finds_its_own_reason():
    event = record().events[0]
    (attended,) = reasons_for(event, "participant attendee", span("ناصر بوريطة"))
    assert attended.rule == "attended"
    (trigger,) = reasons_for(event, "trigger", span("مؤتمر"))
    assert trigger.rule == "MEETING: مؤتمر"
    assert [r.rule for r in reasons_for(event, "location", span("الكويت"))] == ["subject"]
    assert reasons_for(event, "date", span("4 نونبر 2024")) == []


# -- the file --------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """Collects the elements of a page and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.title = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, text):
        if self.tags[-1:] == ["title"]:
            self.title += text


def test_nothing_of_an_article_becomes_markup():
    raw = NASTY + "\n" + RAW
    body = Span(start=0, end=len(raw), text=raw)
    nasty = ArticleRecord(id=NASTY, title=body, body=(body,), warnings=(NASTY,))
    text = page([nasty], {NASTY: raw}, title=NASTY)
    seen, plain = Seen(text), Seen(page([record()]))
    assert seen.tags == plain.tags
    assert seen.tags.count("script") == 4
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert NASTY in seen.title
    (article,) = embedded(text, "records")
    assert article["id"] == NASTY
    assert article["text"] == raw
    assert article["warnings"] == [NASTY]
    assert "\u2028" not in text.split('id="records"')[1]


def test_the_policy_allows_the_one_script_and_no_network():
    text = page([record()], {"a.txt": RAW})
    script = re.findall(r"<script>(.*?)</script>", text, re.S)
    assert len(script) == 1
    expected = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    assert f"script-src 'sha256-{expected}'" in policy
    assert policy.startswith("default-src 'none'")
    addresses = set(re.findall(r"https?://[^\s\"'`)]*", text))
    assert addresses == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_make_no_markup_from_strings(name: str):
    script = data(f"{name}.js").read_text(encoding="utf-8")
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
        "fetch(",
        "XMLHttp",
        "</script",
        "$" + "{style",
    ):
        assert forbidden not in script
    assert len(script.splitlines()) < 400


def test_marks_take_no_room_along_the_line():
    """Room along the line, or a box of its own, would part letters that join."""
    style = data("page.css").read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style)
    marks = [(names, body) for names, body in rules if re.search(r"\.(seg|m-\w+|n-[A-Z]+)", names)]
    assert len(marks) > 8
    for names, body in marks:
        for part in body.split(";"):
            name = part.split(":")[0].strip()
            assert not re.match(r"(margin|border|display|float|position$|letter-|font)", name), (
                names
            )
            assert not name.startswith("padding") or name == "padding-block", names


def luminance(colour: str) -> float:
    """Relative luminance of ``#rgb`` or ``#rrggbb``, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_their_ground_in_light_and_dark():
    """At least 4.5 to 1, as WCAG asks of small text."""
    style = data("page.css").read_text(encoding="utf-8").split("@media print")[0]
    palettes = [
        dict(re.findall(r"--([\w-]+):(#\w+)", block))
        for block in re.findall(r":root[^{]*\{([^}]*--ink[^}]*)\}", style)
    ]
    assert len(palettes) == 3  # light; dark by the system; dark by choice
    assert palettes[1] == palettes[2]
    for palette in palettes:
        for name in ("ink", "soft", "accent", "warn", "date", "location", "participant"):
            assert contrast(palette[name], palette["paper"]) >= 4.5, name
        for name in ("ink", "soft", "accent"):
            assert contrast(palette[name], palette["ground"]) >= 4.5, name
        for name in ("trigger", "evidence", "lit"):
            assert contrast(palette["ink"], palette[name]) >= 4.5, name


def test_sizes():
    assert data("world.json").stat().st_size < 200_000
    assert sum(f.stat().st_size for f in data("page.html").parent.glob("*.woff2")) < 150_000
    assert len(page([]).encode()) < 350_000


def run_of(articles: int, events: int) -> tuple[list[ArticleRecord], dict[str, str]]:
    """Records of so many articles with so many events in all, and their texts."""
    least, more = divmod(events, articles)
    records = [
        record(id=f"{n}.txt", events=record().events * (least + (n < more)))
        for n in range(articles)
    ]
    return records, {r.id: RAW for r in records}


def test_the_file_grows_with_the_run_and_no_faster():
    sizes = {}
    for articles, events in ((150, 1000), (300, 2000), (600, 4000)):
        text = page(*run_of(articles, events))
        found = embedded(text, "records")
        assert len(found) == articles
        assert sum(len(article["events"]) for article in found) == events
        sizes[events] = len(text)
    assert sizes[4000] - sizes[2000] == pytest.approx(2 * (sizes[2000] - sizes[1000]), rel=0.02)
    per_event = (sizes[2000] - sizes[1000]) / 1000
    assert per_event < len(record().to_json())  # spans are places, not words told again
    assert sizes[2000] < 2_000_000


def test_same_records_same_page():
    assert page([record()], {"a.txt": RAW}) == page([record()], {"a.txt": RAW})


# -- its words -------------------------------------------------------------------------------------


def test_every_word_is_there_in_both_languages():
    for group, entries in words().items():
        for key, entry in entries.items():
            assert set(entry) == {"ar", "en"}, (group, key)
            assert all(entry.values()), (group, key)


def test_every_type_role_and_status_has_words():
    known = words()
    records = {t.type for t in load(("press",)).types.values() if not t.joins}
    assert records <= set(known["type"])
    for event_type in load(("press",)).types.values():
        assert set(event_type.roles) <= set(known["role"]), event_type.type
    schema = ArticleRecord.model_json_schema()["$defs"]
    assert set(schema["EventRecord"]["properties"]["status"]["enum"]) <= set(known["status"])
    assert set(schema["Place"]["properties"]["kind"]["enum"]) <= set(known["kind"])
    assert set(schema["Entity"]["properties"]["type"]["enum"]) <= set(known["entity"])


def test_every_word_that_the_scripts_ask_for_is_there():
    known = words()["ui"]
    for name in SCRIPTS:
        script = data(f"{name}.js").read_text(encoding="utf-8")
        asked = re.findall(r'\b(?:say|foundLine|fact|field|sortField)\("(\w+)"', script)
        assert set(asked) <= set(known), name
    html_words = re.findall(r'data-word="(\w+)"', data("page.html").read_text(encoding="utf-8"))
    assert set(html_words) <= set(known)


# -- the command line ------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_view_of_records_with_and_without_their_texts(tmp_path: Path):
    (tmp_path / "run.jsonl").write_text(record().to_json() + "\n", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(RAW.encode())
    out = tmp_path / "report.html"
    for arguments, whole in ((["--texts", tmp_path / "texts"], True), ([], False)):
        result = run("view", tmp_path / "run.jsonl", "-o", out, *arguments)
        assert result.exit_code == 0, result.output
        (article,) = embedded(out.read_text(encoding="utf-8"), "records")
        assert article["whole"] is whole


def test_view_takes_a_table_with_columns_of_other_names(tmp_path: Path):
    (tmp_path / "run.jsonl").write_text(record().to_json() + "\n", encoding="utf-8")
    row = {"key": "a.txt", "body": RAW}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = tmp_path / "report.html"
    columns = ["--column", "text=body", "--column", "id=key"]
    result = run(
        "view", tmp_path / "run.jsonl", "-o", out, "--texts", tmp_path / "texts.jsonl", *columns
    )
    assert result.exit_code == 0, result.output
    (article,) = embedded(out.read_text(encoding="utf-8"), "records")
    assert article["whole"]


def rules(value) -> Iterator[str]:
    """All rules named anywhere in what the page is told."""
    if isinstance(value, dict):
        yield from [value["rule"]] if "rule" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from rules(item)


def test_view_of_articles_reads_them_first(tmp_path: Path):
    out = tmp_path / "report.html"
    result = run("view", ARTICLES, "-o", out, "--english", "--title", "Five & more")
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    assert '<html lang="en" dir="ltr">' in text
    assert "<title>Five &amp; more</title>" in text
    articles = embedded(text, "records")
    assert [a["id"] for a in articles] == sorted(p.name for p in ARTICLES.glob("*.txt"))
    assert all(a["whole"] for a in articles)
    assert all(a["events"] for a in articles)
    named = {rule for rule in rules(articles) if ": " not in rule}  # else it names a trigger
    assert "subject" in named
    assert named <= set(words()["rule"])


def test_view_says_what_is_wrong(tmp_path: Path):
    (tmp_path / "run.jsonl").write_text(record().to_json() + "\n", encoding="utf-8")
    result = run("view", tmp_path / "run.jsonl", "-o", tmp_path / "no" / "report.html")
    assert result.exit_code == 1
    assert "cannot be written" in str(result.exception)
    assert read_records(tmp_path / "run.jsonl") == [record()]
