"""The built wheel in an empty environment: all commands run there, without a network.

Building and installing need a package index; where none can be reached, these tests are SKIPPED
and say so. Once installed, every connection is refused, and the tests go on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import arxtract

ROOT = Path(__file__).parent.parent
ARTICLES, GOLD = ROOT / "fixtures" / "articles", ROOT / "fixtures" / "gold"
OFFLINE = """\
import socket

def refuse(*arguments, **options):
    raise OSError("a test forbids the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""
"""What Python reads first in the environment, once all is installed."""


class Environment:
    """A virtual environment that holds the wheel and what it depends on, nothing else."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder / "venv", with_pip=True)
        self.python = folder / "venv" / "bin" / "python"
        self.folder = folder

    def pip(self, *arguments: str) -> None:
        """Install, or skip the test where that fails for want of an index."""
        common = ["install", "--quiet", "--disable-pip-version-check", "--retries", "1"]
        done = self._run("-m", "pip", *common, "--timeout", "20", *arguments)
        if done.returncode:
            pytest.skip(f"SKIPPED, no package index to install from: {done.stderr[-300:]}")

    def build(self) -> dict[str, Path]:
        """Build the wheel and the source distribution; return them by suffix."""
        self.pip("hatchling")
        out = self.folder / "dist"
        done = self._run(
            "-m", "hatchling", "build", "-d", str(out), "-t", "wheel", "-t", "sdist", cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return {path.suffix: path for path in out.iterdir()}

    def forbid_network(self) -> None:
        (site,) = (self.folder / "venv" / "lib").glob("python*/site-packages")
        (site / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")

    def arxtract(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        done = self._run("-m", "arxtract", *map(str, arguments), cwd=self.folder)
        assert done.returncode == 0, done.stderr
        return done

    def _run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COVERAGE"))}
        return subprocess.run(
            [str(self.python), *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=clean | {"PYTHONUTF8": "1"},
        )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    builder = Environment(tmp_path_factory.mktemp("build"))
    built = builder.build()
    assert set(built) == {".whl", ".gz"}
    environment = Environment(tmp_path_factory.mktemp("empty"))
    environment.pip(str(built[".whl"]))
    environment.forbid_network()
    return environment


@pytest.mark.skipif(sys.platform == "win32", reason="paths of a POSIX environment")
def test_the_wheel_is_whole(empty: Environment) -> None:
    told = empty.arxtract("doctor").stdout
    assert f"arxtract: {arxtract.__version__}" in told
    assert "SHA-256 as it should be" in told
    assert "a sentence read" in told


@pytest.mark.skipif(sys.platform == "win32", reason="paths of a POSIX environment")
def test_the_commands_run_without_a_network(empty: Environment, tmp_path: Path) -> None:
    records, page, report = (tmp_path / name for name in ("r.jsonl", "r.html", "e.html"))
    empty.arxtract("extract", ARTICLES, "-o", records)
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == sorted(p.name for p in ARTICLES.glob("*.txt"))
    assert all(line["events"] for line in lines)
    empty.arxtract("view", records, "--texts", ARTICLES, "-o", page)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    empty.arxtract("evaluate", GOLD, "--pred", records, "--report", report)
    assert "<h2>" in report.read_text(encoding="utf-8")
    empty.arxtract("convert", records, tmp_path / "plover.jsonl", "--codes", "plover")
    assert "MEETING" in empty.arxtract("show", records).stdout
    assert "MEETING" in empty.arxtract("ontology", "list").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="paths of a POSIX environment")
def test_the_wheel_is_typed_and_holds_no_tests(empty: Environment) -> None:
    (site,) = (empty.folder / "venv" / "lib").glob("python*/site-packages")
    assert (site / "arxtract" / "py.typed").is_file()
    assert not (site / "tests").exists()
