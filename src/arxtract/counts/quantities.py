"""From numbers to quantities: what each number counts, and which numbers count nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from arxtract.counts import bounds, context, nouns, units
from arxtract.counts.context import Line
from arxtract.counts.heads import Head, Heads
from arxtract.counts.numbers import Reading, read
from arxtract.counts.words import split
from arxtract.document import Document
from arxtract.records import Bound, DateMention, Quantity, UnitClass

_YEARS = range(1900, 2101)
_HISTORY = 10  # quantities back that others and منهم may mean
_MAX_BACK = 3  # words between a definite plural and its number


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


def find_in(document: Document, dates: Sequence[DateMention]) -> list[Quantity]:
    """Return the quantities of the document's sentences, none of which overlaps a date."""
    dated = sorted(document.clean_range(date) for date in dates)
    purse = units.Purse(document.search)
    found: list[Counted] = []
    for sentence in document.sentences:
        here = [d for d in dated if d[0] < sentence.end and sentence.start < d[1]]
        _Sentence(document, (sentence.start, sentence.end), here, purse, found).run()
    return [_record(document, counted, n) for n, counted in enumerate(found, 1)]


def _record(document: Document, counted: Counted, number: int) -> Quantity:
    span = document.span(counted.start, counted.end)
    return Quantity(
        id=f"q{number}",
        start=span.start,
        end=span.end,
        text=span.text,
        value=counted.value,
        low=counted.low,
        high=counted.high,
        bound=counted.bound,
        unit=counted.unit,
        unit_class=counted.unit_class,
        part_of=None if counted.whole is None else f"q{counted.whole + 1}",
    )


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _times(value: int | float, factor: Fraction) -> int | float:
    return _number(Fraction(str(value)) * factor)


class _Sentence:
    """One pass over the words of a sentence."""

    def __init__(
        self,
        document: Document,
        span: tuple[int, int],
        dated: list[tuple[int, int]],
        purse: units.Purse,
        found: list[Counted],
    ) -> None:
        self.document = document
        words = list(split(document.search, *span))
        self.line = Line(document.search, words)
        self.readings = {reading.first: reading for reading in read(document.text, words)}
        self.dated = dated
        self.heads = Heads(document, self.line, purse)
        self.known = context.load()
        self.nouns = nouns.load()
        self.found = found
        self.base = len(found)  # where this sentence's quantities begin

    def run(self) -> None:
        """Add the sentence's quantities, in order, to those of the sentences before."""
        i = 0
        while i < len(self.line):
            counted = self.at(i)
            if counted is not None and not self.is_dated(counted.start, counted.end):
                self.find_whole(counted)
                self.found.append(counted)
                i = max(counted.last, i + 1)
            else:
                reading = self.readings.get(i)
                i = reading.last if reading is not None else i + 1

    def at(self, i: int) -> Counted | None:
        """Return the quantity whose number, dual or vague word is word ``i``."""
        reading = self.readings.get(i)
        if reading is None:
            return self.dual_at(i) or self.vague_at(i)
        if self.is_dated(reading.number.start, reading.number.end):
            return None
        return self.range_at(reading) or self.number_at(reading)

    def is_dated(self, start: int, end: int) -> bool:
        return any(start < last and first < end for first, last in self.dated)

    # -- numbers -------------------------------------------------------------------------------

    def number_at(self, reading: Reading) -> Counted | None:
        """Return what the number counts: what follows, what precedes, what was counted before."""
        number = reading.number
        first = self.opening(reading)
        if self.is_hard_label(first):
            return None
        head = self.heads.after(reading.last, number.value)
        if head is not None and (head.unit is not None or head.unit_class != "other"):
            if not self.counts(reading, first, head):
                return None
            if number.value == 1 and number.in_words:
                return None
            return self.bounded(self.counted(reading, head), first)
        if head is not None:  # a span of time, or how often
            return None
        return (
            self.single(reading)
            or self.others(reading, first)
            or self.after_noun(reading, first)
            or self.elliptic(reading, first)
        )

    def opening(self, reading: Reading) -> int:
        """Return the index of the number's first word, a lone proclitic before it included."""
        i = reading.first
        if i and self.line.words[i].text[0].isdigit():
            before = self.line.words[i - 1]
            if len(before.text) <= 3 and before.text in _LONE and self.line.near(i):
                return i - 1
        return i

    def counts(self, reading: Reading, first: int, head: Head) -> bool:
        """Whether a number with a head is a count, and no label, ordinal, year or score."""
        number = reading.number
        if head.unit in self.known.score_nouns and self.is_score(head.last, first):
            return False
        if head.unit == "%":
            return True
        if self.is_label(first) and (number.definite or not self.agrees(reading, head)):
            return False
        return head.sure or not (number.definite or number.value in _YEARS)

    def agrees(self, reading: Reading, head: Head) -> bool:
        """Whether the noun shows that it is counted: 34 مدربا, 3 فقرات, but not 30 هدف."""
        form = self.nouns.forms.get(self.line.text(reading.last))
        if form is None:
            return head.unit_class in ("money", "measure", "share")
        if form.grammar == "few":
            return 3 <= reading.number.value <= 10
        return self.line.text(reading.last).endswith("ا")

    def counted(self, reading: Reading, head: Head) -> Counted:
        number = reading.number
        counted = Counted(
            first=reading.first,
            last=head.last,
            start=number.start,
            end=max(head.end, number.end),
            value=_times(number.value, head.times),
            unit=head.unit,
            unit_class=head.unit_class,
            measure=head.measure,
        )
        if head.unit == "%" and self.document.search[number.start - 1] == "%":
            counted.start -= 1
        return self.compound(counted)

    def compound(self, counted: Counted) -> Counted:
        """Join a smaller measure of the same dimension: طنين و343 كيلوغراما."""
        measure, i = counted.measure, counted.last
        if measure is None or counted.value is None or not self.line.near(i):
            return counted
        reading = self.readings.get(i) or self.readings.get(i + 1)
        if reading is None or not self.line.text(i).startswith("و"):
            return counted
        head = self.heads.measured(reading.last)
        if head is None or head.measure is None or head.measure.dimension != measure.dimension:
            return counted
        if head.measure.size >= measure.size or reading.first not in (i, i + 1):
            return counted
        ratio = Fraction(str(measure.size)) / Fraction(str(head.measure.size))
        if reading.number.value >= ratio:
            return counted
        value = Fraction(str(counted.value)) * ratio + Fraction(str(reading.number.value))
        return replace(
            counted, last=head.last, end=head.end, value=_number(value), unit=head.unit,
            measure=head.measure,
        )  # fmt: skip

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
        return self.line.near(first, "(:-") and self.line.text(first - 1) in self.known.hard_labels

    def is_label(self, first: int) -> bool:
        """Whether a definite label stands right before: المادة 5, للمرة الـ33."""
        if not self.line.near(first, "(:"):
            return False
        before = self.line.text(first - 1)
        for article in _ARTICLES:
            if before.startswith(article) and before[len(article) :] in self.known.labels:
                return True
        return False

    def is_score(self, last: int, first: int) -> bool:
        """Whether goals or points are a result: بهدفين لواحد, ثمانية أهداف مقابل هدفين."""
        if self.line.near(last):
            after = self.line.text(last)
            if after in self.known.score_words:
                return True
            if after.startswith("ل") and (last in self.readings or after[1:] in _GOALS):
                return True
        return self.line.near(first) and self.line.text(first - 1) in self.known.score_words

    # -- numbers without a noun after them -----------------------------------------------------

    def single(self, reading: Reading) -> Counted | None:
        """Read a noun before واحد or اثنان: شخص واحد, مواطنين اثنين."""
        number = reading.number
        if number.value not in (1, 2) or not number.in_words or number.definite:
            return None
        if not self.line.text(reading.first).startswith(("واحد", "اثن", "اتن")):
            return None
        i = reading.first - 1
        if not self.line.near(i + 1, _QUOTES):
            return None
        noun = self.noun_before(i, int(number.value))
        if number.value == 1 and self.line.near(i) and self.line.text(i) in self.nouns.forms:
            farther = self.noun_before(i - 1, 1)  # حالة وفاة واحدة
            if farther is not None and farther[1] not in ("money", "measure"):
                noun, i = farther, i - 1
        if noun is None:
            return None
        unit, unit_class, skip = noun
        start = self.line.words[i].start + skip
        counted = Counted(i, reading.last, start, number.end, number.value, unit, unit_class)
        return self.bounded(counted, i)

    def noun_before(self, i: int, value: int) -> tuple[str, UnitClass, int] | None:
        """Return the unit that word ``i`` names, before واحد in the singular or اثنان."""
        text = self.line.text(i)
        for proclitic in _PROCLITICS:
            if not text.startswith(proclitic):
                continue
            stem = text[len(proclitic) :]
            form = self.nouns.forms.get(stem)
            if form is not None and form.noun.counts:
                noun = form.noun
                fits = form.grammar == "one" if value == 1 else stem.endswith(("ين", "ون"))
                if fits and noun.singular not in self.known.not_singles:
                    return noun.singular, noun.unit_class, len(proclitic)
            if stem in self.nouns.duals and value == 2:
                noun = self.nouns.duals[stem][0]
                return noun.singular, noun.unit_class, len(proclitic)
        head = self.heads.measured(i) if value == 1 else None
        if head is not None:
            return head.unit or "", head.unit_class, 0
        return None

    def others(self, reading: Reading, first: int) -> Counted | None:
        """Read a number whose noun was named before: 13 آخرين, سبعة منهم."""
        i = reading.last
        if not self.line.near(i):
            return None
        text = self.line.text(i)
        if text in self.known.others:
            unit, unit_class = self.unit_of_others()
        elif text in self.known.of_them and reading.number.value != 1:
            people = text.endswith("هم")
            before = self.last_unit(person=people, masculine=people)
            if before is None:
                return None
            unit, unit_class = before
        else:
            return None
        end = self.line.words[i].end
        counted = Counted(
            reading.first, i + 1, reading.number.start, end, reading.number.value, unit, unit_class
        )
        return self.bounded(counted, first)

    def unit_of_others(self) -> tuple[str, UnitClass]:
        """Return the unit of the people last counted; of the dead and hurt just persons."""
        before = self.last_unit(person=True)
        if before is None or before[0] in self.known.harmed:
            return self.known.person, "person"
        return before

    def last_unit(
        self, person: bool = False, masculine: bool = False
    ) -> tuple[str, UnitClass] | None:
        """Return the unit last counted in this sentence (or, of people, in the text before)."""
        for counted in reversed(self.found[-_HISTORY if person else self.base :]):
            if counted.unit is not None and (not person or counted.unit_class == "person"):
                if counted.unit_class in ("share", "money", "measure"):
                    continue
                if person and counted.unit.endswith("ة") and masculine:
                    continue
                return counted.unit, counted.unit_class
        return None

    def after_noun(self, reading: Reading, first: int) -> Counted | None:
        """Read a number after its noun: المجالات الخمسة, الدول الـ28, أعضائها المؤسسين 30."""
        number = reading.number
        for back in range(1, _MAX_BACK + 1):
            i = first - back
            if i < 0 or not self.line.near(i + 1, _QUOTES):
                return None
            text = self.line.text(i)
            noun = nouns.definite_few(text) if number.definite else nouns.possessed_few(text)
            if noun is None and back > 1:
                noun = self.suspected(i)
            if noun is not None:
                if not noun.counts:
                    return None
                skip = self.proclitics(i)
                return Counted(
                    i, reading.last, self.line.words[i].start + skip, number.end, number.value,
                    noun.singular, noun.unit_class,
                )  # fmt: skip
            if text not in self.known.between_noun_and_number and not nouns.is_definite(text):
                return None
        return None

    def suspected(self, i: int) -> nouns.Noun | None:
        """Return the noun of a passive participle that a pronoun makes plural: المشتبه فيهم."""
        if self.line.text(i + 1) not in self.known.between_noun_and_number:
            return None
        text = self.line.text(i)
        form = self.nouns.forms.get(text[2:]) if text.startswith("ال") else None
        return form.noun if form is not None and form.noun.has_sound_plural else None

    def proclitics(self, i: int) -> int:
        """Return how many letters before the article of word ``i`` are proclitics."""
        text = self.line.text(i)
        for article in _ARTICLES:
            if text.startswith(article):
                return len(article) - (1 if article.endswith("لل") else 2)
        return 0

    def elliptic(self, reading: Reading, first: int) -> Counted | None:
        """Read a figure alone, whose unit the words before name: منهم 3, بلغت 1089, بـ24."""
        number = reading.number
        if number.definite or not self.is_bare(reading):
            return None
        found = bounds.before(self.line, first)
        opening = found.first if found is not None else first
        unit: tuple[str, UnitClass] | None = None
        if self.opener(opening, self.known.part_openers):
            unit = self.last_unit(person=self.line.text(opening - 1).endswith(("هم", "هن")))
        elif self.opener(opening, self.known.more_openers):
            unit = self.last_unit()
        elif self.line.text(opening - 1) in self.known.reached and self.line.near(opening):
            unit = self.counted_before(opening - 1)
        elif first < reading.first and self.line.text(first) == "ب" and self.in_list(reading):
            unit = self.last_unit()
        if unit is None:
            return None
        counted = Counted(
            reading.first, reading.last, number.start, number.end, number.value, *unit
        )
        return self.bounded(counted, first)

    def is_bare(self, reading: Reading) -> bool:
        """Whether nothing that could be counted follows: punctuation, or a function word."""
        i = reading.last
        if not self.line.near(i):
            return self.line.gap(i).lstrip(" ")[:1] not in ("-", "/", ":", "–")
        text = self.line.text(i)
        if text in self.known.not_nouns:
            return True
        return not (i in self.readings or text == "و" or text.startswith("و"))

    def opener(self, i: int, known: tuple[context.Phrase, ...]) -> bool:
        """Whether one of ``known`` phrases ends right before word ``i``."""
        if not self.line.near(i, ":"):
            return False
        for phrase in known:
            first = i - len(phrase)
            words = [self.line.text(n) for n in range(first, i)]
            if first >= 0 and _is_phrase(words, phrase):
                return True
        return False

    def counted_before(self, i: int) -> tuple[str, UnitClass] | None:
        """Return the noun after the nearest عدد or إجمالي before word ``i``."""
        for j in range(i, max(-1, i - 16), -1):
            text = self.line.text(j)
            if any(
                text.endswith(word) and len(text) - len(word) <= 1 for word in self.known.counting
            ):
                noun = nouns.definite_few(self.line.text(j + 1))
                if noun is None or not noun.counts:
                    return None
                return noun.singular, noun.unit_class
        return None

    def in_list(self, reading: Reading) -> bool:
        """Whether the last quantity began with ب as well, as in كلميم بـ24، وطنجة بـ28."""
        if len(self.found) == self.base:
            return False
        before = self.found[-1]
        return before.first > 0 and self.document.search[before.start - 1] == "ب"

    # -- ranges, duals, vague numbers ----------------------------------------------------------

    def range_at(self, reading: Reading) -> Counted | None:
        """Read two numbers as the ends of a range: بين 20 و30 قتيلا, 10 إلى 15 طنا."""
        low = reading.number
        first = self.opening(reading)
        j = reading.last
        opener = self.range_opener(first)
        between = self.line.text(j)
        if j not in self.readings and between in self.known.range_links | {"و"}:
            if not self.line.near(j):
                return None
            j += 1
        high = self.readings.get(j)
        if high is None or self.is_dated(high.number.start, high.number.end):
            return None
        joined = between == "و" or between.startswith("و")
        hyphen = self.line.gap(j).strip(" ") == "-"
        if not (hyphen or self.line.near(j)) or (j == reading.last and not (joined or hyphen)):
            return None
        if joined and opener == first:
            return None
        head = self.heads.after(high.last, high.number.value)
        if head is None or head.unit is None or not self.counts(high, first, head):
            return None
        value = _scaled_like(low.value, high.number.value)
        if value >= high.number.value or self.is_hard_label(first):
            return None
        counted = self.counted(high, head)
        counted.first, counted.start = reading.first, low.start
        counted.low, counted.high = _times(value, head.times), counted.value
        counted.value = None
        counted = self.bounded(counted, opener)
        if opener < first and counted.first >= opener:
            counted.start = self.line.words[opener].start + self.loose(opener)
            counted.first = opener
        return counted

    def range_opener(self, first: int) -> int:
        """Return the index of بين or من right before word ``first``, or ``first`` itself."""
        for phrase in self.known.range_openers:
            at = first - len(phrase)
            if at < 0 or not self.line.near(first):
                continue
            words = [self.line.text(n) for n in range(at, first)]
            if _is_phrase(words, phrase):
                return at
        return first

    def loose(self, i: int) -> int:
        """Return how many letters hang before the range opener at word ``i``."""
        text = self.line.text(i)
        heads = {phrase[0] for phrase in self.known.range_openers}
        return 0 if text in heads else 1

    def dual_at(self, i: int) -> Counted | None:
        """Read a dual that counts things: شرطيان, طائرتي (C17)."""
        text = self.line.text(i)
        found = self.nouns.duals.get(text)
        if found is None:
            return (
                self.construct_dual_at(i)
                or self.measured_dual_at(i)
                or self.vocalised_dual_at(i)
                or self.lone_measure_at(i)
            )
        noun, skip = found
        if noun.singular in self.known.not_duals or text[skip:] in self.known.not_dual_words:
            return None
        return self.dual(i, i + 1, noun, skip)

    def construct_dual_at(self, i: int) -> Counted | None:
        found = self.nouns.construct_duals.get(self.line.text(i))
        if found is None or found[0].singular in self.known.not_duals:
            return None
        noun, skip = found
        if noun.unit_class not in ("person", "object") or not self.line.near(i + 1, "\"'("):
            return None
        after = self.line.text(i + 1)
        if after in self.known.after_possessed or after in self.known.not_nouns:
            return None
        named = after.isalpha() and not after.isascii() and not nouns.is_definite(after)
        if named and noun.singular.endswith("ة"):
            return None
        return self.dual(i, i + 1, noun, skip)

    def measured_dual_at(self, i: int) -> Counted | None:
        """Read طنين, كيلومترين, درهمين."""
        text = self.line.text(i)
        if not text.endswith(("ين", "ان")) or text in self.known.not_dual_words:
            return None
        found = self.heads.dual(i)
        if found is None:
            return None
        head, skip = found
        start = self.line.words[i].start + skip
        counted = Counted(
            i, head.last, start, head.end, 2, head.unit, head.unit_class, measure=head.measure
        )
        return self.bounded(self.compound(counted), i)

    def vocalised_dual_at(self, i: int) -> Counted | None:
        """Read a dual that the text itself vocalises: مغتصبيْ, متهميْن."""
        word = self.line.words[i]
        text = word.text
        stem = text.removesuffix("ن")
        at = word.start + len(stem) - 1
        letters = self.document.text
        if (
            not stem.endswith("ي")
            or _SUKUN not in letters.raw[letters.starts[at] : letters.ends[at]]
        ):
            return None
        for proclitic in _PROCLITICS:
            if stem.startswith(proclitic):
                bare = stem[len(proclitic) : -1]
                singular = bare[:-1] + "ه" if bare.endswith("ت") else bare
                form = self.nouns.forms.get(singular)
                if form is not None and form.grammar == "one" and form.noun.counts:
                    return self.dual(i, i + 1, form.noun, len(proclitic))
        return None

    def lone_measure_at(self, i: int) -> Counted | None:
        """Read a measure alone that is one of it: بارتفاع متر."""
        if self.line.text(i - 1) not in self.known.measuring or not self.line.near(i):
            return None
        head = self.heads.measured(i)
        if head is None or head.measure is None or head.measure.dual:
            return None
        counted = Counted(
            i, head.last, self.line.words[i].start, head.end, 1, head.unit, head.unit_class,
            measure=head.measure,
        )  # fmt: skip
        return self.bounded(self.compound(counted), i)

    def dual(self, i: int, last: int, noun: nouns.Noun, skip: int) -> Counted | None:
        if noun.singular in self.known.score_nouns and self.is_score(last, i):
            return None
        word = self.line.words[i]
        reading = self.readings.get(last)
        end = word.end
        if reading is not None and reading.number.value == 2 and self.line.near(last):
            end, last = reading.number.end, reading.last
        counted = Counted(
            i,
            last,
            word.start + skip,
            end,
            2,
            noun.singular,
            noun.unit_class,
        )
        return self.bounded(counted, i)

    def vague_at(self, i: int) -> Counted | None:
        """Read عشرات القتلى, آلاف الأشخاص, عشرات الآلاف من الأشخاص: a unit without a value."""
        text = self.line.text(i)
        skip = next((len(p) for p in _PROCLITICS if text[len(p) :] in self.known.vague), None)
        if skip is None or not text[skip:]:
            return None
        j = i + 1
        while self.line.near(j) and self.line.text(j).removeprefix("ال") in self.known.vague:
            j += 1
        if self.line.text(j) == "من" and self.line.near(j):
            j += 1
        if not self.line.near(j, _QUOTES):
            return None
        head = self.vague_head(j)
        if head is None or head.unit is None:
            return None
        start = self.line.words[i].start + skip
        return Counted(i, head.last, start, head.end, None, head.unit, head.unit_class, bound=None)

    def vague_head(self, j: int) -> Head | None:
        money = self.heads.measured(j)
        if money is not None:
            return money
        text = self.line.text(j)
        noun = nouns.definite_few(text) or nouns.construct_few(text)
        return self.heads.named(j, noun) if noun is not None else None

    # -- parts ---------------------------------------------------------------------------------

    def find_whole(self, counted: Counted) -> None:
        """Find the quantity of which this one is a part: 450 شخصا من بينهم 33 وزيرا."""
        if len(self.found) == self.base:
            return
        before = self.found[-1]
        first = self.opening_of(counted)
        if self.opener(first, self.known.part_openers):
            counted.whole = len(self.found) - 1
            if before.whole is not None and before.unit_class != counted.unit_class:
                counted.whole = before.whole
        elif before.whole is not None and self.continues(before, first):
            counted.whole = before.whole

    def opening_of(self, counted: Counted) -> int:
        i = counted.first
        return i - 1 if i and self.line.text(i - 1) in _LONE and self.line.near(i) else i

    def continues(self, before: Counted, first: int) -> bool:
        """Whether و joins the words from ``first`` to the part ``before``."""
        if first - before.last > _MAX_BACK + 1 or not self.line.text(first).startswith("و"):
            return False
        return all(self.line.near(i, _QUOTES) for i in range(before.last, first + 1))


_QUOTES = "\"'"
_SUKUN = "\u0652"
_LONE = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ولل", "وب", "ول"])
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وبال")
_GOALS = frozenset(["هدف", "صفر", "هدفين", "شي", "شيء"])


def _scaled_like(low: int | float, high: int | float) -> int | float:
    """Return ``low`` with the scale of ``high`` where only that names it: بين 2 و3 ملايين."""
    for scale in (10**12, 10**9, 10**6, 10**3):
        if high >= scale and low < 1000 and low * scale < high:
            return low * scale
    return low


def _is_phrase(words: list[str], phrase: context.Phrase) -> bool:
    """Whether the words are the phrase, one proclitic on its first word allowed."""
    head = words[0]
    return (
        head.endswith(phrase[0])
        and len(head) - len(phrase[0]) <= 1
        and words[1:] == list(phrase[1:])
    )
