"""Gold in the formats of other tools: round trips, offsets, and what each format loses."""

from __future__ import annotations

import contextlib
import json
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from arxtract.cli import app
from arxtract.errors import ArxtractError, DataError, MissingExtra
from arxtract.evaluate import run
from arxtract.evaluate.conll import read as read_conll
from arxtract.evaluate.gold import faults_of
from arxtract.evaluate.notation import Mark, unmark
from arxtract.evaluate.sheet import Sheet
from arxtract.evaluate.sheet import read as read_sheets
from arxtract.exchange import FORMATS, brat, conll, docbin, doccano, format_of, label_studio
from arxtract.exchange.offsets import Offsets
from arxtract.records import ArticleRecord

ROOT = Path(__file__).parent.parent
GOLD, ARTICLES = ROOT / "fixtures" / "gold", ROOT / "fixtures" / "articles"
OPEN = ROOT / "fixtures" / "open"

needs_spacy = pytest.mark.skipif(
    not find_spec("spacy"), reason="needs the extra spacy (200 MB): pip install 'arxtract[spacy]'"
)
LOSSLESS = [
    label_studio,
    doccano,
    pytest.param(docbin, marks=needs_spacy),
]
ODD = (
    "قائمة 📰🇲🇦\r\n"
    "اِحْتَضَنَتْ ⟦LOC|مَدِينَةُ فَاسٍ⟧ 👨‍👩‍👧 ⟦DATE 2022-11-01|فاتح نونبر⟧ ⟦ORG|سفارة ⟦LOC|المغرب⟧⟧\n"
    "و⟦PER|علي\u200fعيسى⟧ 🎉⟦QTY >3 شخص|أكثر من 3 أشخاص⟧ ل⟦LOC|لمغرب⟧ Ünïcode"
)


def odd() -> Sheet:
    """An article with emoji, combining marks, control signs, names in names and a clitic."""
    raw, marks = unmark(ODD, "test")
    event = {"type": "VISIT", "label": "فاتح نونبر", "triggers": ["أكثر"], "status": "planned"}
    described = {"title": "قائمة 📰🇲🇦", "body_lines": [2, 3], "events": [event]}
    bare = tuple(Mark(m.kind, m.value, m.start, m.end, 0) for m in marks)
    return Sheet("odd", raw, bare, described)


def fixtures() -> list[Sheet]:
    both = [(GOLD, ARTICLES), (OPEN / "gold", OPEN / "articles")]
    return [sheet for gold, texts in both for sheet in read_sheets(gold, texts)]


# -- round trips -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", LOSSLESS)
def test_nothing_is_lost(tool: object, tmp_path: Path) -> None:
    sheets = [*fixtures(), odd()]
    assert not +tool.write(sheets, tmp_path / "out")
    found = tool.read(tmp_path / "out")
    assert not +found.losses
    assert found.sheets == sheets


def test_brat_keeps_marks_lines_and_days_and_says_what_it_loses(tmp_path: Path) -> None:
    sheets = sorted([*fixtures(), odd()], key=lambda sheet: sheet.name)
    losses = brat.write(sheets, tmp_path)
    back = brat.read(tmp_path)
    assert not +back.losses
    for before, after in zip(sheets, back.sheets, strict=True):
        assert (after.name, after.raw, after.marks) == (before.name, before.raw, before.marks)
        for key in ("source", "published", "published_given", "title", "body_lines"):
            assert after.described.get(key) == before.described.get(key), key
        told = [(e["type"], e["status"]) for e in after.described["events"]]
        assert told == [(e["type"], e["status"]) for e in before.described["events"]]
    people, lost = (
        sum(len(e.get("participants", ())) for s in side for e in s.described["events"])
        for side in (sheets, back.sheets)
    )
    unmarked = [n for what, n in losses.items() if what.endswith("that no mark says")]
    places = sum(len(e.get("locations", ())) for s in sheets for e in s.described["events"])
    assert 0 < people - lost <= sum(unmarked)
    assert places > 0
    assert losses["further triggers"] > 0
    assert losses["position of participants"] > 0


def test_what_comes_from_brat_is_gold(tmp_path: Path) -> None:
    brat.write(fixtures(), tmp_path / "brat")
    for sheet in brat.read(tmp_path / "brat").sheets:
        sheet.write(tmp_path / "gold")
    assert [str(f) for f in faults_of(tmp_path / "gold") if f.grave] == []


def test_conll_keeps_the_names_and_says_what_it_loses(tmp_path: Path) -> None:
    sheets = [*fixtures(), odd()]
    for sheet in sheets:
        (tmp_path / f"{sheet.name}.txt").write_bytes(sheet.raw.encode())
    losses = conll.write(sheets, tmp_path / "names.conll")
    back = conll.read(tmp_path / "names.conll", tmp_path)
    assert losses["names inside names"] == 1
    assert losses["events"] == sum(len(s.described["events"]) for s in sheets)
    for before, after in zip(sheets, back.sheets, strict=True):
        names = [m for m in before.marks if m.kind in ("PER", "ORG", "LOC", "MISC")]
        inside = [m for m in names if any(o is not m and o.start <= m.start and m.end <= o.end
                                          for o in names)]  # fmt: skip
        assert list(after.marks) == [m for m in names if m not in inside]
        assert after.described["body_lines"] == before.described["body_lines"]
    tokens, tags = read_conll(tmp_path / "names.conll")
    words = [w for sentence in tokens for w in sentence]
    assert len(words) == sum(map(len, tags))
    assert words[words.index("لمغرب") - 1] == "ل"


def test_conll_without_offsets_is_laid_along_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("زار علي  عيسى فاس.", encoding="utf-8")
    rows = ["-DOCSTART-\ta", "زار\tO", "علي\tB-PER", "عيسى\tI-PER", "", "فاس\tB-LOC", ".\tO", ""]
    (tmp_path / "a.conll").write_text("\n".join(rows), encoding="utf-8")
    (sheet,) = conll.read(tmp_path / "a.conll", tmp_path).sheets
    assert [(m.kind, sheet.raw[m.start : m.end]) for m in sheet.marks] == [
        ("PER", "علي  عيسى"),
        ("LOC", "فاس"),
    ]
    (tmp_path / "a.txt").write_text("زار عمر فاس.", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.conll:3: .*'علي'"):
        conll.read(tmp_path / "a.conll", tmp_path)


# -- offsets ---------------------------------------------------------------------------------------


def test_offsets_of_javascript_are_understood() -> None:
    raw = "📰🎉 فاس"
    offsets = Offsets(raw)
    assert offsets.checked(3, 6, "فاس", "x") == offsets.checked(5, 8, "فاس", "x") == (3, 6)
    with pytest.raises(DataError, match=r"x: the text at \[4, 7\) is 'اس', not 'فاس'"):
        offsets.checked(4, 7, "فاس", "x")


@pytest.mark.parametrize(("start", "end"), [(0, 1), (1, 3), (2, 2), (-1, 2), (0, 99)])
def test_a_range_that_cannot_be_one(start: int, end: int) -> None:
    with pytest.raises(DataError):
        Offsets("فَاسٌ بَ").whole(start, end, "x")


def tamper(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_shifted_offset_is_refused(tmp_path: Path) -> None:
    raw, marks = unmark("زار ⟦PER|علي⟧", "test")
    sheet = Sheet("a", raw, tuple(marks), {"body_lines": [1]})
    brat.write([sheet], tmp_path / "brat")
    tamper(tmp_path / "brat" / "a.ann", "PER 4 7", "PER 3 6")
    with pytest.raises(DataError, match=r"a\.ann:1: the text at 3 6 is ' عل', not 'علي'"):
        brat.read(tmp_path / "brat")
    label_studio.write([sheet], tmp_path / "ls.json")
    tamper(tmp_path / "ls.json", '"start": 4', '"start": 3')
    with pytest.raises(DataError, match="task 1: region m1"):
        label_studio.read(tmp_path / "ls.json")
    doccano.write([sheet], tmp_path / "d.jsonl")
    tamper(tmp_path / "d.jsonl", '"text": "زار', '"text": "زا')
    with pytest.raises(DataError, match=r"d\.jsonl:1: label PER"):
        doccano.read(tmp_path / "d.jsonl")


@pytest.mark.parametrize("name", ["../a", "", "..", "a/b", "C:a"])
def test_no_file_is_written_outside_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="can be no name"):
        Sheet(name, "فاس", (), {"body_lines": [1]}).write(tmp_path / "gold")
    assert not list(tmp_path.iterdir())


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_gives_articles_that_fit_or_an_error(data: st.DataObject) -> None:
    tool, name = data.draw(
        st.sampled_from([(label_studio, "t.json"), (doccano, "t.jsonl"), (conll, "t.conll"),
                         (brat, "brat")])
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "odd.txt").write_bytes(odd().raw.encode())
        tool.write([odd()], folder / name)
        file = folder / name if name != "brat" else folder / "brat" / "odd.ann"
        text = file.read_text(encoding="utf-8")
        at = data.draw(st.integers(0, len(text) - 1))
        gone = data.draw(st.integers(0, 12))
        new = data.draw(st.text(alphabet='TE#A1 9:;,"{}[]\t\n-IBعَ📰', max_size=4))
        file.write_text(text[:at] + new + text[at + gone :], encoding="utf-8")
        with contextlib.suppress(ArxtractError):  # and no other error
            for sheet in tool.read(folder / name, folder if tool is conll else None).sheets:
                assert all(0 <= m.start < m.end <= len(sheet.raw) for m in sheet.marks)


# -- what a tool changed ---------------------------------------------------------------------------


def test_what_was_marked_in_label_studio(tmp_path: Path) -> None:
    raw = "🎉 زار علي فاس أمس"
    label_studio.write([Sheet("a", raw, (), {"body_lines": [1]})], tmp_path / "t.json")
    (task,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    common = {"from_name": "label", "to_name": "text", "type": "labels"}
    value = {"start": 15, "end": 18, "text": "أمس", "labels": ["DATE"]}  # UTF-16 units
    task["annotations"] = [
        {"result": [], "was_cancelled": True},
        {
            "result": [
                common | {"id": "x", "value": value},
                {"id": "x", "type": "textarea", "value": {"start": 1, "text": ["2022-11-01"]}},
                {"type": "relation", "from_id": "x", "to_id": "x"},
            ]
        },
    ]
    (tmp_path / "t.json").write_text(json.dumps([task]), encoding="utf-8")
    found = label_studio.read(tmp_path / "t.json")
    assert found.sheets[0].marks == (Mark("DATE", "2022-11-01", 14, 17, 0),)
    assert +found.losses == {"relations and other results": 1}


def test_what_was_marked_in_doccano(tmp_path: Path) -> None:
    raw, marks = unmark("زار علي ⟦DATE 2022|أمس⟧", "test")
    doccano.write([Sheet("a", raw, tuple(marks), {"body_lines": [1]})], tmp_path / "d.jsonl")
    line = json.loads((tmp_path / "d.jsonl").read_text(encoding="utf-8"))
    line["entities"] = [
        {"id": 1, "start_offset": 4, "end_offset": 7, "label": "PER"},
        {"id": 2, "start_offset": 0, "end_offset": 3, "label": "DATE"},
        {"id": 3, "start_offset": 8, "end_offset": 11, "label": "DATE"},
    ]
    del line["label"]
    (tmp_path / "d.jsonl").write_text(json.dumps(line), encoding="utf-8")
    found = doccano.read(tmp_path / "d.jsonl")
    told = [(m.kind, m.value) for m in found.sheets[0].marks]
    assert told == [("DATE", "?"), ("PER", ""), ("DATE", "2022")]
    assert +found.losses == {"new labels that want a value": 1}


def test_an_event_that_was_drawn_in_brat(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("زار علي وعمر فاس أمس", encoding="utf-8")
    annotation = """\
T1\tPER 4 7\tعلي
T2\tPER 9 12\tعمر
T3\tLOC 13 16\tفاس
T4\tDATE 17 20\tأمس
#1\tAnnotatorNotes T4\t2022-11-01
T5\tVISIT 0 3\tزار
T6\tBODY 0 20\tزار علي وعمر فاس أمس
E1\tVISIT:T5 visitor:T1 visitor2:T2 location:T3 date:T4
A1\tStatus E1 planned
R1\tOther Arg1:T1 Arg2:T2
"""
    (tmp_path / "a.ann").write_text(annotation, encoding="utf-8")
    found = brat.read(tmp_path)
    assert +found.losses == {"relations and references": 1}
    assert found.sheets[0].described["events"] == [
        {
            "type": "VISIT",
            "label": "زار",
            "triggers": ["زار"],
            "status": "planned",
            "participants": [
                {"name": ["علي"], "role": ["visitor"]},
                {"name": ["عمر"], "role": ["visitor"]},
            ],
            "locations": [["فاس"]],
            "date": "2022-11-01",
        }
    ]
    found.sheets[0].write(tmp_path / "gold")
    scored = run(tmp_path / "gold", {"a": ArticleRecord(id="a")}, samples=0)
    assert scored.scores["slot_participant"].missed == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1 PER 0 3 زار", "parted by tabs"),
        ("T1\tPER 0 x\tزار", "are no offsets"),
        ("T1\tPER 0 3;8 11\tزار عمر", "words between"),
        ("T1\tPER 8 11;0 3\tعمر زار", "words between"),
        ("X1\tPER", "no annotation of brat that is known"),
        ("E1\tVISIT:T9", "E1: there is no T9"),
    ],
)
def test_a_fault_in_standoff_names_its_place(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "a.txt").write_text("زار علي عمر", encoding="utf-8")
    (tmp_path / "a.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        brat.read(tmp_path)


def test_brat_is_told_the_types_and_roles(tmp_path: Path) -> None:
    brat.write([odd()], tmp_path)
    lines = (tmp_path / "annotation.conf").read_text(encoding="utf-8").splitlines()
    visit = next(line for line in lines if line.startswith("VISIT\t"))
    assert "visitor*:" in visit
    assert "date?:DATE" in visit
    assert {"PER", "QTY", "TITLE", "BODY"} <= set(lines)


# -- spaCy -----------------------------------------------------------------------------------------


@needs_spacy
def test_entities_of_a_docbin_are_those_that_lie_in_no_other(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    docbin.write([odd()], tmp_path / "a.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("ar").vocab)
    assert doc.text == odd().raw
    assert [(e.label_, e.text) for e in doc.ents][2:4] == [
        ("ORG", "سفارة المغرب"),
        ("PER", "علي\u200fعيسى"),
    ]
    del doc.spans["arxtract"]
    DocBin(docs=[doc]).to_disk(tmp_path / "b.spacy")
    (sheet,) = docbin.read(tmp_path / "b.spacy").sheets
    assert (sheet.name, len(sheet.marks)) == ("doc1", len(doc.ents))
    (tmp_path / "c.spacy").write_bytes(b"no DocBin")
    with pytest.raises(DataError, match=r"c\.spacy: no DocBin"):
        docbin.read(tmp_path / "c.spacy")


@pytest.mark.skipif(bool(find_spec("spacy")), reason="spaCy is installed")
def test_without_spacy_the_extra_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingExtra, match=r"arxtract\[spacy\]"):
        docbin.write([odd()], tmp_path / "a.spacy")


# -- the commands ----------------------------------------------------------------------------------


def call(*arguments: object) -> object:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_commands_go_out_and_in(tmp_path: Path) -> None:
    out = call("gold", "export", GOLD, "--to", "conll", "-o", tmp_path / "names.conll")
    assert out.exit_code == 0, out.output
    assert "lost: " in out.output
    assert "dates and quantities" in out.output
    out = call("gold", "export", GOLD, "--to", "label-studio", "-o", tmp_path / "t.json")
    assert "lost" not in out.output
    back = call(
        "gold", "import", tmp_path / "t.json", "--from", "label-studio", "-o", tmp_path / "g"
    )
    assert back.exit_code == 0, back.output
    assert list(read_sheets(tmp_path / "g")) == list(read_sheets(GOLD, ARTICLES))
    again = call("gold", "export", GOLD, "--to", "label-studio", "-o", tmp_path / "t.json")
    assert "--overwrite" in str(again.exception)


def test_an_unknown_format_is_a_users_mistake() -> None:
    with pytest.raises(ArxtractError, match="known are brat, conll"):
        format_of("xml")
    assert all(format_of(name) for name in FORMATS)
