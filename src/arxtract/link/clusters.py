"""Which mentions belong together: near-linear, in the number of mentions.

Only mentions that share a rare feature and were told within a week or two of each other are
compared (blocking), each with a bounded number of others. The likest pairs are joined first, and
two groups only if their members are alike on average (average-link clustering). Events that one
article tells apart are never joined.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

from arxtract.link.likeness import Likeness
from arxtract.link.mentions import Mention

KEYS = 24
"""Rare features of a mention by which others are found."""
HELD = 40
"""Mentions that are held for a feature of a week, the last ones."""
COMPARED = 20
"""Mentions that one is compared with: those that share most features with it."""
WEEK = 7
JOINED = 0.0
"""Mean log-odds from which on two groups are joined."""
SURE = 4.0
"""Log-odds beyond which a pair weighs no more in a mean, up or down."""
SAMPLE = 8
"""Members of a group that stand for it in a mean."""


def clusters(mentions: Sequence[Mention]) -> list[list[int]]:
    """Return the places of mentions that belong together, groups and members in their order."""
    alike = Likeness(mentions)
    groups = {place: [place] for place in range(len(mentions))}
    group_of = list(range(len(mentions)))
    known: dict[tuple[int, int], float] = {}
    for one, other in _pairs(mentions, alike):
        known[one, other] = _clipped(alike(mentions[one], mentions[other]))
    likest = sorted((-odds, pair) for pair, odds in known.items() if odds >= JOINED)
    for _, (one, other) in likest:
        first, second = sorted((group_of[one], group_of[other]))
        if first == second or _share_an_article(mentions, groups[first], groups[second]):
            continue
        pairs = [
            (min(a, b), max(a, b)) for a in groups[first][:SAMPLE] for b in groups[second][:SAMPLE]
        ]
        for pair in pairs:
            if pair not in known:
                known[pair] = _clipped(alike(mentions[pair[0]], mentions[pair[1]]))
        if math.fsum(known[pair] for pair in pairs) >= JOINED * len(pairs):
            groups[first] += groups[second]
            for place in groups.pop(second):
                group_of[place] = first
    return sorted(sorted(members) for members in groups.values())


def _pairs(mentions: Sequence[Mention], alike: Likeness) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth comparing, the earlier place first."""
    held: defaultdict[tuple[int, str, str], deque[int]] = defaultdict(lambda: deque(maxlen=HELD))
    for place, mention in enumerate(mentions):
        week = _week(mention)
        keys = alike.keys(mention, KEYS)
        shared: Counter[int] = Counter()
        for key in keys:
            for near in (week - 1, week, week + 1):
                shared.update(held.get((near, *key), ()))
        others = sorted(
            (-n, other) for other, n in shared.items() if mentions[other].article != mention.article
        )
        yield from ((other, place) for _, other in others[:COMPARED])
        for key in keys:
            held[week, *key].append(place)


def _week(mention: Mention) -> int:
    """Return a number for the week in which an event was told, or was."""
    day = mention.told or (mention.days[0] if mention.days else 0)
    return day // WEEK


def _share_an_article(mentions: Sequence[Mention], one: list[int], other: list[int]) -> bool:
    articles = {mentions[place].article for place in one}
    return any(mentions[place].article in articles for place in other)


def _clipped(odds: float) -> float:
    return max(-SURE, min(SURE, odds))
