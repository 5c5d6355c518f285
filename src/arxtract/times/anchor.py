"""From partial dates to values, counted from the day of publication or from the text's dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import regex

from arxtract.records import Anchor
from arxtract.times import edtf, hijri
from arxtract.times.atoms import Atom
from arxtract.times.partial import (
    Between,
    Calendar,
    Direction,
    Fixed,
    Partial,
    Period,
    Portion,
    Reading,
)
from arxtract.times.tense import tense_at

SEASON_TURN = (8, 10)  # month and day at which a season's year is taken to begin
WEEKEND = 5  # Saturday
SAME_SENTENCE = 30  # atoms between a full date and one that shares its year
FUTURE_IS_FARTHER = 0.75  # a past day counts as this much nearer than a coming one
NEAR_FEAST = 60  # days within which a feast without a year is the one meant
_DAYS = regex.compile(r"P(\d{1,4})([DW])")
DAYS, WEEK = timedelta(1), timedelta(7)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value and how it was come by."""

    value: str | None
    anchored: Anchor | None
    duration: bool = False
    """True where a date turned out to be a mere length."""


NOTHING = Answer(None, None)


@dataclass(slots=True)
class Anchorer:
    """Resolves the partial dates of one text, in their order."""

    published: date | None
    atoms: Sequence[Atom]
    warn: Callable[[str, Partial], None]
    written: date | None = None
    last_day: date | None = None
    last_year: int | None = None
    last_place: int = 0
    known_days: dict[tuple[int, int], int] = field(default_factory=dict)
    known: list[date] = field(default_factory=list)
    full: tuple[int, int] | None = None
    portion: tuple[int, int] = (0, 0)
    last_month: int | None = None
    mention: Partial | None = None

    def prepare(self, partials: Sequence[Partial]) -> None:
        """Learn what dates the text gives in full, and on which day it was written."""
        shifts = set()
        for partial in partials:
            for reading in _calendars(partial.reading):
                if reading.year and reading.month and not reading.hijri:
                    if reading.day and reading.day > 0:
                        self.known_days.setdefault((reading.month, reading.day), reading.year)
                    self.known.append(date(reading.year, reading.month, 1))
                if self.published and reading.month is None and reading.offset is not None:
                    if reading.weekday is None:
                        continue
                    meant = self.published + reading.offset * DAYS
                    shifts.add((_nearest(meant, reading.weekday) - meant).days)
        self.known.sort()
        if self.published is None:
            self._learn_directed(partials)
        self.written = self.published
        if self.published is not None and len(shifts) == 1:
            shift = shifts.pop()
            if abs(shift) <= 2:
                self.written = self.published + shift * DAYS

    def _learn_directed(self, partials: Iterable[Partial]) -> None:
        """Learn the years of days that `coming` or `last` ties to the text's latest date."""
        for partial in partials:
            for c in _calendars(partial.reading):
                if c.year is None and c.month and c.day and c.direction and not c.hijri:
                    year = self._year_of_text(c)
                    if year is not None:
                        self.known_days.setdefault((c.month, c.day), year)

    def resolve(self, partial: Partial) -> Answer:
        """Work out the value of ``partial``; None where nothing fixes it."""
        self.mention = partial
        try:
            answer = self._read(partial.reading)
        except (ValueError, OverflowError):  # a day or year that no calendar has
            answer = NOTHING
        if partial.type == "DATE" and answer.value is not None:
            first, last = edtf.bounds(answer.value)
            if first is not None:
                self.last_year = first.year
                self.last_month = first.month if len(answer.value) == len("2020-05") else None
                if first == last:
                    self.last_day = first
                    self.last_place = partial.last_atom
                    if answer.anchored == "absolute":
                        self.full = partial.last_atom, first.year
        return answer

    def stretch(self, partial: Partial, value: str | None) -> tuple[date | None, date | None]:
        """Return the days of `over two days`, counted from the last day of the sentence."""
        match = _DAYS.fullmatch(value or "")
        before = self.atoms[partial.first_atom - 1] if partial.first_atom else None
        if match is None or before is None or "over" not in before.kinds or self.last_day is None:
            return None, None
        between = self.atoms[self.last_place : partial.first_atom]
        if any("newline" in a.kinds or "stop" in a.kinds for a in between):
            return None, None
        days = int(match[1]) * (7 if match[2] == "W" else 1)
        return self.last_day, self.last_day + (days - 1) * DAYS

    def _read(self, reading: Reading) -> Answer:
        match reading:
            case Fixed(value):
                return Answer(value, "absolute" if value is not None else None)
            case Calendar():
                return self._calendar(reading)
            case Period():
                return self._period(reading)
            case Portion():
                return self._portion(reading)
            case Between():
                return self._between(reading)

    def _tense(self) -> Direction | None:
        if self.mention is None:
            return None
        tense = tense_at(self.atoms, self.mention.first_atom, self.mention.last_atom)
        return None if tense is None else "next" if tense == "future" else "past"

    # Calendar dates

    def _calendar(self, c: Calendar) -> Answer:
        if c.month_offset is not None:
            return self._day_of_relative_month(c)
        if c.month is None and c.year is None and c.year_offset is None:
            return self._day_name(c)
        if c.hijri:
            return self._hijri(c)
        year, anchored = self._year(c)
        if year is None:
            return NOTHING
        if c.month is None:
            return Answer(edtf.year(year), anchored)
        if c.day is None:
            return Answer(edtf.month(year, c.month), anchored)
        day = edtf.month_end(year, c.month) if c.day == -1 else date(year, c.month, c.day)
        if c.weekday is not None and day.weekday() != c.weekday:
            self._contradiction(day)
        return Answer(edtf.day(day), anchored)

    def _day_of_relative_month(self, c: Calendar) -> Answer:
        base = self.last_day if c.month_anchor else self.published
        if base is None or c.month_offset is None or c.day is None:
            return NOTHING
        months = base.year * 12 + base.month - 1 + c.month_offset
        year, month = months // 12, months % 12 + 1
        day = edtf.month_end(year, month) if c.day == -1 else date(year, month, c.day)
        return Answer(edtf.day(day), "text" if c.month_anchor else "published")

    def _contradiction(self, day: date) -> None:
        if self.mention is not None:
            self.warn(f"the weekday is not that of {day.isoformat()}", self.mention)

    def _year(self, c: Calendar) -> tuple[int | None, Anchor | None]:
        if c.year is not None:
            return c.year, "absolute"
        if c.year_anchor is not None:
            shift = {"same": 0, "following": 1, "previous": -1}[c.year_anchor]
            return (None if self.last_year is None else self.last_year + shift), "text"
        if c.year_offset is not None:
            return (self.published.year + c.year_offset if self.published else None), "published"
        if c.month is None:
            return None, None
        told = self._year_of_sentence(c)
        if told is not None:
            return told, "text"
        if self.published is not None:
            return self._year_near(c, self.published, c.direction or self._tense_of(c)), "published"
        return self._year_of_text(c), "text"

    def _year_of_sentence(self, c: Calendar) -> int | None:
        """Return the year of a full date earlier in the sentence, if it is long past."""
        if c.direction is not None or c.offset is not None or c.weekday is not None:
            return None
        if self.full is None or self.mention is None or self.published is None:
            return None
        place, year = self.full
        if abs(year - self.published.year) < 2 or self.mention.first_atom - place > SAME_SENTENCE:
            return None
        between = self.atoms[place : self.mention.first_atom]
        if any("newline" in a.kinds or "stop" in a.kinds for a in between):
            return None
        return year

    def _tense_of(self, c: Calendar) -> Direction | None:
        return None if c.weekday is not None and c.day is not None else self._tense()

    def _year_near(self, c: Calendar, base: date, direction: Direction | None) -> int | None:
        """Return the year near ``base`` that direction and weekday allow."""
        assert c.month is not None
        days = []
        for year in range(base.year - 6, base.year + 7):
            day = _day_in(year, c.month, c.day)
            if day is None:
                continue
            if c.weekday is not None and c.day is not None and day.weekday() != c.weekday:
                continue
            days.append(day)
        near = min(days, key=lambda d: _farness(d, base), default=None)
        if near is None or (c.weekday is not None and abs(near - base).days > 400):
            return (
                self._year_near(replace(c, weekday=None), base, direction)
                if c.weekday is not None
                else None
            )
        if c.offset is not None and direction is None:
            return near.year
        month_only = c.day is None
        start = base.replace(day=1) if month_only else base
        explicit = c.direction is not None
        if direction == "past":
            earlier = [
                d for d in days if d < start or (d == start and not (explicit and month_only))
            ]
            return max(earlier).year if earlier else near.year
        if direction == "next":
            later = [d for d in days if d > start or (d == start and not (explicit and month_only))]
            return min(later).year if later else near.year
        return near.year

    def _year_of_text(self, c: Calendar) -> int | None:
        if not self.known or c.month is None:
            return None
        if c.day is not None and (c.month, c.day) in self.known_days:
            return self.known_days[c.month, c.day]
        base = self.known[-1]
        if c.direction is None and self.last_year is not None:
            base = date(self.last_year, base.month if self.last_year == base.year else 6, 1)
            if c.weekday is None:
                return self.last_year
        return self._year_near(c, base, c.direction)

    def _hijri(self, c: Calendar) -> Answer:
        if c.year is not None and c.year > 1600 and c.month is not None and c.day is not None:
            return self._feast_in(c)
        years, anchored = self._hijri_years(c)
        found = []
        for year in years:
            ends = _hijri_range(year, c.month, c.day)
            if ends is not None:
                found.append(ends)
        if not found or (c.year is None and self.published is None):
            return NOTHING
        if c.year is not None or self.published is None:
            first, last = found[0]
        else:
            chosen = self._choose(found, c)
            if chosen is None:
                return NOTHING
            first, last = chosen
        if c.weekday is not None and first == last and first.weekday() != c.weekday:
            near = _nearest(first, c.weekday)
            if abs((near - first).days) > 1:
                self._contradiction(first)
            elif c.day is not None:
                first = last = near  # the moon was seen a day earlier or later
        return Answer(edtf.interval(first, last), anchored)

    def _hijri_years(self, c: Calendar) -> tuple[list[int], Anchor]:
        if c.year is not None:
            return [c.year], "absolute"
        if self.published is None:
            return [], "published"
        now = hijri.year_of(self.published)
        if now is None:
            return [], "published"
        if c.year_offset is not None:
            return [now + c.year_offset], "published"
        return [now - 1, now, now + 1], "published"

    def _choose(self, found: list[tuple[date, date]], c: Calendar) -> tuple[date, date] | None:
        assert self.published is not None
        base = self.published
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

    def _feast_in(self, c: Calendar) -> Answer:
        """A Hijri feast of a Gregorian year."""
        assert c.year is not None
        start = hijri.year_of(date(c.year, 1, 1))
        if start is None:
            return NOTHING
        for year in (start, start + 1):
            ends = _hijri_range(year, c.month, c.day)
            if ends is not None and ends[0].year == c.year:
                return Answer(edtf.day(ends[0]), "absolute")
        return NOTHING

    # Days by their names

    def _day_name(self, c: Calendar) -> Answer:
        if self.published is None or self.written is None:
            return NOTHING
        if c.offset is not None:
            day = (self.written if c.weekday is None else self.published) + c.offset * DAYS
            if c.weekday is not None and day.weekday() != c.weekday:
                self._contradiction(day)
                day = _nearest(day, c.weekday)
            return Answer(edtf.day(day), "published")
        if c.weekday is None:
            return NOTHING
        direction = c.direction or self._tense() or "past"
        day = _weekday(self.written, c.weekday, direction, strict=c.direction in ("past", "next"))
        return Answer(edtf.day(day), "published")

    # Periods

    def _period(self, p: Period) -> Answer:
        if p.length is not None:
            return self._later(p)
        if p.anchor is not None and p.unit == "D" and p.shift != 0:
            future = self._tense() == "next"
            if self.last_day is not None:
                return Answer(edtf.day(self.last_day + p.shift * DAYS), "text")
            if not (future and self.published):
                return NOTHING
        base, anchored = self.published, "published"
        if p.anchor is not None:
            near = self.last_day
            if p.anchor == "following" and self._tense() == "next" and self.published:
                near = None
            if p.unit == "Y" and self.last_year is not None:
                return Answer(edtf.year(self.last_year + p.shift), "text")
            if near is not None:
                base, anchored = near, "text"
            elif p.anchor != "following":
                return NOTHING
        if base is None:
            return NOTHING
        value = _shifted(base, p)
        return Answer(value, "text" if anchored == "text" else "published") if value else NOTHING

    def _later(self, p: Period) -> Answer:
        """`After four days`: from now, from the last day of the text, or a mere length."""
        assert self.mention is not None
        first = self.mention.first_atom
        before = self.atoms[first - 1] if first else None
        while before is not None and "and" in before.kinds and first > 1:
            first -= 1
            before = self.atoms[first - 1]
        opening = before is None or any(k in before.kinds for k in ("newline", "stop", "comma"))
        tense = self._tense()
        if tense == "next" or (opening and self.last_day is None and tense is None):
            if self.published is None:
                return NOTHING
            return Answer(_shifted(self.published, p), "published")
        near = self.last_day is not None and first - self.last_place <= SAME_SENTENCE
        if near and self.last_day is not None and (opening or tense == "past"):
            return Answer(_shifted(self.last_day, p), "text")
        return Answer(p.length, None, duration=True)

    def _portion(self, p: Portion) -> Answer:
        if p.whole.month is not None:
            return self._part_of_month(p)
        if (
            p.season is not None
            and p.whole.year is None
            and p.whole.year_offset is None
            and p.whole.year_anchor is None
        ):
            return self._season_near(p)
        year, anchored = self._year(p.whole)
        if year is None:
            return NOTHING
        if p.season is not None:
            return Answer(f"{edtf.year(year)}-{p.season}", anchored)
        nth, count = (p.nth, p.count) if p.count else self.portion
        if not count:
            if self.last_month is None:
                return NOTHING
            return Answer(edtf.month(year, self.last_month), anchored)
        self.portion = (nth, count)
        width = 12 // count
        first = edtf.month(year, (nth - 1) * width + 1)
        return Answer(f"{first}/{edtf.month(year, nth * width)}", anchored)

    def _part_of_month(self, p: Portion) -> Answer:
        whole = self._calendar(p.whole)
        first, last = edtf.bounds(whole.value)
        if first is None or last is None:
            return NOTHING
        if p.count == 4:
            start = last - 6 * DAYS if p.nth < 0 else first + (p.nth - 1) * WEEK
            return Answer(edtf.interval(start, start + 6 * DAYS), whole.anchored)
        middle = first + 14 * DAYS
        ends = (first, middle) if p.nth == 1 else (middle + DAYS, last)
        return Answer(edtf.interval(*ends), whole.anchored)

    def _season_near(self, p: Portion) -> Answer:
        if self.published is None or p.season is None:
            return NOTHING
        years = range(self.published.year - 1, self.published.year + 2)
        ends = [(y, edtf.bounds(f"{y}-{p.season}")) for y in years]
        now = self.published
        if p.season == 24:  # the winter that begins in the year
            ends = [(y, (date(y, 12, 1), edtf.month_end(y + 1, 2))) for y in years]
        for year, (first, last) in ends if p.whole.direction == "next" else reversed(ends):
            assert first is not None
            assert last is not None
            if p.whole.direction == "next" and first > now:
                return Answer(f"{year}-{p.season}", "published")
            if p.whole.direction == "past" and last < now:
                return Answer(f"{year}-{p.season}", "published")
            if p.whole.direction == "now" and first <= now <= last:
                return Answer(f"{year}-{p.season}", "published")
        return (
            Answer(f"{now.year}-{p.season}", "published") if p.whole.direction == "now" else NOTHING
        )

    def _between(self, b: Between) -> Answer:
        last = self._read(b.last)
        first_reading = b.first
        if isinstance(b.first, Calendar) and isinstance(b.last, Calendar):
            pair = self._weekday_pair(b.first, b.last)
            if pair is not None:
                return pair
            first_reading = _completed(b.first, b.last, last.value)
        if b.members:
            return self._list(b, last)
        first = self._read(first_reading)
        starts, ends = edtf.bounds(first.value), edtf.bounds(last.value)
        if starts[0] is None or ends[1] is None:
            if self.mention is not None and self.mention.type == "TIME":
                return Answer(f"{first.value}/{last.value}", "absolute")
            return NOTHING
        if starts[0] > ends[1]:
            return NOTHING
        if (
            len(first.value or "") == len(last.value or "")
            and "/" not in f"{first.value}{last.value}"
        ):
            value = f"{first.value}/{last.value}" if first.value != last.value else first.value
        else:
            value = edtf.interval(starts[0], ends[1])
        return Answer(value, last.anchored if first.anchored != "published" else "published")

    def _weekday_pair(self, first: Calendar, last: Calendar) -> Answer | None:
        """Two weekdays without dates: the second is the one after the first."""
        if not all(c.month is None and c.weekday is not None for c in (first, last)):
            return None
        if self.written is None or first.offset is not None or last.offset is not None:
            return None
        assert first.weekday is not None
        assert last.weekday is not None
        direction = last.direction or first.direction or self._tense() or "past"
        gap = ((last.weekday - first.weekday) % 7) * DAYS
        strict = (last.direction or first.direction) in ("past", "next")
        if direction == "next":
            start = _weekday(self.written, first.weekday, "next", strict=strict)
            return Answer(edtf.interval(start, start + gap), "published")
        end = _weekday(self.written, last.weekday, direction, strict=strict)
        return Answer(edtf.interval(end - gap, end), "published")

    def _list(self, b: Between, last: Answer) -> Answer:
        days = []
        for member in b.members:
            if isinstance(member, Calendar) and isinstance(b.last, Calendar):
                member = _completed(member, b.last, last.value)
            first, end = edtf.bounds(self._read(member).value)
            if first is None or first != end:
                return NOTHING
            days.append(first)
        return Answer(edtf.day_set(days), last.anchored)


def _farness(day: date, base: date) -> float:
    distance = (day - base).days
    return distance if distance > 0 else -distance * FUTURE_IS_FARTHER


def _calendars(reading: Reading) -> list[Calendar]:
    if isinstance(reading, Calendar):
        return [reading]
    if isinstance(reading, Between):
        return _calendars(reading.first) + _calendars(reading.last)
    return []


def _completed(first: Calendar, last: Calendar, value: str | None) -> Calendar:
    """Give the first of two dates the month and year that only the second names."""
    month = first.month if first.month is not None else last.month
    if first.year is not None or value is None or month is None or last.month is None:
        return replace(first, month=month)
    if first.hijri:
        return replace(first, month=month, year=last.year, direction=last.direction)
    year = int(value[:4])
    return replace(first, month=month, year=year - 1 if month > last.month else year)


def _day_in(year: int, month: int, day: int | None) -> date | None:
    if day == -1:
        return edtf.month_end(year, month)
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _hijri_range(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    if month is None:
        return hijri.year_range(year)
    if day is None or day == -1:
        ends = hijri.month_range(year, month)
        return ends if ends is None or day is None else (ends[1], ends[1])
    only = hijri.to_gregorian(year, month, day)
    return None if only is None else (only, only)


def _nearest(day: date, weekday: int) -> date:
    """Return the day with ``weekday`` that is nearest to ``day``, the earlier of two as near."""
    forward = (weekday - day.weekday()) % 7
    return day + (forward if forward <= 3 else forward - 7) * DAYS


def _weekday(base: date, weekday: int, direction: Direction, *, strict: bool) -> date:
    """Return the nearest day with ``weekday`` on one side of ``base``, itself unless strict."""
    if direction == "next":
        ahead = (weekday - base.weekday()) % 7
        return base + (7 if strict and ahead == 0 else ahead) * DAYS
    if direction == "now":
        return base - base.weekday() * DAYS + weekday * DAYS
    back = (base.weekday() - weekday) % 7
    return base - (7 if strict and back == 0 else back) * DAYS


def _shifted(base: date, p: Period) -> str | None:
    """Return the period ``p.shift`` units from the one that ``base`` lies in."""
    if p.unit == "D":
        return edtf.day(base + p.shift * DAYS)
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
        return _weekday(base, p.weekday, "past", strict=True) + (p.shift + 1) * WEEK
    return _weekday(base, p.weekday, "next", strict=True) + (p.shift - 1) * WEEK
