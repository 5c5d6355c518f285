"""The sentence as the grammar of offices sees it: names as single units, words without clitics."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from arxtract.document import Document, Token
from arxtract.records import Entity
from arxtract.resources import REMEMBERED
from arxtract.text.clitics import lexical

UnitKind = Literal["word", "number", "latin", "punct", "PER", "ORG", "LOC", "MISC"]

_CONJUNCTIONS = "\u0648\u0641"  # wa-, fa-
_PREPOSITIONS = "\u0628\u0643\u0644"  # bi-, ka-, li-
_LAM = "\u0644"
_ALEF = "\u0627"
_QUOTES = "\"'"


class Unit(NamedTuple):
    """A name or a word.

    ``start`` and ``end`` are clean offsets without conjunction and preposition; ``base`` is the
    lexical spelling without any proclitic, the article included.
    """

    start: int
    end: int
    kind: UnitKind
    base: str
    conjunction: str = ""
    preposition: str = ""
    definite: bool = False
    whole: str = ""
    """The printed form, clitics and all."""
    entity: int = -1
    """Index of the name in the caller's sequence."""
    possessed: bool = False
    """Whether a pronoun is joined to it, which makes it definite (حكومته)."""
    word_start: int = 0
    """Where the whole word begins, clitics and all."""

    @property
    def is_name(self) -> bool:
        return self.entity >= 0

    @property
    def is_quote(self) -> bool:
        return self.kind == "punct" and self.base in _QUOTES

    def bare(self) -> bool:
        """Whether no conjunction or preposition is joined to it."""
        return not (self.conjunction or self.preposition)


def proclitics(prefix: str) -> tuple[str, str, bool]:
    """Split proclitics into conjunction, preposition and whether the article is among them."""
    conjunction = prefix[:1] if prefix[:1] in _CONJUNCTIONS else ""
    rest = prefix[len(conjunction) :]
    preposition = rest[:1] if rest[:1] and rest[0] in _PREPOSITIONS else ""
    rest = rest[len(preposition) :]
    return conjunction, preposition, rest in (_ALEF + _LAM, _LAM)


@lru_cache(maxsize=REMEMBERED)
def _cut(whole: str, stem: int) -> tuple[str, str, str, bool]:
    """Return a word from letter ``stem`` on, and its proclitics as :func:`proclitics` does."""
    return lexical(whole[stem:]), *proclitics(lexical(whole[:stem]))


def _word(clean: str, token: Token) -> Unit:
    """Make the unit of a word."""
    start, end = token.start, token.end
    whole = clean[start:end]
    base, conjunction, preposition, definite = _cut(whole, token.stem - start)
    return Unit(
        start + len(conjunction) + len(preposition),
        end,
        "word",
        base,
        conjunction,
        preposition,
        definite,
        whole,
        possessed=token.tail < end,
        word_start=start,
    )


def sentence_units(document: Document, entities: Sequence[Entity]) -> list[list[Unit]]:
    """Return the units of each sentence of the body; of nested names the widest counts."""
    ranges = sorted(
        ((*document.clean_range(entity), index) for index, entity in enumerate(entities)),
        key=lambda r: (r[0], -r[1], r[2]),
    )
    clean, search = document.clean, document.search
    place = 0
    sentences: list[list[Unit]] = []
    for sentence in document.sentences:
        units: list[Unit] = []
        done = -1
        for token in document.tokens[sentence.first : sentence.last]:
            if token.end <= done:
                continue
            while place < len(ranges) and (
                ranges[place][1] <= token.start or ranges[place][0] < done
            ):
                place += 1
            if place < len(ranges) and ranges[place][0] < token.end:
                start, done, index = ranges[place]
                conjunction, preposition, _ = proclitics(lexical(clean[token.start : start]))
                units.append(
                    Unit(
                        start,
                        done,
                        entities[index].type,
                        lexical(clean[start:done]),
                        conjunction,
                        preposition,
                        True,
                        clean[start:done],
                        index,
                        word_start=min(token.start, start),
                    )
                )
            elif token.kind == "word":
                units.append(_word(clean, token))
            else:
                text = search[token.start : token.end]
                units.append(
                    Unit(
                        token.start, token.end, token.kind, text, whole=text, word_start=token.start
                    )
                )
        sentences.append(units)
    return sentences
