"""Arithmetic of days: the nearest weekday, a period some units away, a day that may not exist."""

from __future__ import annotations

from datetime import date, timedelta

from arxtract.times import edtf, hijri
from arxtract.times.partial import DAY_OF_WEEK, Direction, Period

SEASON_TURN = (8, 10)  # month and day at which a season's year is taken to begin
SCHOOL_BEGINS = (9, 1)  # up to here `the coming` season is the one about to begin
SEASON_END = (7, 1)  # from here on the season that has just ended is `the last`
LATE_SEASONS = (2020,)  # years in which football and school went on into the summer
WEEKEND = 5  # Saturday
FARTHER: dict[Direction | None, tuple[float, float]] = {
    None: (1, 1.33),
    "past": (1, 3),
    "next": (3, 1),
    "now": (1, 1),
}
"""By what a past and a coming day count as farther away, by the tense of the sentence."""
DAYS, WEEK = timedelta(1), timedelta(7)


def farness(day: date, base: date, tense: Direction | None) -> float:
    """Return how far ``day`` is from ``base``, in days, weighed by the tense."""
    before, after = FARTHER[tense]
    distance = (day - base).days
    return distance * after if distance > 0 else -distance * before


def day_in(year: int, month: int, day: int | None) -> date | None:
    if day == -1:
        return edtf.month_end(year, month)
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def hijri_range(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    if month is None:
        return hijri.year_range(year)
    if day is None or day == -1:
        ends = hijri.month_range(year, month)
        return ends if ends is None or day is None else (ends[1], ends[1])
    only = hijri.to_gregorian(year, month, day)
    return None if only is None else (only, only)


def nearest(day: date, weekday: int) -> date:
    """Return the day with ``weekday`` that is nearest to ``day``, the earlier of two as near."""
    forward = (weekday - day.weekday()) % 7
    return day + (forward if forward <= 3 else forward - 7) * DAYS


def weekday_near(base: date, weekday: int, direction: Direction, *, strict: bool) -> date:
    """Return the nearest day with ``weekday`` on one side of ``base``, itself unless strict."""
    if direction == "next":
        ahead = (weekday - base.weekday()) % 7
        return base + (7 if strict and ahead == 0 else ahead) * DAYS
    if direction == "now":
        return base - base.weekday() * DAYS + weekday * DAYS
    back = (base.weekday() - weekday) % 7
    return base - (7 if strict and back == 0 else back) * DAYS


def shifted(base: date, p: Period) -> str | None:
    """Return the period ``p.shift`` units from the one that ``base`` lies in."""
    if p.unit == "D":
        return edtf.day(base + p.shift * DAYS)
    if p.unit == DAY_OF_WEEK and p.weekday is not None:
        return edtf.day(base + (p.weekday - base.weekday()) * DAYS + p.shift * WEEK)
    if p.unit in ("W", "WE"):
        monday = base - base.weekday() * DAYS + p.shift * WEEK
        if p.weekday is not None:
            return edtf.day(_weekday_shifted(base, p))
        if p.unit == "WE":
            return edtf.interval(monday + WEEKEND * DAYS, monday + 6 * DAYS)
        return edtf.interval(monday, monday + 6 * DAYS)
    if p.unit == "M":
        months = base.year * 12 + base.month - 1 + p.shift
        return edtf.month(months // 12, months % 12 + 1)
    if p.unit == "S":
        start = base.year - ((base.month, base.day) < SEASON_TURN) + p.shift
        if p.shift < 0 and SEASON_END <= (base.month, base.day) < SEASON_TURN:
            start += base.year not in LATE_SEASONS
        if p.shift > 0 and SEASON_TURN <= (base.month, base.day) < SCHOOL_BEGINS:
            start -= 1
        return f"{edtf.year(start)}/{edtf.year(start + 1)}"
    if p.unit == "Y":
        return edtf.year(base.year + p.shift)
    if p.unit == "10Y":
        return f"{base.year // 10 + p.shift}X"
    if p.unit == "100Y":
        return f"{base.year // 100 + p.shift}XX"
    return None


def _weekday_shifted(base: date, p: Period) -> date:
    assert p.weekday is not None
    if p.shift < 0:
        return weekday_near(base, p.weekday, "past", strict=True) + (p.shift + 1) * WEEK
    return weekday_near(base, p.weekday, "next", strict=True) + (p.shift - 1) * WEEK
