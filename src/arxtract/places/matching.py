"""Place names in running text: whole words, proclitics cut at the right letter, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import regex

from arxtract.document import Document
from arxtract.places.cues import cues
from arxtract.places.gazetteer import Candidate, deepen, gazetteer, nationalities
from arxtract.records import PlaceKind
from arxtract.resources import REMEMBERED

_GAP = re.compile(r"([^\u0620-\u065f\u066e-\u06d3\u06d5-\u06ff\u0750-\u077f]+)")
"""What stands between two words; re is faster here."""
_LONGEST_REMEMBERED = 24  # letters
_JOINT = regex.compile(r"[ ]?[-/]?[ ]?")
"""What may part the words of one name: بني ملال - خنيفرة."""
_DATELINE = regex.compile(r"[ ]?[-(:/,]|\u060c")
_LIST = regex.compile(r"[ ]*+(?:\u060c|,|-|/)?+[ ]*+")


class Cut(NamedTuple):
    """A word without its proclitics: how many letters went, whether one asks for a place."""

    skip: int
    form: str
    placed: bool


class Match(NamedTuple):
    """A place name found: clean offsets, what it may stand for, and the words around it."""

    start: int
    end: int
    form: str
    candidates: tuple[Candidate, ...]
    before: str
    """Search form of the word before the name, with its proclitics; empty at a line's head."""
    placed: bool
    """A preposition of place is written onto the name."""


def cuts(word: str) -> Iterator[Cut]:
    """Yield the ways to read ``word`` (search form): whole, then with proclitics cut off.

    ``للمغرب`` gives ``المغرب`` with ``skip`` 1: the name begins at the second lam.
    """
    known = cues()
    yield Cut(0, word, False)
    starts = [0]
    if len(word) > 2 and word[0] in known.conjunctions:
        yield Cut(1, word[1:], False)
        starts.append(1)
    for at in starts:
        if len(word) - at < 3 or word[at] not in known.prepositions:
            continue
        placed = word[at] in known.place_prepositions
        rest = word[at + 1 :]
        yield Cut(at + 1, rest, placed)
        if len(rest) > 2 and word[at] == known.merged_article and rest[0] == known.merged_article:
            yield Cut(at + 1, known.article[0] + rest, placed)


class _Reading(NamedTuple):
    """Those cuts of a word that open a place's name, and the state whose adjective it is."""

    openings: tuple[Cut, ...]
    country: str | None


class _Readings(dict[str, _Reading | None]):
    """The readings of words met so far, None for most: a cache, for speed alone."""

    def __missing__(self, word: str) -> _Reading | None:
        known, adjectives = gazetteer(), nationalities()
        ways = tuple(cuts(word))
        openings = tuple(c for c in ways if c.form in known.index or c.form in known.openers)
        country = next((adjectives[c.form] for c in ways if c.form in adjectives), None)
        reading = _Reading(openings, country) if openings or country else None
        if len(self) < REMEMBERED and len(word) <= _LONGEST_REMEMBERED:
            self[word] = reading
        return reading


_READINGS = _Readings()


class Words:
    """The words of a document in the gazetteer's search form, with their clean offsets."""

    __slots__ = ("readings", "starts", "text", "words")

    def __init__(self, document: Document) -> None:
        self.text = deepen(document.search)
        pieces = _GAP.split(self.text)  # words and gaps by turns
        inner = slice(0 if pieces[0] else 2, len(pieces) if pieces[-1] else -1, 2)
        self.words: list[str] = pieces[inner]
        self.starts: list[int] = list(accumulate(map(len, pieces), initial=0))[:-1][inner]
        readings = map(_READINGS.__getitem__, self.words)
        self.readings: list[tuple[int, _Reading]] = [
            (at, reading) for at, reading in enumerate(readings) if reading is not None
        ]
        """Where the words stand that open a name or tell a nationality."""

    def longest(self, at: int, cut: Cut) -> tuple[int, str] | None:
        """Return how many words from ``at`` make the longest name that opens with ``cut``."""
        known = gazetteer()
        most = min(known.openers.get(cut.form, 1), len(self.words) - at)
        form, best = cut.form, None
        if form in known.index and (not cut.skip or len(form) > 2):
            best = (1, form)
        for count in range(2, most + 1):
            gap = self.text[self.end(at + count - 2) : self.starts[at + count - 1]]
            if gap != " " and (not gap or not _JOINT.fullmatch(gap)):
                break
            form = f"{form} {self.words[at + count - 1]}"
            if form in known.index:
                best = (count, form)
        return best

    def end(self, at: int) -> int:
        """Return the clean offset after the word at ``at``."""
        return self.starts[at] + len(self.words[at])

    def before(self, at: int) -> str:
        """Return the word before the one at ``at`` on its line, or nothing."""
        if not at or "\n" in self.text[self.end(at - 1) : self.starts[at]]:
            return ""
        return self.words[at - 1]


def matches(words: Words) -> list[Match]:
    """Return every name of the gazetteer among the words of a text, believed or not.

    Names do not overlap. Linear in the length of the text.
    """
    found: list[Match] = []
    upto = 0
    for at, reading in words.readings:
        if at < upto:
            continue
        best: tuple[int, str, Cut] | None = None
        for cut in reading.openings:
            name = words.longest(at, cut)
            if name is not None and (best is None or name[0] > best[0]):
                best = (*name, cut)
        if best is None:
            continue
        count, form, cut = best
        candidates = gazetteer().candidates(form)
        if not cut.skip and found and words.starts[at] - found[-1].end == 1:
            other = _other_reading(words, at, count, candidates, found[-1])
            if other is not None:
                form, cut = other
                candidates = gazetteer().candidates(form)
        start, end = words.starts[at] + cut.skip, words.end(at + count - 1)
        found.append(Match(start, end, form, candidates, words.before(at), cut.placed))
        upto = at + count
    return found


def _other_reading(
    words: Words, at: int, count: int, whole: tuple[Candidate, ...], last: Match
) -> tuple[str, Cut] | None:
    """Read ``وجدة`` as ``و + جدة`` where it goes on a list of places of that one's country."""
    countries = {c.country for c in last.candidates}
    if countries & {c.country for c in whole}:
        return None
    reading = _READINGS[words.words[at]]
    for cut in reading.openings if reading is not None else ():
        if cut.skip == 1 and words.words[at][0] in cues().conjunctions:
            name = words.longest(at, cut)
            if name is not None and name[0] == count:
                others = {c.country for c in gazetteer().candidates(name[1]) if not c.trust}
                return (name[1], cut) if countries & others else None
    return None


@lru_cache(maxsize=4096)
def unit_kinds(word: str) -> frozenset[PlaceKind]:
    """Return the kinds of place that the common noun ``word`` (search form) announces."""
    units = cues().units
    for cut in cuts(word):
        for form in (cut.form, cut.form.removeprefix(cues().article)):
            if form in units:
                return units[form]
    return frozenset()


def _asked_for(match: Match) -> str:
    """Return the trust that the words before a name earn it: ``!``, ``?`` or none."""
    if match.placed:
        return "?"
    if unit_kinds(match.before):
        return "!"
    return "?" if _asks_for_place(match.before) else ""


@lru_cache(maxsize=4096)
def _asks_for_place(word: str) -> bool:
    return any(cut.form in cues().place_words for cut in cuts(word))


@lru_cache(maxsize=4096)
def _is_definite(word: str) -> bool:
    return any(cut.form.startswith(cues().article) for cut in cuts(word) if len(cut.form) > 4)


@lru_cache(maxsize=4096)
def _makes_body(word: str) -> bool:
    return any(cut.form in cues().bodies_before for cut in cuts(word))


def _is_other(text: str, match: Match) -> bool:
    """Whether the form is an adjective here, or a part of the name of a club, paper or school."""
    known = cues()
    if text.startswith(known.idioms, match.start):
        return True
    if match.placed:
        return False
    before = match.before
    if match.form in known.adjectives and not before.startswith(known.article):
        return before.endswith(known.feminine_endings)
    if match.form in known.definite_adjectives:
        return text[match.start - 1] == " " and _is_definite(before)
    if match.form in known.accusatives:
        head = text[max(0, match.start - 4) : match.start].rstrip()
        indefinite = before.endswith(known.accusative_ending) and before not in known.particles
        if head[-1:].isdigit():
            return True
        if indefinite and not any(cut.form in gazetteer().index for cut in cuts(before)):
            return head[-1:] == before[-1]
    if _makes_body(before):
        return text[match.start - 1] == " "
    return text.startswith(known.bodies_after, match.end + 1)


def believed(words: Words) -> list[Match]:
    """Return those matches that are places by their form or by the words around them.

    A form that is also an ordinary word or a personal name needs a preposition, the name of a
    unit (مدينة, إقليم), the head of a dateline, or a neighbour in a list of places.
    """
    text = words.text
    every = matches(words)
    kept: list[Match | None] = []
    for match in every:
        earned = "!" if _is_held(text, match) else _asked_for(match)
        kept.append(None if _is_other(text, match) else _trusted(match, earned))
        if kept[-1] is None and not match.before and _heads_line(text, match):
            kept[-1] = _trusted(match, "!")
    order = range(len(every))
    for step, indices in ((-1, order), (1, reversed(order))):
        for i in indices:
            if kept[i] is None and 0 <= i + step < len(every) and not _is_other(text, every[i]):
                neighbour = kept[i + step]
                if neighbour is not None and _listed(text, every[i], neighbour):
                    kept[i] = _near(every[i], neighbour)
    return [match for match in kept if match is not None]


def _trusted(match: Match, earned: str) -> Match | None:
    """Keep those candidates whose form needs no more than the words around it give."""
    enough = {"": ("",), "?": ("", "?"), "!": ("", "?", "!")}[earned]
    candidates = tuple(c for c in match.candidates if c.trust in enough)
    if len(candidates) == len(match.candidates):
        return match
    return match._replace(candidates=candidates) if candidates else None


def _is_held(text: str, match: Match) -> bool:
    """Whether the words after the name say what it lies in: بإقليم, بولاية, التابعة."""
    after = text[match.end : match.end + 12].split(" ", 2)
    return len(after) == 3 and not after[0] and len(after[1]) > 4 and after[1] in cues().holders


def _heads_line(text: str, match: Match) -> bool:
    line_head = text.rfind("\n", 0, match.start) + 1
    head = text[line_head : match.start].strip()
    return not head and _DATELINE.match(text, match.end) is not None


def _listed(text: str, one: Match, other: Match) -> bool:
    """Whether two names stand side by side in a list: طنجة والعيون, طنجة، العيون."""
    first, second = (one, other) if one.start < other.start else (other, one)
    gap = text[first.end : second.start]
    if gap and gap[-1] in cues().conjunctions:
        gap = gap[:-1]
    elif not gap.strip():
        return False
    return _LIST.fullmatch(gap) is not None


def _near(match: Match, neighbour: Match) -> Match | None:
    countries = {c.country for c in neighbour.candidates}
    states = any(c.kind == "country" for c in neighbour.candidates)
    candidates = tuple(
        c
        for c in match.candidates
        if c.trust != "x" and (c.country in countries or (states and c.kind == "country"))
    )
    return match._replace(candidates=candidates) if candidates else None
