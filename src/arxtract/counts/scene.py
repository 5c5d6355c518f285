"""What the rules of counting share while they read one sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from fractions import Fraction

from arxtract.counts import affixes, bounds, context, nouns, units
from arxtract.counts.context import Phrase
from arxtract.counts.heads import Head, Heads
from arxtract.counts.line import Line
from arxtract.counts.numbers import Reading
from arxtract.document import Document
from arxtract.records import Bound, UnitClass

Unit = tuple[str, UnitClass]

_TOTAL_REACH = 6  # words between عدد and its number
_HISTORY = 10  # quantities back that others and منهم may mean
_UNCOUNTED = ("share", "money", "measure")


@dataclass(slots=True)
class Counted:
    """A quantity in the making: indices of words, clean offsets."""

    first: int
    last: int
    start: int
    end: int
    value: int | float | None
    unit: str | None
    unit_class: UnitClass
    bound: Bound | None = "exact"
    low: int | float | None = None
    high: int | float | None = None
    whole: int | None = None
    """Index of the quantity that contains it."""
    measure: units.Measure | None = None


@dataclass(slots=True)
class Scene:
    """A sentence: its words, its numbers by first word, and all quantities found so far."""

    document: Document
    line: Line
    readings: dict[int, Reading]
    heads: Heads
    found: list[Counted]
    base: int
    """Where this sentence's quantities begin in ``found``."""
    dated: list[tuple[int, int]]
    vocalised: bool
    """Whether the text has any sukun."""
    known: context.Context = field(default_factory=context.load)
    nouns: nouns.Nouns = field(default_factory=nouns.load)
    letters: affixes.Affixes = field(default_factory=affixes.load)

    # -- places --------------------------------------------------------------------------------

    def is_dated(self, start: int, end: int) -> bool:
        """Whether a date overlaps; ``dated`` is in order and without overlaps of its own."""
        place = bisect_left(self.dated, (end, 0))
        return place > 0 and self.dated[place - 1][1] > start

    def is_free(self, start: int, end: int) -> bool:
        """Whether neither a date nor the quantity before overlaps."""
        taken = len(self.found) > self.base and start < self.found[-1].end
        return not taken and not self.is_dated(start, end)

    def is_vocalised(self, i: int) -> bool:
        """Whether word ``i`` is printed with a sukun."""
        start, end = self.line.words[i].start, self.line.words[i].end
        text = self.document.text
        first, last = text.starts[start], text.ends[end - 1]
        return last - first > end - start and self.letters.sukun in text.raw[first:last]

    def is_dashed(self, i: int) -> bool:
        """Whether a tatweel that stands alone, as a dash, parts word ``i`` from the last."""
        if not self.line.near(i):
            return False
        end, start = self.line.words[i - 1].end, self.line.words[i].start
        text = self.document.text
        return text.raw[text.ends[end - 1] : text.starts[start]].strip() == self.letters.tatweel

    def opening(self, reading: Reading) -> int:
        """Return the index of the number's first word, a lone proclitic before it included."""
        i = reading.first
        return i - 1 if i and self.line.near(i) and self.is_lone(i - 1) else i

    def is_lone(self, i: int) -> bool:
        """Whether word ``i`` is nothing but proclitics: و in ``و 20``, ب in ``بـ24``."""
        text = self.line.text(i)
        return text in self.letters.proclitics or text in self.letters.articles

    def opener(self, i: int, known: tuple[Phrase, ...]) -> bool:
        """Whether one of ``known`` phrases ends right before word ``i``."""
        return self.line.ends(i, known, ":") is not None

    def word_start(self, i: int, skip: int = 0) -> int:
        return self.line.words[i].start + skip

    # -- units ---------------------------------------------------------------------------------

    def last_unit(self, *, people: bool = False) -> Unit | None:
        """Return the unit last counted in this sentence; of ``people`` (masculine, as منهم is)
        also in the sentences before."""
        since = 0 if people else self.base
        for counted in reversed(self.found[max(since, len(self.found) - _HISTORY) :]):
            if counted.unit is None or counted.unit_class in _UNCOUNTED:
                continue
            if not people:
                return counted.unit, counted.unit_class
            if counted.unit_class == "person" and not counted.unit.endswith(self.letters.feminine):
                return counted.unit, "person"
        return None

    def of_people(self, text: str) -> bool:
        """Whether a word ends in a pronoun for people: منهم, عددهن."""
        return text.endswith(self.letters.people_pronouns)

    # -- bounds --------------------------------------------------------------------------------

    def bounded(self, counted: Counted, first: int) -> Counted:
        """Add the bound that the words around say, and let the span take them in."""
        found = bounds.before(self.line, first)
        if found is not None and self.line.text(found.first - 1) in self.known.heading:
            return counted
        if found is None:
            found = bounds.verb_before(self.line, first)
        if found is not None:
            counted.bound, counted.start, counted.first = found.bound, found.edge, found.first
            return counted
        found = bounds.after(self.line, counted.last)
        if found is not None:
            counted.bound, counted.end, counted.last = found.bound, found.edge, found.first
        return counted

    # -- what a number is not ------------------------------------------------------------------

    def is_hard_label(self, first: int) -> bool:
        """Whether a word right before says that the number is a name: رقم 35.20."""
        return self.line.near(first, "(:-") and self.line.text(first - 1) in self.known.hard_labels

    def is_label(self, first: int) -> bool:
        """Whether a definite label stands right before: المادة 5, للمرة الـ33."""
        if not self.line.near(first, "(:"):
            return False
        text = self.line.text(first - 1)
        found = affixes.article(text)
        return found is not None and text[len(found[0]) :] in self.known.labels

    def is_score(self, last: int, first: int) -> bool:
        """Whether goals are a result: بهدفين لواحد, ثمانية أهداف مقابل هدفين."""
        if self.line.near(last):
            after = self.line.text(last)
            if after in self.known.score_words:
                return True
            if after.startswith(self.letters.giver):
                rest = after[len(self.letters.giver) :]
                return last in self.readings or rest in self.known.goals
        if not self.line.near(first):
            return False
        before = self.nouns.plurals.get(self.line.text(first - 1))
        if before is not None and before.singular in self.known.score_nouns:
            return True
        return self.line.text(first - 1) in self.known.score_words

    def is_total(self, first: int) -> bool:
        """Whether عدد stands some words before: عدد المخالفات للقرار 30."""
        before = range(max(0, first - _TOTAL_REACH), first)
        return any(affixes.bare(self.line.text(i), self.known.counting) for i in before)

    def agrees(self, reading: Reading, head: Head) -> bool:
        """Whether the noun shows that it is counted: 34 مدربا, 3 فقرات, but not 30 هدف."""
        text = self.line.text(reading.last)
        if 3 <= reading.number.value <= 10 and text in self.nouns.plurals:
            return True
        if text in self.nouns.singulars:
            return text.endswith(self.letters.accusative)
        return head.unit_class in _UNCOUNTED


def as_number(value: Fraction) -> int | float:
    """Return an int where the value is whole."""
    return int(value) if value.denominator == 1 else float(value)


def times(value: int | float, factor: Fraction) -> int | float:
    """Multiply without the rounding of floats: 7.2 % is 0.072."""
    return as_number(Fraction(str(value)) * factor)
