"""Teasers: headlines with the beginnings of other articles, below or above the article itself.

A teaser is a paragraph under a headline of its own that has hardly a word in common with the
article, or that breaks off in dots.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.document import CleanText
from arxtract.text.headline import content
from arxtract.text.lines import Unit

_AFFINITY = 0.14  # share of its content words that a paragraph of the article has in the rest of it
_AKIN = 0.4  # share of its content words that a last line has in the article
_NEAREST = 4  # paragraphs that it is compared with, so that a long article has no more words
_LONGEST = 420  # characters of a teaser
_APART = 3  # units between a teaser or notice at the top and the article
_SHORTEST_HEADLINE = 18  # characters of the headline above a teaser
_DOTS = ("...", "\u2026", "..")


def without_teasers(text: CleanText, kept: Sequence[Unit], prose: Sequence[int]) -> list[int]:
    """Return ``prose``, indices of paragraphs in ``kept``, without teasers at its two ends."""
    left = list(prose)
    vocabularies = {i: content(text.search[kept[i].start : kept[i].end]) for i in left}
    while len(left) > 2 and left[1] - left[0] > _APART:
        rest = set().union(*(vocabularies[i] for i in left[1 : 1 + _NEAREST]))
        own = vocabularies[left[0]]
        if len(own & rest) >= _AFFINITY * len(own) or kept[left[0]].length > _LONGEST:
            break
        left.pop(0)
    while len(left) > 1 and _is_headed(kept, left[-1]):
        last = left[-1]
        rest = set().union(*(vocabularies[i] for i in [*left[:2], *left[-1 - _NEAREST : -1]]))
        own = vocabularies[last]
        affinity = len(own & rest) / max(1, len(own))
        dotted = text.clean[kept[last].start : kept[last].end].endswith(_DOTS)
        if affinity >= (2 * _AFFINITY if dotted else _AFFINITY) or kept[last].length > _LONGEST:
            break
        left.pop()
    return left


def before_list(kept: Sequence[Unit], enough: int) -> int:
    """Return how many units stand before an inline header that only teasers follow.

    ``enough`` is how many characters of prose must stand before it.
    """
    so_far = 0
    for i, unit in enumerate(kept):
        if unit.kind == "prose":
            so_far += unit.length
        if unit.cue == "inline" and so_far >= enough:
            following = [k for k in range(i + 1, len(kept)) if kept[k].kind == "prose"]
            if len(following) > 1 and all(_is_headed(kept, k) for k in following):
                return i
    return len(kept)


def _is_headed(kept: Sequence[Unit], i: int) -> bool:
    """Say whether a headline stands right above the paragraph."""
    if i == 0:
        return False
    above = kept[i - 1]
    if above.kind == "date" and i > 1:
        above = kept[i - 2]
    return (
        above.kind == "short" and above.ends_sentence != "." and above.length >= _SHORTEST_HEADLINE
    )


def is_akin(text: CleanText, kept: Sequence[Unit], i: int) -> bool:
    """Say whether a line speaks of what the units before it speak of."""
    own = content(text.search[kept[i].start : kept[i].end])
    before = [u for u in kept[max(0, i - 12) : i] if u.kind == "prose"]
    rest = set().union(*(content(text.search[u.start : u.end]) for u in before))
    return len(own & rest) >= _AKIN * len(own)
