"""Events of the world: what several articles report of one, and where they disagree."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from arxtract.records import Bound, Number, Record, Status


class Place(Record):
    """A place that a report names."""

    name: str
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")


class Participant(Record):
    """Who took part, by a report."""

    name: str
    role: str


class Count(Record):
    """A number that a report gives."""

    value: Number | None
    low: Number | None = None
    high: Number | None = None
    bound: Bound | None = "exact"
    unit: str | None
    role: str | None = None


class Report(Record):
    """What one article says of the event."""

    article: str = Field(description="id of the article")
    event: str = Field(description="id of the event in the article's record")
    published: date | None
    type: str
    label: str
    status: Status
    when: str | None = Field(description="EDTF")
    earliest: date | None
    latest: date | None
    places: tuple[Place, ...]
    participants: tuple[Participant, ...]
    counts: tuple[Count, ...]


class Version(Record):
    """One of several things that are said of the same."""

    value: str
    reports: tuple[int, ...] = Field(description="places in the event's list of reports")


class Disagreement(Record):
    """Something that reports say differently, such that not all of them can be right."""

    slot: Literal["date", "status", "counts"]
    unit: str | None = Field(default=None, description="what is counted")
    versions: tuple[Version, ...] = Field(min_length=2)


class WorldEvent(Record):
    """One event of the world with all reports of it, in the order of the articles."""

    id: str
    type: str = Field(description="what most reports say")
    earliest: date | None = Field(description="first day it may have been on, by most reports")
    latest: date | None
    articles: int = Field(description="how many articles report it")
    reports: tuple[Report, ...] = Field(min_length=1)
    disagreements: tuple[Disagreement, ...] = ()
