"""Articles read by the machines of a Ray cluster (the extra ``ray``).

:func:`stream` reads the articles of this process by actors of the cluster; :func:`extract` is a
step of a job of your own with Ray Data. The records are those of a single process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from arxtract.batch.article import Options, Unread
from arxtract.batch.runner import Reader, attempt, given_up
from arxtract.batch.tables import article_of
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.pipeline import FAULT, Article, Pipeline
from arxtract.records import ArticleRecord

_AHEAD = 8
"""Articles an actor that may be read before the first of them is done."""
_RETRIES = 1
"""How often an article is read again when its actor died; then once more, by itself."""


def stream(
    settings: Mapping[str, Any],
    articles: Iterable[Article],
    workers: int,
    build: Callable[..., Reader] = Pipeline,
    timeout: float | None = None,
) -> Iterator[ArticleRecord]:
    """Yield the records of ``articles`` in their order, as :func:`arxtract.batch.runner.stream`.

    ``workers`` actors, at most one a core of the cluster, load the pipeline once each; one that
    dies, or whose machine does, is started again, and no article is lost. The cluster is the one
    that ``RAY_ADDRESS`` names, else this machine.

    Raises:
        MissingExtra: Ray is not installed.
        ArxtractError: the pipeline cannot be built on the cluster.
    """
    ray = _ray()
    cores = int(ray.cluster_resources().get("CPU", 1))
    actor = ray.remote(_Worker).options(max_restarts=-1, max_task_retries=_RETRIES, num_cpus=1)
    actors = [
        actor.remote(build, dict(settings), timeout) for _ in range(max(1, min(workers, cores)))
    ]

    try:
        ray.get([each.ready.remote() for each in actors])
    except ray.exceptions.RayActorError as error:
        raise ArxtractError(f"actors of the cluster die as they start: {error}") from error

    def done(number: int, article: Article, record: Any) -> ArticleRecord:
        for again in (True, False):
            try:
                found: ArticleRecord = ray.get(record)
                return found
            except ray.exceptions.RayActorError:
                if again:
                    record = actors[number % len(actors)].attempt.remote(article)
        late = f"longer than {timeout:g} s, or " if timeout is not None else ""
        return given_up(article, f"{late}the process reading it died")

    waiting: deque[tuple[int, Article, Any]] = deque()
    try:
        for number, article in enumerate(articles):
            record = actors[number % len(actors)].attempt.remote(article)
            waiting.append((number, article, record))
            if len(waiting) >= len(actors) * _AHEAD:
                yield done(*waiting.popleft())
        while waiting:
            yield done(*waiting.popleft())
    finally:
        for each in actors:
            ray.kill(each)


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
