"""The grammar of an office: where the phrase that begins with a title ends.

An office is a title with what belongs to it: a chain of nouns closed by a definite noun or a
name, adjectives that agree, phrases with ل ب لدى and the like as the title takes them, and
businesses joined by و. Each function takes the units of a sentence and an index, and returns the
index after what it read; what it can't read it leaves alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arxtract.names.titles import Lexicon, Title, offices_lexicon
from arxtract.names.units import Unit, proclitics
from arxtract.text.clitics import lexical

Units = Sequence[Unit]

_LAM, _BA, _WAW = "\u0644", "\u0628", "\u0648"
_ALEF = "\u0627"
_ARTICLE = _ALEF + _LAM
_FI = "\u0641\u064a"
_AN = "\u0639\u0646"
_FEMININE = "\u0629"  # ta marbuta
_NISBA = ("\u064a", "\u064a\u0629", "\u064a\u0648\u0646", "\u064a\u064a\u0646")
_PRONOUN = "\u0647"
_LONGEST_CHAIN = 6
_LONGEST_QUOTE = 8
_LONGEST_HONOUR = 6


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """An office as it stands in the text, by unit indices."""

    head: Head
    first: int
    end: int
    definite: bool
    objects: tuple[tuple[int, str], ...]
    """Where each noun phrase in it begins, and the preposition that joins it ("" for a genitive)."""


class Grammar:
    """The reader of offices over one lexicon."""

    def __init__(self, words: Lexicon | None = None) -> None:
        self.words = words or offices_lexicon()
        self._businesses = _without_feminine(self.words.portfolios)
        self._places = _without_feminine(self.words.bodies | self.words.fields)

    # -- words ------------------------------------------------------------------------------

    def head(self, units: Units, i: int) -> Head | None:
        """Return the title at ``i``, or None."""
        unit = units[i]
        if unit.kind != "word":
            return None
        follower = units[i + 1] if i + 1 < len(units) else None
        named = follower is not None and follower.is_name
        for reading in _readings(unit):
            title, accusative = self.words.titles.get(reading.base), False
            if not title and not reading.definite and reading.base.endswith(_ALEF):
                title, accusative = self.words.titles.get(reading.base[:-1]), True
                if title and title.number == "plural":
                    title = None
            if not title:
                continue
            if not self._is_something_else(reading.printed, follower, named):
                return Head(
                    title, accusative, reading.start, reading.definite, reading.conjunction,
                    reading.preposition,
                )  # fmt: skip
            return None
        return None

    def _is_something_else(self, printed: str, follower: Unit | None, named: bool) -> bool:
        words = self.words
        if printed in words.not_titles:
            return not (named and printed in words.titles_beside_names)
        return follower is not None and f"{printed} {follower.whole}" in words.not_titles

    def is_adjective(self, unit: Unit, definite: bool) -> bool:
        """Whether a unit is an adjective of that definiteness, with no particle joined to it."""
        if unit.kind != "word" or unit.definite is not definite or not unit.bare():
            return False
        base, words = unit.base, self.words
        if (unit.whole in words.stops) or base in words.not_adjectives:
            return False
        if not definite and base in words.bodies:
            return False
        plain = base.removesuffix(_FEMININE)
        if plain in words.adjectives or base in words.adjectives:
            return True
        if base.removesuffix(_ALEF) in words.adjectives and not definite:
            return True
        return len(base) > 3 and base.endswith(_NISBA) and (definite or base in words.nisbas
                                                           or base.endswith(_NISBA[0]))  # fmt: skip

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

    def adjectives(self, units: Units, i: int, definite: bool = True) -> int:
        """Pass over adjectives, and over what a governing one brings (المكلف بالتنمية)."""
        while i < len(units) and self.is_adjective(units[i], definite):
            governs = units[i].base.removesuffix(_FEMININE) in self.words.governing
            i += 1
            if governs:
                i = self._governed(units, i)
        return i

    def _governed(self, units: Units, i: int) -> int:
        if i >= len(units):
            return i
        preposition, begin = self._preposition(units, i)
        end = self.noun_phrase(units, begin) if preposition else 0
        return self.joined(units, end, True) if end else i

    def noun_phrase(self, units: Units, i: int) -> int:
        """Return the end of a definite noun phrase that begins at ``i``, or 0 if none does.

        The first unit may have a preposition joined to it.
        """
        j = i
        while j < len(units) and j < i + _LONGEST_CHAIN:
            unit = units[j]
            if j > i and not unit.bare():
                return 0
            if unit.is_name:
                return 0 if unit.kind == "PER" else self.adjectives(units, j + 1)
            if unit.is_quote:
                end = self.quoted(units, j)
                return self.adjectives(units, end) if end else 0
            if unit.kind == "latin":
                while j < len(units) and units[j].kind == "latin":
                    j += 1
                return j
            if self.is_stop(unit):
                return 0
            j += 1
            if unit.definite:
                return self.adjectives(units, j)
        return 0

    def quoted(self, units: Units, i: int) -> int:
        """Return the end of a quotation short enough to be a name, or 0."""
        for j in range(i + 1, min(len(units), i + _LONGEST_QUOTE)):
            if units[j].is_quote:
                return j + 1 if j > i + 1 else 0
        return 0

    def joined(self, units: Units, i: int, business: bool) -> int:
        """Pass over businesses joined by و: والتعاون الإفريقي، وإصلاح الإدارة."""
        while business and i < len(units):
            unit = units[i]
            if unit.conjunction != _WAW or unit.preposition or unit.kind != "word":
                break
            if unit.base.removesuffix(_FEMININE) not in self._businesses:
                break
            if self.head(units, i):
                break
            end = self.noun_phrase(units, i)
            if not end:
                break
            i = end
        return i

    # -- people beside the office -----------------------------------------------------------

    def person_after(self, units: Units, i: int) -> tuple[int, bool] | None:
        """Return the index of the person that is named at ``i`` and whether a comma stands before.

        Honorifics, ranks and phrases of honour are passed over.
        """
        comma = False
        limit = i + _LONGEST_HONOUR + 1
        while i < len(units) and i < limit:
            unit = units[i]
            if unit.kind == "PER":
                if unit.conjunction or unit.preposition:
                    return None
                return i, comma
            if (
                unit.kind == "punct"
                and unit.base in (",", "\u060c", "-", ":", "\u061b")
                and not comma
            ):
                comma = True
                i += 1
            elif unit.kind == "punct" and unit.base in ("/", ".", '"', "(") and not comma:
                i += 1
            else:
                step = self.honour(units, i)
                if step == i:
                    return None
                i = step
        return None

    def honour(self, units: Units, i: int) -> int:
        """Pass over one honorific, rank or phrase of honour at ``i``."""
        unit = units[i]
        if unit.kind != "word" or unit.conjunction:
            return i
        for phrase in self.words.honours.get(lexical(unit.whole), ()):
            if i + len(phrase) <= len(units) and phrase == tuple(
                lexical(units[i + k].whole) for k in range(len(phrase))
            ):
                return i + len(phrase)
        head = self.head(units, i)
        if (
            head
            and head.definite
            and head.title.kind in ("honorific", "rank", "noble", "profession")
        ):
            return self.adjectives(units, i + 1)
        return i

    def person_before(self, units: Units, i: int) -> tuple[int, bool] | None:
        """Return the index of the person just before ``i`` and whether a comma stands between."""
        comma = False
        i -= 1
        while i >= 0 and units[i].kind == "punct" and not comma:
            if units[i].base not in (",", "\u060c", "-", "(", "\u061b"):
                if units[i].is_quote and i and units[i - 1].kind == "PER":
                    i -= 1
                    continue
                return None
            comma = True
            i -= 1
        if i >= 0 and units[i].kind == "PER":
            return i, comma
        return None

    # -- the office -------------------------------------------------------------------------

    def phrase(self, units: Units, i: int) -> Phrase | None:
        """Read the office that begins at ``i``, or None if no title stands there."""
        head = self.head(units, i)
        if not head:
            return None
        appositive = self.person_before(units, i) is not None
        objects: list[tuple[int, str]] = []
        definite = head.definite
        j = i + 1
        strong = definite
        if definite:
            j = self.adjectives(units, j)
        else:
            k = self.adjectives(units, j, definite=False)
            end = self.noun_phrase(units, k) if k < len(units) and units[k].bare() else 0
            if not end and k > j:
                k -= 1  # the last adjective may have been a noun of the chain
                end = self.noun_phrase(units, k) if units[k].bare() else 0
                k = k if end else k + 1
            if (
                not end and k == i + 1 and k < len(units) and units[k].kind == "PER"
                and units[k].bare() and head.title.number == "singular" and not head.accusative
            ):  # fmt: skip
                end = k + 1  # a bare title and a name: the person whom he serves
            if end and not head.accusative:
                objects.append((k, ""))
                definite, j, strong = True, end, k > j
            else:
                j, strong = self._indefinite(units, k, appositive), k > j
        j = self._complements(units, i, j, head, strong, appositive, objects)
        return Phrase(head, i, j, definite, tuple(objects))

    def _indefinite(self, units: Units, i: int, appositive: bool) -> int:
        """Pass over the bare nouns of an indefinite office in apposition: مساعد مدرب."""
        j = i
        if i < len(units) and self.head(units, i) and units[i].bare() and not units[i].definite:
            i += 1
        while j < len(units) and j < i + 3:
            unit = units[j]
            if unit.kind != "word" or not unit.bare() or unit.definite or self.is_stop(unit):
                break
            j += 1
        return j if appositive and self.tight(units, j) else i

    def tight(self, units: Units, i: int) -> bool:
        """Whether the phrase before ``i`` can only end there: comma, bracket, name, end."""
        if i >= len(units):
            return True
        unit = units[i]
        if unit.kind == "punct":
            return not unit.is_quote
        if lexical(unit.whole) in self.words.complementisers:
            return True
        return self.person_after(units, i) is not None or (
            unit.conjunction == _WAW and self.head(units, i) is not None
        )

    def _complements(
        self, units: Units, first: int, i: int, head: Head, strong: bool, appositive: bool,
        objects: list[tuple[int, str]],
    ) -> int:  # fmt: skip
        """Pass over the phrases with a preposition, and what و joins, that belong to the office."""
        local = lexical(head.title.lemma) in self.words.local_heads or any(
            u.base.removesuffix(_FEMININE) in self.words.local_adjectives
            for u in units[first + 1 : i]
        )
        sure = i
        while i < len(units):
            unit = units[i]
            if unit.conjunction:
                end = self._coordinated(units, first, i, head, appositive)
                if not end:
                    break
                objects.append((i, _WAW))
                i = sure = end
                continue
            preposition, begin = self._preposition(units, i)
            if not preposition:
                break
            end = self._object(units, begin)
            if not end:
                break
            takes = preposition in head.title.takes
            if preposition == _LAM:
                fits = self._takes_lam(units, begin, end, head, strong)
            elif preposition in (_BA, _FI) or takes:
                near = takes and (local or preposition not in (_BA, _FI))
                near = near or (takes and appositive and units[begin].kind == "ORG")
                fits = near or (self.tight_after(units, end) and (takes or appositive))
                fits = fits or self._before_name(units, end)
                if preposition in (_BA, _FI, _AN):
                    fits = fits and self._is_place(units, begin)
            else:
                fits = False
            if not fits:
                break
            objects.append((begin, preposition))
            i = sure = end
        return sure

    def _before_name(self, units: Units, i: int) -> bool:
        after = self.person_after(units, i)
        return after is not None and not after[1]

    def tight_after(self, units: Units, i: int) -> bool:
        """Whether the phrase is tight at ``i``, or goes on with one more preposition and then is."""
        if self.tight(units, i):
            return True
        preposition, begin = self._preposition(units, i)
        end = self._object(units, begin) if preposition else 0
        return bool(end) and self.tight(units, end)

    def _preposition(self, units: Units, i: int) -> tuple[str, int]:
        """Return the preposition at ``i`` and where its object begins; "" where there is none."""
        unit = units[i]
        if unit.kind == "word" and lexical(unit.whole) in self.words.prepositions:
            return lexical(unit.whole), i + 1
        return ("", i) if unit.conjunction else (unit.preposition, i)

    def _object(self, units: Units, i: int) -> int:
        """Return the end of the object of a preposition, businesses joined to it included."""
        end = self.noun_phrase(units, i) if i < len(units) else 0
        return self.joined(units, end, self._is_business(units, i)) if end else 0

    def _is_business(self, units: Units, i: int) -> bool:
        return units[i].base.removesuffix(_FEMININE) in self._businesses or units[i].kind == "ORG"

    def _is_place(self, units: Units, i: int) -> bool:
        """Whether a noun phrase is a name, a body, a place or a field of business."""
        unit = units[i]
        plain = unit.base.removesuffix(_FEMININE)
        return (
            unit.is_name
            or unit.kind == "latin"
            or unit.is_quote
            or plain in self._places
            or self._is_business(units, i)
        )

    def _takes_lam(self, units: Units, i: int, end: int, head: Head, strong: bool) -> bool:
        if self.is_medium(units, i):
            return lexical(head.title.lemma) in self.words.media_heads
        unit = units[i]
        known = (
            unit.kind in ("ORG", "LOC", "MISC")
            or self._is_business(units, i)
            or unit.base in self.words.bodies
            or self.head(units, i) is not None
        )
        return known or strong or self.tight(units, end)

    def _coordinated(self, units: Units, first: int, i: int, head: Head, appositive: bool) -> int:
        """Return the end of what و joins to the office at ``i``, or 0."""
        unit = units[i]
        if unit.conjunction != _WAW or unit.preposition:
            return 0
        if unit.kind == "ORG" and units[i - 1].kind in ("ORG", "word"):
            end = self.adjectives(units, i + 1)
            after = self.person_after(units, end)
            if appositive and self.tight(units, end) and units[i - 1].kind == "ORG":
                return end
            return end if after else 0
        other = self.head(units, i)
        if other and other.title == head.title and head.title.number == "singular":
            phrase = self.phrase(units, i)
            if phrase and phrase.definite and phrase.end > i + 1:
                after = self.person_after(units, phrase.end)
                if (appositive and self.tight(units, phrase.end)) or after:
                    return phrase.end
            return 0
        if other:
            return 0
        k = i - 1
        while k > first and not units[k].conjunction and not self._is_business(units, k):
            k -= 1
        return (
            (self.joined(units, i, True) if k > first else i)
            if self.joined(units, i, k > first) > i
            else 0
        )


def _without_feminine(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.removesuffix(_FEMININE) for word in words)


class _Reading(NamedTuple):
    """One way to cut a word; ``printed`` is the word without its conjunction and preposition."""

    start: int
    printed: str
    base: str
    conjunction: str = ""
    preposition: str = ""
    definite: bool = False


def _readings(unit: Unit) -> list[_Reading]:
    """Return how a word may be cut: the tokenizer's cut, the whole word, one or two letters off."""
    offset = unit.start - unit.word_start
    readings = [
        _Reading(
            unit.start, unit.whole[offset:], unit.base, unit.conjunction, unit.preposition,
            unit.definite,
        )
    ]  # fmt: skip
    if unit.base != lexical(unit.whole):
        readings.append(_reading(unit, 0, "", ""))
    conjunction, preposition, _ = proclitics(lexical(unit.whole[:2]))
    if conjunction:
        readings.append(_reading(unit, 1, conjunction, ""))
    if preposition:
        readings.append(_reading(unit, len(conjunction) + 1, conjunction, preposition))
    return readings


def _reading(unit: Unit, cut: int, conjunction: str, preposition: str) -> _Reading:
    printed = unit.whole[cut:]
    base = lexical(printed)
    definite = base.startswith(_ARTICLE)
    return _Reading(
        unit.word_start + cut, printed, base.removeprefix(_ARTICLE), conjunction, preposition,
        definite,
    )  # fmt: skip
