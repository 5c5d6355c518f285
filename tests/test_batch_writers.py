"""Records on disk in each format, read back, and asked by SQL."""

import builtins
import csv
import json
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from arxtract.batch import frames
from arxtract.batch.convert import convert
from arxtract.batch.flat import TABLES
from arxtract.batch.writers import FORMATS, format_of, parquet, records
from arxtract.batch.writers.spreadsheet import guarded
from arxtract.cli import app
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.records import ArticleRecord
from batch_kit import TEXT, record

EMPTY = ArticleRecord(id="نص فارغ", warnings=("empty",))
SAMPLE = [record("a"), EMPTY, record("b", number=80_000_000), record("a", number=1)]
GUIDE = Path(__file__).parent.parent / "docs" / "batch.md"


def write(path: Path, given: list[ArticleRecord] = SAMPLE) -> Path:
    writer = format_of(path).create(path)
    for item in given:
        writer.write(item)
    writer.close()
    return path


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return sqlite3.connect(write(tmp_path_factory.mktemp("base") / "records.sqlite"))


@pytest.mark.parametrize("suffix", [s for s, f in FORMATS.items() if f.reads])
def test_records_come_back_as_they_were(tmp_path: Path, suffix: str):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    assert list(records(write(tmp_path / f"r{suffix}"))) == SAMPLE


@pytest.mark.parametrize("way", [[".sqlite", ".jsonl"], [".parquet", ".db", ".jsonl"]])
def test_converting_loses_nothing(tmp_path: Path, way: list[str]):
    if ".parquet" in way:
        pytest.importorskip("pyarrow")
    path = first = write(tmp_path / "first.jsonl")
    for number, suffix in enumerate(way):
        target = tmp_path / f"{number}{suffix}"
        assert convert(path, target) == len(SAMPLE)
        path = target
    if ".parquet" in way:  # whole numbers come back as 3.0
        assert list(records(path)) == list(records(first))
    else:
        assert path.read_bytes() == first.read_bytes()


def test_an_unknown_kind_and_one_without_records_are_named(tmp_path: Path):
    with pytest.raises(ArxtractError, match=r"no known kind; known are .jsonl"):
        format_of("records.xlsx")
    with pytest.raises(ArxtractError, match="holds events alone"):
        records(write(tmp_path / "events.csv"))
    with pytest.raises(ArxtractError, match="no such file"):
        records(tmp_path / "gone.sqlite")
    (tmp_path / "odd.sqlite").write_text("no database at all, only text " * 40)
    with pytest.raises(ArxtractError, match="no database of arxtract records"):
        list(records(tmp_path / "odd.sqlite"))


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'arxtract\[table\]'"):
        write(tmp_path / "r.parquet")


# -- SQLite ----------------------------------------------------------------------------------------


def test_every_table_is_filled(base: sqlite3.Connection):
    for table, rows in {
        "articles": 4, "entities": 6, "dates": 3, "quantities": 3, "events": 3, "triggers": 3,
        "participants": 6, "locations": 3, "counts": 3, "evidence": 3,
    }.items():  # fmt: skip
        assert base.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows,), table
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_articles_of_one_id_stay_apart(base: sqlite3.Connection):
    found = base.execute(
        "SELECT value, typeof(value) FROM counts JOIN articles USING (article) WHERE id = 'a'"
    )
    assert found.fetchall() == [(3, "integer"), (1, "integer")]


def test_sql_in_an_article_is_only_text(tmp_path: Path):
    evil = "'); DROP TABLE events; --"
    path = write(tmp_path / "r.sqlite", [record(evil, name=evil)])
    found = sqlite3.connect(path).execute(
        "SELECT a.id, p.name FROM articles a JOIN participants p USING (article)"
    )
    assert found.fetchall() == [(evil, evil), (evil, "الوالي")]


def test_numbers_too_great_for_sqlite(tmp_path: Path):
    path = write(tmp_path / "r.sqlite", [record("a", number=10**30)])
    assert sqlite3.connect(path).execute("SELECT value FROM counts").fetchone() == (1e30,)
    assert list(records(path)) == [record("a", number=10**30)]


def test_a_record_is_written_whole_or_not_at_all(tmp_path: Path):
    good = record("a")
    twice = good.model_copy(update={"id": "b", "events": good.events * 2})  # one id, two events
    path = tmp_path / "r.sqlite"
    writer = format_of(path).create(path)
    with pytest.raises(ArxtractError, match="b: cannot be written: UNIQUE"):
        writer.write(twice)
    writer.write(good)
    writer.close()
    assert list(records(path)) == [good]
    assert sqlite3.connect(path).execute("SELECT count(*) FROM entities").fetchone() == (2,)


# -- CSV -------------------------------------------------------------------------------------------


def test_a_row_an_event_for_a_spreadsheet(tmp_path: Path):
    path = write(tmp_path / "events.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert list(rows[0]) == list(TABLES["events"])
    expected = {
        "article": "a", "type": "ARREST", "date": "2022-11-03", "locations": "فاس",
        "countries": "MA", "lat": "34.03", "lon": "-5.0", "counts": ">3 شخص",
        "participants": "وزارة الداخلية (announcer) | الوالي (speaker)", "evidence": TEXT,
    }  # fmt: skip
    assert {key: rows[0][key] for key in expected} == expected
    assert rows[1]["counts"] == ">80000000 شخص"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("+212", "'+212"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"), ("نص", "نص"), ("سطر\nسطر", "سطر سطر"), (-5.0, -5.0), (None, None),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, safe):
    assert guarded(cell) == safe


# -- flat tables -----------------------------------------------------------------------------------


def test_flat_parquet_has_a_row_an_event_with_types(tmp_path: Path):
    pytest.importorskip("pyarrow")
    path = write(tmp_path / "events.flat.parquet")
    rows = list(parquet.rows(path))
    assert [row["article"] for row in rows] == ["a", "b", "a"]
    expected = {
        "published": date(2022, 11, 4), "earliest": date(2022, 11, 3), "type": "ARREST",
        "locations": "فاس", "lat": 34.03, "counts": ">3 شخص", "source": "وزارة الداخلية",
    }  # fmt: skip
    assert {key: rows[0][key] for key in expected} == expected
    with pytest.raises(ArxtractError, match="holds events alone"):
        records(path)


ODD = record("نص", number=10**30).model_copy(
    update={"published": date(1, 1, 1), "title": None}
)  # a day and a number beyond what a table's usual types hold


def columns(frame: Any) -> list[str]:
    return list(frame.columns)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_every_table(tmp_path: Path, library: str):
    pytest.importorskip(library)
    frame_of = getattr(frames, library)
    path = write(tmp_path / "r.jsonl", [*SAMPLE, ODD])
    sizes = {"events": 4, "participants": 8, "locations": 4, "counts": 4}
    for table, size in sizes.items():
        frame = frame_of(path, table)
        assert (columns(frame), len(frame)) == (list(TABLES[table]), size)
        nothing = frame_of([EMPTY], table)
        assert (columns(nothing), len(nothing)) == (list(TABLES[table]), 0)
        assert list(map(str, nothing.dtypes)) == list(map(str, frame.dtypes))
    events, counts = frame_of(path), frame_of(path, "counts")
    assert list(events["type"]) == ["ARREST"] * 4
    assert [str(day)[:10] for day in events["published"]] == ["2022-11-04"] * 3 + ["0001-01-01"]
    assert list(counts["value"]) == [3, 80_000_000, 1, 1e30]
    with pytest.raises(ArxtractError, match="known are events, participants, locations, counts"):
        frame_of(path, "people")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_without_their_library_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str
):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'arxtract\[{library}\]'"):
        getattr(frames, library)([])


# -- the command -----------------------------------------------------------------------------------


def test_the_command_converts_and_leaves_what_is_there(tmp_path: Path):
    source, target = write(tmp_path / "r.jsonl"), tmp_path / "r.sqlite"
    run = CliRunner().invoke
    assert "4 records written" in run(app, ["convert", str(source), str(target)]).output
    again = run(app, ["convert", str(source), str(target)])
    assert "--overwrite" in str(again.exception)
    assert run(app, ["convert", str(source), str(target), "--overwrite"]).exit_code == 0
    assert list(records(target)) == SAMPLE
    assert "is an input as well" in str(run(app, ["convert", str(source), str(source)]).exception)


def test_records_of_a_database_are_shown(tmp_path: Path):
    path = write(tmp_path / "r.sqlite", [record("a")])
    shown = CliRunner().invoke(app, ["show", str(path)])
    assert shown.exit_code == 0
    assert "ARREST" in shown.output


@pytest.mark.parametrize(
    "query", GUIDE.read_text(encoding="utf-8").split("```sql\n")[1:], ids=lambda q: q[:30]
)
def test_the_queries_of_the_guide_answer(base: sqlite3.Connection, query: str):
    assert base.execute(query.partition("```")[0]).fetchall()


def test_a_line_that_is_no_record_is_named(tmp_path: Path):
    path = write(tmp_path / "r.jsonl")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"schema": "arxtract/1"}) + "\n")
    with pytest.raises(ArxtractError, match=r"r.jsonl:5: no arxtract record"):
        convert(path, tmp_path / "r.db")
