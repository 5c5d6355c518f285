"""The command line as a user meets it: what it prints, writes and how it exits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import arxtract
from arxtract.batch.writers import read_records
from arxtract.cli import app, main
from arxtract.cli.printing import progress
from arxtract.document import Document
from arxtract.records import ArticleRecord, DateMention

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "fixtures" / "articles"
TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."

runner = CliRunner()


def run(*arguments: str):
    return runner.invoke(app, [str(a) for a in arguments])


def test_extract_writes_one_record_a_line(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    result = run("extract", ARTICLES, "-o", out)
    assert result.exit_code == 0, result.output
    records = read_records(out)
    assert [r.id for r in records] == sorted(p.name for p in ARTICLES.glob("*.txt"))
    for record in records:
        raw = (ARTICLES / record.id).read_bytes().decode("utf-8")
        assert record.events
        for span in (*record.body, *record.entities, *record.dates, *record.quantities):
            assert raw[span.start : span.end] == span.text


def test_one_unread_article_leaves_the_others_and_status_1(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "c.txt").write_text(TEXT, encoding="cp1256")
    out = tmp_path / "out.jsonl"
    result = run("extract", tmp_path, "-o", out)
    assert result.exit_code == 1
    records = read_records(out)
    assert [r.id for r in records] == ["a.txt", "c.txt"]
    assert records[0].events == records[1].events
    assert "cp1256" in records[1].warnings[0]


def run_alone(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "arxtract", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        **options,
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["extract", "nowhere.txt"], "not read: nowhere.txt: no such file or folder"),
        (["extract", ".", "--published", "soon"], "'soon' is no date: write YYYY-MM-DD"),
        (["extract", "a.txt", "-o", "no/such/out.jsonl"], "cannot be written"),
        (["extract", "a.txt", "-o", "a.txt"], "is an input as well"),
        (["extract", "a.txt", "--model", "huge"], "no such recogniser; known are base"),
        (["extract", "a.txt", "--ontology", "no.yaml"], "no.yaml: cannot be read"),
        (["evaluate", "."], "."),
    ],
)
def test_a_users_mistake_is_one_line_and_status_1(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    arguments: list[str],
    line: str,
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["arxtract", *arguments])
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    told = capfd.readouterr().err
    assert told.startswith("arxtract: ")
    assert line in told.splitlines()[0]
    assert "Traceback" not in told
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TEXT


def test_standard_input_to_standard_output():
    """One text in, one line of UTF-8 out whatever the locale, and no bar beside a pipe."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run_alone(
        "extract", "-", "--published", "2022-11-03", input=TEXT + " ﷲ", env=environment
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    record = ArticleRecord.model_validate_json(line)
    assert record.id == "-"
    assert record.dates[0].value == "2022-11-03"
    assert done.stderr == (
        f"1 articles read, {len(record.events)} events, {int(bool(record.warnings))} with warnings,"
        " 0 not read\n"
    )


def test_progress_shows_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert list(progress([1, 2], 2)) == [1, 2]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress([1, 2], 2, lambda: 7)) == [1, 2]
    shown = capsys.readouterr().err
    assert "reading" in shown
    assert "2/2" in shown
    assert "7 not read" in shown


def test_a_dry_run_says_what_would_be_and_writes_nothing(tmp_path: Path):
    table, out = tmp_path / "t.jsonl", tmp_path / "out.jsonl"
    rows = [json.dumps({"nr": n, "body": TEXT}) for n in range(5)]
    table.write_text("\n".join([*rows, "{broken"]), encoding="utf-8")
    given = ["extract", table, "-o", out, "--column", "text=body", "--column", "id=nr"]
    run(*given, "--limit", "2")
    before = sorted(p.name for p in tmp_path.iterdir()), out.read_bytes()
    result = run(*given, "--dry-run", "--resume")
    assert result.exit_code == 1
    assert (sorted(p.name for p in tmp_path.iterdir()), out.read_bytes()) == before
    for line in (
        f"would read 3 articles, {3 * len(TEXT.split())} words",
        "would pass over 2 that are there already",
        "cannot read 1",
        "first: 2, 3, 4",
        "columns of tables: id=nr, text=body, published=published, title=title",
        f"output: {out}, which exists",
    ):
        assert line in result.output.splitlines()
    assert "not read: t.jsonl:6: no JSON" in result.output
    assert "no known kind" in str(run("extract", table, "-o", "x.docx", "--dry-run").exception)


def test_the_summary_says_why_articles_were_not_read(tmp_path: Path):
    table = tmp_path / "t.jsonl"
    table.write_text('{broken\n{"id": 1}\n[broken', encoding="utf-8")
    lines = run("extract", table, "-o", tmp_path / "out.jsonl").output.splitlines()
    assert lines[-2:] == [
        "  2 not read: no JSON",
        "  1 not read: no column 'text', or it holds no text",
    ]


def test_a_fault_of_ours_stops_no_other_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def find_in(document: Document, **_: object) -> list[DateMention]:
        if document.id == "b.txt":
            raise RuntimeError("as if")
        return []

    monkeypatch.setattr("arxtract.times.find_in", find_in)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    result = run("extract", tmp_path, "-o", out)
    assert result.exit_code == 1
    assert "not read: b.txt: internal error: RuntimeError: as if" in result.output
    assert [r.id for r in read_records(out)] == ["a.txt", "c.txt"]


def test_unreadable_rows_are_named(tmp_path: Path):
    table = tmp_path / "t.jsonl"
    rows = [
        json.dumps({"id": 0, "text": TEXT, "published": "2022-11-03T10:00:00Z"}),
        json.dumps({"id": "x\ud800", "text": TEXT, "published": "3 Nov"}),
        json.dumps({"id": "x2", "body": TEXT}),
        "{broken",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    out = tmp_path / "out.jsonl"
    result = run("extract", table, tmp_path, "-o", out)
    assert result.exit_code == 1
    for message in (
        "not read: x2: no column 'text', or it holds no text",
        "not read: t.jsonl:4: no JSON",
        "not read: gone.txt: cannot be opened: No such file or directory",
        "2 articles read",
        "3 not read",
    ):
        assert message in result.output
    first, second = read_records(out)
    assert (first.id, str(first.published)) == ("0", "2022-11-03")
    assert (second.id, second.published) == ("x\ufffd", None)
    assert "'3 Nov' is no date" in second.warnings[0]


def test_a_table_without_text_says_so(tmp_path: Path):
    table = tmp_path / "t.csv"
    table.write_text("id,body\n1,x\n", encoding="utf-8")
    result = run("extract", table, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "no column 'text'" in result.output


@pytest.mark.parametrize(
    ("text", "warning"),
    [("", "empty"), (" \n\t ", "empty"), ("Only Latin words here.", "no Arabic"),
     (TEXT + "\ud800", "surrogate"), (TEXT + "\0", None)],
)  # fmt: skip
def test_odd_texts_make_a_record(tmp_path: Path, text: str, warning: str | None):
    table = tmp_path / "t.jsonl"
    table.write_text(json.dumps({"id": "x", "text": text}) + "\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert run("extract", table, "-o", out).exit_code == 0
    (record,) = read_records(out)
    if warning:
        assert any(warning in w for w in record.warnings)


def test_show_prints_the_events(tmp_path: Path):
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    result = run("show", article, "--published", "2022-11-03", "--explain")
    assert result.exit_code == 0
    assert "ARREST" in result.output
    assert "توقيف" in result.output


def test_evaluate_prints_and_writes_the_scores(tmp_path: Path):
    out = tmp_path / "scores.json"
    result = run("evaluate", ROOT / "fixtures" / "gold", "--json", out)
    assert result.exit_code == 0, result.output
    assert "events" in json.loads(out.read_text(encoding="utf-8"))["scores"]


def test_evaluate_a_conll_file(tmp_path: Path):
    conll = tmp_path / "names.conll"
    words = ["قال\tO", "ناصر\tB-PER", "بوريطة\tI-PER", "بالرباط\tB-LOC", ".\tO"]
    conll.write_text("\n".join(words) + "\n\n", encoding="utf-8")
    figures = json.loads(run("evaluate", conll).output)
    assert {"f1", "precision", "recall", "by_type"} <= set(figures)
    assert 0 <= figures["f1"] <= 1


def test_version_names_the_pack():
    output = run("--version").output
    assert output.startswith(f"arxtract {arxtract.__version__} (ner-base ")
    assert "protocol 2" in output


def test_records_are_shown_as_articles_are(tmp_path: Path):
    article, out = tmp_path / "a.txt", tmp_path / "out.jsonl"
    article.write_text(TEXT, encoding="utf-8")
    run("extract", article, "-o", out)
    assert run("show", out).output == run("show", article).output
    out.write_text('{"schema":"arxtract/1"}\n', encoding="utf-8")
    result = run("show", out)
    assert result.exit_code == 1
    assert "out.jsonl:1: no arxtract record" in str(result.exception)


def test_schema_is_json():
    assert json.loads(run("schema").output)["title"] == "ArticleRecord"


def test_ontology_check_reads_the_tutorial(tmp_path: Path):
    guide = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    rules = tmp_path / "water.yaml"
    rules.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert run("ontology", "check", rules).exit_code == 0
    rules.write_text("types:\n- type: X\n  triger: []\n", encoding="utf-8")
    result = run("ontology", "check", rules)
    assert result.exit_code == 1
    assert "water.yaml:3" in str(result.exception)
