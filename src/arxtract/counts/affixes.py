"""Letters that hang on counted nouns: ``lexicon/number_affixes.yaml``, and cutting them off."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml


class Affixes(BaseModel):
    """The data as it is; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    proclitics: tuple[str, ...]
    articles: dict[str, int]
    pronouns: tuple[str, ...]
    people_pronouns: tuple[str, ...]
    dual_nominative: str
    dual_oblique: str
    construct_oblique: str
    construct_nominative: str
    feminine: str
    feminine_folded: str
    feminine_before_ending: str
    weak: str
    sound_plurals: tuple[str, ...]
    feminine_plural: str
    accusative: str
    plural_verb: str
    nun: str
    hamza_seats: dict[str, str]
    no_accusative_alef: tuple[str, ...]
    participle: str
    masdar: tuple[str, ...]
    list_preposition: str
    giver: str
    future: str
    imperfect: tuple[str, ...]
    sukun: str
    tatweel: str

    @property
    def duals(self) -> tuple[str, str]:
        return self.dual_nominative, self.dual_oblique


@lru_cache(maxsize=1)
def load() -> Affixes:
    """Read the file."""
    return read_yaml(lexicon("number_affixes.yaml"), Affixes)


@lru_cache(maxsize=1)
def openings() -> tuple[str, ...]:
    """Return no proclitic and all proclitics, in that order."""
    return ("", *load().proclitics)


@lru_cache(maxsize=1)
def single_letters() -> tuple[str, ...]:
    """Return the proclitics of one letter."""
    return tuple(form for form in load().proclitics if len(form) == 1)


def article(text: str) -> tuple[str, int] | None:
    """Return the article that a word begins with, and how many of its letters are proclitics."""
    for form, outside in load().articles.items():
        if text.startswith(form):
            return form, outside
    return None


def bare(text: str, known: frozenset[str]) -> tuple[str, int] | None:
    """Return the word of ``known`` that ``text`` is with a proclitic or none, and its length."""
    for proclitic in openings():
        if text.startswith(proclitic) and text[len(proclitic) :] in known:
            return text[len(proclitic) :], len(proclitic)
    return None
