"""Offsets that come from other tools, checked against the words that they bound."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

from arxtract.errors import DataError


class Offsets:
    """The offsets of one text.

    Tools count code points, or, those written in JavaScript, UTF-16 units, of which an emoji has
    two. The words that come with an offset tell which of the two it is.
    """

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._units: list[int] | None = None

    def checked(self, start: int, end: int, words: str, where: str) -> tuple[int, int]:
        """Return the range of code points that bounds ``words``.

        Raises:
            DataError: neither reading of the offsets gives the words; the message names ``where``.
        """
        for first, last in ((start, end), self._from_units(start, end)):
            if 0 <= first < last and self._raw[first:last] == words:
                return first, last
        found = self._raw[max(start, 0) : max(end, 0)]
        raise DataError(f"{where}: the text at [{start}, {end}) is {found!r}, not {words!r}")

    def whole(self, start: int, end: int, where: str) -> tuple[int, int]:
        """Return a range that comes without its words, if it can be one.

        Raises:
            DataError: it is empty or not in the text, or it cuts a letter off its combining mark,
                which is what offsets do that count grapheme clusters.
        """
        raw = self._raw
        if not 0 <= start < end <= len(raw):
            raise DataError(f"{where}: [{start}, {end}) is no range of {len(raw)} characters")
        if any(unicodedata.combining(raw[at]) for at in (start, end) if at < len(raw)):
            raise DataError(
                f"{where}: [{start}, {end}) cuts a letter off its mark; offsets must count code "
                "points, not grapheme clusters or UTF-16 units"
            )
        return start, end

    def _from_units(self, start: int, end: int) -> tuple[int, int]:
        if self._units is None:
            self._units = [0]
            for letter in self._raw:
                self._units.append(self._units[-1] + 1 + (ord(letter) > 0xFFFF))
        return bisect_left(self._units, start), bisect_left(self._units, end)
