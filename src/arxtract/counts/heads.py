"""What stands after a number: the noun, measure, money or percent sign that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from arxtract.counts import affixes, context, nouns, units
from arxtract.counts.line import QUOTES, Line
from arxtract.document import Document
from arxtract.records import UnitClass

_LEAST_NOUN = 4
PERCENT = Fraction(1, 100)
_SURE_SHARES = (1 / 3, 2 / 3, 3 / 4)  # a half or a quarter is often one of an hour or a game


@dataclass(slots=True)
class Head:
    """A unit, up to word ``last`` and clean offset ``end``."""

    unit: str | None
    unit_class: UnitClass
    last: int
    end: int
    times: Fraction = Fraction(1)
    """What the number must be multiplied by (a percentage is a fraction)."""
    measure: units.Measure | None = None
    sure: bool = True
    """Whether the noun is in the lexicon."""
    counts: bool = True
    """False for spans of time and for how often: they make no quantity."""

    @property
    def measured(self) -> bool:
        """Whether it is a share, money or a measure, and no thing that one counts."""
        return self.unit_class in ("share", "money", "measure")


class Heads:
    """Looks for heads in one line."""

    def __init__(self, document: Document, line: Line, purse: units.Purse) -> None:
        self.document = document
        self.line = line
        self.purse = purse
        self.known = context.load()
        self.singulars = nouns.load().singulars
        self.letters = affixes.load()

    def after(self, i: int, value: int | float) -> Head | None:
        """Return the head that begins with word ``i``, right after a number."""
        return (
            self.percent(i)
            or self.symbol(i)
            or self.measured(i)
            or self.share(i, value)
            or self.noun(i, value)
        )

    def word_end(self, i: int) -> int:
        return self.line.words[i].end

    # -- shares, money, measures ---------------------------------------------------------------

    def percent(self, i: int) -> Head | None:
        """Read ``%`` after (or before) a figure, or بالمئة in its spellings."""
        number = self.line.words[i - 1]
        search = self.document.search
        after = search[number.end : number.end + 3].lstrip(" )")
        if after.startswith("%"):
            return Head("%", "share", i, search.index("%", number.end) + 1, PERCENT)
        before = search[max(0, number.start - 1) : number.start] == "%"
        if before and number.text[0].isdigit() and not self.is_glued(number.start - 1):
            return Head("%", "share", i, number.end, PERCENT)
        last = i + (self.line.starts(i, self.known.percent) if self.line.follows(i) else 0)
        return Head("%", "share", last, self.word_end(last - 1), PERCENT) if last > i else None

    def is_glued(self, at: int) -> bool:
        """Whether a sign at an offset stands right after a word or figure, to which it belongs."""
        return self.document.search[max(0, at - 1) : max(0, at)].isalnum()

    def symbol(self, i: int) -> Head | None:
        """Read a sign of money after a figure, or before it."""
        number = self.line.words[i - 1]
        search = self.document.search
        for end in (number.end + 1, number.end + 2):
            code = self.purse.symbol(search[number.end : end].strip(" "))
            if code is not None:
                return Head(code, "money", i, end)
        if self.is_glued(number.start - 1):
            return None
        code = self.purse.symbol(search[max(0, number.start - 1) : number.start])
        return Head(code, "money", i, number.end) if code is not None else None

    def measured(self, i: int) -> Head | None:
        """Read a currency or a unit of measure."""
        if not self.line.follows(i):
            return None
        money = self.purse.currency(self.line, i)
        if money is not None:
            currency, last = money
            return Head(currency.code or currency.coin, "money", last, self.word_end(last - 1))
        return self.measure(i)

    def measure(self, i: int) -> Head | None:
        found = units.measure(self.line, i)
        if found is None:
            return None
        unit, last = found
        return Head(unit.name, "measure", last, self.word_end(last - 1), measure=unit)

    def dual(self, i: int) -> tuple[Head, int] | None:
        """Read a measure or currency in the dual at word ``i``; also its proclitics' length."""
        text = self.line.text(i)
        for opening in affixes.openings():
            stem = text[len(opening) :] if text.startswith(opening) else ""
            unit = units.dual(stem)
            if isinstance(unit, units.Measure):
                head = Head(unit.name, "measure", i + 1, self.word_end(i), measure=unit)
                return head, len(opening)
            money = self.purse.currency(self.line, i, stem) if unit else None
            if money is not None:
                currency, last = money
                unit_name = currency.code or currency.coin
                return Head(unit_name, "money", last, self.word_end(last - 1)), len(opening)
        return None

    def share(self, i: int, value: int | float) -> Head | None:
        """Read a definite plural after a fraction, which is a share of it: ثلثي الأعضاء."""
        if not (isinstance(value, float) and 0 < value < 1 and self.line.near(i)):
            return None
        if self.line.words[i - 1].text[0].isdigit():
            return None
        if self.line.text(i) in self.known.counting and self.line.near(i + 1):  # ثلث عدد الأصوات
            i += 1
        clean = self.line.clean(i)
        noun = nouns.definite_few(clean)
        people = nouns.definite_people(clean) is not None
        text = nouns.without_article(self.line.text(i))
        known = noun or self.singulars.get(text)
        if known is None and not (people or (value in _SURE_SHARES and nouns.is_definite(clean))):
            return None
        if known is not None and (not known.counts or (noun is None and value not in _SURE_SHARES)):
            return None
        return Head("%", "share", i + 1, self.word_end(i))

    # -- nouns ---------------------------------------------------------------------------------

    def noun(self, i: int, value: int | float) -> Head | None:
        """Read a counted noun of the lexicon, or what the grammar of numerals shows to be one."""
        if not self.line.follows(i):
            return None
        text = self.line.text(i)
        if text in self.known.partitives:
            return self.partitive(i)
        noun = nouns.counted(text, value)
        doubtful = text in self.known.not_nouns and nouns.few(text) is None  # بعد: after
        if noun is not None and not (doubtful and noun.unit_class != "person"):
            return self.named(i, noun)
        if text in self.known.colloquial_person and value != 1 and value % 1 == 0:
            return Head(self.known.person, "person", i + 1, self.word_end(i))
        if text in self.known.not_nouns or len(text) < _LEAST_NOUN:
            return None
        unit = nouns.unknown(self.line.clean(i), value, self.masculine(i - 1))
        return None if unit is None else Head(unit, "other", i + 1, self.end(i), sure=False)

    def masculine(self, i: int) -> bool | None:
        """Whether the number word ``i``, from 3 to 10, goes with masculines; None of figures."""
        text = self.line.text(i)
        if text[:1].isdigit():
            return None
        return text.endswith(self.letters.feminine_folded)

    def named(self, i: int, noun: nouns.Noun) -> Head:
        """Return the head that a noun of the lexicon is."""
        return Head(noun.singular, noun.unit_class, i + 1, self.end(i), counts=noun.counts)

    def end(self, i: int) -> int:
        """Return the end of word ``i``, its closing quote included if it opens before it."""
        word = self.line.words[i]
        if self.line.gap(i).strip(" ") == '"' and self.document.search[word.end :][:1] == '"':
            return word.end + 1
        return word.end

    def partitive(self, i: int) -> Head | None:
        """Read من and a plural: 4 من أعوان, 6 من أبرز قياداته, 3 من المشتبه فيهم."""
        j = i + 1
        if self.line.text(j) in self.known.before_partitive_noun and self.line.near(j):
            j += 1
        if not self.line.near(j, QUOTES):
            return None
        text = self.line.text(j)
        head = self.measured(j) if nouns.is_definite(text) else None
        if head is not None:  # مليار من المليمات
            return head
        noun = nouns.few(text) or nouns.definite_few(self.line.clean(j)) or self.participle(j)
        if noun is not None:
            return self.named(j, noun)
        unit = nouns.definite_unknown(self.line.clean(j), None) or nouns.definite_people(
            self.line.clean(j)
        )
        return None if unit is None else Head(unit, "other", j + 1, self.end(j), sure=False)

    def participle(self, i: int) -> nouns.Noun | None:
        """Return the noun of a participle that a pronoun makes plural: المشتبه فيهم."""
        if self.line.text(i + 1) not in self.known.between_noun_and_number:
            return None
        text = self.line.text(i)
        found = affixes.article(text)
        noun = self.singulars.get(text[len(found[0]) :]) if found is not None else None
        return noun if noun is not None and noun.has_sound_plural else None
