"""The sentence as the grammar of offices sees it: names as single units, words without clitics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from arxtract.document import Document
from arxtract.records import Entity
from arxtract.text.clitics import lexical

UnitKind = Literal["word", "number", "latin", "punct", "PER", "ORG", "LOC", "MISC"]

_CONJUNCTIONS = "\u0648\u0641"  # wa-, fa-
_PREPOSITIONS = "\u0628\u0643\u0644"  # bi-, ka-, li-
_LAM = "\u0644"
_ALEF = "\u0627"
_QUOTES = "\"'"


class Unit(NamedTuple):
    """A name or a word. ``start`` and ``end`` are clean offsets without conjunction and preposition.

    ``base`` is the lexical spelling without any proclitic, the article included.
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
    """Split a string of proclitics into conjunction, preposition and whether the article is there."""
    conjunction = prefix[:1] if prefix[:1] in _CONJUNCTIONS else ""
    rest = prefix[len(conjunction) :]
    preposition = rest[:1] if rest[:1] and rest[0] in _PREPOSITIONS else ""
    rest = rest[len(preposition) :]
    return conjunction, preposition, rest in (_ALEF + _LAM, _LAM)


def _word(clean: str, start: int, stem: int, end: int) -> Unit:
    """Make the unit of a word that stands at ``[start, end)`` and has its stem at ``stem``."""
    prefix = lexical(clean[start:stem])
    conjunction, preposition, definite = proclitics(prefix)
    begin = start + len(conjunction) + len(preposition)
    base = lexical(clean[stem:end])
    return Unit(
        begin, end, "word", base, conjunction, preposition, definite, clean[start:end], -1, start
    )


def sentence_units(document: Document, entities: Sequence[Entity]) -> list[list[Unit]]:
    """Return the units of each sentence of the body; of nested names the widest counts."""
    ranges = sorted(
        (document.clean_range(entity) + (index,) for index, entity in enumerate(entities)),
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
                base = lexical(clean[start:done])
                kind = entities[index].type
                units.append(
                    Unit(
                        start,
                        done,
                        kind,
                        base,
                        conjunction,
                        preposition,
                        True,
                        clean[start:done],
                        index,
                        min(token.start, start),
                    )  # fmt: skip
                )
            elif token.kind == "word":
                units.append(_word(clean, token.start, token.stem, token.end))
            else:
                text = search[token.start : token.end]
                units.append(
                    Unit(
                        token.start, token.end, token.kind, text, whole=text, word_start=token.start
                    )
                )
        sentences.append(units)
    return sentences
