"""The notation of annotated articles: inline marks, counts, lists of lines, EDTF values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from arxtract.errors import DataError
from arxtract.records import Bound
from arxtract.times import edtf

OPEN, CLOSE, BAR = "⟦", "⟧", "|"
NAME_TYPES = ("PER", "ORG", "LOC", "MISC")
UNKNOWN = "?"

_MARK = regex.compile(r"⟦([^|⟦⟧]*+)\||⟧")
_COUNT = regex.compile(r"(>=|<=|>|<|~)?+(\?|[\d.e+]++)\s++(.+)", regex.DOTALL)
_NUMBER = regex.compile(r"\d++(?:\.\d++)?+(?:e\d++)?+")
_DURATION = regex.compile(
    r"P(?=.)(?:\d++(?:\.\d++)?+[YMWD])*+(?:T(?:\d++(?:\.\d++)?+[HMS])++)?+", regex.V1
)
_TIME = regex.compile(r"T(?:[01]\d|2[0-4])(?::[0-5]\d){0,2}+")
_LINES = regex.compile(r"(\d++)(?:\s*+-\s*+(\d++))?+")
_RUNS = regex.compile(r"\d++|\D++")
_BOUNDS: dict[str, Bound] = {
    "": "exact",
    ">": "more_than",
    ">=": "at_least",
    "<": "less_than",
    "<=": "at_most",
    "~": "about",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what its head says, and the raw ``[start, end)`` that it encloses."""

    kind: str
    value: str
    start: int
    end: int
    line: int
    """Line of the marked file, from 1."""


@dataclass(frozen=True, slots=True)
class GoldCount:
    """A number with its bound and unit. A vague number has no value and no bound."""

    value: int | float | None
    low: int | float | None
    high: int | float | None
    bound: Bound | None
    unit: str

    @property
    def number(self) -> tuple[int | float | None, int | float | None]:
        """What makes two numbers equal: the value twice, or the two ends of a range."""
        return number_of(self.value, self.low, self.high)

    def __str__(self) -> str:
        sign = next((s for s, b in _BOUNDS.items() if b == self.bound), "")
        if self.value is None:
            ranged = self.low is not None and self.high is not None
            low, high = _figures(self.low), _figures(self.high)
            return f"{sign}{low}..{high} {self.unit}" if ranged else f"? {self.unit}"
        return f"{sign}{_figures(self.value)} {self.unit}"


def _figures(value: int | float | None) -> str:
    """Write a number as :func:`count` reads it: 3, 2.5, 1e22."""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return str(whole)


def number_of(
    value: int | float | None, low: int | float | None, high: int | float | None
) -> tuple[int | float | None, int | float | None]:
    """Return the two ends of a number: its value twice, or those of a range."""
    if value is not None:
        return value, value
    return low, high


def unmark(text: str, where: str) -> tuple[str, list[Mark]]:
    """Take the marks off ``text``; return what is left and the marks, in order of their starts.

    ``where`` names the file in errors.

    Raises:
        DataError: a mark is not opened, not closed, or empty.
    """
    rest, marks, faults = take_off(text, where)
    if faults:
        raise DataError(faults[0])
    return rest, marks


def take_off(text: str, where: str) -> tuple[str, list[Mark], list[str]]:
    """Do as :func:`unmark`, and return all faults instead of raising the first."""
    parts: list[str] = []
    stack: list[tuple[str, int, int]] = []
    marks: list[Mark] = []
    faults: list[str] = []
    place = length = 0
    line = 1
    for match in _MARK.finditer(text):
        plain = text[place : match.start()]
        parts.append(plain)
        length += len(plain)
        line += plain.count("\n")
        place = match.end()
        if match[0] != CLOSE:
            stack.append((match[1], length, line))
        elif not stack:
            faults.append(f"{where}:{line}: {CLOSE} closes no mark")
        else:
            head, start, opened = stack.pop()
            if start == length:
                faults.append(f"{where}:{opened}: the mark {OPEN}{head}{BAR} encloses nothing")
            kind, _, value = head.partition(" ")
            marks.append(Mark(kind, value.strip(), start, length, opened))
    parts.append(text[place:])
    rest = "".join(parts)
    faults += [f"{where}:{line}: {OPEN}{head}{BAR} is not closed" for head, _, line in stack[::-1]]
    if OPEN in rest:
        at = rest.index(OPEN)
        faults.append(
            f"{where}:{rest.count(chr(10), 0, at) + 1}: {OPEN} without {BAR}: "
            f"write {OPEN}TYPE{BAR}words{CLOSE}"
        )
    marks.sort(key=lambda m: (m.start, -m.end))
    return rest, marks, faults


def mark_up(raw: str, marks: Iterable[Mark]) -> str:
    """Put marks into a text: the other way round of :func:`unmark`.

    Raises:
        DataError: two marks cross, or the text itself holds a sign of the notation.
    """
    if OPEN in raw or CLOSE in raw:
        raise DataError(f"the text holds {OPEN} or {CLOSE}, which are signs of the notation")
    opening: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        opening.setdefault(mark.start, []).append(mark)
    stack: list[Mark] = []
    parts: list[str] = []
    ends = {mark.end for group in opening.values() for mark in group}
    place = 0
    for at in sorted(ends | set(opening)):
        parts.append(raw[place:at])
        place = at
        while stack and stack[-1].end == at:
            parts.append(CLOSE)
            stack.pop()
        for mark in opening.get(at, ()):
            if stack and mark.end > stack[-1].end:
                one, other = raw[stack[-1].start : stack[-1].end], raw[mark.start : mark.end]
                raise DataError(f"the marks of {one!r} and {other!r} cross")
            stack.append(mark)
            parts.append(f"{OPEN}{mark.kind}{' ' if mark.value else ''}{mark.value}{BAR}")
    parts.append(raw[place:])
    return "".join(parts)


def count(text: str) -> GoldCount:
    """Read a count such as ``>450 person``, ``1..9 case``, ``80e6 EUR`` or ``? job``.

    Raises:
        ValueError: with what was expected.
    """
    match = _COUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no count: write bound, number and unit, as in '>450 person'")
    sign, figures, unit = match[1] or "", match[2], match[3].strip()
    if figures == UNKNOWN:
        return GoldCount(None, None, None, _BOUNDS[sign] if sign else None, unit)
    if ".." in figures:
        low, _, high = figures.partition("..")
        return GoldCount(None, _number(low), _number(high), _BOUNDS[sign], unit)
    return GoldCount(_number(figures), None, None, _BOUNDS[sign], unit)


def _number(text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number")
    value = float(text)
    return int(value) if value.is_integer() else value


def lines(entries: Iterable[int | str]) -> list[int]:
    """Read a list of lines such as ``[5-9, 11]`` into the numbers of the lines, in order.

    Raises:
        ValueError: an entry is neither a number nor a range.
    """
    numbers: set[int] = set()
    for entry in entries:
        match = _LINES.fullmatch(str(entry).strip())
        if match is None:
            raise ValueError(f"{entry!r} is neither a line nor a range of lines such as 5-9")
        numbers.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return sorted(numbers)


def digits_apart(name: str) -> list[str]:
    """Part the runs of digits of a name from the rest: ``d10`` is d and 10."""
    return [match[0] for match in _RUNS.finditer(name)]


@lru_cache(maxsize=4096)
def days(value: str | None) -> tuple[date, date] | None:
    """Return the first and last day of an EDTF value; None if it is none or has no two ends."""
    if not value or value[0] in "PT":
        return None
    try:
        first, last = edtf.bounds(value)
    except (ValueError, IndexError):
        return None
    return (first, last) if first and last and first <= last else None


@lru_cache(maxsize=4096)
def is_value(value: str) -> bool:
    """Say whether ``value`` is a date (EDTF), duration or clock time that a mark may carry."""
    if value.startswith("P"):
        ends = value.split("/")
        return len(ends) <= 2 and all(_DURATION.fullmatch(end) for end in ends)
    if value.startswith("T"):
        return bool(_TIME.fullmatch(value))
    if value.endswith("/..") or value.startswith("../"):
        return days(value.replace("..", "").strip("/")) is not None
    return days(value.split("T")[0]) is not None


@lru_cache(maxsize=8192)
def same_value(one: str | None, other: str | None) -> bool:
    """Say whether two values are the same string, or bound the same days; None equals None."""
    if one == other:
        return True
    first = days(one)
    return first is not None and first == days(other)
