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
from batch_kit import DEADLY, SLOW, STUCK, Stub, record

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


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_takes_too_long_is_given_up_alone(workers: int):
    ids = ["1", SLOW, "2", "3", STUCK, "4", DEADLY, "5"]
    found = list(stream({}, [Article("نص", id) for id in ids], workers, Stub, timeout=1.5))
    assert [item.id for item in found] == ids
    reasons = {item.id: item.warnings[0].removeprefix(f"{FAULT}: ") for item in found}
    assert reasons[SLOW] == reasons[STUCK] == "longer than 1.5 s"
    assert reasons[DEADLY] == "the process reading it died"
    assert [item for item in found if item.id.isdigit()] == [
        record(id, number=2) for id in ids if id.isdigit()
    ]


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
    assert len(taken) < 30


RUN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from batch_kit import Stub
from arxtract.batch.runner import stream
from arxtract.pipeline import Article

class Told(Stub):
    def attempt(self, article):
        return super().attempt(article._replace(id=str(os.getpid())))

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored below a background shell
    try:
        for record in stream({}, (Article("x", "x") for _ in range(10**9)), 1, Told):
            print(record.id, flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


def started(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start a run without end; return it, and the process id of its worker once it works."""
    script = folder / "run.py"
    script.write_text(RUN, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_control_c_ends_a_run_cleanly(tmp_path: Path):
    process, _ = started(tmp_path)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: parent and workers
    out, err = process.communicate(timeout=120)
    assert out.splitlines()[-1] == b"stopped"
    assert err == b""


def test_no_worker_outlives_a_killed_run(tmp_path: Path):
    """Its pipes close only when the last process that holds them is gone."""
    process, worker = started(tmp_path)
    assert worker != process.pid
    process.kill()
    process.communicate(timeout=60)


class Broken:
    """A pipeline that cannot be built."""

    def __init__(self) -> None:
        raise MemoryError

    def attempt(self, article: Article) -> ArticleRecord:
        raise NotImplementedError


def test_workers_that_cannot_start_are_an_error():
    with pytest.raises(ArxtractError, match="die as they start"):
        list(stream({}, [Article("نص", "1")], 1, Broken))
