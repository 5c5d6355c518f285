"""The account of an evaluation: errors in their sentences, confusion, two runs compared."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.cli import app
from arxtract.errors import ArxtractError, DataError
from arxtract.evaluate import account, compare, score
from arxtract.evaluate.account import Curve, Errors
from arxtract.evaluate.markdown import markdown
from arxtract.evaluate.passages import LONGEST, Passages
from arxtract.records import ArticleRecord
from arxtract.view.errors import errors_page
from evaluate_kit import evaluated, event, gold, record, told, write

NASTY = '</p><script>alert("x")</script> <img src=x onerror=alert(1)> | `a` [b](c) **d** &amp;'


class Seen(HTMLParser):
    """Collects the elements of a page with what stands in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]

    def handle_data(self, text: str) -> None:
        self.words.append(text)
        if self.tags[-1:] == ["mark"]:
            self.marks.append(text)
            self.tags.append("")


def errors(blocks: list[object]) -> list[tuple[str, str, str]]:
    """Return of each error its title and both passages, marked words in brackets."""
    return [
        (
            block.title,
            *(
                "".join(f"[{p.text}]" if p.marked else p.text for p in passage)
                for passage in (entry.gold, entry.predicted)
            ),
        )
        for block in blocks
        if isinstance(block, Errors)
        for entry in block.entries
    ]


# -- errors in their sentences ---------------------------------------------------------------------


def test_each_side_marks_its_own_words_in_the_sentence(tmp_path: Path) -> None:
    article = gold(tmp_path, "الخبر الأول. زار ⟦PER|علي عيسى⟧ ⟦LOC|فاس⟧ أمس. خبر آخر.")
    found = evaluated(article, record("الخبر الأول. زار ⟦PER|علي⟧ عيسى فاس أمس. خبر آخر."))
    assert errors(account(found)) == [
        ("entities: missed (1)", "زار علي عيسى [فاس] أمس.", "زار علي عيسى فاس أمس."),
        ("entities: wrong span (1)", "زار [علي عيسى] فاس أمس.", "زار [علي] عيسى فاس أمس."),
    ]


def test_a_wrong_slot_is_shown_where_its_filler_stands(tmp_path: Path) -> None:
    raw = "زار علي المدينة. وكان في استقباله عمر. وحضر سعيد."
    people = [{"name": "علي", "role": "visitor"}, {"name": "عمر", "role": "host"}]
    article = gold(tmp_path, raw, [told("VISIT", "زار", people)])
    predicted = event(raw, "VISIT", "زار", [("علي", "visitor")], on="2024")
    blocks = account(evaluated(article, record(raw, [predicted])))
    assert errors(blocks) == [
        (
            "slots: missed (1)",
            "وكان في استقباله [عمر].",
            "وكان في استقباله عمر.",
        ),
        ("slots: spurious (1)", "زار علي المدينة.", "[زار] علي المدينة."),
    ]


def test_a_long_sentence_is_cut_around_the_mark() -> None:
    raw = "كلمة " * 200 + "فاس " + "كلمة " * 200
    at = raw.index("فاس")
    pieces = Passages(raw).around([(at, at + 3)])
    assert [piece.text for piece in pieces if piece.marked] == ["فاس"]
    assert sum(len(piece.text) for piece in pieces) <= LONGEST + 2
    assert pieces[0].text == pieces[-1].text == "…"


# -- the files -------------------------------------------------------------------------------------


def nasty(folder: Path) -> list[object]:
    raw = f"زار علي فاس {NASTY} طنجة"
    article = gold(folder, raw.replace("علي", "⟦PER|علي⟧"), [told("VISIT", "زار")])
    off = record(raw.replace("طنجة", "⟦LOC|طنجة⟧"), [event(raw, "MEETING", "زار", confidence=0.4)])
    return list(account(evaluated(article, off), against=NASTY))


def test_nothing_of_a_text_becomes_markup(tmp_path: Path) -> None:
    page = errors_page(nasty(tmp_path), NASTY)
    seen = Seen(page)
    assert not {"script", "img", "link", "iframe"} & set(seen.tags)
    assert NASTY in "".join(seen.words)
    assert seen.marks.count("علي") == 1
    assert not re.findall(r"https?://", page)
    assert "default-src 'none'" in page
    assert 'lang="ar" dir="rtl"' in page


def test_markdown_shows_a_text_as_it_stands(tmp_path: Path) -> None:
    text = markdown(nasty(tmp_path))
    assert "<script" not in re.sub(r"\\.", "", text)
    assert "**علي**" in text
    for line in text.splitlines():
        if line.startswith("| a:"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 6


def test_the_curve_has_the_records(tmp_path: Path) -> None:
    (curve,) = (block for block in nasty(tmp_path) if isinstance(block, Curve))
    assert [b.records for b in curve.bins] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert "<circle" in errors_page([curve])


# -- confusion -------------------------------------------------------------------------------------


def test_types_that_met(tmp_path: Path) -> None:
    article = gold(
        tmp_path,
        "زار ⟦PER|علي⟧ ⟦LOC|فاس⟧ ⟦LOC|طنجة⟧ ووجدة",
        [told("VISIT", "زار", [{"name": "علي", "role": "visitor"}])],
    )
    raw = "زار علي فاس طنجة ووجدة"
    predicted = record(
        "زار علي ⟦ORG|فاس⟧ ⟦LOC|طنجة⟧ و⟦LOC|وجدة⟧",
        [event(raw, "MEETING", "زار", [("علي", "attendee")])],
    )
    found = evaluated(article, predicted)
    assert dict(found.confusion["entities"]) == {
        ("PER", "nothing"): 1,
        ("LOC", "ORG"): 1,
        ("LOC", "LOC"): 1,
        ("nothing", "LOC"): 1,
    }
    assert dict(found.confusion["events"]) == {("VISIT", "MEETING"): 1}


def test_slots_are_scored_by_type_too(tmp_path: Path) -> None:
    raw = "زار علي فاس"
    article = gold(tmp_path, raw, [told("VISIT", "زار", date="2024", locations=["فاس"])])
    found = evaluated(article, record(raw, [event(raw, "VISIT", "زار", at=["فاس"])]))
    assert found.by_type["slot_location"]["VISIT"].f1 == 1
    assert found.by_type["slot_date"]["VISIT"].missed == 1


# -- two runs --------------------------------------------------------------------------------------


def test_what_got_better_and_what_worse(tmp_path: Path) -> None:
    article = gold(tmp_path, "⟦LOC|فاس⟧ ⟦PER|علي⟧ ⟦LOC|طنجة⟧")
    old = score([article], {"a": record("⟦LOC|فاس⟧ علي طنجة")})
    new = score([article], {"a": record("فاس ⟦PER|علي⟧ ⟦LOC|طنجة⟧")})
    found = compare(old, new)
    assert [m.gold for m in found.mended] == ["علي PER", "طنجة LOC"]
    assert [m.gold for m in found.new] == ["فاس LOC"]
    change = next(c for c in found.scores if c.score == "entities")
    assert (change.before, change.after) == (0.5, 0.8)
    assert change.low == change.high == pytest.approx(0.3)
    assert change.sure
    assert "entities " in found.text()
    assert "2 errors mended, 1 new" in found.text()


def test_a_change_in_one_article_of_two_is_unsure(tmp_path: Path) -> None:
    articles = [gold(tmp_path, "⟦LOC|فاس⟧", name=name) for name in ("a", "b")]
    same = {"a": record("⟦LOC|فاس⟧"), "b": record("فاس")}
    old, new = score(articles, same), score(articles, {**same, "b": record("⟦LOC|فاس⟧")})
    (change,) = (c for c in compare(old, new).scores if c.score == "entities")
    assert change.before == pytest.approx(2 / 3)
    assert change.after == 1
    assert change.low == 0
    assert not change.sure


def test_runs_of_other_articles_do_not_compare(tmp_path: Path) -> None:
    one, other = (gold(tmp_path, "فاس", name=name) for name in ("a", "b"))
    first, second = (score([x], {x.name: ArticleRecord(id=x.name)}) for x in (one, other))
    with pytest.raises(DataError, match="other articles"):
        compare(first, second)


# -- the command -----------------------------------------------------------------------------------


def test_the_command_writes_pages_and_markdown(tmp_path: Path) -> None:
    write(tmp_path, "زار ⟦PER|علي⟧ ⟦LOC|فاس⟧")
    runs = {"old": "زار علي ⟦LOC|فاس⟧", "new": "زار ⟦PER|علي⟧ فاس"}
    for name, marked in runs.items():
        (tmp_path / f"{name}.jsonl").write_text(record(marked).to_json(), encoding="utf-8")
    command = ["evaluate", tmp_path, "--pred", tmp_path / "new.jsonl"]
    command += ["--against", tmp_path / "old.jsonl", "--report"]
    for suffix in ("html", "md"):
        done = CliRunner().invoke(app, [str(a) for a in (*command, tmp_path / f"r.{suffix}")])
        assert done.exit_code == 0, done.output
        assert "1 errors mended, 1 new" in done.output
        text = (tmp_path / f"r.{suffix}").read_text(encoding="utf-8")
        for words in ("Against old.jsonl", "What got better", "What got worse", "علي"):
            assert words in text
        assert str(tmp_path) not in text
    done = CliRunner().invoke(app, [str(a) for a in (*command, tmp_path / "r.pdf")])
    assert isinstance(done.exception, ArxtractError)
