"""Articles read by the machines of a Ray cluster (the extra ``ray``).

:func:`stream` reads the articles of this process by actors of the cluster; :func:`extract` is a
step of a job of your own with Ray Data. The records are those of a single process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from arxtract.batch.article import Options, Unread
from arxtract.batch.runner import Reader, attempt, given_up
from arxtract.batch.tables import article_of
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.pipeline import FAULT, Article, Pipeline
from arxtract.records import ArticleRecord

_AHEAD = 8
"""Articles an actor that may be read before the first of them is done."""
_DEATHS = 4
"""How many actors may die over an article before it is given up."""
_STARTS = 3
"""How many actors in a row may die as they start."""
_PATIENCE = 60
"""Seconds to wait for all actors before those that are there begin."""


def stream(
    settings: Mapping[str, Any],
    articles: Iterable[Article],
    workers: int,
    build: Callable[..., Reader] = Pipeline,
    timeout: float | None = None,
) -> Iterator[ArticleRecord]:
    """Yield the records of ``articles`` in their order, as :func:`arxtract.batch.runner.stream`.

    ``workers`` actors, at most one a core of the cluster, load the pipeline once each. Where one
    dies, or the machine it runs on, the others read what it had under way, and another one is
    started as soon as the cluster has a core for it. The cluster is the one that ``RAY_ADDRESS``
    names, else this machine.

    Raises:
        MissingExtra: Ray is not installed.
        ArxtractError: the pipeline cannot be built on the cluster.
    """
    ray = _ray()
    cores = int(ray.cluster_resources().get("CPU", 1))
    number = max(1, min(workers, cores))
    crew = _Crew(ray, number, (build, dict(settings), timeout))
    late = f"longer than {timeout:g} s, or " if timeout is not None else ""
    waiting: deque[_Task] = deque()
    try:
        for article in articles:
            task = _Task(article)
            crew.give(task)
            waiting.append(task)
            if len(waiting) >= number * _AHEAD:
                yield crew.record(waiting.popleft(), f"{late}the process reading it died")
        while waiting:
            yield crew.record(waiting.popleft(), f"{late}the process reading it died")
    finally:
        crew.dismiss()


@dataclass
class _Task:
    """An article under way."""

    article: Article
    actor: Any = None
    found: Any = None
    """Where Ray will have its record."""
    deaths: int = 0
    """How many actors died over it."""


class _Crew:
    """The actors: one that dies leaves, and its successor joins once it is there."""

    def __init__(self, ray: Any, number: int, arguments: tuple[Any, ...]) -> None:
        self._ray = ray
        self._lost = (ray.exceptions.RayActorError, ray.exceptions.ObjectLostError)
        self._arguments = arguments
        self._members: list[Any] = []
        self._starting: dict[Any, Any] = {}
        self._failures = 0
        self._turn = 0
        for _ in range(number):
            self._start()
        ray.wait(list(self._starting), num_returns=number, timeout=_PATIENCE)

    def give(self, task: _Task) -> None:
        """Have an article read by the actor whose turn it is."""
        self._join()
        task.actor = self._members[self._turn % len(self._members)]
        task.found = task.actor.attempt.remote(task.article)
        self._turn += 1

    def record(self, task: _Task, reason: str) -> ArticleRecord:
        """Return the record of an article; it is given up where too many actors die over it."""
        while True:
            try:
                found: ArticleRecord = self._ray.get(task.found)
                return found
            except self._lost:
                # An actor reads in the order of its articles: it died over the first of them.
                if task.actor in self._members:
                    self._members.remove(task.actor)
                    self._ray.kill(task.actor)
                    self._start()
                    task.deaths += 1
                if task.deaths == _DEATHS:
                    return given_up(task.article, reason)
                self.give(task)

    def dismiss(self) -> None:
        for actor in [*self._members, *self._starting.values()]:
            self._ray.kill(actor)

    def _start(self) -> None:
        actor = self._ray.remote(_Worker).options(num_cpus=1).remote(*self._arguments)
        self._starting[actor.ready.remote()] = actor

    def _join(self) -> None:
        """Take in the actors that have started; wait for one where there is none."""
        while self._starting:
            ready, _ = self._ray.wait(list(self._starting), timeout=0 if self._members else None)
            if not ready:
                return
            actor = self._starting.pop(ready[0])
            try:
                self._ray.get(ready[0])
            except self._lost as error:
                self._failures += 1
                if self._failures == _STARTS:
                    raise ArxtractError(
                        f"actors of the cluster die as they start: {error}"
                    ) from error
                self._start()
            else:
                self._failures = 0
                self._members.append(actor)


def extract(
    dataset: Any,
    *,
    settings: Mapping[str, Any] | None = None,
    options: Options | None = None,
    workers: int = 1,
) -> Any:
    """Return a ``ray.data.Dataset`` of records for one of articles, a row each.

    Args:
        dataset: rows with ``text`` and perhaps ``id``, ``published``, ``title``; ``options`` says
            what else the columns are called.
        settings: keyword arguments of :class:`~arxtract.pipeline.Pipeline`.
        options: as for files.
        workers: actors that read, each with a pipeline of its own.

    The rows have ``id``, ``record`` (its JSON, null where the article was not read) and ``reason``
    (why it was not, else null).

    Raises:
        MissingExtra: Ray is not installed.
    """
    _ray()
    from ray.data import ActorPoolStrategy

    return dataset.map(
        _Row,
        fn_constructor_args=(dict(settings or {}), options or Options()),
        compute=ActorPoolStrategy(size=workers),
    )


class _Worker:
    """An actor: a pipeline that reads one article after the other."""

    def __init__(
        self, build: Callable[..., Reader], settings: Mapping[str, Any], timeout: float | None
    ) -> None:
        self._reader = build(**settings)
        self._timeout = timeout

    def ready(self) -> bool:
        return True

    def attempt(self, article: Article) -> ArticleRecord:
        return attempt(self._reader, article, self._timeout)


class _Row:
    """What Ray Data calls for each row."""

    def __init__(self, settings: Mapping[str, Any], options: Options) -> None:
        self._pipeline = Pipeline(**settings)
        self._options = options

    def __call__(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        article = article_of(row, "", self._options)
        if isinstance(article, Unread):
            return {"id": article.id, "record": None, "reason": article.reason}
        record = self._pipeline.attempt(article)
        if record.warnings[:1] and record.warnings[0].startswith(FAULT):
            return {"id": record.id, "record": None, "reason": record.warnings[0]}
        return {"id": record.id, "record": record.to_json(), "reason": None}


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise MissingExtra("reading with Ray", "ray") from error
    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="warning")
    return ray
