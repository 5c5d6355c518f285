"""Several processes read as one does, and outlive one of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from arxtract.batch.runner import stream
from arxtract.errors import ArxtractError
from arxtract.pipeline import FAULT, Article
from arxtract.records import ArticleRecord
from batch_kit import DEADLY, Stub, record

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")


def test_a_worker_that_dies_costs_only_the_article_that_killed_it():
    ids = [str(n) for n in range(30)]
    ids[3] = ids[20] = DEADLY
    found = list(stream({}, [Article("نص", id) for id in ids], 2, Stub))
    assert [item.id for item in found] == ids
    for item in found:
        if item.id == DEADLY:
            assert item.warnings == (f"{FAULT}: the process reading it died",)
        else:
            assert item == record(item.id, number=2)


def test_articles_are_read_only_as_they_are_needed():
    taken = []

    def articles():
        for n in range(10_000):
            taken.append(n)
            yield Article("نص", str(n))

    records = stream({}, articles(), 1, Stub)
    for _ in range(5):
        next(records)
    records.close()
    assert len(taken) < 20


def test_control_c_ends_a_run_cleanly(tmp_path: Path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from batch_kit import Stub; from arxtract.batch.runner import stream\n"
        "from arxtract.pipeline import Article\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        for n in stream({}, (Article('x', str(n)) for n in range(10**9)), 1, Stub):\n"
        "            print(n.id, flush=True)\n"
        "    except KeyboardInterrupt:\n"
        "        print('stopped', flush=True)"
    )
    script = tmp_path / "run.py"
    script.write_text(code, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"0\n"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and workers
        out, err = process.communicate(timeout=120)
    assert out.splitlines()[-1] == b"stopped"
    assert err == b""


class Broken:
    """A pipeline that cannot be built."""

    def __init__(self) -> None:
        raise MemoryError

    def attempt(self, article: Article) -> ArticleRecord:
        raise NotImplementedError


def test_workers_that_cannot_start_are_an_error():
    with pytest.raises(ArxtractError, match="die as they start"):
        list(stream({}, [Article("نص", "1")], 1, Broken))
