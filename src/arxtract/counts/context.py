"""The data of ``lexicon/numbers_context.yaml``: what stands around a number, in search form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.counts.words import Word
from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold

Phrase = tuple[str, ...]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")
    hard_labels: list[list[str]]
    labels: list[list[str]]
    between_noun_and_number: list[str]
    before_partitive_noun: list[str]
    part_openers: list[str]
    more_openers: list[str]
    of_them: list[str]
    others: list[str]
    reached: list[str]
    counting: list[str]
    not_nouns: list[list[str]]
    score_words: list[str]
    score_nouns: list[str]
    not_duals: list[str]
    not_dual_words: list[str]
    after_possessed: list[str]
    measuring: list[str]
    heading: list[str]
    not_singles: list[str]
    vague: list[str]
    percent: list[str]
    range_openers: list[str]
    range_links: list[str]
    harmed: list[str]
    person: str


class Context(NamedTuple):
    """Words (as sets) and phrases (as tuples of words)."""

    hard_labels: frozenset[str]
    labels: frozenset[str]
    between_noun_and_number: frozenset[str]
    before_partitive_noun: frozenset[str]
    part_openers: tuple[Phrase, ...]
    more_openers: tuple[Phrase, ...]
    of_them: frozenset[str]
    others: frozenset[str]
    reached: frozenset[str]
    counting: frozenset[str]
    not_nouns: frozenset[str]
    score_words: frozenset[str]
    score_nouns: frozenset[str]
    not_duals: frozenset[str]
    not_dual_words: frozenset[str]
    after_possessed: frozenset[str]
    measuring: frozenset[str]
    heading: frozenset[str]
    not_singles: frozenset[str]
    vague: frozenset[str]
    percent: tuple[Phrase, ...]
    range_openers: tuple[Phrase, ...]
    range_links: frozenset[str]
    harmed: frozenset[str]
    person: str


@lru_cache(maxsize=1)
def load() -> Context:
    """Read the file and fold its words."""
    data = read_yaml(lexicon("numbers_context.yaml"), _Data)
    return Context(
        hard_labels=_words(w for row in data.hard_labels for w in row),
        labels=_words(w for row in data.labels for w in row),
        between_noun_and_number=_words(data.between_noun_and_number),
        before_partitive_noun=_words(data.before_partitive_noun),
        part_openers=phrases(data.part_openers),
        more_openers=phrases(data.more_openers),
        of_them=_words(data.of_them),
        others=_words(data.others),
        reached=_words(data.reached),
        counting=_words(data.counting),
        not_nouns=_words(w for row in data.not_nouns for w in row),
        score_words=_words(data.score_words),
        score_nouns=frozenset(data.score_nouns),
        not_duals=frozenset(data.not_duals),
        not_dual_words=_words(data.not_dual_words),
        after_possessed=_words(data.after_possessed),
        measuring=_words(data.measuring),
        heading=_words(data.heading),
        not_singles=frozenset(data.not_singles),
        vague=_words(data.vague),
        percent=phrases(data.percent),
        range_openers=phrases(data.range_openers),
        range_links=_words(data.range_links),
        harmed=frozenset(data.harmed),
        person=data.person,
    )


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Return folded phrases, the longest first."""
    found = {tuple(fold(text).split()) for text in texts}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


class Line:
    """The words of a sentence, with questions that the rules ask of them."""

    def __init__(self, search: str, words: list[Word]) -> None:
        self.search = search
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    def text(self, i: int) -> str:
        """Return word ``i`` in search form, or an empty string."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def gap(self, i: int) -> str:
        """Return what parts word ``i`` from the one before it."""
        if not 0 < i < len(self.words):
            return "\n"
        return self.search[self.words[i - 1].end : self.words[i].start]

    def near(self, i: int, extra: str = "") -> bool:
        """Whether only spaces (or characters of ``extra``) part word ``i`` from the last."""
        return 0 < i < len(self.words) and self.gap(i).strip(" " + extra) == ""

    def starts(self, i: int, known: tuple[Phrase, ...]) -> int:
        """Return how many words from ``i`` on are one of ``known`` phrases."""
        head = self.text(i)
        for phrase in known:
            if phrase[0] == head and all(
                self.text(i + n) == word and self.near(i + n)
                for n, word in enumerate(phrase[1:], 1)
            ):
                return len(phrase)
        return 0
