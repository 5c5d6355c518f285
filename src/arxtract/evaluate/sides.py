"""Gold and prediction brought to one form, so that they compare like with like.

A side is one annotator's or one system's view of one article. Gold against prediction gives the
scores; gold against gold, the agreement of two annotators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from arxtract.errors import DataError
from arxtract.evaluate.gold import THING, GoldArticle, GoldEvent, GoldParticipant
from arxtract.evaluate.naming import agree
from arxtract.evaluate.notation import GoldCount
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


class SpanError(DataError):
    """A record whose words are not those of the text at its offsets."""


@dataclass(frozen=True, slots=True)
class Part:
    """A participant: its acceptable names and roles."""

    names: Names
    roles: tuple[str, ...]
    free: bool
    """Neither paid nor charged."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that measures an event."""

    number: tuple[int | float | None, int | float | None]
    unit: str | None
    text: str


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
        events=tuple(_gold_event(event, article.raw) for event in article.events),
        told=article.published_given,
    )


def _gold_event(event: GoldEvent, raw: str) -> Event:
    found = raw.find(event.label)
    return Event(
        type=event.type,
        label=event.label,
        status=event.status,
        triggers=event.triggers,
        date=event.date,
        locations=event.locations,
        parts=tuple(_gold_part(part, event.locations) for part in event.participants),
        counts=tuple(_gold_count(count) for count in event.counts),
        free=event.optional,
        start=found if found >= 0 else max(0, raw.find(event.triggers[0])),
    )


def _gold_part(part: GoldParticipant, locations: tuple[Names, ...]) -> Part:
    free = part.optional or part.nominal or THING in part.role
    return Part(part.name, part.role, free or _is_place(part.name, part.role, locations))


def _is_place(names: Names, roles: tuple[str, ...], locations: tuple[Names, ...]) -> bool:
    """Say whether this is the host of an event that is given as its location too."""
    return HOST in roles and any(agree(names, place) for place in locations)


def _gold_count(count: GoldCount) -> Count:
    return Count(count.number, count.unit, str(count))


def of_record(record: ArticleRecord, name: str, raw: str) -> Side:
    """Return the side of a prediction for the article ``name`` with the text ``raw``.

    Raises:
        SpanError: a span's text is not that of ``raw`` at its offsets.
    """
    check_spans(record, name, raw)
    return Side(
        name=name,
        raw=raw,
        published=record.published,
        title=record.title,
        body=tuple(sorted(record.body, key=lambda s: (s.start, s.end))),
        entities=record.entities,
        dates=record.dates,
        quantities=record.quantities,
        events=tuple(_event(event) for event in record.events),
    )


def _event(event: EventRecord) -> Event:
    locations: tuple[Names, ...] = tuple((place.name,) for place in event.locations)
    return Event(
        type=event.type,
        label=event.label.text,
        status=event.status,
        triggers=tuple(trigger.text for trigger in event.triggers),
        date=event.date.value if event.date else None,
        locations=locations,
        parts=tuple(_part(part, locations) for part in event.participants),
        counts=tuple(_count(count) for count in event.counts),
        free=False,
        start=min(trigger.start for trigger in event.triggers),
        confidence=event.confidence,
    )


def _part(part: Participant, locations: tuple[Names, ...]) -> Part:
    return Part((part.name,), (part.role,), _is_place((part.name,), (part.role,), locations))


def _count(count: EventCount) -> Count:
    number = (count.low, count.high) if count.value is None else (count.value, count.value)
    shown = count.value if count.value is not None else "?"
    if count.value is None and count.low is not None:
        shown = f"{count.low}..{count.high}"
    return Count(number, count.unit, f"{shown} {count.unit}")


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
