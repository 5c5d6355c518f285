"""A run that is killed, stopped or out of disk goes on, and ends as if nothing had happened."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch import Output, made_by
from arxtract.batch.state import State
from arxtract.cli import app
from arxtract.errors import ArxtractError
from arxtract.pipeline import Pipeline
from batch_kit import MADE, SETTINGS, extract, record

TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."
ARTICLES = 60
KILLS = int(os.environ.get("ARXTRACT_KILLS", "1"))
"""How many times a run is killed; each costs the start of a process."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table in which two articles share an id, and two cannot be read."""
    path = tmp_path / "articles.jsonl"
    rows = [json.dumps({"id": f"x{n % (ARTICLES - 1)}", "text": TEXT * n}) for n in range(ARTICLES)]
    rows[7:7] = ["{broken", json.dumps({"id": "y", "body": TEXT})]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def content(path: Path) -> object:
    if path.suffix == ".jsonl":
        return path.read_bytes()
    return list(sqlite3.connect(path).iterdump())


def killed_soon(table: Path, out: Path, after: float) -> bool:
    """Run in another process and kill it ``after`` seconds of writing; say whether it was."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from batch_kit import extract\n"
        "print('ready', flush=True)\n"
        f"extract(Path(sys.argv[2]), Path(sys.argv[3]), seconds={0.02 * KILLS}, resume=True)"
    )
    arguments = [sys.executable, "-c", code, str(Path(__file__).parent), str(table), str(out)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("suffix", [".jsonl", ".sqlite"])
def test_killed_and_gone_on_with_it_ends_the_same(tmp_path: Path, table: Path, suffix: str):
    whole, broken = tmp_path / f"whole{suffix}", tmp_path / f"broken{suffix}"
    assert extract(table, whole).unread == 2
    moment = random.Random(suffix)
    for _ in range(KILLS):
        assert killed_soon(table, broken, moment.uniform(0.05, 0.4))
    extract(table, broken, resume=True)
    assert content(broken) == content(whole)
    assert extract(table, broken, resume=True).passed == ARTICLES  # nothing is left to do
    assert content(broken) == content(whole)


def test_wherever_a_file_is_cut_it_ends_the_same(tmp_path: Path, table: Path):
    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    extract(table, whole)
    extract(table, broken)
    data = whole.read_bytes()
    first = data.index(b"\n") + 1
    for cut in (0, 1, first - 1, first, first + 1, len(data) // 2, len(data) - 1, len(data)):
        broken.write_bytes(data[:cut])
        extract(table, broken, resume=True)
        assert broken.read_bytes() == data, cut


@pytest.mark.parametrize("suffix", [".jsonl", ".db"])
def test_resuming_where_nothing_is_starts_anew(tmp_path: Path, table: Path, suffix: str):
    out = tmp_path / f"out{suffix}"
    assert extract(table, out, resume=True).passed == 0
    state = json.loads((tmp_path / f"out{suffix}.state.json").read_text(encoding="utf-8"))
    assert set(state) == {"arxtract", "settings", "model", "ontology"}


def test_what_is_there_is_left_alone_unless_asked(tmp_path: Path, table: Path):
    out = tmp_path / "out.jsonl"
    out.touch()  # an empty file is as good as none
    extract(table, out)
    before = out.read_bytes()
    with pytest.raises(ArxtractError, match="--resume, or start anew with --overwrite"):
        extract(table, out)
    with pytest.raises(ArxtractError, match="opposites"):
        extract(table, out, resume=True, overwrite=True)
    assert out.read_bytes() == before
    with Output(out, MADE, overwrite=True) as output:
        output.write(record("one"))
    assert out.read_bytes().count(b"\n") == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"arxtract": "9.9"}, "another arxtract"),
        ({"model": "0"}, "another model"),
        ({"ontology": "0"}, "another ontology"),
        ({"settings": {"ner": "x"}, "model": "0"}, "another settings and model"),
    ],
)
def test_what_another_pipeline_made_is_refused(tmp_path: Path, change: dict, named: str):
    out = tmp_path / "out.jsonl"
    with Output(out, MADE) as output:
        output.write(record())
    before = out.read_bytes()
    with pytest.raises(ArxtractError, match=named), Output(out, MADE | change, resume=True):
        pass
    assert out.read_bytes() == before
    with Output(out, MADE | change, overwrite=True):
        pass
    with Output(out, MADE | change, resume=True):
        pass


def test_an_output_without_its_state_is_refused(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    out.write_text(record().to_json() + "\n", encoding="utf-8")
    with pytest.raises(ArxtractError, match="which pipeline"), Output(out, MADE, resume=True):
        pass


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_formats_that_cannot_go_on_say_so(tmp_path: Path, name: str):
    with pytest.raises(ArxtractError, match=r"only .jsonl and .sqlite can go on"):
        Output(tmp_path / name, MADE, resume=True)


def test_two_runs_on_one_output_are_refused(tmp_path: Path):
    pytest.importorskip("fcntl")
    out = tmp_path / "out.jsonl"
    with Output(out, MADE), pytest.raises(ArxtractError, match="another run is writing"):
        Output(out, MADE, overwrite=True)
    State(out).close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_clear_error():
    with (
        pytest.raises(ArxtractError, match="No space left on device"),
        Output("/dev/full", MADE) as output,
    ):
        output.write(record())


def test_rules_of_a_users_own_make_another_pipeline(tmp_path: Path):
    rules = tmp_path / "mine.yaml"
    rules.write_text("types: []\n", encoding="utf-8")
    first = made_by(SETTINGS | {"ontology": ("press", str(rules))})
    assert set(first) == set(MADE)
    assert first["ontology"] != made_by(SETTINGS)["ontology"]
    rules.write_text("types: [] # changed\n", encoding="utf-8")
    assert made_by(SETTINGS | {"ontology": ("press", str(rules))}) != first


def test_the_command_goes_on(tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("arxtract.cli.extract.pipeline_of", lambda *_: pipeline)
    table, whole, broken = (tmp_path / name for name in ("t.jsonl", "whole.jsonl", "b.jsonl"))
    rows = [json.dumps({"id": str(n), "text": TEXT, "published": "2022-11-03"}) for n in range(4)]
    table.write_text("\n".join([*rows, "{broken"]), encoding="utf-8")
    run = CliRunner().invoke
    errors = tmp_path / "errors.jsonl"
    given = ["extract", str(table), "--errors", str(errors)]
    assert run(app, [*given, "-o", str(whole)]).exit_code == 1
    unread = json.loads(errors.read_text(encoding="utf-8"))
    assert unread["id"] == "t.jsonl:5"
    assert unread["reason"].startswith("no JSON")
    first = run(app, [*given, "-o", str(broken), "--limit", "2"])
    assert "2 articles read" in first.output
    assert first.exit_code == 0
    with broken.open("ab") as file:
        file.write(b'{"schema":"arxtr')
    done = run(app, [*given, "-o", str(broken), "--resume"])
    assert "2 articles read" in done.output
    assert "1 not read, 2 were there before" in done.output
    assert broken.read_bytes() == whole.read_bytes()
    other = run(app, [*given, "-o", str(broken), "--resume", "--published", "2022-11-03"])
    assert "another settings" in str(other.exception)
