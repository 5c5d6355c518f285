"""Reading many articles with several processes: order kept, memory bounded.

A worker that dies, for instance because the system is out of memory, loses no article: those that
were under way are read once more, one at a time, and only the one that kills its worker again is
given up. A worker that spends too long on an article ends itself, and the same follows.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Any, Protocol

from arxtract.batch import preloaded
from arxtract.errors import ArxtractError
from arxtract.pipeline import FAULT, Article, Pipeline
from arxtract.records import ArticleRecord
from arxtract.text.normalise import mend_surrogates

_AHEAD = 16
"""Articles a worker that may be read before the first of them is done."""
SHARES = sys.platform == "linux"
"""Whether workers are forked from one process that holds the pipeline, and share its memory.

Elsewhere a fork is not safe once system libraries were used, so each worker has its own."""


class Reader(Protocol):
    """What a worker calls for each article."""

    def attempt(self, article: Article) -> ArticleRecord:
        """Return the record of an article; never raises."""
        ...


def attempt(reader: Reader, article: Article, timeout: float | None) -> ArticleRecord:
    """Return the record of an article; end this process if that takes too many seconds."""
    if timeout is None:
        return reader.attempt(article)
    # The one watchdog of Python that also ends a search which holds the interpreter's lock.
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(timeout, exit=True, file=nowhere)
        try:
            return reader.attempt(article)
        finally:
            faulthandler.cancel_dump_traceback_later()


def given_up(article: Article, reason: str) -> ArticleRecord:
    """Return the record of an article that cannot be read to its end."""
    name, _ = mend_surrogates(article.id)
    return ArticleRecord(id=name, warnings=(f"{FAULT}: {reason}",))


_reader: Reader | None = None
_timeout: float | None = None


def _start(
    build: Callable[..., Reader], settings: Mapping[str, Any], timeout: float | None
) -> None:
    global _reader, _timeout
    _timeout = timeout
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is for the parent, which ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    shared = preloaded.pipeline(settings) if build is Pipeline else None
    _reader = shared or build(**settings)


def _end_with_parent() -> None:
    """End this worker when its parent is gone: killed, it could not end its workers itself."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(article: Article) -> ArticleRecord:
    if _reader is None:
        raise RuntimeError("a worker without a pipeline")
    return attempt(_reader, article, _timeout)


def _ready() -> bool:
    return _reader is not None


def _sharing(settings: Mapping[str, Any]) -> BaseContext:
    """Return what starts workers as forks of one process that builds the pipeline.

    A program has one such process: with other settings than its first ones, or where it had one
    for ends of its own, each worker builds the pipeline itself.
    """
    from multiprocessing import forkserver

    os.environ[preloaded.SETTINGS] = preloaded.as_json(settings)
    try:
        forkserver.set_forkserver_preload([preloaded.__name__])
        forkserver.ensure_running()
    finally:
        del os.environ[preloaded.SETTINGS]
    return multiprocessing.get_context("forkserver")


class _Pool:
    """Worker processes that can be replaced when one of them dies."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        workers: int,
        build: Callable[..., Reader],
        timeout: float | None,
    ) -> None:
        self._workers = workers
        self._timeout = timeout
        self._start = (build, dict(settings), timeout)
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        build, settings, _ = self._start
        shared = SHARES and self._workers > 1 and build is Pipeline
        context = _sharing(settings) if shared else multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, context, initializer=_start, initargs=self._start)

    def submit(self, article: Article) -> Future[ArticleRecord]:
        try:
            return self._pool.submit(_work, article)
        except BrokenProcessPool as error:  # told where the result is asked for
            broken: Future[ArticleRecord] = Future()
            broken.set_exception(error)
            return broken

    def alone(self, article: Article) -> ArticleRecord:
        """Return the record of an article that is read while no other is."""
        start = time.monotonic()
        try:
            return self.submit(article).result()
        except BrokenProcessPool:
            late = self._timeout is not None and time.monotonic() - start >= self._timeout
            self.renew()
            reason = f"longer than {self._timeout:g} s" if late else "the process reading it died"
            return given_up(article, reason)

    def renew(self) -> None:
        """Start new workers in place of those that died."""
        self.close()
        self._pool = self._made()
        try:
            self._pool.submit(_ready).result()
        except BrokenProcessPool as error:
            raise ArxtractError(
                "worker processes die as they start: there is too little memory for so many, or "
                "your script does not guard its call with if __name__ == '__main__':"
            ) from error

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def stream(
    settings: Mapping[str, Any],
    articles: Iterable[Article],
    workers: int,
    build: Callable[..., Reader] = Pipeline,
    timeout: float | None = None,
) -> Iterator[ArticleRecord]:
    """Yield the records of ``articles`` in their order.

    Each worker builds the pipeline from ``settings`` (keyword arguments of ``build``, by default
    :class:`~arxtract.pipeline.Pipeline`), so the records are those of a single process. An article
    that takes more than ``timeout`` seconds gives an empty record with a warning, as does one at
    which its worker dies.
    """
    waiting: deque[tuple[Article, Future[ArticleRecord]]] = deque()
    pool = _Pool(settings, workers, build, timeout)
    try:
        for article in articles:
            waiting.append((article, pool.submit(article)))
            if len(waiting) >= workers * _AHEAD:
                yield from _first(waiting, pool, workers)
        while waiting:
            yield from _first(waiting, pool, workers)
    finally:
        pool.close()


def _first(
    waiting: deque[tuple[Article, Future[ArticleRecord]]], pool: _Pool, workers: int
) -> Iterator[ArticleRecord]:
    """Yield the record of the first article that waits; of more of them after a worker died.

    What the workers had before them then is read one at a time: each may have killed its worker.
    """
    article, future = waiting.popleft()
    try:
        record = future.result()
    except BrokenProcessPool:
        pool.renew()
        left = [(article, future), *waiting]
        waiting.clear()
        suspects = 2 * workers + 1  # of an executor: those being read, and as many and one ahead
        for article, future in left:
            whole = future.done() and future.exception() is None
            if waiting or (not whole and not suspects):
                waiting.append((article, future if whole else pool.submit(article)))
            elif whole:
                yield future.result()
            else:
                suspects -= 1
                yield pool.alone(article)
    else:
        yield record
