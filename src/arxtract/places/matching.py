"""Place names in running text: whole words, proclitics cut at the right letter, longest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from arxtract.document import Document
from arxtract.places.cues import cues
from arxtract.places.gazetteer import Candidate, gazetteer, search_form
from arxtract.records import PlaceKind

_WORD = regex.compile(r"[\p{Arabic}--[\u0600-\u061f\u066a-\u066d\u06d4]]++", regex.V1)
_JOINT = regex.compile(r"[ ]?[-/]?[ ]?")
"""What may part the words of one name: بني ملال - خنيفرة."""
_DATELINE = regex.compile(r"[ ]?[-(:/,]|\u060c")
_LIST = regex.compile(r"[ ]*(?:\u060c|,|-|/)?[ ]*")


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


class _Words:
    """The words of a text, and which of them may open a place name."""

    __slots__ = ("_cache", "_index", "_openers", "spans", "text", "words")

    def __init__(self, search: str) -> None:
        self.text = search_form(search)
        self.spans: list[tuple[int, int]] = [m.span() for m in _WORD.finditer(self.text)]
        self.words: list[str] = [self.text[s:e] for s, e in self.spans]
        known = gazetteer()
        self._index, self._openers = known.index, known.openers
        self._cache: dict[str, tuple[Cut, ...]] = {}

    def openings(self, word: str) -> tuple[Cut, ...]:
        found = self._cache.get(word)
        if found is None:
            index, openers = self._index, self._openers
            found = tuple(c for c in cuts(word) if c.form in index or c.form in openers)
            self._cache[word] = found
        return found

    def longest(self, at: int, cut: Cut) -> tuple[int, str] | None:
        """Return how many words from ``at`` make the longest name that opens with ``cut``."""
        most = min(self._openers.get(cut.form, 1), len(self.words) - at)
        form, best = cut.form, None
        if form in self._index and (not cut.skip or len(form) > 2):
            best = (1, form)
        for count in range(2, most + 1):
            gap = self.text[self.spans[at + count - 2][1] : self.spans[at + count - 1][0]]
            if not gap or not _JOINT.fullmatch(gap):
                break
            form = f"{form} {self.words[at + count - 1]}"
            if form in self._index:
                best = (count, form)
        return best


def matches(document: Document) -> list[Match]:
    """Return every name of the gazetteer in the document's clean text, believed or not.

    Names do not overlap; offsets are clean. Linear in the length of the text.
    """
    words = _Words(document.search)
    found: list[Match] = []
    at = 0
    total = len(words.words)
    while at < total:
        best: tuple[int, str, Cut] | None = None
        for cut in words.openings(words.words[at]):
            name = words.longest(at, cut)
            if name is not None and (best is None or name[0] > best[0]):
                best = (*name, cut)
        if best is None:
            at += 1
            continue
        count, form, cut = best
        candidates = gazetteer().candidates(form)
        if not cut.skip and found and words.spans[at][0] - found[-1].end == 1:
            other = _other_reading(words, at, count, candidates, found[-1])
            if other is not None:
                form, cut = other
                candidates = gazetteer().candidates(form)
        start, end = words.spans[at][0] + cut.skip, words.spans[at + count - 1][1]
        before = words.words[at - 1] if at else ""
        if at and "\n" in words.text[words.spans[at - 1][1] : words.spans[at][0]]:
            before = ""
        found.append(Match(start, end, form, candidates, before, cut.placed))
        at += count
    return found


def _other_reading(
    words: _Words, at: int, count: int, whole: tuple[Candidate, ...], last: Match
) -> tuple[str, Cut] | None:
    """Read ``وجدة`` as ``و + جدة`` where it goes on a list of places of that one's country."""
    countries = {c.country for c in last.candidates}
    if countries & {c.country for c in whole}:
        return None
    for cut in words.openings(words.words[at]):
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
    if unit_kinds(match.before):
        return "!"
    if match.placed:
        return "?"
    for cut in cuts(match.before):
        if cut.form in cues().place_words:
            return "?"
    return ""


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
    if match.form in known.accusatives:
        head = text[max(0, match.start - 4) : match.start].rstrip()
        indefinite = before.endswith(known.accusative_ending) and before not in known.particles
        if head[-1:].isdigit():
            return True
        if indefinite and not any(cut.form in gazetteer().index for cut in cuts(before)):
            return head[-1:] == before[-1]
    if any(cut.form in known.bodies_before for cut in cuts(before)):
        return text[match.start - 1] == " "
    return text.startswith(known.bodies_after, match.end + 1)


def believed(document: Document) -> list[Match]:
    """Return those matches that are places by their form or by the words around them.

    A form that is also an ordinary word or a personal name needs a preposition, the name of a
    unit (مدينة, إقليم), the head of a dateline, or a neighbour in a list of places.
    """
    text = search_form(document.search)
    every = matches(document)
    kept: list[Match | None] = []
    for match in every:
        kept.append(None if _is_other(text, match) else _trusted(match, _asked_for(match)))
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
    return match._replace(candidates=candidates) if candidates else None


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
