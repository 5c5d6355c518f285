"""All written forms of a lexeme, and finding them again in the tokens of a sentence.

An ontology names a verb by its perfect and imperfect (``أوقف يوقف``) and a noun by its singular;
this module writes out the forms of the paradigm once, at loading, so that looking a token up is
a few dictionary accesses whatever the size of the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.resources import REMEMBERED, lexicon, read_yaml
from arxtract.text.normalise import fold

Tense = Literal["perfect", "imperfect", "future", "noun", "definite", "adjective", "phrase"]


class _Perfect(BaseModel):
    model_config = ConfigDict(extra="forbid")
    regular: list[str]
    weak: list[str]


class _Imperfect(_Perfect):
    prefixes: list[str]


class _Noun(BaseModel):
    model_config = ConfigDict(extra="forbid")
    endings: list[str]
    feminine_endings: list[str]


class _Adjective(BaseModel):
    model_config = ConfigDict(extra="forbid")
    endings: list[str]


class _Proclitics(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verb: list[str]
    noun: list[str]
    article: str
    conjunctions: list[str]
    prepositions: list[str]
    nominal: list[str]
    future: str
    melted: list[str]


class Conjugation(BaseModel):
    """The affixes of ``lexicon/conjugation.yaml``."""

    model_config = ConfigDict(extra="forbid")
    pronouns: list[str]
    perfect: _Perfect
    imperfect: _Imperfect
    noun: _Noun
    adjective: _Adjective
    proclitics: _Proclitics


@lru_cache(maxsize=1)
def conjugation() -> Conjugation:
    """Return the affixes, read once."""
    return read_yaml(lexicon("conjugation.yaml"), Conjugation)


def pronouns() -> list[str]:
    """Return the pronouns that hang on verbs and nouns."""
    return conjugation().pronouns


def is_definite(word: str) -> bool:
    """Say whether a word in search spelling begins with the article."""
    return word.startswith(conjugation().proclitics.article)


def unmelted(word: str) -> str:
    """Return a word without ل before its article, which melts with it: ``للوزارة``."""
    rules = conjugation().proclitics
    return rules.article + word[2:] if word.startswith(rules.melted[0]) else word


def without_article(word: str) -> str:
    """Return a word in search spelling without the article."""
    return word.removeprefix(conjugation().proclitics.article)


@lru_cache(maxsize=REMEMBERED)
def without_conjunction(word: str, least: int = 3) -> str:
    """Cut a conjunction off a word that has at least ``least`` letters."""
    if len(word) >= least and word[0] in conjugation().proclitics.conjunctions:
        return word[1:]
    return word


_WEAK = ("ي", "ا", "و")
_HAMZA = ("أ", "ئ", "ؤ")  # بدأ is no weak verb, though search spelling makes it بدا
_SEATS = ("ء", "ئ", "ؤ")  # how a final hamza is written before a pronoun
_FEMININE = "ه"  # ta marbuta in search spelling
_JOINED = "ت"  # the same before a suffix


class Form(NamedTuple):
    """One way of writing a lexeme, in search spelling, without proclitics."""

    text: str
    tense: Tense


def _with_pronouns(text: str) -> Iterator[str]:
    yield text
    # أوقفوا loses its alef before a pronoun: أوقفوه
    base = text[:-1] if text.endswith("وا") else text
    for pronoun in conjugation().pronouns:
        yield base + pronoun


def verb_forms(perfect: str, imperfect: str) -> Iterator[Form]:
    """Yield the third-person forms of a verb, active and passive alike, with object pronouns."""
    rules = conjugation()
    past, present = fold(perfect), fold(imperfect)
    weak = past[-1] in _WEAK and len(past) > 2 and perfect[-1] not in _HAMZA
    stem = past[:-1] if weak else past
    for ending in rules.perfect.weak if weak else rules.perfect.regular:
        for text in _with_pronouns(stem + ending):
            yield Form(text, "perfect")
    weak = present[-1] in _WEAK and len(present) > 3 and imperfect[-1] not in _HAMZA
    stem = present[1:-1] if weak else present[1:]
    for prefix in rules.imperfect.prefixes:
        for ending in rules.imperfect.weak if weak else rules.imperfect.regular:
            for text in _with_pronouns(prefix + stem + ending):
                yield Form(text, "imperfect")


def noun_forms(singular: str, plurals: Iterable[str] = ()) -> Iterator[Form]:
    """Yield the forms of a noun: cases and duals as written, plurals, possessive pronouns."""
    rules = conjugation()
    for number, word in enumerate([singular, *plurals]):
        base = fold(word)
        if base.endswith(_FEMININE) and word.endswith("ة"):
            stem = base[:-1]
            for ending in rules.noun.feminine_endings:
                yield Form(stem + ending, "noun")
            base = stem + _JOINED
        else:
            for ending in rules.noun.endings if number == 0 else ("", "ا"):
                yield Form(base + ending, "noun")
        # لقاء is لقاءه, لقائه or لقاؤه by its case
        seats = _SEATS if base.endswith(_SEATS[0]) else (base[-1:],)
        for seat in seats:
            for pronoun in rules.pronouns:
                yield Form(base[:-1] + seat + pronoun, "definite")


def adjective_forms(masculine: str) -> Iterator[Form]:
    """Yield the forms of a participle or adjective in all genders and numbers."""
    base = fold(masculine)
    for ending in conjugation().adjective.endings:
        yield Form(base + ending, "adjective")


class Reading(NamedTuple):
    """A token read as a form of a lexeme: its tense, and where the form begins in the token."""

    tense: Tense
    offset: int


@lru_cache(maxsize=REMEMBERED)
def readings(word: str) -> tuple[tuple[str, int, bool, bool], ...]:
    """Return the ways to cut proclitics off ``word``: (rest, letters cut, future, definite).

    ``word`` is in search spelling. The rest is what to look up among the forms.
    """
    cuts = [(word, 0, False, False)]
    rules, prefixes = conjugation().proclitics, conjugation().imperfect.prefixes
    place = 0
    if (bare := without_conjunction(word, 4)) != word:
        place = 1
        cuts.append((bare, 1, False, False))
    for base in {0, place}:
        rest = word[base:]
        if rest[:1] == rules.future and len(rest) > 3 and rest[1] in prefixes:
            cuts.append((rest[1:], base + 1, True, False))
        if rest[:1] in rules.prepositions and len(rest) > 3:
            cuts.append((rest[1:], base + 1, False, False))
            if rest[1:3] == rules.article and len(rest) > 5:
                cuts.append((rest[3:], base + 3, False, True))
        if rest.startswith(rules.melted[0]) and len(rest) > 4:
            cuts.append((rest[2:], base + 2, False, True))
        if rest.startswith(rules.article) and len(rest) > 4:
            cuts.append((rest[2:], base + 2, False, True))
    return tuple(cuts)
