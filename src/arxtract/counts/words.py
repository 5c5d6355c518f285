"""Search text cut into letter runs and figures, the only tokens that counting needs."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from arxtract.counts.numerals import load

_DIGIT = regex.compile(r"[\p{Nd}\p{No}]")


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
        r"[^\W\d_]++"
        rf"|\d{{1,9}}+(?:[ ]?{letter}[ ]?\d{{1,9}}+){{1,4}}+(?!\w)"
        r"|(?<![\d][ ])[1-9]\d{0,2}(?:[ ]\d{3}(?![\d]|[.,/:-]\d))++"
        r"|\d++(?:[-.,،'/:]\d++)*+"
    )


def tokens(search: str, start: int, end: int) -> list[str]:
    """Return the letter runs and figures of ``search[start:end]`` in order."""
    found: list[str] = _token().findall(search, start, end)
    return found


def has_figure(search: str, start: int, end: int) -> bool:
    """Whether ``search[start:end]`` has any digit, also one that is a letter to a token (²)."""
    return _DIGIT.search(search, start, end) is not None


def placed(search: str, start: int, texts: list[str]) -> list[Word]:
    """Return the words that ``texts``, the tokens from offset ``start`` on, are.

    Only two figures with one hyphen between them are two words (``20-30``).
    """
    words: list[Word] = []
    for text in texts:
        first = search.index(text, start)  # no letter or digit stands between two tokens
        start = first + len(text)
        if text.count("-") == 1:
            middle = first + text.index("-")
            words.append(Word(first, middle, search[first:middle]))
            words.append(Word(middle + 1, start, search[middle + 1 : start]))
        else:
            words.append(Word(first, start, text))
    return words


def split(search: str, start: int, end: int) -> list[Word]:
    """Return the words and figures of ``search[start:end]`` in order."""
    return placed(search, start, tokens(search, start, end))
