"""What is kept of an event that an article reports, and what of it is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from arxtract.link.events import Count, Participant, Place, Report
from arxtract.records import ArticleRecord, EventRecord
from arxtract.text.clitics import edges, lexical
from arxtract.text.normalise import fold

FIELDS = ("words", "people", "places", "numbers")
"""What is compared as bags of features."""

_WORD = regex.compile(r"[\p{Script=Arabic}&&\p{L}]{2,}+|\p{Latin}{2,}+", regex.V1)
_SENTENCES = 6
"""Sentences of evidence that are looked at: an article says first what happened."""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One event of one article: its report, and the features that it is compared by.

    ``words`` and ``people`` are stems of its sentences and of its participants' names, ``places``
    rows of the gazetteer or names, ``numbers`` its counts with the class of their unit.
    """

    article: int
    """The article's place among those that are linked."""
    report: Report
    words: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]
    told: int | None
    """Day of publication, as an ordinal."""
    days: tuple[int, int] | None
    """First and last day that the event may have been on, as ordinals."""

    def field(self, name: str) -> frozenset[str]:
        """Return one of :data:`FIELDS`."""
        bag: frozenset[str] = getattr(self, name)
        return bag


def mentions_of(article: int, record: ArticleRecord) -> Iterator[Mention]:
    """Yield the events of a record."""
    for event in record.events:
        texts = [event.label.text, *(span.text for span in event.evidence[:_SENTENCES])]
        day = event.date
        yield Mention(
            article,
            _report(record, event),
            frozenset(stem for text in texts for stem in _stems(text)),
            frozenset(stem for p in event.participants for stem in _stems(p.name)),
            frozenset(
                (x.place.source_id if x.place else None) or fold(x.name) for x in event.locations
            ),
            frozenset(
                f"{c.value:.15g} {c.unit_class}" for c in event.counts if c.value is not None
            ),
            record.published.toordinal() if record.published else None,
            (day.earliest.toordinal(), day.latest.toordinal())
            if day and day.earliest and day.latest
            else None,
        )


def _report(record: ArticleRecord, event: EventRecord) -> Report:
    day = event.date
    return Report(
        article=record.id,
        event=event.id,
        published=record.published,
        type=event.type,
        label=event.label.text,
        status=event.status,
        when=day.value if day else None,
        earliest=day.earliest if day else None,
        latest=day.latest if day else None,
        places=tuple(
            Place(name=x.name, country=x.place.country if x.place else None)
            for x in event.locations
        ),
        participants=tuple(Participant(name=p.name, role=p.role) for p in event.participants),
        counts=tuple(
            Count.model_validate(c.model_dump(exclude={"mention", "unit_class"}))
            for c in event.counts
        ),
    )


def _stems(text: str) -> Iterable[str]:
    return map(_stem, _WORD.findall(fold(text)))


@lru_cache(maxsize=2**16)
def _stem(word: str) -> str:
    """Return a word without its clitics, in the spelling of the lexicon."""
    front, back = edges(word)
    return lexical(word[front : len(word) - back])
