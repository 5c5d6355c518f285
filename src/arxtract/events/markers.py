"""The words around names that say what a name is to its clause: ``lexicon/markers.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold


class _ClauseWords(BaseModel):
    model_config = ConfigDict(extra="forbid")
    strong: list[str]
    weak: list[str]


class _Markers(BaseModel):
    model_config = ConfigDict(extra="forbid")
    markers: dict[str, list[str]]
    place_nouns: list[str]
    verb_letters: list[str]
    actor_nouns: list[str]
    told: list[str]
    venue_nouns: list[str]
    houses: list[str]
    relatives: list[str]
    during: list[str]
    others: list[str]
    acts: list[str]
    clause_words: _ClauseWords


@dataclass(frozen=True)
class Markers:
    """The marker lexicon, ready for look-up in search spelling."""

    phrases: dict[tuple[str, ...], str]
    longest: int
    letters: dict[str, str]
    place_nouns: frozenset[str]
    verb_letters: frozenset[str]
    actor_nouns: frozenset[str]
    told: frozenset[str]
    venue_nouns: frozenset[str]
    houses: frozenset[str]
    relatives: frozenset[str]
    during: frozenset[str]
    others: frozenset[str]
    acts: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]


@lru_cache(maxsize=1)
def markers() -> Markers:
    """Return the marker lexicon, read once."""
    data = read_yaml(lexicon("markers.yaml"), _Markers)
    phrases: dict[tuple[str, ...], str] = {}
    letters: dict[str, str] = {}
    for label, listed in data.markers.items():
        for phrase in listed:
            words = tuple(fold(phrase).split())
            phrases.setdefault(words, label)
            if len(words) == 1 and len(words[0]) == 1:
                letters.setdefault(words[0], label)
    return Markers(
        phrases,
        max(map(len, phrases)),
        letters,
        frozenset(map(fold, data.place_nouns)),
        frozenset(data.verb_letters),
        frozenset(map(fold, data.actor_nouns)),
        frozenset(map(fold, data.told)),
        frozenset(map(fold, data.venue_nouns)),
        frozenset(map(fold, data.houses)),
        frozenset(map(fold, data.relatives)),
        frozenset(map(fold, data.during)),
        frozenset(map(fold, data.others)),
        frozenset(map(fold, data.acts)),
        frozenset(map(fold, data.clause_words.strong)),
        frozenset(map(fold, data.clause_words.weak)),
    )
