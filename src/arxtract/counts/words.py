"""Search text cut into letter runs and figures, the only tokens that counting needs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from arxtract.counts.numerals import load


class Word(NamedTuple):
    """A run of letters or a figure: clean offsets and search form."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1)
def _token() -> regex.Pattern[str]:
    """Return what a token is: a figure keeps its inner separators (``2,8``, ``2022-05-12``);
    groups of three digits may be parted by a single space."""
    letter = regex.escape(load().decimal_letter)
    return regex.compile(
        r"(?P<letters>[^\W\d_]++)"
        rf"|\d{{1,9}}+[ ]?{letter}[ ]?\d{{1,9}}+(?!\w)"
        r"|(?<![\d][ ])[1-9]\d{0,2}(?:[ ]\d{3}(?![\d]|[.,/:-]\d))++"
        r"|\d++(?:[-.,،'/:]\d++)*+"
    )


def split(search: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words and figures of ``search[start:end]`` in order.

    Only two figures with one hyphen between them are two words (``20-30``).
    """
    for match in _token().finditer(search, start, end):
        text = match[0]
        first = match.start()
        if match.lastgroup is None and text.count("-") == 1:
            middle = first + text.index("-")
            yield Word(first, middle, search[first:middle])
            yield Word(middle + 1, match.end(), search[middle + 1 : match.end()])
        else:
            yield Word(first, match.end(), text)
