"""The typed records that arxtract hands its user: schema ``arxtract/1``.

Every span is ``[start, end)`` in Unicode code points of the raw input as decoded, before any
normalisation, and ``raw[start:end] == text`` holds for every span of every record.
The models are frozen; their JSON Schema is what ``arxtract schema`` prints.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Literal["arxtract/1"] = "arxtract/1"

EntityType = Literal["PER", "ORG", "LOC", "MISC"]
PlaceKind = Literal["country", "region", "city", "venue", "area"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["absolute", "published", "text"]
Bound = Literal["exact", "at_least", "at_most", "more_than", "less_than", "about"]
UnitClass = Literal[
    "person", "organisation", "country", "object", "money", "measure", "share", "event", "other"
]
Status = Literal["occurred", "ongoing", "planned", "possible", "negated"]
Number = int | float


class Record(BaseModel):
    """The base of all records: frozen, and strict about field names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Record):
    """A stretch of the raw text; ``raw[start:end] == text``."""

    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="code point after the last")
    text: str


class Place(Record):
    """What the gazetteer knows of a place name."""

    kind: PlaceKind
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    lat: float | None = Field(default=None, description="degrees north, WGS 84")
    lon: float | None = Field(default=None, description="degrees east, WGS 84")
    source_id: str | None = Field(default=None, description="row of the gazetteer")


class Entity(Span):
    """A mention of a name, proclitics and titles outside."""

    id: str
    type: EntityType
    name: str = Field(description="fullest form of the name in the article, undiacritised")
    chain: str = Field(description="the same string for all mentions of one entity")
    score: float | None = Field(default=None, ge=0, le=1, description="recogniser's confidence")
    place: Place | None = None


class DateMention(Span):
    """A date, clock time, duration or set (TIMEX3's four types)."""

    id: str
    type: DateType
    value: str | None = Field(description="EDTF, ISO 8601 duration or ISO 8601 time")
    earliest: date | None = None
    latest: date | None = None
    anchored: Anchor | None = None


class Quantity(Span):
    """A counted or measured thing."""

    id: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    bound: Bound | None = "exact"
    unit: str | None = Field(description="counted noun, singular and indefinite; ISO 4217; %")
    unit_class: UnitClass
    part_of: str | None = Field(default=None, description="id of the quantity it is a part of")


class EventDate(Record):
    """When an event took place."""

    value: str | None
    earliest: date | None = None
    latest: date | None = None
    anchored: Anchor | None = None
    mention: str = Field(description="id of a DateMention")


class EventLocation(Record):
    """Where an event took place."""

    mention: str = Field(description="id of an Entity")
    name: str
    place: Place | None = None


class Participant(Record):
    """Who took part: named, or definite by office and body."""

    mention: str | None = Field(description="id of an Entity; null for a bare office")
    span: Span = Field(description="the words of the text that name the participant")
    name: str
    type: EntityType
    role: str
    position: Span | None = Field(default=None, description="title or office, as text")
    affiliation: Span | None = Field(default=None, description="organisation or country named")


class EventCount(Record):
    """A quantity that measures an event."""

    mention: str = Field(description="id of a Quantity")
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    bound: Bound | None = "exact"
    unit: str | None
    unit_class: UnitClass
    role: str | None = None


class Reason(Record):
    """Why a slot is filled: the rule that did it and the words it went by."""

    slot: str
    rule: str
    marker: Span | None = None


class EventRecord(Record):
    """One real-world event, however often the text mentions it."""

    id: str
    type: str
    label: Span
    status: Status
    triggers: tuple[Span, ...] = Field(min_length=1)
    date: EventDate | None = None
    locations: tuple[EventLocation, ...] = ()
    participants: tuple[Participant, ...] = ()
    counts: tuple[EventCount, ...] = ()
    source: Span | None = None
    confidence: Annotated[float, Field(ge=0, le=1)]
    evidence: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def explain(self) -> str:
        """Say for each slot which rule filled it, and by which words of the text."""
        lines = [f"{self.id} {self.type} ({self.status}, confidence {self.confidence:.2f})"]
        for reason in self.reasons:
            words = f" by «{reason.marker.text}»" if reason.marker else ""
            lines.append(f"  {reason.slot}: {reason.rule}{words}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from arxtract.view import html  # for notebooks alone: records need nothing of the package

        return html(self)


class ArticleRecord(Record):
    """All that was read from one article."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_: Literal["arxtract/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    title: Span | None = None
    published: date | None = None
    published_from: Literal["caller", "text"] | None = None
    body: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[EventRecord, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the record as one line of JSON, Arabic unescaped."""
        return self.model_dump_json(by_alias=True)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from arxtract.view import html  # for notebooks alone: records need nothing of the package

        return html(self)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of :class:`ArticleRecord`."""
    return ArticleRecord.model_json_schema(by_alias=True)
