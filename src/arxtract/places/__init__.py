"""Places: the gazetteer, finding its names in text, and telling which place a name stands for."""

from __future__ import annotations

from arxtract.document import Document
from arxtract.places.gazetteer import Candidate, country_of, lookup, place
from arxtract.places.linking import Linker, contains, link, parents
from arxtract.places.matching import Words, believed
from arxtract.records import Entity
from arxtract.text.normalise import normalise

__all__ = [
    "Candidate",
    "contains",
    "country_of",
    "find",
    "find_in",
    "link",
    "lookup",
    "parents",
    "place",
    "ranges",
]


def find(text: str) -> list[Entity]:
    """Return the places that ``text`` names, linked to the gazetteer, in order.

    Spans are offsets of ``text`` as given. A place's name inside the name of a body
    (سفارة المغرب) is found too: what a body is, only a recogniser of names knows.
    """
    return find_in(Document(normalise(text)))


def find_in(document: Document) -> list[Entity]:
    """Return the places that a document's text names, linked, with ids ``p1``, ``p2`` and so on."""
    linker = Linker(document)
    found: list[Entity] = []
    for number, match in enumerate(linker.context.matches, 1):
        span = document.span(match.start, match.end)
        best = linker.best(match.start, match.end, match.candidates)
        name = best.name
        found.append(
            Entity(
                id=f"p{number}",
                start=span.start,
                end=span.end,
                text=span.text,
                type="LOC",
                name=name,
                chain=best.id,
                place=best.record(),
            )
        )
    return found


def ranges(document: Document) -> list[tuple[int, int]]:
    """Return the clean ranges of a document that are believed to name places, in order."""
    return [(match.start, match.end) for match in believed(Words(document))]
