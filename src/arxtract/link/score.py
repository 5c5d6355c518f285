"""B-cubed: how well groups agree with gold (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple


class BCubed(NamedTuple):
    """Means over the items, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bcubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> BCubed:
    """Score groups: ``found`` and ``gold`` say for each item, in one order, in which group it is.

    An item's precision is the share of its found group that is of its gold group, its recall the
    share of its gold group that is in its found group.
    """
    items = list(zip(found, gold, strict=True))
    if not items:
        return BCubed(0.0, 0.0)
    both, founds, golds = Counter(items), Counter(found), Counter(gold)
    precision = sum(both[f, g] / founds[f] for f, g in items) / len(items)
    recall = sum(both[f, g] / golds[g] for f, g in items) / len(items)
    return BCubed(precision, recall)
