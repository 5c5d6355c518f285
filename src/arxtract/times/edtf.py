"""Values in EDTF (ISO 8601-2) as ``records.md`` asks for them, and the days that bound them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import regex

_PLAIN = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_UNSPECIFIED = regex.compile(r"(\d{2,3})(X{1,2})")
_QUALIFIERS = str.maketrans("", "", "~?%")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}  # northern spring, summer, autumn by months
_WINTER = 24


def day(value: date) -> str:
    return value.isoformat()


def month(year: int, number: int) -> str:
    return f"{year:04d}-{number:02d}"


def year(number: int) -> str:
    return f"{number:04d}"


def before_christ(number: int) -> str:
    """Return the year ``number`` before Christ, which ISO 8601 counts from a year 0."""
    return f"-{number - 1:04d}"


def interval(first: date, last: date) -> str:
    """Return one day or an interval of two."""
    return day(first) if first == last else f"{day(first)}/{day(last)}"


def day_set(days: list[date]) -> str:
    """Return the value for several days: an interval where none is left out, else a set."""
    days = sorted(set(days))
    if all(b - a == timedelta(1) for a, b in pairwise(days)):
        return interval(days[0], days[-1])
    return "{" + ",".join(day(d) for d in days) + "}"


def several(values: list[str]) -> str:
    """Return the value for several days or several months, as :func:`day_set` does for days."""
    spans = [bounds(value) for value in values]
    days = [first for first, last in spans if first is not None and first == last]
    if len(days) == len(values):
        return day_set(days)
    return "{" + ",".join(values) + "}"


@lru_cache(maxsize=4096)
def bounds(value: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of an EDTF value; (None, None) if it is no date.

    A winter, which lies in two years, is bounded by the December before and the February after.
    """
    if value is None:
        return None, None
    try:
        return _bounds(value)
    except ValueError:  # beyond the years of the calendar
        return None, None


def _bounds(value: str) -> tuple[date | None, date | None]:
    if value.startswith("{"):
        members = [bounds(part) for part in value.strip("{}").split(",")]
        return members[0][0], members[-1][1]
    if "/" in value:
        first, last = value.split("/")
        return bounds(first)[0], bounds(last)[1]
    plain = value.translate(_QUALIFIERS)
    unspecified = _UNSPECIFIED.fullmatch(plain)
    if unspecified:
        width = 10 ** len(unspecified[2])
        start = int(unspecified[1]) * width
        return date(max(start, 1), 1, 1), date(start + width - 1, 12, 31)
    match = _PLAIN.fullmatch(plain)
    if match is None or int(match[1]) == 0:
        return None, None
    return _plain_bounds(int(match[1]), match[2], match[3])


def _plain_bounds(number: int, part: str | None, of_month: str | None) -> tuple[date, date]:
    if part is None:
        return date(number, 1, 1), date(number, 12, 31)
    if of_month is not None:
        only = date(number, int(part), int(of_month))
        return only, only
    code = int(part)
    if code == _WINTER:
        return date(number - 1, 12, 1), month_end(number + 1, 2)
    first, last = _SEASONS.get(code, (code, code))
    return date(number, first, 1), month_end(number, last)


def month_end(number: int, of_year: int) -> date:
    """Return the last day of month ``of_year`` (1 to 12) of year ``number``."""
    return date(number, of_year, calendar.monthrange(number, of_year)[1])
