"""Search text cut into letter runs and figures, the only tokens that counting needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

# A figure keeps its inner separators; groups of three may be parted by a single space.
_TOKEN = regex.compile(
    r"(?P<letters>[^\W\d_]++)"
    r"|(?<![\d][ ])[1-9]\d{0,2}(?:[ ]\d{3}(?![\d]|[.,/:-]\d))++"
    r"|\d++(?:[-.,،'/:]\d++)*+"
)


class Word(NamedTuple):
    """A run of letters or a figure: clean offsets and search form."""

    start: int
    end: int
    text: str


def split(search: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words and figures of ``search[start:end]`` in order.

    A figure keeps its separators (``2,8``, ``1.000.000``, ``2022-05-12``); only two figures
    with one hyphen between them are two words (``20-30``).
    """
    for match in _TOKEN.finditer(search, start, end):
        text = match[0]
        first = match.start()
        if match.lastgroup is None and text.count("-") == 1:
            middle = first + text.index("-")
            yield Word(first, middle, search[first:middle])
            yield Word(middle + 1, match.end(), search[middle + 1 : match.end()])
        else:
            yield Word(first, match.end(), text)
