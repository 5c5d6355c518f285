"""Clock times: `at half past nine in the evening`, 21:30, `20 h GMT`."""

from __future__ import annotations

from fractions import Fraction

import regex

from arxtract.times.atoms import Atom
from arxtract.times.found import partial
from arxtract.times.grammar import Found
from arxtract.times.lexicon import ARTICLE
from arxtract.times.partial import Fixed, Partial

_FIGURES = regex.compile(r"(\d{1,2})[:hH.,](\d{2})(?::(\d{2}))?")
FEMININE = "\u0647"
FIRST = "\u0627\u0644\u0627\u0648\u0644\u064a"


def clock(found: Found) -> Partial | None:
    """A time of the day as ISO 8601 writes it."""
    if found.has("middle"):
        return partial(found, "TIME", Fixed(found.get("middle", "midnight")))
    atom = found.all("hour")[0]
    if "bignum" in atom.kinds or "year" in atom.kinds:
        return _four_figures(found, atom.text)
    after_word = any("saa" in a.kinds for a in found.atoms[found.first : found.last])
    if found.has("exact"):
        atom = found.all("exact")[0]
    read = _hour(atom, after_word or found.has("ampm"))
    if read is None:
        return None
    hour, minute, second = read
    if (
        not after_word
        and "ord" in atom.kinds
        and not (_feminine(atom) and (found.has("ampm") or _stands_free(found)))
    ):
        return None
    minute += 0 if found.has("exact") else _minutes(found)
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    half = found.get("ampm", "ampm", "clockpart") or _part_after(found)
    if atom.text == FIRST and half is None:  # the first hour of something
        return None
    hour = _in_24(hour, half)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    value = f"T{hour:02d}:{minute:02d}" + (f":{second}" if second else "")
    zone = found.get("zone", "zone")
    return partial(found, "TIME", Fixed(value + (zone or "")))


def _four_figures(found: Found, text: str) -> Partial | None:
    """A time as wires write it: `0630 GMT`."""
    hour, minute = int(text[:2]), int(text[2:] or 0)
    if len(text) != 4 or hour > 24 or minute > 59:
        return None
    value = f"T{hour:02d}:{minute:02d}" + (found.get("zone", "zone") or "")
    return partial(found, "TIME", Fixed(value))


def _feminine(atom: Atom) -> bool:
    word = atom.text.split()[0]
    return word.startswith(ARTICLE) and (word[-1] == FEMININE or word == FIRST)


def _stands_free(found: Found) -> bool:
    """Say whether the ordinal follows no noun that it may belong to."""
    before = found.before()
    return before is None or not ("other" in before.kinds and before.text[0].isalpha())


def _hour(atom: Atom, sure: bool) -> tuple[int, int, str | None] | None:
    if "clock" in atom.kinds or ("decimal" in atom.kinds and sure):
        match = _FIGURES.fullmatch(atom.text)
        return (int(match[1]), int(match[2]), match[3]) if match else None
    for kind in ("figure", "ord", "hourword"):
        value = atom.kinds.get(kind)
        if value is not None:
            return (int(value), 0, None) if 0 <= value <= 24 else None
    return None


def _minutes(found: Found) -> int:
    """Return the minutes after the hour, below zero for `a quarter to`."""
    sign = -1 if found.has("except") else 1
    fraction = found.get("fraction", "frac", "fracsub")
    if fraction is not None:
        return sign * round(Fraction(str(fraction)).limit_denominator(4) * 60)
    number = found.get("fraction", "figure", "card")
    if number is None:
        number = found.get("minutes", "figure", "card")
    return sign * int(number or 0)


def _part_after(found: Found) -> str | None:
    """Return the part of the day that the date right after the time names, if any."""
    for count in (1, 2):
        atom = found.after(count)
        if atom is None:
            return None
        for kind in ("part", "ampm"):
            if kind in atom.kinds:
                return str(atom.kinds[kind])
        if "from" not in atom.kinds and "prep" not in atom.kinds:
            return None
    return None


def _in_24(hour: int, half: str | None) -> int:
    if half in ("am", "dawn"):
        return 0 if hour == 12 else hour
    if half == "pm" or half == "noon":
        if half == "noon" and hour in (10, 11):
            return hour
        return hour + 12 if hour < 12 else hour
    if half == "night":
        if hour == 12:
            return 0
        return hour + 12 if 6 <= hour < 12 else hour
    return hour
