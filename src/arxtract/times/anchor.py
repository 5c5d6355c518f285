"""From partial dates to values, counted from the day of publication or from the text's dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import regex

from arxtract.times import edtf
from arxtract.times.atoms import Atom
from arxtract.times.calendars import calendar, year_of_text
from arxtract.times.context import NOTHING, Answer, Context, calendars
from arxtract.times.days import DAYS, weekday_near
from arxtract.times.partial import Between, Calendar, Fixed, Partial, Period, Portion, Reading
from arxtract.times.periods import period, portion

STRETCH_REACH = 80  # atoms between a day and `over two days`
_DAYS = regex.compile(r"P(\d{1,4})([DW])")


class Anchorer:
    """Works out the partial dates of one text, in their order."""

    def __init__(
        self,
        published: date | None,
        atoms: Sequence[Atom],
        partials: Sequence[Partial],
        warn: Callable[[str, Partial], None],
    ) -> None:
        self.context = Context(published, atoms, warn)
        self.context.learn(partials)
        if published is None:
            _learn_directed(self.context, partials)

    def resolve(self, partial: Partial) -> Answer:
        """Work out the value of ``partial``; None where nothing fixes it."""
        self.context.mention = partial
        try:
            answer = read(self.context, partial.reading)
        except (ValueError, OverflowError):  # a day or year that no calendar has
            return NOTHING
        if partial.type == "DATE" and not _compares(partial.reading):
            self.context.remember(partial, answer)
        return answer

    def stretch(self, partial: Partial, value: str | None) -> tuple[date | None, date | None]:
        """Return the days of `over two days`, counted from the last day of the sentence."""
        x = self.context
        match = _DAYS.fullmatch(value or "")
        before = x.atoms[partial.first_atom - 1] if partial.first_atom else None
        if match is None or before is None or "over" not in before.kinds or x.last_day is None:
            return None, None
        if not x.same_sentence(x.last_place, STRETCH_REACH):
            return None, None
        days = int(match[1]) * (7 if match[2] == "W" else 1)
        try:
            return x.last_day, x.last_day + (days - 1) * DAYS
        except OverflowError:
            return None, None


def _learn_directed(x: Context, partials: Sequence[Partial]) -> None:
    """Learn the years of days that `coming` or `last` ties to the text's latest date."""
    for partial in partials:
        for c in calendars(partial.reading):
            if c.year is None and c.month and c.day and c.direction and not c.hijri:
                year = year_of_text(x, c)
                if year is not None:
                    x.known_days.setdefault((c.month, c.day), year)


def _compares(reading: Reading) -> bool:
    """Say whether a date is named to be compared with, so that no later one is counted from it."""
    if isinstance(reading, Period):
        return reading.anchor == "previous" and reading.unit != "D"
    return isinstance(reading, Portion) and reading.nth == 0 and reading.season is None


def read(x: Context, reading: Reading) -> Answer:
    match reading:
        case Fixed(value):
            return Answer(value, "absolute" if value is not None else None)
        case Calendar():
            return calendar(x, reading)
        case Period():
            return period(x, reading)
        case Portion():
            return portion(x, reading)
        case Between():
            return between(x, reading)


def between(x: Context, b: Between) -> Answer:
    """Work out a range, the second date first, from which the first takes what it leaves out."""
    if isinstance(b.last, Calendar) and b.last.year_anchor and x.mention is not None:
        x.remember(x.mention, read(x, b.first))
    if isinstance(b.first, Calendar) and isinstance(b.last, Calendar):
        b = b._replace(last=_followed(b.first, b.last))
    last = read(x, b.last)
    first_reading = b.first
    if isinstance(b.first, Calendar) and isinstance(b.last, Calendar):
        pair = _weekday_pair(x, b.first, b.last)
        if pair is not None:
            return pair
        first_reading = _completed(b.first, b.last, last.value)
    if b.members:
        return _list(x, b, last)
    first = read(x, first_reading)
    starts, ends = edtf.bounds(first.value), edtf.bounds(last.value)
    if starts[0] is None or ends[1] is None:
        if x.mention is not None and x.mention.type == "TIME":
            return Answer(f"{first.value}/{last.value}", "absolute")
        return NOTHING
    if starts[0] > ends[1]:
        return NOTHING
    if len(first.value or "") == len(last.value or "") and "/" not in f"{first.value}{last.value}":
        value = f"{first.value}/{last.value}" if first.value != last.value else first.value
    else:
        value = edtf.interval(starts[0], ends[1])
    return Answer(value, last.anchored if first.anchored != "published" else "published")


def _weekday_pair(x: Context, first: Calendar, last: Calendar) -> Answer | None:
    """Two weekdays without dates: the second is the one after the first."""
    if not all(c.month is None and c.weekday is not None for c in (first, last)):
        return None
    if x.written is None or first.offset is not None or last.offset is not None:
        return None
    assert first.weekday is not None
    assert last.weekday is not None
    direction = last.direction or first.direction or x.tense() or "past"
    gap = ((last.weekday - first.weekday) % 7) * DAYS
    strict = (last.direction or first.direction) in ("past", "next")
    if direction == "next":
        strict = first.direction == "next"  # `Tuesday to Thursday next` may begin today
        start = weekday_near(x.written, first.weekday, "next", strict=strict)
        return Answer(edtf.interval(start, start + gap), "published")
    end = weekday_near(x.written, last.weekday, direction, strict=strict)
    return Answer(edtf.interval(end - gap, end), "published")


def _list(x: Context, b: Between, last: Answer) -> Answer:
    values = []
    for member in b.members:
        if isinstance(member, Calendar) and isinstance(b.last, Calendar):
            member = _completed(member, b.last, last.value)
        value = read(x, member).value
        if value is None:
            return NOTHING
        values.append(value)
    return Answer(edtf.several(values), last.anchored)


def _followed(first: Calendar, last: Calendar) -> Calendar:
    """Give the second of two dates the year that only the first names, or the one after."""
    said = (last.year, last.year_offset, last.year_anchor, last.direction, last.offset)
    if any(value is not None for value in said) or first.hijri != last.hijri:
        return last
    if first.year is None or first.month is None or last.month is None:
        return last
    return last._replace(year=first.year + (last.month < first.month))


def _completed(first: Calendar, last: Calendar, value: str | None) -> Calendar:
    """Give the first of two dates the month and year that only the second names."""
    month = first.month if first.month is not None else last.month
    if first.year is not None or value is None or month is None or last.month is None:
        return first._replace(month=month)
    if first.hijri:
        return first._replace(month=month, year=last.year, direction=last.direction)
    year = int(value[:4])
    return first._replace(month=month, year=year - 1 if month > last.month else year)
