"""Swapping names for others of their type, so that a small corpus shows more names.

Four in five persons of an unseen article never stood in the training text; a network that sees
the same few thousand names every epoch learns them by heart instead of their surroundings
(Dai and Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity Recognition").
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from arxtract.names.crf import spans_of
from arxtract.training.corpora import NO_CUT, Sentence
from arxtract.training.hints import NO_TIE, UNKNOWN, Tie

_LAM = "\u0644"
_ARTICLE = "\u0627\u0644"
_WAW = "\u0648"
_AND = 0.08
"""Chance of an *and* before another proclitic: too rare in a small corpus to be learnt from it."""


@dataclass(frozen=True)
class Pool:
    """Names by type, as words without proclitics, and how often one is swapped in."""

    names: Mapping[str, Sequence[tuple[str, ...]]]
    chance: Mapping[str, float]


def names_of(
    sentences: Iterable[Sentence], kind: str, *, bare: bool = False
) -> list[tuple[str, ...]]:
    """Return the distinct names of a type, sorted.

    Taken are those known to stand without proclitics: by their cuts, or all of them where the
    corpus has its clitics split off (``bare``).
    """
    found = set()
    for sentence in sentences:
        for first, last, type_ in spans_of(sentence.tags):
            if type_ == kind and (bare or sentence.cuts[first] == 0):
                found.add(tuple(sentence.words[first:last]))
    return sorted(found)


def swapped(sentence: Sentence, pool: Pool, dice: random.Random) -> Sentence:
    """Return the sentence with some of its names swapped; only names with known cuts are."""
    words: list[str] = []
    tags: list[str] = []
    cuts: list[int] = []
    events: list[int] = []
    slots: list[int] = []
    ties: list[Tie] = []
    place = 0

    def copy(until: int) -> None:
        words.extend(sentence.words[place:until])
        tags.extend(sentence.tags[place:until])
        cuts.extend(sentence.cuts[place:until])
        events.extend(sentence.events[place:until])
        slots.extend(sentence.slots[place:until])
        ties.extend(sentence.ties[place:until])

    for first, last, kind in spans_of(sentence.tags):
        cut = sentence.cuts[first]
        others = pool.names.get(kind, ())
        if cut == NO_CUT:
            continue
        before = sentence.words[first][:cut]
        head, *rest = sentence.words[first][cut:], *sentence.words[first + 1 : last]
        if others and dice.random() < pool.chance.get(kind, 0.0):
            head, *rest = others[dice.randrange(len(others))]
        if cut == 1 and before != _WAW and dice.random() < _AND:
            before = _WAW + before
        copy(first)
        place = last
        if before.endswith(_LAM) and head.startswith(_ARTICLE):
            head = head[1:]
        words += [before + head, *rest]
        tags += [f"B-{kind}"] + [f"I-{kind}"] * len(rest)
        cuts += [len(before)] + [NO_CUT] * len(rest)
        events += [sentence.events[first]] * (1 + len(rest))
        slots += [sentence.slots[first]] + [UNKNOWN] * len(rest)
        ties += [sentence.ties[first]] + [NO_TIE] * len(rest)
    copy(len(sentence.words))
    return Sentence(words, tags, cuts, events, slots, ties)
