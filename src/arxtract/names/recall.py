"""Second thoughts: names that the network missed or took for another type, and something knows.

The gazetteer knows places, the article the surnames of those whom it names in full. Where the
network is all but sure that a word is no name, it stays none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from arxtract import places
from arxtract.document import Document
from arxtract.names.agreement import Mention, with_article, without_article
from arxtract.names.proclitics import KNOWN, before_names
from arxtract.names.words import light
from arxtract.text.clitics import frequency
from arxtract.text.normalise import fold

_SURE = 0.95
"""Probability from which the network may make a place of an ordinary word."""
_LEAST_SCORE = 0.6
"""Probability from which a full name says whose surname it ends in."""

Range = tuple[int, int]


class Candidate(NamedTuple):
    """Words [first, last) of a sentence that may be a name: its clean offsets and its type."""

    first: int
    last: int
    start: int
    end: int
    type: str


class Memory:
    """What is known of the names of one article beside the network's words."""

    def __init__(self, document: Document, mentions: Iterable[Mention]) -> None:
        self._clean = document.clean
        self._surnames = surnames(mentions)
        self._places = places.ranges(document)

    def candidates(self, words: Sequence[Range]) -> Iterator[Candidate]:
        """Yield what may be names among the words of a sentence, given as clean ranges.

        Persons come before places: a surname may be a town's name too.
        """
        if self._surnames:
            for index, (start, end) in enumerate(words):
                for cut in self._cuts(light(self._clean[start:end])):
                    yield Candidate(index, index + 1, start + cut, end, "PER")
        starts = [start for start, _ in words]
        ends = {end: index for index, (_, end) in enumerate(words)}
        first = bisect_right(self._places, (words[0][0], 0))
        for start, end in self._places[first:]:
            if end > words[-1][1]:
                break
            if end in ends:
                yield Candidate(bisect_right(starts, start) - 1, ends[end] + 1, start, end, "LOC")

    def _cuts(self, word: str) -> Iterator[int]:
        """Yield the proclitics, as numbers of letters, behind which a word is a surname."""
        for cut in (0, 1, 2):
            if with_article(word[cut:]) in self._surnames and (
                cut == 0 or word[:cut] in before_names()
            ):
                yield cut


def surnames(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the last words of the persons who are named in full."""
    return frozenset(
        words[-1]
        for mention in mentions
        if mention.type == "PER" and mention.score >= _LEAST_SCORE
        for words in [with_article(mention.form).split()]
        if len(words) > 1
    )


def corrected(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with the type of those whose words say it.

    A lone surname of someone named in full is a person; what is called as a country is, is one.
    """
    persons = surnames(mentions)
    return [mention._replace(type=_type(mention, persons)) for mention in mentions]


def believable(mention: Mention) -> bool:
    """Say no of a lone ordinary word that is taken for a place no gazetteer knows (``غابة``)."""
    return (
        mention.type != "LOC"
        or mention.score >= _SURE
        or " " in mention.form
        or frequency(without_article(mention.form)) < KNOWN
        or bool(places.lookup(fold(mention.form)))
    )


def _type(mention: Mention, persons: frozenset[str]) -> str:
    if with_article(mention.form) in persons:
        return "PER"
    if mention.type != "LOC" and _is_country(mention.form):
        return "LOC"
    return mention.type


def _is_country(form: str) -> bool:
    return any(place.kind == "country" for place in places.lookup(fold(form)))
