"""What the recogniser takes for a word, and the form in which the network sees it."""

from __future__ import annotations

import regex

from arxtract.text.normalise import normalise

_WORD = regex.compile(r"[\p{L}\p{M}]++|\p{N}++(?:[.,]\p{N}++)*+|[^\s\p{L}\p{M}\p{N}]")
_BORDER = regex.compile(r"\n++|(?<=[.!?\u061f\u2026])(?<!\d\.)(?:\s++|(?=\p{Arabic}{3}))")
_LIGHT = {ord(c): "\u0627" for c in "\u0622\u0623\u0625\u0671"}
for _zero in ("\u0660", "\u06f0"):
    _LIGHT.update({ord(_zero) + n: str(n) for n in range(10)})
_LONGEST_WORD = 64


def light(word: str) -> str:
    """Return the form of a clean word that the network reads.

    The alef forms are made bare (writers leave the hamza out as they please) and digits ASCII;
    ta marbuta and alef maqsura stand. A word beyond 64 letters is cut.
    """
    return word[:_LONGEST_WORD].translate(_LIGHT)


def light_of_raw(word: str) -> str:
    """Return the light form of a word that was not cleaned yet; never empty."""
    return light(normalise(word[:_LONGEST_WORD]).clean.strip()) or "\ufffd"


def words_of(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the bounds of the words of ``clean[start:end]``: letters, a number, or a mark."""
    return [match.span() for match in _WORD.finditer(clean, start, end)]


def sentence_ranges(clean: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut a stretch of clean text at line ends and final marks, glued ones too."""
    end = len(clean) if end is None else end
    ranges = []
    place = start
    for match in _BORDER.finditer(clean, start, end):
        if match.start() > place:
            ranges.append((place, match.start()))
        place = match.end()
    if place < end:
        ranges.append((place, end))
    return ranges
