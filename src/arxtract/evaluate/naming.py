"""When two names are the same for scoring: clitics, marks, alef forms and the article aside."""

from __future__ import annotations

from functools import lru_cache

import regex

from arxtract.text.normalise import normalise

COMMON = 0.6
"""Share of the longer name's words that two names must have in common."""

_WORD = regex.compile(r"[\p{L}\p{N}]++")
_ARTICLE = "\u0627\u0644"  # al-
_LAM_ARTICLE = "\u0644\u0644"  # li- and al-, written together
_CONJUNCTIONS = "\u0648\u0641"  # wa-, fa-
_PREPOSITIONS = "\u0628\u0643\u0644\u0633"  # bi-, ka-, li-, and sa- of the future

Readings = frozenset[str]


@lru_cache(maxsize=16384)
def words(name: str) -> tuple[Readings, ...]:
    """Return for each word of a name the ways to read it with and without its proclitics."""
    return tuple(_readings(match[0]) for match in _WORD.finditer(normalise(name).search))


@lru_cache(maxsize=16384)
def _readings(word: str) -> Readings:
    found = [word]
    if word[0] in _CONJUNCTIONS and len(word) > 3:
        found.append(word[1:])
    for form in tuple(found):
        if form.startswith(_LAM_ARTICLE) and len(form) > 3:
            found.append(_ARTICLE + form[2:])
        if form[0] in _PREPOSITIONS and len(form) > 3:
            found.append(form[1:])
    for form in tuple(found):
        if form.startswith(_ARTICLE) and len(form) > 3:
            found.append(form[2:])
    return frozenset(found)


def _in_common(one: tuple[Readings, ...], other: tuple[Readings, ...]) -> int:
    left = list(other)
    number = 0
    for word in one:
        match = next((n for n, w in enumerate(left) if not word.isdisjoint(w)), None)
        if match is not None:
            del left[match]
            number += 1
    return number


@lru_cache(maxsize=65536)
def share(one: str, other: str) -> float:
    """Return the share of the longer name's words that stand in the other one too, 0 to 1."""
    first, second = words(one), words(other)
    longest = max(len(first), len(second))
    return _in_common(first, second) / longest if longest else float(one == other)


@lru_cache(maxsize=65536)
def closeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the best share between the acceptable forms of two names; 0 where they disagree."""
    best = max((share(a, b) for a in one for b in other), default=0.0)
    return best if best >= COMMON else 0.0


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether a form of one name agrees with a form of the other."""
    return closeness(one, other) > 0


@lru_cache(maxsize=65536)
def contains(one: str, other: str) -> bool:
    """Say whether all words of the shorter of two phrases stand in the longer one."""
    first, second = words(one), words(other)
    shorter = min(len(first), len(second))
    return shorter > 0 and _in_common(first, second) == shorter


@lru_cache(maxsize=4096)
def same_unit(one: str | None, other: str | None) -> bool:
    """Say whether two units are one noun or code, however their alef or hamza is written."""
    if one is None or other is None:
        return one is other
    return one == other or share(one, other) == 1.0
