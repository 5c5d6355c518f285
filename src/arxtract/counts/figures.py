"""Figures with their separators: 1,200, 2.8, 3 000 000, and the decimals of wires."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import regex

from arxtract.counts.numerals import load

_GROUPED = regex.compile(
    r"[1-9]\d{0,2}(?P<mark>[ .,،'])\d{3}(?:(?P=mark)\d{3})*+"
    r"(?:(?!(?P=mark))(?P<point>[.,،])\d++)?+"
)
_DECIMAL = regex.compile(r"\d{1,9}[.,،]\d++")
_POINTED = regex.compile(r"(?<![\d.,])\d++\.(?:\d{1,2}|\d{4,})(?![\d.,/])")
_COMMA_DECIMAL = regex.compile(r"(?<![\d.,])\d++,(?:\d{1,2}|\d{4,})(?![\d.,])")
MAX_DIGITS = 15  # what has more is the number of a document, not a count


def figure(text: str, *, decimal: bool = False) -> Fraction | None:
    """Return the value of a figure with its separators; ``decimal`` rules thousands out.

    Three digits after a single mark are thousands (``7.360``) unless ``decimal`` is set or the
    figure begins with 0; None where it is a date, a time, a ratio or a reference.
    """
    if text.isdigit():
        return Fraction(int(text)) if len(text) <= MAX_DIGITS else None
    if len(text) > 2 * MAX_DIGITS:
        return None
    letter = load().decimal_letter
    if letter in text:
        part, *groups = (piece.strip() for piece in text.split(letter))
        if any(len(group) != 3 for group in groups[:-1]):
            return None
        whole = "".join(reversed(groups))
        thousands = part == "000" or (len(groups) > 1 and len(part) == 3)
        return Fraction(whole + part if thousands else f"{whole}.{part}")
    grouped = _GROUPED.fullmatch(text)
    single = sum(text.count(mark) for mark in ".,،") == 1
    if grouped and not (decimal and single and " " not in text and "'" not in text):
        point = grouped["point"]
        whole, _, rest = text.rpartition(point) if point else (text, "", "0")
        return Fraction("".join(c for c in whole if c.isdigit()) + "." + rest)
    if _DECIMAL.fullmatch(text):
        return Fraction(text.replace(",", ".").replace("،", "."))
    return None


@lru_cache(maxsize=1)
def has_comma_thousands(search: str) -> bool:
    """Whether the figures of a text show that its decimals have a point: 2.5% beside 1,949."""
    return bool(_POINTED.search(search)) and not _COMMA_DECIMAL.search(search)
