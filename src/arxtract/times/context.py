"""What is known of a text while its dates are worked out, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from arxtract.records import Anchor
from arxtract.times import edtf
from arxtract.times.atoms import Atom
from arxtract.times.days import DAYS, nearest
from arxtract.times.partial import Between, Calendar, Direction, Partial, Reading
from arxtract.times.tense import tense_at

SAME_SENTENCE = 30  # atoms between a full date and one that shares its year
SHIFT = 2  # days that an article may be written before it is published


class Answer(NamedTuple):
    """A value and how it was come by."""

    value: str | None
    anchored: Anchor | None
    duration: bool = False
    """True where a date turned out to be a mere length."""


NOTHING = Answer(None, None)


@dataclass(slots=True)
class Context:
    """The day of publication, the text, and what its dates have said so far.

    ``written`` is the day that `today` means, which an article printed a day late gives away;
    ``known_days`` are years by month and day, ``known`` the months that the text gives in full;
    ``full`` is where the last full date ended, and its year.
    """

    published: date | None
    atoms: Sequence[Atom]
    warn: Callable[[str, Partial], None]
    written: date | None = None
    mention: Partial | None = None
    last_day: date | None = None
    last_month: int | None = None
    last_year: int | None = None
    last_place: int = 0
    last_year_place: int = 0
    full: tuple[int, int] | None = None
    stretches: dict[int, tuple[int, int]] = field(default_factory=dict)
    """First and last month of the stretches named so far, by their length, the last one by 0."""
    known_days: dict[tuple[int, int], int] = field(default_factory=dict)
    known: list[date] = field(default_factory=list)

    def learn(self, partials: Sequence[Partial]) -> None:
        """Learn what dates the text gives in full, and on which day it was written."""
        shifts = set()
        for partial in partials:
            for reading in calendars(partial.reading):
                if reading.year and reading.month and not reading.hijri:
                    if reading.day and reading.day > 0:
                        self.known_days.setdefault((reading.month, reading.day), reading.year)
                    self.known.append(date(reading.year, reading.month, 1))
                shift = self._shift(reading)
                if shift is not None:
                    shifts.add(shift)
        self.known.sort()
        self.written = self.published
        if self.published is not None and len(shifts) == 1:
            shift = shifts.pop()
            if abs(shift) <= SHIFT:
                self.written = self.published + shift * DAYS

    def _shift(self, c: Calendar) -> int | None:
        """Return by how many days `today, Thursday` is off from the day of publication."""
        if self.published is None or c.month is not None or c.offset is None or c.weekday is None:
            return None
        try:
            meant = self.published + c.offset * DAYS
            return (nearest(meant, c.weekday) - meant).days
        except OverflowError:
            return None

    def remember(self, partial: Partial, answer: Answer) -> None:
        """Keep what a later date of the text may be counted from."""
        first, last = edtf.bounds(answer.value)
        if first is None or answer.value is None:
            return
        self.last_year = first.year
        self.last_year_place = partial.last_atom
        self.last_month = first.month if len(answer.value) == len("2020-05") else None
        self._stretch(partial, first, last)
        if first == last:
            self.last_day = first
            self.last_place = partial.last_atom
            if answer.anchored == "absolute":
                self.full = partial.last_atom, first.year

    def _stretch(self, partial: Partial, first: date, last: date | None) -> None:
        """Keep which months a stretch within one year was: `up to October` begins in January."""
        if last is None or first.year != last.year or (first.month, last.month) == (1, 12):
            return
        if first.day != 1 or (last + DAYS).day != 1:
            return
        before = self.atoms[partial.first_atom - 1].kinds if partial.first_atom else {}
        whole = first.month == last.month and ("to" in before or "until" in before)
        months = (1 if whole else first.month, last.month)
        self.stretches[0] = self.stretches[months[1] - months[0] + 1] = months

    def tense(self) -> Direction | None:
        """Return which way the words around the mention point."""
        if self.mention is None:
            return None
        tense = tense_at(self.atoms, self.mention.first_atom, self.mention.last_atom)
        return None if tense is None else "next" if tense == "future" else "past"

    def since(self) -> bool:
        """Say whether the mention follows `since`."""
        first = 0 if self.mention is None else self.mention.first_atom
        return first > 0 and "since" in self.atoms[first - 1].kinds

    def same_sentence(self, place: int, reach: int = SAME_SENTENCE) -> bool:
        """Say whether the mention stands in the sentence of the atom at ``place``, and near it."""
        if self.mention is None or self.mention.first_atom - place > reach:
            return False
        between = self.atoms[place : self.mention.first_atom]
        return not any("newline" in a.kinds or "stop" in a.kinds for a in between)

    def contradiction(self, day: date) -> None:
        """Warn that the weekday of the mention is not that of its date."""
        if self.mention is not None:
            self.warn(f"the weekday is not that of {day.isoformat()}", self.mention)


def calendars(reading: Reading) -> list[Calendar]:
    if isinstance(reading, Calendar):
        return [reading]
    if isinstance(reading, Between):
        return calendars(reading.first) + calendars(reading.last)
    return []
