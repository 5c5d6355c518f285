"""Reading many articles with several processes: order kept, memory bounded."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from threading import Event, Semaphore
from typing import Any

from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord

_AHEAD = 8
"""Articles a worker that may be read before the first of them is done."""

_pipeline: Pipeline | None = None


def _start(settings: Mapping[str, Any]) -> None:
    global _pipeline
    _pipeline = Pipeline(**settings)


def _work(article: Article) -> ArticleRecord:
    if _pipeline is None:
        raise RuntimeError("a worker without a pipeline")
    return _pipeline.attempt(article)


def stream(
    settings: Mapping[str, Any], articles: Iterable[Article], workers: int
) -> Iterator[ArticleRecord]:
    """Yield the records of ``articles`` in their order.

    Each worker builds the pipeline from ``settings`` (keyword arguments of
    :class:`~arxtract.pipeline.Pipeline`), so the records are those of a single process.
    """
    room = Semaphore(workers * _AHEAD)
    left = Event()

    def fed() -> Iterator[Article]:
        for article in articles:
            room.acquire()
            if left.is_set():
                return
            yield article

    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, _start, (dict(settings),)) as pool:
        try:
            for record in pool.imap(_work, fed()):
                room.release()
                yield record
        finally:  # a caller who leaves early must not leave the feeding thread waiting for room
            left.set()
            room.release()
