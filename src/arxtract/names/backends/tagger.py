"""From a foreign tagger of words to a recogniser: words out, tags in, spans by our conventions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from arxtract.document import Document
from arxtract.names.units import proclitics
from arxtract.names.words import sentence_ranges, words_of
from arxtract.records import Entity, EntityType
from arxtract.text.clitics import edges, lexical
from arxtract.text.normalise import normalise

_OUTSIDE = "O"
_ODD = "\ufffd"  # what a model is shown for a word of nothing but marks

# Names of types in ANERcorp, AQMAR, CoNLL, OntoNotes and Wojood; what is not here is no name to us.
_TYPES: dict[str, EntityType] = {
    "PER": "PER", "PERS": "PER", "PERSON": "PER", "PEOPLE": "PER",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG",
    "LOC": "LOC", "LOCATION": "LOC", "GPE": "LOC", "FAC": "LOC",
    "MISC": "MISC", "MIS": "MISC", "EVENT": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC",
    "LAW": "MISC",
}  # fmt: skip


class Tag(NamedTuple):
    """A word's label as the foreign model gives it, and the model's probability of it if known."""

    label: str
    probability: float | None = None


class Tagger(Protocol):
    """Labels words: the one thing that a back end has to do."""

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag a word, in BIO or BIOES, for sentences of words."""
        ...


def entity_type(label: str) -> EntityType | None:
    """Return our type of a label such as ``B-PERS``, or None."""
    prefix, dash, kind = label.partition("-")
    return _TYPES.get((kind if dash else prefix).upper())


def knows_names(labels: Iterable[str]) -> bool:
    """Whether any of a model's labels is a name to us."""
    return any(entity_type(label) for label in labels)


def to_bio(tags: Sequence[Tag]) -> list[str]:
    """Return our BIO tags for tags in BIO, BIOES or plain labels."""
    bio: list[str] = []
    last: EntityType | None = None
    for tag in tags:
        kind = entity_type(tag.label)
        if kind is None:
            bio.append(_OUTSIDE)
        else:
            begins = tag.label[:2] in ("B-", "S-", "U-") or kind != last
            bio.append(f"{'B' if begins else 'I'}-{kind}")
        last = kind
    return bio


def _spans(bio: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the names in BIO tags as ranges of words."""
    first = None
    for i, tag in enumerate([*bio, _OUTSIDE]):
        if first is not None and not tag.startswith("I-"):
            yield first, i
            first = None
        if tag.startswith("B-"):
            first = i


class TaggerRecogniser:
    """A :class:`~arxtract.names.Recogniser` that asks a foreign tagger."""

    def __init__(self, name: str, tagger: Tagger) -> None:
        self._name = name
        self._tagger = tagger

    @property
    def name(self) -> str:
        return self._name

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return BIO tags for sentences of given words, clitics attached as they stand."""
        # A model may not see an empty or odd word: it could shift all the tags after it.
        seen = [[normalise(w).clean.strip() or _ODD for w in words] for words in sentences]
        full = [words for words in seen if words]
        tagged = iter(self._tagger(full) if full else ())
        return [to_bio(next(tagged)) if words else [] for words in seen]

    def recognise(self, documents: Sequence[Document]) -> list[list[Entity]]:
        """Return the mentions of each document; proclitics are cut by our own splitter."""
        return [self._recognise(document) for document in documents]

    def _recognise(self, document: Document) -> list[Entity]:
        clean = document.clean
        sentences = [
            words for start, end in _sentences(document) if (words := words_of(clean, start, end))
        ]
        if not sentences:
            return []
        texts = [[clean[a:b] for a, b in words] for words in sentences]
        entities: list[Entity] = []
        for words, tags in zip(sentences, self._tagger(texts), strict=True):
            bio = to_bio(tags)
            for first, last in _spans(bio):
                bounds = _bounds(clean, words[first:last])
                if bounds:
                    score = _score(tags[first:last])
                    kind = bio[first][2:]
                    entities.append(_entity(document, bounds, kind, score, len(entities) + 1))
        return entities


def _sentences(document: Document) -> list[tuple[int, int]]:
    if document.sentences:
        return [(sentence.start, sentence.end) for sentence in document.sentences]
    stretches = document.body or [(0, len(document.clean))]
    return [r for start, end in stretches for r in sentence_ranges(document.clean, start, end)]


def _bounds(clean: str, words: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the clean offsets of a name, marks at its edges and its proclitics cut off."""
    while words and not clean[words[0][0]].isalnum():
        words = words[1:]
    while words and not clean[words[-1][0]].isalnum():
        words = words[:-1]
    if not words:
        return None
    start, end = words[0]
    front, _ = edges(clean[start:end])
    conjunction, preposition, _ = proclitics(lexical(clean[start : start + front]))
    return start + len(conjunction) + len(preposition), words[-1][1]


def _score(tags: Sequence[Tag]) -> float | None:
    """Return the probability of all the tags of a name, as if they were independent."""
    known = [tag.probability for tag in tags if tag.probability is not None]
    return math.prod(known) if len(known) == len(tags) else None


def _entity(
    document: Document, bounds: tuple[int, int], kind: str, score: float | None, number: int
) -> Entity:
    span = document.span(*bounds)
    name = document.clean[slice(*bounds)]
    return Entity(
        id=f"n{number}",
        start=span.start,
        end=span.end,
        text=span.text,
        type=_TYPES[kind],
        name=name,
        chain=name,
        score=score,
    )
