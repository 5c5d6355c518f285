"""The articles of several inputs as one stream, with an account of what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

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
    """

    def __init__(
        self,
        inputs: Iterable[str],
        options: Options,
        skip: Callable[[Unread], None],
        *,
        new: Callable[[str], bool] = lambda id: True,
        limit: int | None = None,
    ) -> None:
        self.inputs = list(inputs)
        self.unread = 0
        """How many articles, or whole inputs, were not read."""
        self.passed = 0
        """How many articles were passed over because their records are there already."""
        self._options = options
        self._tell = skip
        self._new = new
        self._limit = limit

    def __iter__(self) -> Iterator[Article]:
        left = self._limit
        for item in self._items():
            if left == 0:
                return
            if left is not None:
                left -= 1
            if isinstance(item, Unread):
                self._skip(item)
            elif self._new(mend_surrogates(item.id)[0]):
                yield item
            else:
                self.passed += 1

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
        self.unread += 1
        self._tell(item)

    def total(self) -> int | None:
        """Return how many articles there are, where that is known without reading them."""
        counts = [
            count(source, self._options) if source == "-" or Path(source).exists() else 0
            for source in self.inputs
        ]
        if None in counts:
            return self._limit
        total = sum(n for n in counts if n)
        return total if self._limit is None else min(total, self._limit)
