"""Drafts of gold, checking gold as a whole, and the commands for both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch.writers import read_records
from arxtract.cli import app
from arxtract.errors import ArxtractError, DataError
from arxtract.evaluate import faults_of, predictions, read, run
from arxtract.evaluate.drafts import draft, nested
from arxtract.evaluate.notation import Mark, mark_up, unmark
from arxtract.evaluate.sheet import Sheet, lines_of, ranges
from arxtract.evaluate.sheet import read as read_sheets
from arxtract.records import ArticleRecord, Entity, Span
from evaluate_kit import record, told, write

ROOT = Path(__file__).parent.parent
GOLD, ARTICLES = ROOT / "fixtures" / "gold", ROOT / "fixtures" / "articles"
OPEN = ROOT / "fixtures" / "open"


def call(*arguments: object) -> object:
    return CliRunner().invoke(app, [str(a) for a in arguments])


# -- marks back into the text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "⟦LOC|فاس⟧",
        "زار ⟦PER|علي⟧ ل⟦LOC|لمغرب⟧ ⟦DATE 2022-11-01|فاتح نونبر⟧",
        "⟦ORG|سفارة ⟦LOC|المغرب⟧⟧ ⟦MISC|⟦LOC|فاس⟧ 🎉⟧",
        "بلا علامات",
        "⟦QTY >450 شخص|أكثر من 450 شخص⟧⟦LOC|مُحَمَّد⟧",
    ],
)
def test_marks_go_back_where_they_were(marked: str) -> None:
    raw, marks = unmark(marked, "test")
    assert mark_up(raw, marks) == marked


def test_marks_that_cannot_be_written() -> None:
    with pytest.raises(DataError, match="'علي عمر' and 'عمر سعيد' cross"):
        mark_up("علي عمر سعيد", [Mark("PER", "", 0, 7, 0), Mark("PER", "", 4, 12, 0)])
    with pytest.raises(DataError, match="signs of the notation"):
        mark_up("علي ⟧", [])


def test_of_marks_that_cross_the_first_is_kept() -> None:
    first, crossing, inside = (Mark("PER", "", a, b, 0) for a, b in ((0, 7), (4, 12), (4, 7)))
    assert nested([crossing, inside, first, first]) == [first, inside]


def test_lines_are_written_as_ranges() -> None:
    assert ranges([5, 6, 7, 9, 11, 12]) == ["5-7", 9, "11-12"]
    assert lines_of("a\nb\n\nc\nd", [(2, 6)]) == [2, 4]
    assert lines_of("", [(0, 0)]) == []


# -- drafts ----------------------------------------------------------------------------------------


def test_a_draft_of_the_fixtures_says_what_the_run_says(tmp_path: Path) -> None:
    """Gold made of a run, scored against that run, is right in everything that gold can say."""
    done = call("gold", "new", ARTICLES, "-o", tmp_path / "gold")
    assert done.exit_code == 0, done.output
    assert call("gold", "check", tmp_path / "gold").output.endswith("no fault\n")
    call("extract", ARTICLES, "-o", tmp_path / "run.jsonl")
    found = run(tmp_path / "gold", predictions(tmp_path / "run.jsonl"))
    assert {name: found.f1(name) for name in found.scores if found.f1(name) != 1} == {}
    assert found.scores["events"].right > 15
    assert not found.warnings


def test_a_draft_keeps_what_crosses_no_other(tmp_path: Path) -> None:
    raw = "زار علي عمر سعيد فاس"
    names = [
        Entity(start=a, end=b, text=raw[a:b], id=f"n{a}", type="PER", name=raw[a:b], chain="x")
        for a, b in ((4, 11), (8, 16), (17, 20))
    ]
    body = (Span(start=0, end=len(raw), text=raw),)
    draft(ArticleRecord(id="a", body=body, entities=tuple(names)), raw, "a").write(tmp_path)
    (article,) = read(tmp_path)
    assert [entity.text for entity in article.entities] == ["علي عمر", "فاس"]


def test_what_a_person_corrected_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("زار الملك فاس.", encoding="utf-8")
    first = call("gold", "new", tmp_path / "in", "-o", tmp_path / "gold")
    assert first.exit_code == 0, first.output
    (tmp_path / "gold" / "a.marked").write_text("زار الملك ⟦LOC|فاس⟧.", encoding="utf-8")
    again = call("gold", "new", tmp_path / "in", "-o", tmp_path / "gold")
    assert isinstance(again.exception, ArxtractError)
    assert "--overwrite" in str(again.exception)
    assert "⟦LOC|فاس⟧" in (tmp_path / "gold" / "a.marked").read_text(encoding="utf-8")
    assert (
        call("gold", "new", tmp_path / "in", "-o", tmp_path / "gold", "--overwrite").exit_code == 0
    )


# -- sheets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "texts"), [(GOLD, ARTICLES), (OPEN / "gold", OPEN / "articles")], ids=["five", "open"]
)
def test_the_fixtures_come_back_as_they_were_written(
    gold: Path, texts: Path, tmp_path: Path
) -> None:
    sheets = list(read_sheets(gold, texts))
    for sheet in sheets:
        sheet.write(tmp_path)
        marked = f"{sheet.name}.marked"
        assert (tmp_path / marked).read_bytes() == (gold / marked).read_bytes()
    assert list(read_sheets(tmp_path)) == sheets
    assert read(tmp_path) == read(gold, texts)


def test_an_article_in_two_marks_that_cross_names_itself(tmp_path: Path) -> None:
    sheet = Sheet("a", "علي عمر سعيد", (Mark("PER", "", 0, 7, 0), Mark("PER", "", 4, 12, 0)))
    with pytest.raises(DataError, match="a: the marks of"):
        sheet.write(tmp_path)


# -- checking --------------------------------------------------------------------------------------


FAULTY = """\
title: عنوان
body_lines: [1-2]
events:
- {type: VISIT, label: زار, triggers: [زار], status: occurred, participants: [
  {name: عمر, role: boss}]}
- type: NOTHING
  label: طار
  triggers: [زار]
  status: occurred
"""


def test_all_faults_are_told_by_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, "زار ⟦PERS|علي⟧\n⟦DATE soon|غدا⟧ ⟦QTY many|كثير⟧")
    (tmp_path / "a.yaml").write_text(FAULTY, encoding="utf-8")
    write(tmp_path, "⟦LOC|فاس⟧", name="b")
    (tmp_path / "b.marked").write_text("⟦LOC|فاس⟧⟧ ⟦LOC|⟧", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("body_lines: [7]\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("body_lines: [1]\n", encoding="utf-8")
    (tmp_path / "d.marked").write_text("⟦LOC|فاس⟧", encoding="utf-8")
    (tmp_path / "d.yaml").write_text("events:\n- type: X\nodd: 1\n", encoding="utf-8")
    faults = [str(fault).removeprefix(f"{tmp_path}/") for fault in faults_of(tmp_path)]
    starts = [
        "c.yaml: there is no c.marked",
        "a.marked:1: no mark is called 'PERS'",
        "a.marked:2: 'soon' is no date",
        "a.marked:2: 'many' is no count",
        "a.yaml:1: title: these words",
        "a.yaml:5: 'عمر' does not stand",
        "a.yaml:5: VISIT has no role 'boss'",
        "a.yaml:6: no type is called 'NOTHING'",
        "a.yaml:7: 'طار' does not stand",
        "b.marked:1: ⟧ closes no mark",
        "b.marked:1: the mark ⟦LOC| encloses nothing",
        "b.yaml:1: body_lines: the text has 1 lines, not 7",
        "d.txt: no such file",
        "d.yaml:1: body_lines: ",
        "d.yaml:2: events.0.label: ",
        "d.yaml:2: events.0.triggers: ",
        "d.yaml:2: events.0.status: ",
        "d.yaml:3: odd: ",
    ]
    pairs = zip(sorted(faults), sorted(starts), strict=True)
    assert [fault[: len(start)] for fault, start in pairs] == sorted(starts)


def test_the_command_ends_with_status_1_for_a_small_fault_too(tmp_path: Path) -> None:
    people = [{"name": ["علي", "السيد علي"], "role": "visitor"}]
    write(tmp_path, "زار ⟦PER|علي⟧ فاس", [told("VISIT", "زار", people)])
    done = call("gold", "check", tmp_path)
    assert done.exit_code == 1
    assert "'السيد علي' does not stand in the text" in done.output
    assert "1 faults" in done.output
    assert read(tmp_path)[0].warnings
    assert call("gold", "check", GOLD).exit_code == 0


def test_a_folder_without_gold_is_no_gold(tmp_path: Path) -> None:
    assert "no annotated article" in str(call("gold", "check", tmp_path).exception)
    assert "no such folder" in str(call("gold", "check", tmp_path / "x").exception)


# -- agreement -------------------------------------------------------------------------------------


def test_the_command_prints_and_writes_the_agreement(tmp_path: Path) -> None:
    for name, marked in (("a", "زار ⟦PER|علي⟧ ⟦LOC|فاس⟧"), ("b", "زار ⟦PER|علي⟧ فاس")):
        (tmp_path / name).mkdir()
        write(tmp_path / name, marked)
    done = call("agreement", tmp_path / "a", tmp_path / "b", "--json", tmp_path / "f.json")
    assert done.exit_code == 0, done.output
    assert "entities                   F1 0.667" in done.output
    assert "entity_tags                kappa 0." in done.output
    assert json.loads((tmp_path / "f.json").read_text())["f1"]["entities"] == pytest.approx(2 / 3)


def test_records_of_a_run_can_be_drafted_without_the_pipeline(tmp_path: Path) -> None:
    raw, _ = unmark("زار ⟦PER|علي⟧ ⟦LOC|فاس⟧", "test")
    draft(record("زار ⟦PER|علي⟧ ⟦LOC|فاس⟧"), raw, "a").write(tmp_path)
    (tmp_path / "run.jsonl").write_text(record("زار ⟦PER|علي⟧ ⟦LOC|فاس⟧").to_json() + "\n")
    assert [r.id for r in read_records(tmp_path / "run.jsonl")] == ["a"]
    assert [e.text for e in read(tmp_path)[0].entities] == ["علي", "فاس"]
