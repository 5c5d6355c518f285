"""Gold and prediction brought to one form, so that they compare like with like.

A side is one annotator's or one system's view of one article. Gold against prediction gives the
scores; gold against gold, the agreement of two annotators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from arxtract.errors import DataError
from arxtract.evaluate.gold import THING, GoldArticle, GoldEvent, GoldParticipant
from arxtract.evaluate.naming import agree
from arxtract.evaluate.notation import GoldCount, number_of
from arxtract.records import (
    ArticleRecord,
    DateMention,
    Entity,
    EventCount,
    EventRecord,
    Participant,
    Quantity,
    Span,
)

HOST = "host"
Names = tuple[str, ...]
Range = tuple[int, int]
"""Raw ``[start, end)``."""


class SpanError(DataError):
    """A record whose words are not those of the text at its offsets."""


@dataclass(frozen=True, slots=True)
class Part:
    """A participant: its acceptable names and roles."""

    names: Names
    roles: tuple[str, ...]
    free: bool
    """Neither paid nor charged."""
    at: Range | None = None
    """Where its words stand, if that is known; so for all other slots."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that measures an event."""

    number: tuple[int | float | None, int | float | None]
    unit: str | None
    text: str
    at: Range | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event: what is compared of it."""

    type: str
    label: str
    status: str
    triggers: Names
    date: str | None
    locations: tuple[Names, ...]
    parts: tuple[Part, ...]
    counts: tuple[Count, ...]
    free: bool
    start: int
    """Where it is first told, as a raw offset; for the order of the error report."""
    confidence: float | None = None
    told_at: tuple[Range, ...] = ()
    """Where its triggers stand; of gold, its label and the first of each trigger."""
    date_at: Range | None = None
    locations_at: tuple[Range | None, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.type} {self.label}"


@dataclass(frozen=True, slots=True)
class Side:
    """One view of one article; offsets are raw."""

    name: str
    raw: str
    published: date | None
    title: Span | None
    body: tuple[Span, ...]
    entities: tuple[Entity, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    told: bool = False
    """The caller gave the day of publication: finding it is no merit."""


def of_gold(article: GoldArticle) -> Side:
    """Return the side of an annotated article."""
    return Side(
        name=article.name,
        raw=article.raw,
        published=article.published,
        title=article.title,
        body=article.body,
        entities=tuple(article.entities),
        dates=tuple(article.dates),
        quantities=tuple(article.quantities),
        events=tuple(_gold_event(event, article) for event in article.events),
        told=article.published_given,
    )


def _gold_event(event: GoldEvent, article: GoldArticle) -> Event:
    raw = article.raw
    found = raw.find(event.label)
    words = ((event.label,), *((trigger,) for trigger in event.triggers))
    dates = (d for d in article.dates if event.date is not None and d.value == event.date)
    return Event(
        type=event.type,
        label=event.label,
        status=event.status,
        triggers=event.triggers,
        date=event.date,
        locations=event.locations,
        parts=tuple(_gold_part(part, event.locations, article) for part in event.participants),
        counts=tuple(_gold_count(count, article) for count in event.counts),
        free=event.optional,
        start=found if found >= 0 else max(0, raw.find(event.triggers[0])),
        told_at=tuple(at for forms in words if (at := _find(forms, article)) is not None),
        date_at=next(((d.start, d.end) for d in dates), None),
        locations_at=tuple(_find(forms, article) for forms in event.locations),
    )


def _find(forms: Names, article: GoldArticle) -> Range | None:
    """Return where the fullest form that stands in the article stands first."""
    first = article.body[0].start if article.body else 0
    places = ((article.raw.find(form, first), len(form)) for form in forms)
    return next(((start, start + length) for start, length in places if start >= 0), None)


def _gold_part(part: GoldParticipant, locations: tuple[Names, ...], article: GoldArticle) -> Part:
    free = part.optional or part.nominal or THING in part.role
    free = free or _is_place(part.name, part.role, locations)
    return Part(part.name, part.role, free, _find(part.name, article))


def _is_place(names: Names, roles: tuple[str, ...], locations: tuple[Names, ...]) -> bool:
    """Say whether this is the host of an event that is given as its location too."""
    return HOST in roles and any(agree(names, place) for place in locations)


def _gold_count(count: GoldCount, article: GoldArticle) -> Count:
    marked = (
        (q.start, q.end)
        for q in article.quantities
        if (number_of(q.value, q.low, q.high), q.unit) == (count.number, count.unit)
    )
    return Count(count.number, count.unit, str(count), next(marked, None))


def of_record(record: ArticleRecord, name: str, raw: str) -> Side:
    """Return the side of a prediction for the article ``name`` with the text ``raw``.

    Raises:
        SpanError: a span's text is not that of ``raw`` at its offsets.
    """
    check_spans(record, name, raw)
    mentions: tuple[Entity | DateMention | Quantity, ...]
    mentions = (*record.entities, *record.dates, *record.quantities)
    words = {mention.id: (mention.start, mention.end) for mention in mentions}
    return Side(
        name=name,
        raw=raw,
        published=record.published,
        title=record.title,
        body=tuple(sorted(record.body, key=lambda s: (s.start, s.end))),
        entities=record.entities,
        dates=record.dates,
        quantities=record.quantities,
        events=tuple(_event(event, words) for event in record.events),
    )


def _event(event: EventRecord, words: Mapping[str, Range]) -> Event:
    locations: tuple[Names, ...] = tuple((place.name,) for place in event.locations)
    return Event(
        type=event.type,
        label=event.label.text,
        status=event.status,
        triggers=tuple(trigger.text for trigger in event.triggers),
        date=event.date.value if event.date else None,
        locations=locations,
        parts=tuple(_part(part, locations) for part in event.participants),
        counts=tuple(_count(count, words) for count in event.counts),
        free=False,
        start=min(trigger.start for trigger in event.triggers),
        confidence=event.confidence,
        told_at=tuple((trigger.start, trigger.end) for trigger in event.triggers),
        date_at=words.get(event.date.mention) if event.date else None,
        locations_at=tuple(words.get(place.mention) for place in event.locations),
    )


def _part(part: Participant, locations: tuple[Names, ...]) -> Part:
    free = _is_place((part.name,), (part.role,), locations)
    return Part((part.name,), (part.role,), free, (part.span.start, part.span.end))


def _count(count: EventCount, words: Mapping[str, Range]) -> Count:
    number = (count.low, count.high) if count.value is None else (count.value, count.value)
    shown = count.value if count.value is not None else "?"
    if count.value is None and count.low is not None:
        shown = f"{count.low}..{count.high}"
    return Count(number, count.unit, f"{shown} {count.unit}", words.get(count.mention))


def check_spans(record: ArticleRecord, name: str, raw: str) -> None:
    """Check that each span of a record says what the text says at its offsets.

    Raises:
        SpanError: one does not; the message names the article and the span.
    """
    for path, span in _spans(record, ""):
        if not (span.start <= span.end <= len(raw) and raw[span.start : span.end] == span.text):
            raise SpanError(
                f"{name}: {path}: the text at [{span.start}, {span.end}) is "
                f"{raw[span.start : span.end]!r}, not {span.text!r}"
            )


def _spans(value: object, path: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Span):
        yield path, value
    if isinstance(value, BaseModel):
        for name, inner in value.__dict__.items():
            if isinstance(inner, BaseModel | tuple | list):
                yield from _spans(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, tuple | list):
        for n, inner in enumerate(value):
            yield from _spans(inner, f"{path}[{n}]")
