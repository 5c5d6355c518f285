"""The words around place names, from ``lexicon/place_cues.yaml``, in search form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.records import PlaceKind
from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Vowel(_Strict):
    """A vowel sign of the raw text that tells two homonyms apart."""

    form: str
    letter: int
    signs: list[str]
    country: str


class _File(_Strict):
    conjunctions: list[str]
    prepositions: list[str]
    place_prepositions: list[str]
    article: str
    merged_article: str
    nisba_endings: list[str]
    vague_nisba_endings: list[str]
    place_words: list[str]
    units: dict[PlaceKind, list[str]]
    heads: dict[PlaceKind, list[str]]
    holders: list[str]
    vowels: list[Vowel]
    adjectives: list[str]
    feminine_endings: list[str]
    definite_adjectives: list[str]
    accusatives: list[str]
    accusative_ending: str
    particles: list[str]
    bodies_before: list[str]
    bodies_after: list[str]
    idioms: list[str]


class Cues(NamedTuple):
    """The cues as the matcher and the linker use them; all words in search form."""

    conjunctions: frozenset[str]
    prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    article: str
    merged_article: str
    nisba_endings: tuple[str, ...]
    vague_nisba_endings: tuple[str, ...]
    place_words: frozenset[str]
    units: dict[str, frozenset[PlaceKind]]
    heads: dict[str, PlaceKind]
    holders: frozenset[str]
    vowels: tuple[Vowel, ...]
    adjectives: frozenset[str]
    feminine_endings: tuple[str, ...]
    definite_adjectives: frozenset[str]
    accusatives: frozenset[str]
    accusative_ending: str
    particles: frozenset[str]
    bodies_before: frozenset[str]
    bodies_after: tuple[str, ...]
    idioms: tuple[str, ...]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Read the cues, once."""
    file = read_yaml(lexicon("place_cues.yaml"), _File)
    units: dict[str, set[PlaceKind]] = {}
    for kind, words in file.units.items():
        for word in words:
            units.setdefault(fold(word), set()).add(kind)
    heads: dict[str, PlaceKind] = {}
    for kind, words in file.heads.items():
        for word in words:
            heads.setdefault(fold(word), kind)
    return Cues(
        conjunctions=frozenset(file.conjunctions),
        prepositions=frozenset(file.prepositions),
        place_prepositions=frozenset(file.place_prepositions),
        article=fold(file.article),
        merged_article=file.merged_article,
        nisba_endings=tuple(file.nisba_endings),
        vague_nisba_endings=tuple(file.vague_nisba_endings),
        place_words=frozenset(map(fold, file.place_words)),
        units={word: frozenset(kinds) for word, kinds in units.items()},
        heads=heads,
        holders=frozenset(map(fold, file.holders)),
        vowels=tuple(file.vowels),
        adjectives=frozenset(map(fold, file.adjectives)),
        feminine_endings=tuple(map(fold, file.feminine_endings)),
        definite_adjectives=frozenset(map(fold, file.definite_adjectives)),
        accusatives=frozenset(map(fold, file.accusatives)),
        accusative_ending=file.accusative_ending,
        particles=frozenset(map(fold, file.particles)),
        bodies_before=frozenset(map(fold, file.bodies_before)),
        bodies_after=tuple(map(fold, file.bodies_after)),
        idioms=tuple(map(fold, file.idioms)),
    )
