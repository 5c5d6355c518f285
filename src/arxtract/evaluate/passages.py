"""The words around an error: the sentence that it stands in, its own words marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from arxtract.evaluate.sides import Range
from arxtract.text import plain

LONGEST = 320
"""Characters of a passage; a longer sentence is cut around what is marked."""
CUT = "…"


class Piece(NamedTuple):
    """A stretch of a passage."""

    text: str
    marked: bool


class Passages:
    """Cuts passages out of one article."""

    def __init__(self, raw: str) -> None:
        document = plain(raw)
        spans = [document.span(s.start, s.end) for s in document.sentences]
        self._raw = raw
        self._sentences = [(span.start, span.end) for span in spans]
        self._starts = [start for start, _ in self._sentences]

    def around(self, marks: Sequence[Range]) -> tuple[Piece, ...]:
        """Return the sentence of the first mark, with all marks that begin in it."""
        if not marks:
            return ()
        start, end = self._sentence(marks[0])
        inside = sorted(mark for mark in marks if start <= mark[0] < end)
        end = max(end, marks[0][1])
        first, last = self._window(start, end, marks[0])
        pieces = [Piece(CUT, False)] if first > start else []
        place = first
        for begin, stop in inside:
            begin, stop = max(begin, place), min(stop, last)
            if begin < stop:
                pieces += [self._piece(place, begin, False), self._piece(begin, stop, True)]
                place = stop
        pieces.append(self._piece(place, last, False))
        if last < end:
            pieces.append(Piece(CUT, False))
        return tuple(piece for piece in pieces if piece.text)

    def _piece(self, start: int, end: int, marked: bool) -> Piece:
        return Piece(self._raw[start:end].replace("\n", " "), marked)

    def _sentence(self, mark: Range) -> Range:
        n = bisect_right(self._starts, mark[0]) - 1
        if n < 0 or mark[0] >= self._sentences[n][1]:
            return mark
        return self._sentences[n]

    def _window(self, start: int, end: int, mark: Range) -> Range:
        """Return as much of a sentence as a passage holds, the mark in its middle."""
        if end - start <= LONGEST:
            return start, end
        first = max(start, min((mark[0] + mark[1] - LONGEST) // 2, mark[0], end - LONGEST))
        return first, min(end, first + LONGEST)
