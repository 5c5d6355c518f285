"""The whole way: raw text in, an :class:`~arxtract.records.ArticleRecord` out."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from arxtract import counts, names, places, text, times
from arxtract.document import Document
from arxtract.errors import ArxtractError
from arxtract.events.engine import Engine
from arxtract.names import chains
from arxtract.names.recogniser import Recogniser
from arxtract.records import ArticleRecord, Span
from arxtract.text import backends as tokenizers
from arxtract.text.normalise import mend_surrogates

FAULT = "internal error"
"""How the warning of an article begins at which arxtract itself failed."""

LONGEST = 100_000
"""Code points of an article that are read; the longest of 24,000 press articles had 64,618."""

_log = logging.getLogger(__name__)


class Article(NamedTuple):
    """What a caller knows of an article."""

    text: str
    id: str = ""
    published: date | str | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()
    """What the reader of the file has to say, for instance of bytes that it replaced."""


Given = str | Article | Mapping[str, Any]
"""What an article may be given as."""


class Pipeline:
    """All rooms in their order, built once and called for each article.

    Args:
        ner: the recogniser: ``"base"``, another name that :func:`arxtract.names.load` knows,
            or a recogniser of your own.
        ontology: what events to read: ``"press"`` is the ontology that ships; paths of YAML
            files add to it.
        tokenizer: who finds the clitics of words: ``"arxtract"``, or another name that
            :func:`arxtract.text.backends.load` knows.
        day_first: whether ``05/12/2022`` is the fifth of December.
        threads: threads of the recogniser's network.

    Raises:
        ArxtractError: a name, path or data file is wrong; the message says what to do.
    """

    def __init__(
        self,
        *,
        ner: str | Recogniser = "base",
        ontology: Sequence[str | Path] = ("press",),
        tokenizer: str = tokenizers.OWN,
        day_first: bool = True,
        threads: int = 1,
    ) -> None:
        self.settings = {
            "ner": ner if isinstance(ner, str) else ner.name,
            "ontology": tuple(str(source) for source in ontology),
            "tokenizer": tokenizer,
            "day_first": day_first,
        }
        self._recogniser = names.load(ner, threads=threads) if isinstance(ner, str) else ner
        self._engine = Engine(ontology)
        self._tokenizer = tokenizers.load(tokenizer, threads)
        self._day_first = day_first

    def __call__(
        self,
        text: str | Article,
        published: date | str | None = None,
        id: str | None = None,
        title: str | None = None,
    ) -> ArticleRecord:
        """Return the record of one article.

        Args:
            text: the raw text as scraped, or an :class:`Article` that holds all the rest.
            published: the day of publication, a date or ``YYYY-MM-DD``; without it the text's
                own dateline counts, if it has one.
            id: what the record is to be called.
            title: the headline, where the caller knows it.
        """
        if isinstance(text, str):
            text = Article(text, id or "", published, title)
        return self._record(text)

    def map(self, articles: Iterable[Given]) -> Iterator[ArticleRecord]:
        """Yield the records of many articles, in their order.

        An article is a text, an :class:`Article`, or a mapping with ``text`` and perhaps ``id``,
        ``published`` and ``title``. What is wrong with one of them is raised; :meth:`stream` goes
        on to the next.
        """
        return map(self._record, map(as_article, articles))

    def stream(
        self, articles: Iterable[Given], *, workers: int = 1, timeout: float | None = None
    ) -> Iterator[ArticleRecord]:
        """Yield the records of many articles, in their order, read by ``workers`` processes.

        No article stops the rest: one at which arxtract itself fails gives an empty record with
        a warning that begins with ``internal error``, and the traceback is logged. So does one that
        takes more than ``timeout`` seconds; only another process can be stopped, so there is one
        even with a single worker then.
        """
        if workers == 1 and timeout is None:
            return map(self.attempt, map(as_article, articles))
        from arxtract.batch.runner import stream

        return stream(self.settings, map(as_article, articles), workers, timeout=timeout)

    def attempt(self, article: Article) -> ArticleRecord:
        """Return the record of an article, an empty one with a warning if that fails."""
        try:
            return self._record(article)
        except Exception as error:  # whatever it is, the other articles are to be read
            _log.exception("article %s", article.id)
            name, _ = mend_surrogates(article.id)
            return ArticleRecord(id=name, warnings=(f"{FAULT}: {type(error).__name__}: {error}",))

    def document(self, article: Article) -> Document:
        """Return the working document of an article with all mentions found."""
        raw, mended = mend_surrogates(article.text[:LONGEST])
        name, _ = mend_surrogates(article.id)
        title = mend_surrogates(article.title)[0] if article.title else None
        published = as_date(article.published)
        document = text.read(
            raw, id=name, published=published, title=title, tokenizer=self._tokenizer
        )
        document.warnings[:0] = article.warnings
        if len(article.text) > LONGEST:
            cut = f"cut off: {LONGEST} of {len(article.text)} characters read"
            document.warnings.insert(0, cut)
        if mended:
            document.warnings.insert(0, f"{mended} lone surrogates replaced")
        found = self._recogniser.recognise([document])[0]
        document.entities = places.link(document, chains.link(document, found))
        document.dates = times.find_in(document, day_first=self._day_first)
        document.quantities = counts.find_in(document, document.dates)
        return document

    def _record(self, article: Article) -> ArticleRecord:
        document = self.document(article)
        events = self._engine.extract(document)
        return ArticleRecord(
            id=document.id,
            title=_span(document, document.title),
            published=document.published,
            published_from=document.published_from,
            body=tuple(document.span(start, end) for start, end in document.body),
            entities=tuple(document.entities),
            dates=tuple(document.dates),
            quantities=tuple(document.quantities),
            events=tuple(events),
            warnings=tuple(document.warnings),
        )


def _span(document: Document, place: tuple[int, int] | None) -> Span | None:
    return document.span(*place) if place else None


def as_article(given: Given) -> Article:
    """Return an article that is given as a text, as a mapping, or as what it is.

    Raises:
        ArxtractError: a mapping has no ``text``.
    """
    if isinstance(given, Article):
        return given
    if isinstance(given, str):
        return Article(given)
    text = given.get("text")
    if not isinstance(text, str):
        raise ArxtractError("an article needs a text: give a string, or a mapping with 'text'")
    return Article(
        text, str(given.get("id") or ""), given.get("published") or None, given.get("title")
    )


def as_date(day: date | str | None) -> date | None:
    """Return a day that a user gives as an ISO date.

    Raises:
        ArxtractError: it is no date; the message says how to write one.
    """
    if isinstance(day, datetime):
        return day.date()
    if day is None or isinstance(day, date):
        return day
    try:
        return datetime.fromisoformat(day.strip()).date()
    except ValueError as error:
        raise ArxtractError(f"{day!r} is no date: write YYYY-MM-DD, as 2022-11-03") from error
