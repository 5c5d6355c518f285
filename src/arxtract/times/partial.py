"""What the grammar reads before anything is worked out: partial dates, as the text gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["past", "next", "now"]
TextAnchor = Literal["same", "following", "previous"]


class Calendar(NamedTuple):
    """A day, month or year by its parts; what the text does not say is None.

    ``day`` -1 is the last day of the month. ``offset`` counts days from the day of publication.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    direction: Direction | None = None
    hijri: bool = False
    year_offset: int | None = None
    year_anchor: TextAnchor | None = None
    month_offset: int | None = None
    month_anchor: TextAnchor | None = None


BARE_WEEKEND = "WE?"
"""Unit of the end of a week that no word points to: early in the week it is the last one."""


DAY_OF_WEEK = "DW"
"""Unit of a weekday of a week that is counted from now."""


class Period(NamedTuple):
    """A day, week, month, year, season's year, decade or century counted from a reference."""

    unit: str  # D W M Y S 10Y 100Y, or WE for the end of a week
    shift: int
    anchor: TextAnchor | None = None
    weekday: int | None = None
    length: str | None = None
    """The duration that it is after all where nothing says when it begins."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A half, third, quarter (``nth`` of ``count``) of a year or month, or a season's code.

    ``nth`` 0 is the part that the text named last, of another year; ``count`` 0 leaves open how
    long it is. ``months`` are the first and the last of a stretch of months. ``shift`` counts
    parts from now, from the part that the text named last where ``told``.
    """

    whole: Calendar
    nth: int
    count: int
    season: int | None = None
    months: tuple[int, int] | None = None
    shift: int | None = None
    told: bool = False


class Between(NamedTuple):
    """From the first day of one to the last day of the other; ``members`` for a broken list."""

    first: Reading
    last: Reading
    members: tuple[Reading, ...] = ()


class Fixed(NamedTuple):
    """A value that needs no reference, or None where the text can't fix it."""

    value: str | None


Reading = Calendar | Period | Portion | Between | Fixed


class Partial(NamedTuple):
    """A mention in clean offsets, with what was read."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    reading: Reading
    first_atom: int
    last_atom: int
    """Index after the last atom."""
