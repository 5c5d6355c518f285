"""What a network reads of each word beside the names: events told of, slots filled, and ties.

Hints are opinions of the recogniser's network, one row of scores a word. They never make a record
on their own authority without saying so: the events room weighs them beside its rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Logits = npt.NDArray[np.float64]
TIES = ("date", "place", "part", "count")
"""How a name, date or quantity may be tied to the word of an event: as its date, place,
participant or count."""


@dataclass(frozen=True)
class Ties:
    """What says of two words of one window how far the second fills a slot of the first's event.

    The log-odds are the product of the first's vector as the word of an event with the second's
    as a name or date. ``tellers`` and ``fillers`` are words × ``TIES`` × size.
    """

    tellers: npt.NDArray[np.float32]
    fillers: npt.NDArray[np.float32]
    windows: Sequence[int]
    """The window that each word was read in; ties between two windows are not known."""


class Hints:
    """Log-odds for the words of one article.

    Args:
        starts: clean offsets of the words, rising.
        events: words × (1 + types): unnormalised scores, of no event first.
        slots: words × slots: log-odds, each slot by itself.
        types: column of each event type, from 0 after the column of no event.
        names: column of each slot.
        ties: what ties names and dates to the words of events, if the network says it.
    """

    __slots__ = ("_events", "_names", "_slots", "_starts", "_ties", "_types")

    def __init__(
        self,
        starts: Sequence[int],
        events: Logits,
        slots: Logits,
        types: Mapping[str, int],
        names: Mapping[str, int],
        ties: Ties | None = None,
    ) -> None:
        self._starts = starts
        shifted = np.exp(events - events.max(axis=1, keepdims=True))
        shares = np.clip(shifted / shifted.sum(axis=1, keepdims=True), 1e-6, 1 - 1e-6)
        self._events = np.log(shares / (1 - shares))
        self._slots = slots
        self._types = types
        self._names = names
        self._ties = ties

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

    def ties(
        self, tellers: Sequence[int], fillers: Sequence[int]
    ) -> Iterator[tuple[int, int, list[float]]]:
        """Yield how far names and dates are tied to the words of events, window by window.

        Both are given by clean offsets; yielded are the places of two of them in these lists, and
        the log-odds of each of ``TIES``.
        """
        if self._ties is None:
            return
        windows: dict[int, tuple[list[int], list[int]]] = {}
        rows = [self._row(offset) for offset in (*tellers, *fillers)]
        for number, row in enumerate(rows):
            if row >= 0:
                sides = windows.setdefault(self._ties.windows[row], ([], []))
                sides[number >= len(tellers)].append(number)
        for told, named in windows.values():
            if told and named:
                events = self._ties.tellers[[rows[number] for number in told]]
                names = self._ties.fillers[[rows[number] for number in named]]
                scores = np.einsum("erk,nrk->enr", events, names).tolist()
                for i, event in enumerate(told):
                    for j, name in enumerate(named):
                        yield event, name - len(tellers), scores[i][j]

    def _row(self, offset: int) -> int:
        """Return the word that an offset lies in, the last one that begins before it."""
        return bisect_right(self._starts, offset) - 1
