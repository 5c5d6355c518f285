"""What a network reads of each word beside the names: events told of, and slots filled.

Hints are opinions of the recogniser's network, one row of scores a word. They never make a record
on their own authority without saying so: the events room weighs them beside its rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Logits = npt.NDArray[np.float64]


class Hints:
    """Log-odds for the words of one article.

    Args:
        starts: clean offsets of the words, rising.
        events: words × (1 + types): unnormalised scores, of no event first.
        slots: words × slots: log-odds, each slot by itself.
        types: column of each event type, from 0 after the column of no event.
        names: column of each slot.
    """

    __slots__ = ("_events", "_names", "_slots", "_starts", "_types")

    def __init__(
        self,
        starts: Sequence[int],
        events: Logits,
        slots: Logits,
        types: Mapping[str, int],
        names: Mapping[str, int],
    ) -> None:
        self._starts = starts
        shifted = np.exp(events - events.max(axis=1, keepdims=True))
        shares = np.clip(shifted / shifted.sum(axis=1, keepdims=True), 1e-6, 1 - 1e-6)
        self._events = np.log(shares / (1 - shares))
        self._slots = slots
        self._types = types
        self._names = names

    def event(self, offset: int, kind: str) -> float:
        """Return the log-odds that the word at a clean offset tells of an event of that type.

        An unknown type, as of a user's ontology, has 0: no opinion.
        """
        column = self._types.get(kind)
        if column is None or (row := self._row(offset)) < 0:
            return 0.0
        return float(self._events[row, 1 + column])

    def no_event(self, offset: int) -> float:
        """Return the log-odds that the word at a clean offset tells of no event."""
        row = self._row(offset)
        return float(self._events[row, 0]) if row >= 0 else 0.0

    def slot(self, offset: int, name: str) -> float:
        """Return the log-odds that the name or date that begins at a clean offset fills a slot.

        An unknown slot has 0: no opinion.
        """
        column = self._names.get(name)
        if column is None or (row := self._row(offset)) < 0:
            return 0.0
        return float(self._slots[row, column])

    def _row(self, offset: int) -> int:
        """Return the word that an offset lies in, the last one that begins before it."""
        return bisect_right(self._starts, offset) - 1
