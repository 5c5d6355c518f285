"""A local Ray cluster reads as one process does, and outlives a worker and a whole machine."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch import JsonLines
from arxtract.cli import app
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.pipeline import FAULT, Article, Pipeline
from arxtract.records import ArticleRecord
from batch_kit import DEADLY, STUCK, Stub, record

TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."
ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    from arxtract.batch import ray

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'arxtract\[ray\]'"):
        list(ray.stream({}, [], 2))


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    ray = pytest.importorskip("ray")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
        yield
        ray.shutdown()


class KilledOnce(Stub):
    """A pipeline whose process is killed in the middle, the first time."""

    def __init__(self, marker: str) -> None:
        super().__init__()
        self._marker = Path(marker)

    def attempt(self, article: Article) -> ArticleRecord:
        if article.id == "25" and not self._marker.exists():
            self._marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().attempt(article)


def written(path: Path, records: Iterator[ArticleRecord]) -> bytes:
    with JsonLines(path) as out:
        for item in records:
            out.write(item)
    return path.read_bytes()


@pytest.mark.usefixtures("cluster")
def test_with_a_worker_killed_in_the_middle_the_same_bytes(tmp_path: Path):
    from arxtract.batch import ray, runner

    articles = [Article("نص" * n, str(n)) for n in range(60)]
    marker = tmp_path / "killed"
    by_ray = written(
        tmp_path / "ray.jsonl", ray.stream({"marker": str(marker)}, articles, 2, KilledOnce)
    )
    assert marker.exists()
    here = written(tmp_path / "here.jsonl", runner.stream({}, articles, 2, Stub))
    assert by_ray == here
    assert by_ray.count(b"\n") == 60


@pytest.mark.usefixtures("cluster")
def test_an_article_that_kills_each_worker_is_given_up_alone():
    from arxtract.batch import ray

    ids = [str(n) for n in range(20)]
    ids[4], ids[9] = DEADLY, STUCK
    found = list(ray.stream({}, [Article("نص", id) for id in ids], 2, Stub, timeout=2))
    assert [item.id for item in found] == ids
    for item in found:
        if item.id in (DEADLY, STUCK):
            assert item.warnings[0].startswith(f"{FAULT}: longer than 2 s, or")
        else:
            assert item == record(item.id, number=2)


class Broken(Stub):
    """A pipeline that cannot be built."""

    def __init__(self) -> None:
        raise MemoryError


@pytest.mark.usefixtures("cluster")
def test_workers_that_cannot_start_are_an_error():
    from arxtract.batch import ray

    with pytest.raises(ArxtractError, match="die as they start"):
        list(ray.stream({}, [Article("نص", "1")], 1, Broken))


@pytest.mark.usefixtures("cluster")
def test_the_command_writes_what_a_local_run_does(tmp_path: Path):
    run = CliRunner().invoke
    for engine in ("ray", "local"):
        out = str(tmp_path / f"{engine}.jsonl")
        done = run(app, ["extract", str(ARTICLES), "-o", out, "--engine", engine])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


@pytest.mark.usefixtures("cluster")
def test_a_step_of_a_job_of_ones_own(pipeline: Pipeline):
    import ray.data

    from arxtract.batch.ray import extract

    rows = [{"id": str(n), "text": TEXT, "published": "2022-11-03"} for n in range(4)]
    found = extract(ray.data.from_items([*rows, {"id": "none", "text": None}])).take_all()
    by_id = {row["id"]: row for row in found}
    assert by_id["none"]["record"] is None
    assert "no column 'text'" in by_id["none"]["reason"]
    for row in rows:
        expected = pipeline(TEXT, published="2022-11-03", id=row["id"])
        assert by_id[row["id"]] == {
            "id": row["id"], "record": expected.to_json(), "reason": None,
        }  # fmt: skip


class Slow(Stub):
    """A pipeline that takes long enough for a machine to be lost meanwhile."""

    def __init__(self) -> None:
        super().__init__(seconds=0.05)

    def attempt(self, article: Article) -> ArticleRecord:
        time.sleep(self._seconds)
        return super().attempt(article)


@pytest.mark.parametrize("spare", [True, False])
def test_with_a_machine_lost_in_the_middle_the_same_bytes(tmp_path: Path, spare: bool):
    """Of two machines with a worker each one is lost; a third may stand ready, or not."""
    ray = pytest.importorskip("ray")
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    from arxtract.batch import ray as by_ray
    from arxtract.batch import runner

    articles = [Article("نص" * n, str(n)) for n in range(60)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        ray.shutdown()  # the cluster of the other tests, if they went before
        cluster = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        lost = cluster.add_node(num_cpus=1)
        cluster.add_node(num_cpus=1)

        def disturbed() -> Iterator[Article]:
            for article in articles:
                if article.id == "30":
                    cluster.remove_node(lost, allow_graceful=False)
                    if spare:
                        cluster.add_node(num_cpus=1)
                yield article

        ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
        try:
            found = written(tmp_path / "ray.jsonl", by_ray.stream({}, disturbed(), 2, Slow))
        finally:
            ray.shutdown()
            cluster.shutdown()
    assert found == written(tmp_path / "here.jsonl", runner.stream({}, articles, 1, Stub))
    assert found.count(b"\n") == 60
