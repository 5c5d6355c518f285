"""The Hijri calendar by Umm al-Qura, through hijridate (1343 to 1500 AH), and beyond it by the
tabular calendar's mean month for whole years."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Gregorian, Hijri

FIRST, LAST = 1343, 1500
_TABULAR_EPOCH = date(622, 7, 19)  # 1 Muharram 1 AH, civil, in the proleptic Gregorian calendar


def _tabular(year: int, month: int, day: int) -> date:
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return _TABULAR_EPOCH + timedelta(days)


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day, or None where there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1 <= year <= LAST):
        return None
    if year < FIRST:
        return _tabular(year, month, day)
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def month_range(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and the last Gregorian day of a Hijri month."""
    first = to_gregorian(year, month, 1)
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    after = to_gregorian(*following, 1)
    if first is None or after is None:
        return None
    return first, after - timedelta(1)


def year_range(year: int) -> tuple[date, date] | None:
    """Return the first and the last Gregorian day of a Hijri year."""
    first, after = to_gregorian(year, 1, 1), to_gregorian(year + 1, 1, 1)
    if first is None or after is None:
        return None
    return first, after - timedelta(1)


def year_of(day: date) -> int | None:
    """Return the Hijri year that ``day`` falls in, or None outside the table."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None
