"""Which short line above the article is its headline: the one that says what the article says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import regex

from arxtract.document import CleanText
from arxtract.resources import REMEMBERED
from arxtract.text.clitics import frequencies
from arxtract.text.cues import vocabulary, words
from arxtract.text.lines import Unit
from arxtract.text.normalise import fold

_SHORTEST, _LONGEST = 12, 260  # characters
_FEWEST_WORDS = 3
_SHORTEST_WORD = 3  # letters of a word that counts as content
_COMMON = 150  # most frequent words, taken for function words
_LONGEST_READ = 20_000  # characters of the article that a headline is compared with
_AFFINITY = 0.34  # share of its words that a headline has in common with the article
_REPEATED = 0.3  # what a second occurrence is worth
_DISTANCE = 0.015  # what a line between headline and article costs
_PREFIX = regex.compile(r"^(?:\u0648|\u0641)?+(?:\u0628|\u0643|\u0644)?+(?:\u0627\u0644|\u0644)?+")
_SUFFIX = regex.compile(
    r"(?P<mark>\s*+[|\u2013\u2014-]+\s*+|\s{2,}+)(?P<site>[^|\u2013\u2014-]{2,40})$"
)


@lru_cache(maxsize=REMEMBERED)
def _key(word: str) -> str:
    """Return a word without what looks like proclitics, cut to its first letters."""
    bare = _PREFIX.sub("", word)
    return (bare if len(bare) >= _SHORTEST_WORD else word)[:5]


def content(search: str) -> set[str]:
    """Return the content words of folded text, roughly stemmed."""
    common = _common()
    keys = (_key(word) for word in words(search) if len(word) >= _SHORTEST_WORD)
    return {key for key in keys if key not in common}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Return the keys of the most frequent words, which say nothing of a text's subject."""
    return frozenset(_key(fold(word)) for word in islice(frequencies(), _COMMON))


def is_candidate(text: CleanText, unit: Unit) -> bool:
    """Say whether a unit has the shape of a headline."""
    if unit.kind != "short" or not _SHORTEST <= unit.length <= _LONGEST:
        return False
    return len(words(text.search[unit.start : unit.end])) >= _FEWEST_WORDS


def find_headline(text: CleanText, head: Sequence[Unit], prose: Sequence[Unit]) -> int | None:
    """Return the index in ``head``, the units above the article, of its headline, if any.

    Of a headline given twice the nearer to the article is meant, of a headline with another
    line right below it (a subtitle) the first, and so of two lines that are all of the head.
    """
    candidates = [i for i, unit in enumerate(head) if is_candidate(text, unit)]
    if not candidates:
        return None
    article = content(" ".join(text.search[u.start : u.end] for u in prose)[:_LONGEST_READ])
    lines = [text.search[unit.start : unit.end] for unit in head]
    if candidates == [0, 1] and len(head) == len(set(lines)):
        return 0
    shared: dict[int, float] = {}
    score: dict[int, float] = {}
    for i in candidates:
        its = content(lines[i])
        shared[i] = len(its & article) / max(1, len(its))
        repeated = sum(other == lines[i] for other in lines) > 1
        score[i] = shared[i] + _REPEATED * repeated - _DISTANCE * (len(head) - i)
    best = max(candidates, key=lambda i: (score[i], i))
    if len(candidates) > 3 and shared[best] < _AFFINITY / 2:
        return None
    return _first_of_group(head, candidates, shared, best, lines)


def _first_of_group(
    head: Sequence[Unit],
    candidates: Sequence[int],
    shared: dict[int, float],
    best: int,
    lines: Sequence[str],
) -> int:
    """Go up from a subtitle to the headline right above it."""
    above = best - 1
    if above not in candidates or lines[above] == lines[best]:
        return best
    near = head[best].line - head[above].line <= 2
    lone = above == 0 or above - 1 not in candidates
    return above if near and lone and shared[above] >= _AFFINITY else best


def without_site(text: CleanText, start: int, end: int) -> tuple[int, int]:
    """Return the range of a headline without the name of the site at its end."""
    match = _SUFFIX.search(text.clean, max(start, end - 50), end)
    if not match or match.start() - start < _SHORTEST:
        return start, end
    site = words(text.search[match.start("site") : end])
    names = vocabulary("media")
    named = any(word in names or word.removeprefix("\u0627\u0644") in names for word in site)
    if len(site) <= 4 and (named or "|" in match["mark"]):
        return start, match.start()
    return start, end
