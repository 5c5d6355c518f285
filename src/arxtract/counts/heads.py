"""What stands after a number: the noun, measure, money or percent sign that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from arxtract.counts import context, nouns, units
from arxtract.counts.context import Line
from arxtract.document import Document
from arxtract.records import UnitClass

_QUOTES = "\"'"
_LEAST_NOUN = 4


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


class Heads:
    """Looks for heads in one line."""

    def __init__(self, document: Document, line: Line, purse: units.Purse) -> None:
        self.document = document
        self.line = line
        self.purse = purse
        self.known = context.load()
        self.nouns = nouns.load()

    def after(self, i: int, value: int | float) -> Head | None:
        """Return the head that begins with word ``i``, right after a number."""
        return self.percent(i) or self.symbol(i) or self.measured(i) or self.noun(i, value)

    def percent(self, i: int) -> Head | None:
        """Read ``%`` after (or before) a figure, or بالمئة in its spellings."""
        number = self.line.words[i - 1]
        search = self.document.search
        after = search[number.end : number.end + 2]
        if after.lstrip(" ").startswith("%"):
            end = number.end + after.index("%") + 1
            return Head("%", "share", i, end, Fraction(1, 100))
        if number.text[0].isdigit() and search[max(0, number.start - 1) : number.start] == "%":
            return Head("%", "share", i, number.end, Fraction(1, 100))
        if self.line.near(i):
            last = i + self.line.starts(i, self.known.percent)
            if last > i:
                return Head("%", "share", last, self.line.words[last - 1].end, Fraction(1, 100))
        return None

    def symbol(self, i: int) -> Head | None:
        """Read a sign of money after a figure, or before it."""
        number = self.line.words[i - 1]
        search = self.document.search
        for end in (number.end + 1, number.end + 2):
            code = self.purse.symbol(search[number.end : end].strip(" "))
            if code is not None:
                return Head(code, "money", i, end)
        code = self.purse.symbol(search[max(0, number.start - 1) : number.start])
        return Head(code, "money", i, number.end) if code is not None else None

    def measured(self, i: int) -> Head | None:
        """Read a currency or a unit of measure."""
        if not self.line.near(i, _QUOTES):
            return None
        money = self.purse.currency(self.line, i)
        if money is not None:
            currency, last, _ = money
            end = self.line.words[last - 1].end
            return Head(currency.code or currency.coin, "money", last, end)
        measure = units.measure(self.line, i)
        if measure is not None:
            unit, last = measure
            end = self.line.words[last - 1].end
            return Head(unit.name, "measure", last, end, measure=unit)
        return None

    def dual(self, i: int) -> tuple[Head, int] | None:
        """Read a measure or currency in the dual at word ``i``; also its proclitics' length."""
        text = self.line.text(i)
        for proclitic in ("", "و", "ب", "ل", "ف", "وب", "ول"):
            stem = text[len(proclitic) :] if text.startswith(proclitic) else ""
            unit = units.dual(stem)
            if isinstance(unit, units.Measure):
                head = Head(unit.name, "measure", i + 1, self.line.words[i].end, measure=unit)
                return head, len(proclitic)
            money = self.purse.currency(self.line, i, stem) if unit else None
            if money is not None:
                currency, last, _ = money
                end = self.line.words[last - 1].end
                return Head(currency.code or currency.coin, "money", last, end), len(proclitic)
        return None

    def noun(self, i: int, value: int | float) -> Head | None:
        """Read a counted noun of the lexicon, or what the grammar of numerals shows to be one."""
        if not self.line.near(i, _QUOTES):
            return None
        word = self.line.words[i]
        if word.text in self.known.not_nouns and word.text not in self.nouns.forms:
            return self.partitive(i)
        form = self.nouns.forms.get(word.text)
        noun = form.noun if form is not None else nouns.construct_few(word.text)
        if noun is not None:
            return self.named(i, noun, quoted=True)
        if word.text in self.known.not_nouns or word.text.startswith("و"):
            return None
        unit = self.unknown(i, value)
        return None if unit is None else Head(unit, "other", i + 1, self.end(i), sure=False)

    def named(self, i: int, noun: nouns.Noun, quoted: bool = False) -> Head:
        """Return the head that a noun of the lexicon is, with its closing quote if it has one."""
        end = self.end(i) if quoted else self.line.words[i].end
        if not noun.counts:
            return Head(None, "other", i + 1, end)
        return Head(noun.singular, noun.unit_class, i + 1, end)

    def end(self, i: int) -> int:
        """Return the end of word ``i`` with a closing quote whose partner opens before it."""
        word = self.line.words[i]
        opened = self.line.gap(i).strip(" ")
        if opened == '"' and self.document.search[word.end : word.end + 1] == '"':
            return word.end + 1
        return word.end

    def unknown(self, i: int, value: int | float) -> str | None:
        """Return the singular of a noun outside the lexicon, if its ending fits the number."""
        word = self.line.words[i]
        clean = self.document.clean[word.start : word.end]
        if len(clean) < _LEAST_NOUN or nouns.is_definite(word.text):
            return None
        if isinstance(value, int) and 3 <= value <= 10:
            if clean.endswith("ات"):
                return clean[:-2] + "ة"
            if clean.endswith(("ين", "ون")) and len(clean) > _LEAST_NOUN:
                return clean[:-2]
            return None
        if clean.endswith("ة"):
            return clean
        if clean.endswith("ا") and not clean.endswith(("يا", "ها", "نا", "ما", "وا")):
            return clean[:-1]
        return None

    def partitive(self, i: int) -> Head | None:
        """Read من and a plural: 4 من أعوان, 6 من أبرز قياداته, 3 من الجنود."""
        if self.line.text(i) != "من" or not self.line.near(i + 1, _QUOTES):
            return None
        j = i + 1
        if self.line.text(j) in self.known.before_partitive_noun and self.line.near(j + 1):
            j += 1
        text = self.line.text(j)
        noun = nouns.construct_few(text) or nouns.definite_few(text)
        return self.named(j, noun) if noun is not None else None
