"""Titles and definite noun phrases, read from the units of a sentence.

Each function takes the units of a sentence and an index, and returns the index after what it
read; what it can't read it leaves alone. All look ahead a bounded number of nouns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from arxtract.names.titles import Lexicon, Title
from arxtract.names.units import Unit, proclitics
from arxtract.resources import REMEMBERED
from arxtract.text.clitics import lexical

Units = Sequence[Unit]

WAW = "\u0648"
FEMININE = "\u0629"  # ta marbuta
_ALEF = "\u0627"
_ARTICLE = "\u0627\u0644"
_NISBA = ("\u064a", "\u064a\u0629", "\u064a\u0648\u0646", "\u064a\u064a\u0646")
_ENDINGS = ("", FEMININE, _ALEF, "\u0627\u0646", "\u064a\u0646", "\u0648\u0646")
_LONGEST_CHAIN = 6
_LONGEST_QUOTE = 8
_DEEPEST = 3  # participles with a phrase that again has such a participle


@dataclass(frozen=True, slots=True)
class Head:
    """A title as it stands in the text."""

    title: Title
    accusative: bool
    """Written with the alef of the indefinite accusative: رئيسا."""
    start: int
    """Clean offset, conjunction and preposition outside."""
    definite: bool
    conjunction: str
    preposition: str


class NounGrammar:
    """The reader of titles and noun phrases over one lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._titles = lru_cache(maxsize=REMEMBERED)(self._find_titles)
        self.businesses = _without_feminine(self.words.portfolios)
        self.places = _without_feminine(self.words.bodies | self.words.fields)

    # -- words ------------------------------------------------------------------------------

    def is_business(self, units: Units, i: int) -> bool:
        """Whether a word is a field of business, or a body."""
        return units[i].base.removesuffix(FEMININE) in self.businesses or units[i].kind == "ORG"

    def is_place(self, units: Units, i: int) -> bool:
        """Whether a noun phrase is a name, a body, a place or a field of business."""
        if i >= len(units):
            return False
        unit = units[i]
        plain = unit.base.removesuffix(FEMININE)
        return (
            unit.is_name
            or unit.kind == "latin"
            or unit.is_quote
            or plain in self.places
            or self.is_business(units, i)
        )

    def head(self, units: Units, i: int, beside_name: bool = False) -> Head | None:
        """Return the title at ``i``, or None.

        Words that are titles only beside a name count if the caller saw to that.
        """
        unit = units[i]
        if unit.kind != "word":
            return None
        follower = units[i + 1] if i + 1 < len(units) else None
        offset = unit.start - unit.word_start
        for reading in self._titles(
            unit.whole, unit.base, offset, unit.conjunction, unit.preposition, unit.definite
        ):
            title, accusative = self.words.titles.get(reading.base), False
            if title and title.number == "plural" and follower and follower.preposition:
                title = None if reading.base.endswith(_ALEF) else title  # وزيرا للدفاع, not two
            if not title and not reading.definite and reading.base.endswith(_ALEF):
                title, accusative = self.words.titles.get(reading.base[:-1]), True
                if title and title.number == "plural":
                    title = None
            if not title:
                continue
            if self._is_something_else(reading.printed, follower, beside_name):
                return None
            return Head(
                title,
                accusative,
                unit.word_start + reading.start,
                reading.definite,
                reading.conjunction,
                reading.preposition,
            )
        return None

    def _find_titles(
        self,
        whole: str,
        base: str,
        offset: int,
        conjunction: str,
        preposition: str,
        definite: bool,
    ) -> tuple[_Reading, ...]:
        """Return the ways to cut a word that may leave a title."""
        titles = self.words.titles
        cuts = _readings(whole, base, offset, conjunction, preposition, definite)
        return tuple(cut for cut in cuts if cut.base in titles or cut.base[:-1] in titles)

    def _is_something_else(self, printed: str, follower: Unit | None, beside_name: bool) -> bool:
        words = self.words
        if printed in words.titles_beside_names:
            return not (beside_name or (follower is not None and follower.kind == "PER"))
        return printed in words.not_titles or (
            follower is not None and f"{printed} {follower.whole}" in words.not_titles
        )

    def is_adjective(self, unit: Unit, definite: bool) -> bool:
        """Whether a unit is an adjective of that definiteness, with no particle joined to it."""
        if unit.kind != "word" or unit.definite is not definite or not unit.bare():
            return False
        base, words = unit.base, self.words
        listed = any(base.removesuffix(ending) in words.adjectives for ending in _ENDINGS)
        if unit.whole in words.stops:
            return False
        if base in words.not_adjectives and not (definite and listed):
            return False
        if not definite and base in words.bodies:
            return False
        if listed:
            return True
        if definite:
            governs = base.removesuffix(FEMININE) in words.governing and base not in words.titles
            return governs or (len(base) > 3 and base.endswith(_NISBA))
        return len(base) > 3 and (base in words.nisbas or base.endswith(_NISBA[0]))

    def is_stop(self, unit: Unit) -> bool:
        """Whether no phrase goes on over this unit."""
        return unit.kind in ("punct", "number") or (
            unit.kind == "word" and lexical(unit.whole) in self.words.stops
        )

    def is_medium(self, units: Units, i: int) -> bool:
        """Whether the unit is a medium that is spoken to."""
        unit = units[i]
        return unit.base.partition(" ")[0] in self.words.media

    # -- noun phrases -----------------------------------------------------------------------

    def adjectives(self, units: Units, i: int, definite: bool = True, depth: int = 0) -> int:
        """Pass over adjectives, and over what a governing one brings (المكلف بالتنمية)."""
        while i < len(units) and self.is_adjective(units[i], definite):
            governs = units[i].base.removesuffix(FEMININE) in self.words.governing
            i += 1
            if governs and depth < _DEEPEST:
                i = self._governed(units, i, depth + 1)
        return i

    def _governed(self, units: Units, i: int, depth: int) -> int:
        if i >= len(units):
            return i
        preposition, begin = self.preposition(units, i)
        end = self.noun_phrase(units, begin, depth) if preposition else 0
        return self.joined(units, end, True) if end else i

    def noun_phrase(self, units: Units, i: int, depth: int = 0) -> int:
        """Return the end of a definite noun phrase that begins at ``i``, or 0 if none does.

        The first unit may have a preposition joined to it.
        """
        j = i
        while j < len(units) and j < i + _LONGEST_CHAIN:
            unit = units[j]
            if j > i and not unit.bare():
                return 0
            if unit.is_name:
                if unit.kind == "PER":  # حكومة مهدي جمعة
                    return j + 1 if j == i + 1 and units[i].base in self.words.headed else 0
                return self.adjectives(units, j + 1, depth=depth)
            if unit.is_quote:
                end = self.quoted(units, j)
                return self.adjectives(units, end, depth=depth) if end else 0
            if unit.kind == "latin":
                while j < len(units) and units[j].kind == "latin":
                    j += 1
                return j
            if self.is_stop(unit):
                return 0
            j += 1
            if unit.definite or unit.possessed:
                return self.adjectives(units, j, depth=depth)
        return 0

    def quoted(self, units: Units, i: int) -> int:
        """Return the end of a quotation short enough to be a name, or 0."""
        for j in range(i + 1, min(len(units), i + _LONGEST_QUOTE)):
            if units[j].is_quote:
                return j + 1 if j > i + 1 else 0
        return 0

    def joined(self, units: Units, i: int, business: bool, any_noun: bool = False) -> int:
        """Pass over businesses joined by و: والتعاون الإفريقي، وإصلاح الإدارة.

        With ``any_noun`` a definite noun phrase that is no known business will do.
        """
        while business and i < len(units):
            unit = units[i]
            if unit.conjunction != WAW or unit.preposition or unit.kind != "word":
                break
            known = unit.base.removesuffix(FEMININE) in self.businesses
            if not (known or any_noun):
                break
            if self.head(units, i):
                break
            end = self.noun_phrase(units, i)
            if not end:
                break
            i = end
        return i

    def preposition(self, units: Units, i: int) -> tuple[str, int]:
        """Return the preposition at ``i`` and where its object begins; "" where there is none."""
        unit = units[i]
        if unit.kind == "word" and lexical(unit.whole) in self.words.prepositions:
            return lexical(unit.whole), i + 1
        return ("", i) if unit.conjunction else (unit.preposition, i)


def _without_feminine(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.removesuffix(FEMININE) for word in words)


class _Reading(NamedTuple):
    """One way to cut a word: ``printed`` is what is left, from letter ``start`` on."""

    start: int
    printed: str
    base: str
    conjunction: str = ""
    preposition: str = ""
    definite: bool = False


def _readings(
    whole: str, base: str, offset: int, conjunction: str, preposition: str, definite: bool
) -> list[_Reading]:
    """Return how a word may be cut: the tokenizer's cut, the whole word, one or two letters off."""
    readings = [_Reading(offset, whole[offset:], base, conjunction, preposition, definite)]
    if base != lexical(whole):
        readings.append(_reading(whole, 0, "", ""))
    conjunction, preposition, _ = proclitics(lexical(whole[:2]))
    if conjunction:
        readings.append(_reading(whole, 1, conjunction, ""))
    if preposition:
        readings.append(_reading(whole, len(conjunction) + 1, conjunction, preposition))
    return readings


def _reading(whole: str, cut: int, conjunction: str, preposition: str) -> _Reading:
    printed = whole[cut:]
    base = lexical(printed)
    definite = base.startswith(_ARTICLE)
    return _Reading(cut, printed, base.removeprefix(_ARTICLE), conjunction, preposition, definite)
