"""The data of ``lexicon/numbers_context.yaml``: what stands around a number, in search form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold

Phrase = tuple[str, ...]


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Return folded phrases, the longest first."""
    found = {tuple(fold(text).split()) for text in texts}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _flat(rows: list[list[str]]) -> frozenset[str]:
    return frozenset(fold(word) for row in rows for word in row)


Words = Annotated[frozenset[str], BeforeValidator(_folded)]
Rows = Annotated[frozenset[str], BeforeValidator(_flat)]
Phrases = Annotated[tuple[Phrase, ...], BeforeValidator(phrases)]
Units = frozenset[str]
"""Singulars as they are handed out, not folded."""


class Context(BaseModel):
    """The file's lists as sets of words and tuples of phrases; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hard_labels: Rows
    labels: Rows
    between_noun_and_number: Words
    before_partitive_noun: Words
    part_openers: Phrases
    more_openers: Phrases
    out_of: Phrases
    partitives: Words
    people_verbs: Words
    colloquial_person: Words
    of_them: Words
    before_of_them: Words
    rest: Words
    others: Words
    reached: Words
    counting: Words
    total_verbs: Words
    person_events: Words
    after_event: Words
    not_nouns: Rows
    score_words: Words
    score_nouns: Units
    goals: Words
    not_duals: Units
    not_dual_words: Words
    after_possessed: Words
    happenings: Words
    measuring: Words
    heading: Words
    not_singles: Units
    inside: Words
    some_of: Words
    vague: Words
    percent: Phrases
    range_openers: Phrases
    between: Words
    changes: Words
    range_links: Words
    alternatives: Words
    listed_in: Words
    joiner: str
    harmed: Units
    person: str


@lru_cache(maxsize=1)
def load() -> Context:
    """Read the file and fold its words."""
    return read_yaml(lexicon("numbers_context.yaml"), Context)
