"""Values of days, months and years, Gregorian and Hijri, and of days by their names."""

from __future__ import annotations

from datetime import date

from arxtract.records import Anchor
from arxtract.times import edtf, hijri
from arxtract.times.context import NOTHING, Answer, Context
from arxtract.times.days import DAYS, day_in, farness, hijri_range, nearest, weekday_near
from arxtract.times.partial import Calendar

REACH = 6  # years around the day of publication that a day without a year may lie in
SHARED_REACH = 60  # atoms from a date with a year to one that borrows it
WEEKDAY_REACH = 200  # days beyond which a fitting weekday is held for chance


def calendar(x: Context, c: Calendar) -> Answer:
    if c.month_offset is not None:
        return _day_of_relative_month(x, c)
    if c.month is None and c.year is None and c.year_offset is None:
        return _day_name(x, c)
    if c.hijri:
        return hijri_date(x, c)
    year, anchored = year_of(x, c)
    if year is None:
        return NOTHING
    if c.month is None:
        return Answer(edtf.year(year), anchored)
    if c.day is None:
        return Answer(edtf.month(year, c.month), anchored)
    day = edtf.month_end(year, c.month) if c.day == -1 else date(year, c.month, c.day)
    if c.weekday is not None and day.weekday() != c.weekday:
        x.contradiction(day)
    return Answer(edtf.day(day), anchored)


def _day_of_relative_month(x: Context, c: Calendar) -> Answer:
    base = x.last_day if c.month_anchor else x.published
    if base is None or c.month_offset is None or c.day is None:
        return NOTHING
    months = base.year * 12 + base.month - 1 + c.month_offset
    year, month = months // 12, months % 12 + 1
    day = edtf.month_end(year, month) if c.day == -1 else date(year, month, c.day)
    return Answer(edtf.day(day), "text" if c.month_anchor else "published")


def year_of(x: Context, c: Calendar) -> tuple[int | None, Anchor | None]:
    if c.year is not None:
        return c.year, "absolute"
    if c.year_anchor is not None:
        shift = {"same": 0, "following": 1, "previous": -1}[c.year_anchor]
        if x.last_year is None and c.year_anchor == "previous" and x.published is not None:
            return x.published.year + shift, "published"
        return (None if x.last_year is None else x.last_year + shift), "text"
    if c.year_offset is not None:
        return (x.published.year + c.year_offset if x.published else None), "published"
    if c.month is None:
        return None, None
    told = _year_of_sentence(x, c)
    if told is not None:
        return told, "text"
    if x.published is not None:
        return year_near(x, c, x.published), "published"
    return year_of_text(x, c), "text"


def _year_of_sentence(x: Context, c: Calendar) -> int | None:
    """Return the year of a full date earlier in the sentence, if it is long past."""
    if c.direction is not None or c.offset is not None or c.weekday is not None:
        return None
    if x.full is None or x.published is None:
        return None
    place, year = x.full
    return year if abs(year - x.published.year) > 1 and x.same_sentence(place) else None


def year_near(x: Context, c: Calendar, base: date) -> int | None:
    """Return the year near ``base`` that direction, tense and weekday allow."""
    assert c.month is not None
    years = range(max(1, base.year - REACH), base.year + REACH + 1)
    days = [day for year in years if (day := day_in(year, c.month, c.day)) is not None]
    if c.direction is None and c.weekday is not None and c.day is not None:
        fitting = [day for day in days if day.weekday() == c.weekday]
        near = min(fitting, key=lambda d: farness(d, base, None), default=None)
        if near is not None and abs(near - base).days <= WEEKDAY_REACH:
            return near.year
    if c.direction in ("past", "next"):
        return _directed(days, c, base)
    tense = None if c.direction == "now" or c.offset is not None else x.tense()
    if x.since():
        days = [day for day in days if day <= base] or days
    return min(days, key=lambda d: farness(d, base, tense)).year if days else None


def _directed(days: list[date], c: Calendar, base: date) -> int | None:
    """Return the year of `last March`, `the coming 5 May`: never the current month for a month."""
    if c.day is None:
        base = base.replace(day=1)
    allowed = c.day is not None
    if c.direction == "past":
        days = [day for day in days if day < base or (allowed and day == base)]
        return max(days).year if days else None
    days = [day for day in days if day > base or (allowed and day == base)]
    return min(days).year if days else None


def year_of_text(x: Context, c: Calendar) -> int | None:
    if not x.known or c.month is None:
        return None
    if c.day is not None and (c.month, c.day) in x.known_days:
        return x.known_days[c.month, c.day]
    if c.weekday is not None and c.day is not None:
        year = year_near(x, c, x.known[-1])
        day = None if year is None else day_in(year, c.month, c.day)
        if day is not None and day.weekday() == c.weekday:
            return year
    if c.direction is not None:
        return year_near(x, c, x.known[-1]) if c.direction == "next" and c.day else None
    if x.last_year is None or not x.same_sentence(x.last_year_place, SHARED_REACH):
        years = {month.year for month in x.known}
        return years.pop() if len(years) == 1 else None
    return x.last_year


def _day_name(x: Context, c: Calendar) -> Answer:
    if x.published is None or x.written is None:
        return NOTHING
    if c.offset is not None:
        day = (x.written if c.weekday is None else x.published) + c.offset * DAYS
        if c.weekday is not None and day.weekday() != c.weekday:
            x.contradiction(day)
            day = nearest(day, c.weekday)
        return Answer(edtf.day(day), "published")
    if c.weekday is None:
        return NOTHING
    direction = c.direction or x.tense() or "past"
    day = weekday_near(x.written, c.weekday, direction, strict=c.direction in ("past", "next"))
    return Answer(edtf.day(day), "published")


def hijri_date(x: Context, c: Calendar) -> Answer:
    if c.year is not None and c.year > 1600 and c.month is not None:
        return _feast_in(x, c)
    years, anchored = _hijri_years(x, c)
    found = []
    for year in years:
        ends = hijri_range(year, c.month, c.day)
        if ends is not None:
            found.append(ends)
    if not found or (c.year is None and x.published is None):
        return NOTHING
    if c.year is not None or x.published is None:
        first, last = found[0]
    else:
        chosen = _choose(x, found, c)
        if chosen is None:
            return NOTHING
        first, last = chosen
    if c.weekday is not None and first == last and first.weekday() != c.weekday:
        near = nearest(first, c.weekday)
        if abs((near - first).days) > 1:
            x.contradiction(first)
        elif c.day is not None:
            first = last = near  # the moon was seen a day earlier or later
    return Answer(edtf.interval(first, last), anchored)


def _hijri_years(x: Context, c: Calendar) -> tuple[list[int], Anchor]:
    if c.year is not None:
        return [c.year], "absolute"
    if x.published is None:
        return [], "published"
    now = hijri.year_of(x.published)
    if now is None:
        return [], "published"
    if c.year_offset is not None:
        return [now + c.year_offset], "published"
    return [now - 1, now, now + 1], "published"


def _choose(x: Context, found: list[tuple[date, date]], c: Calendar) -> tuple[date, date] | None:
    assert x.published is not None
    base = x.published
    direction = c.direction
    if direction is None and c.day is None:
        return None if c.year_offset is None else found[0]
    if direction == "past":
        earlier = [f for f in found if f[1] < base]
        return earlier[-1] if earlier else None
    if direction == "next":
        later = [f for f in found if f[0] > base]
        return later[0] if later else None
    return min(found, key=lambda f: abs(f[0] - base))


def _feast_in(x: Context, c: Calendar) -> Answer:
    """A Hijri day or month of a Gregorian year."""
    assert c.year is not None
    start = hijri.year_of(date(c.year, 1, 1))
    if start is None:
        return NOTHING
    for year in (start, start + 1):
        ends = hijri_range(year, c.month, c.day)
        if ends is not None and ends[0].year == c.year:
            return Answer(edtf.interval(*ends), "absolute")
    return NOTHING
