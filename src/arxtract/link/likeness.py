"""How likely two reports tell of one event: log-odds from what they share and where they differ.

A shared feature counts by its rarity among the articles (inverse document frequency). The weights
are those of a logistic regression over the pairs of the part ``dev`` of the gold in
``fixtures/links``, rounded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from arxtract.link.mentions import FIELDS, Mention

BASE = -2.5
"""Log-odds of two reports of one type of which nothing else is known."""
SHARED = {"words": 10.0, "people": 0.8, "places": 4.0, "numbers": 3.7}
"""Weight of the cosine of what they share."""
OTHER_PLACES = -0.6
"""Both name places, and none is the same."""
SAME_DAYS = 1.2
"""The event was within the same days, at most :data:`FEW` of them."""
NEXT_DAY = 0.5
APART = -1.3
"""The days are :data:`FAR` apart or more; in proportion where they are less."""
TOLD_APART = -2.2
"""The articles were published :data:`FAR` days apart or more; in proportion where less."""
OTHER_TYPE = -3.5
"""The types differ and are kin; those that are not kin are never one event."""
FEW = 2
FAR = 10

KIN = (
    frozenset({"ATTACK", "CRIME", "ACCIDENT", "DEATH", "DISASTER"}),
    frozenset({"MEETING", "VISIT"}),
)
"""Types that one event may be taken for: people die in all of the first."""


class Likeness:
    """Compares mentions among all that are to be linked, those of an article next to each other."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        found: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
        articles = 0
        for _, group in groupby(mentions, key=lambda mention: mention.article):
            articles += 1
            together = list(group)
            for name, counter in found.items():
                counter.update(frozenset().union(*(m.field(name) for m in together)))
        self._found = found
        self._rarity = {
            name: {x: math.log((articles + 1) / (n + 0.5)) for x, n in counter.items()}
            for name, counter in found.items()
        }
        self._length = {
            mention: tuple(math.sqrt(self._product(name, mention.field(name))) for name in FIELDS)
            for mention in mentions
        }

    def keys(self, mention: Mention, most: int) -> list[tuple[str, str]]:
        """Return the rarest features that another article has as well, with their fields."""
        ranked = sorted(
            (found, name, x)
            for name in FIELDS
            for x in mention.field(name)
            if (found := self._found[name][x]) > 1
        )
        return [(name, x) for _, name, x in ranked[:most]]

    def __call__(self, one: Mention, other: Mention) -> float:
        """Return the log-odds that two mentions are of one event; minus infinity if never."""
        odds = BASE
        if one.report.type != other.report.type:
            if not _kin(one, other):
                return -math.inf
            odds += OTHER_TYPE
        for name, length, other_length in zip(
            FIELDS, self._length[one], self._length[other], strict=True
        ):
            shared = one.field(name) & other.field(name)
            if shared:
                odds += SHARED[name] * self._product(name, shared) / (length * other_length)
        if one.places and other.places and not one.places & other.places:
            odds += OTHER_PLACES
        if one.told and other.told:
            odds += TOLD_APART * min(abs(one.told - other.told), FAR) / FAR
        return odds + _by_days(one.days, other.days)

    def _product(self, name: str, features: frozenset[str]) -> float:
        rarity = self._rarity[name]
        return math.fsum(rarity[x] ** 2 for x in features)  # exact, whatever the set's order


def _kin(one: Mention, other: Mention) -> bool:
    types = {one.report.type, other.report.type}
    return any(types <= group for group in KIN)


def _by_days(one: tuple[int, int] | None, other: tuple[int, int] | None) -> float:
    if one is None or other is None:
        return 0.0
    apart = max(one[0], other[0]) - min(one[1], other[1])
    if apart <= 0:
        short = one[1] - one[0] <= FEW and other[1] - other[0] <= FEW
        return SAME_DAYS if short else 0.0
    return NEXT_DAY if apart == 1 else APART * min(apart, FAR) / FAR
