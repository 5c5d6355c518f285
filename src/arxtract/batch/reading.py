"""The articles of several inputs as one stream, with an account of what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from heapq import nsmallest
from itertools import islice
from operator import itemgetter

from arxtract.batch.readers import Options, Unread, count, read
from arxtract.errors import ArxtractError
from arxtract.pipeline import FAULT, Article
from arxtract.records import ArticleRecord
from arxtract.text.normalise import mend_surrogates


class Reading:
    """Reads inputs one after the other, each article as it is asked for.

    Args:
        inputs: files, folders, tables, archives, or ``-``.
        options: how to read them.
        skip: is told of each article that was not read, and why.
        new: says by its id whether an article is wanted; one that is not is passed over.
        limit: how many articles to read at most, those passed over among them.
        sample: how many articles to draw at random; they are held in memory.
        seed: another one draws other articles.
    """

    def __init__(
        self,
        inputs: Iterable[str],
        options: Options,
        skip: Callable[[Unread], None],
        *,
        new: Callable[[str], bool] = lambda id: True,
        limit: int | None = None,
        sample: int | None = None,
        seed: int = 0,
    ) -> None:
        self.inputs = list(inputs)
        self.reasons: Counter[str] = Counter()
        """How many articles, or whole inputs, were not read for reasons of each kind."""
        self.passed = 0
        """How many articles were passed over because their records are there already."""
        self._options = options
        self._tell = skip
        self._new = new
        self._limit = limit
        self._sample = sample
        self._seed = seed

    @property
    def unread(self) -> int:
        """How many articles, or whole inputs, were not read."""
        return self.reasons.total()

    def __iter__(self) -> Iterator[Article]:
        articles = self._readable(islice(self._items(), self._limit))
        for article in articles if self._sample is None else self._drawn(articles, self._sample):
            if self._new(mend_surrogates(article.id)[0]):
                yield article
            else:
                self.passed += 1

    def _readable(self, items: Iterable[Article | Unread]) -> Iterator[Article]:
        for item in items:
            if isinstance(item, Unread):
                self._skip(item)
            else:
                yield item

    def _drawn(self, articles: Iterable[Article], number: int) -> Iterator[Article]:
        """Draw articles by a hash of their places: the same ones each time, in their order."""

        def lot(numbered: tuple[int, Article]) -> bytes:
            return blake2b(f"{self._seed} {numbered[0]}".encode(), digest_size=16).digest()

        drawn = nsmallest(number, enumerate(articles), key=lot)
        for _, article in sorted(drawn, key=itemgetter(0)):
            yield article

    def _items(self) -> Iterator[Article | Unread]:
        for source in self.inputs:
            try:
                yield from read(source, self._options)
            except ArxtractError as error:
                yield Unread(source, str(error).removeprefix(f"{source}: "))
            except OSError as error:
                yield Unread(source, f"cannot be opened: {error.strerror or error}")

    def through(self, records: Iterable[ArticleRecord]) -> Iterator[ArticleRecord]:
        """Pass on the records of articles that were read to the end."""
        for record in records:
            if record.warnings[:1] and record.warnings[0].startswith(FAULT):
                self._skip(Unread(record.id, record.warnings[0]))
            else:
                yield record

    def _skip(self, item: Unread) -> None:
        self.reasons[_kind(item.reason)] += 1
        self._tell(item)

    def total(self) -> int | None:
        """Return how many articles there are at most, where that is known without reading them."""
        try:
            counts = [count(source, self._options) for source in self.inputs]
        except ArxtractError:  # told when it is read
            counts = [None]
        held = None if None in counts else sum(n for n in counts if n)
        return min((n for n in (held, self._limit, self._sample) if n is not None), default=None)


def _kind(reason: str) -> str:
    """Return a reason without what it says of the one article."""
    general, _, _ = reason.removeprefix(f"{FAULT}: ").partition(": ")
    return f"{FAULT}: {general}" if reason.startswith(FAULT) else general
