"""Every cardinal number of a text: figures of all scripts, words, and mixtures of both.

The grammar, over words that only spaces part::

    number   = part { و smaller part } [ و fraction [ scale ] ]
    part     = (group | figure | fraction) { scale } | scale | dual scale
    group    = hundreds [ و below ] | below          below = unit [ عشر | و tens ] | tens

It looks only a few words ahead, so its time is linear in the text.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from arxtract.counts import nouns
from arxtract.counts.figures import MAX_DIGITS, figure, has_comma_thousands
from arxtract.counts.numerals import Lexicon, Numeral, load
from arxtract.counts.words import Word, has_figure, placed, tokens
from arxtract.document import CleanText, Document
from arxtract.text.clitics import edges, frequency, lexical

_LEAST_WORD = 4  # letters
_FUNCTION_WORD = 50_000  # how frequent a shorter word must be, to be no part of a code
_MAX_SCALES = 3  # ألف مليون مليون


class Number(NamedTuple):
    """A cardinal number; proclitics are outside its clean offsets, the article is inside."""

    start: int
    end: int
    value: int | float
    in_words: bool
    definite: bool = False


class Reading(NamedTuple):
    """A number and the range of indices of the words that it is made of."""

    number: Number
    first: int
    last: int
    """Index after its last word."""


class _Part(NamedTuple):
    """A value and its own scale (1 where it has none), up to word ``end``."""

    value: Fraction
    scale: int
    end: int


def scan(document: Document) -> list[Number]:
    """Return the numbers of the document's sentences (of all its text where it has none)."""
    ranges = [(s.start, s.end) for s in document.sentences] or document.body
    search, numerals = document.search, load().numerals.keys()
    found: list[Number] = []
    for start, end in ranges or [(0, len(search))]:
        texts = tokens(search, start, end)
        if has_figure(search, start, end) or not numerals.isdisjoint(texts):
            words = placed(search, start, texts)
            found.extend(reading.number for reading in read(document.text, words))
    return found


def read(text: CleanText, words: list[Word]) -> list[Reading]:
    """Return the numbers among ``words``, which are in order."""
    return _Reader(text, words, load()).run()


class _Reader:
    """One pass over the words of a stretch of text."""

    def __init__(self, text: CleanText, words: list[Word], known: Lexicon) -> None:
        self.letters = text
        self.clean = text.clean
        self.search = text.search
        self.words = words
        self.known = known

    def run(self) -> list[Reading]:
        """Return all numbers, each as long as it can be, from left to right."""
        found: list[Reading] = []
        numerals = self.known.numerals
        resume = 0
        for i, (_, _, text) in enumerate(self.words):
            if i >= resume and (text in numerals or text[0].isdigit()):
                reading = self.number(i)
                if reading is not None:
                    found.append(reading)
                    resume = reading.last
        return found

    def number(self, i: int) -> Reading | None:
        """Read the number that begins with word ``i``."""
        head = self.numeral(i)
        if head is None or self.ends_an_ordinal(i, head):
            return None
        part = self.part(i)
        if part is None:
            return None
        value, end = part.value, part.end
        while (more := self.joined_part(end, part)) is not None:
            value += more.value
            part, end = more, more.end
            if more.scale == 0:
                break
        words = self.words[i:end]
        number = Number(
            start=self.start(i, head),
            end=words[-1].end,
            value=int(value) if value.denominator == 1 else float(value),
            in_words=not any(word.text[0].isdigit() for word in words),
            definite=head.definite,
        )
        return Reading(number, i, end)

    def start(self, i: int, head: Numeral) -> int:
        """Return where the number begins: after proclitics, at its article if it has one."""
        if head.kind == "figure" and head.definite:
            return self.words[i - 1].start + head.skip
        return self.words[i].start + (0 if head.kind == "figure" else head.skip)

    # -- words ---------------------------------------------------------------------------------

    def near(self, i: int) -> bool:
        """Whether word ``i`` is there and only spaces part it from the one before."""
        if not 0 < i < len(self.words):
            return False
        end, start = self.words[i - 1].end, self.words[i].start
        return start == end or self.search[end:start].strip(" ") == ""

    def near_scale(self, i: int) -> bool:
        """Whether word ``i`` follows a number, perhaps in brackets or quotes: (627.3) مليون."""
        if self.near(i) or not 0 < i < len(self.words):
            return self.near(i)
        before = self.words[i - 1]
        closing = self.search[before.end : self.words[i].start].strip(" ")
        opening = self.search[max(0, before.start - 2) : before.start].strip(" ")
        return (opening, closing) in (("(", ")"), ('"', '"'))

    def numeral(self, i: int) -> Numeral | None:
        """Return the meaning of word ``i``; of a figure with what a glued proclitic says."""
        text = self.words[i].text
        if not text[0].isdigit():
            word = self.words[i]
            if self.clean[word.start : word.end] in self.known.not_numbers_as_written:
                return None
            return self.known.numerals.get(text)
        if self.is_label(i):
            return None
        value = figure(text, decimal=self.is_scaled(i))
        if value is None:
            return None
        before = self.words[i - 1] if i else None
        if before is not None and self.near(i):
            prefix = self.known.prefixes.get(before.text)
            if prefix is not None:
                return Numeral("figure", value, prefix.joined, prefix.definite, prefix.skip)
        return Numeral("figure", value)

    def is_label(self, i: int) -> bool:
        """Whether the figure is a part of a name or a code: C17, سي4, كوفيد-19, 5G, 05 22 12."""
        word = self.words[i]
        if any(self.are_figures(first) for first in (i - 2, i - 1, i)):
            return True
        if i and self.words[i - 1].end == word.start:
            before = self.words[i - 1]  # بنسبة91%: a space has been left out
            return before.text not in self.known.prefixes and not self.is_common(before)
        if i and self.words[i - 1].end == word.start - 1 and self.search[word.start - 1] in "-_":
            return not self.words[i - 1].text[0].isdigit()
        after = self.search[word.end : word.end + 1]
        return after.isascii() and after.isalpha()

    def is_common(self, word: Word) -> bool:
        """Whether a run of letters is a common word, perhaps with proclitics, and no code."""
        clean = self.clean[word.start : word.end]
        if clean.isascii():
            return False
        count = frequency(lexical(clean[edges(clean)[0] :]))
        return count > (0 if len(clean) >= _LEAST_WORD else _FUNCTION_WORD)

    def are_figures(self, i: int) -> bool:
        """Whether word ``i`` and the next two are figures that only spaces part."""
        if i < 0 or not (self.near(i + 1) and self.near(i + 2)):
            return False
        return all(word.text[0].isdigit() for word in self.words[i : i + 3])

    def is_scaled(self, i: int) -> bool:
        """Whether a scale or a percent sign follows: then ``2.345`` is no thousands, unless the
        text has a point for its decimals and the comma for thousands alone."""
        after = self.numeral_if_near(i + 1)
        if after is not None and not after.joined and after.kind in ("one", "either", "many"):
            return "," not in self.words[i].text or not has_comma_thousands(self.search)
        word = self.words[i]  # a percent sign stands before or after the figure
        return "%" in self.search[max(0, word.start - 1) : word.end + 2].replace(word.text, "")

    def numeral_if_near(self, i: int) -> Numeral | None:
        """Return the meaning of a word (not of a figure) right after another."""
        return self.known.numerals.get(self.words[i].text) if self.near_scale(i) else None

    def ends_an_ordinal(self, i: int, head: Numeral) -> bool:
        """Whether word ``i`` completes an ordinal or is one: الثالث عشر, الذكرى الستون."""
        if head.kind not in ("ten", "tens", "unit") or not self.near(i):
            return False
        before = self.words[i - 1].text
        clean = self.clean[self.words[i - 1].start : self.words[i - 1].end]
        if before in self.known.not_numbers_after:
            return True
        lone = before in self.known.prefixes and self.near(i - 1)
        if head.kind == "unit":
            if head.value == 2 and head.definite:  # الاثنين is Monday
                return nouns.definite_few(clean) is None
            return head.definite and head.value == 1 and not self.joins_tens(i)
        joined = head.joined or lone
        if (self.words[i - 2].text if lone else before) in self.known.ordinals:
            return joined == (head.kind == "tens")
        if head.kind == "tens" and head.definite and not joined:
            return nouns.is_definite(before) and nouns.definite_few(clean) is None
        return False

    def joins_tens(self, i: int) -> bool:
        """Whether و and tens follow word ``i``."""
        after = self.numeral_if_near(i + 1)
        return after is not None and after.joined and after.kind == "tens"

    # -- the grammar ---------------------------------------------------------------------------

    def part(self, i: int) -> _Part | None:
        """Read a value with its scale from word ``i``."""
        head = self.numeral(i)
        if head is None:
            return None
        match head.kind:
            case "figure":
                return self.decimal(i) or self.scaled(Fraction(head.value), i + 1)
            case "fraction":
                after = self.words[i + 1].text if self.near(i + 1) else ""
                if after in self.known.not_fractions_before:
                    return None
                return self.scaled(Fraction(head.value), i + 1)
            case "one":
                if head.definite or self.is_doubled(i):
                    return None
                part = self.scaled(Fraction(head.value), i + 1)
                return part._replace(scale=part.scale * int(head.value))
            case "dual":
                return _Part(2 * Fraction(head.value), int(head.value), i + 1)
            case "either":
                return self.either(head, i)
            case "many" | "denominator":
                return None
        return self.group(head, i)

    def decimal(self, i: int) -> _Part | None:
        """Read a decimal with its point in words from word ``i``: 2 فاصل 3."""
        if not (self.near(i + 1) and self.near(i + 2)):
            return None
        whole, point, rest = (word.text for word in self.words[i : i + 3])
        if point not in self.known.decimal_words or not (whole + rest).isdigit():
            return None
        if len(whole + rest) > MAX_DIGITS:
            return None
        return self.scaled(Fraction(f"{whole}.{rest}"), i + 3)

    def is_doubled(self, i: int) -> bool:
        """Whether the raw word has a shadda: ألّف, he wrote."""
        start, end = self.letters.raw_range(self.words[i].start, self.words[i].end)
        return self.known.shadda in self.letters.raw[start:end]

    def either(self, head: Numeral, i: int) -> _Part:
        """Read ألفا, which is 1000 before و and a number or before no noun, and else 2000."""
        value, after = Fraction(head.value), i + 1
        if self.near(after) and self.words[after].text not in self.known.function_words:
            follows = self.numeral(after) or self.glued_figure(after)
            if follows is None or not follows.joined:
                value *= 2
        return _Part(value, int(head.value), i + 1)

    def glued_figure(self, i: int) -> Numeral | None:
        """Return the figure after a lone proclitic at word ``i`` (و200), if there is one."""
        if self.words[i].text in self.known.prefixes and self.near(i + 1):
            after = self.words[i + 1].text
            return self.numeral(i + 1) if after[0].isdigit() else None
        return None

    def group(self, head: Numeral, i: int) -> _Part | None:
        """Read a number in words below 1000, and its scale."""
        value, end = Fraction(head.value), i + 1
        if head.kind in ("unit", "bound_unit"):
            below = self.below_hundred(head, i)
            if below is None:
                return None
            value, end = below
            after = self.numeral_if_near(end)
            if after is not None and not after.joined:
                if after.kind == "hundreds" and after.value == 100 and 3 <= value <= 9:
                    return self.hundreds(100 * value, end + 1)
                if after.kind == "denominator":
                    return self.scaled(value / Fraction(after.value), end + 1)
        elif head.kind == "hundreds":
            return self.hundreds(value, end)
        return self.scaled(value, end)

    def hundreds(self, value: Fraction, i: int) -> _Part:
        """Read what و adds to hundreds, and the scale of the whole."""
        after = self.numeral_if_near(i)
        if after is not None and after.joined:
            if after.kind in ("unit", "bound_unit"):
                below = self.below_hundred(after, i)
                if below is not None:
                    return self.scaled(value + below[0], below[1])
            elif after.kind in ("ten", "tens"):
                return self.scaled(value + Fraction(after.value), i + 1)
        part = self.scaled(value, i)
        return part if part.scale > 1 else part._replace(scale=100)

    def below_hundred(self, head: Numeral, i: int) -> tuple[Fraction, int] | None:
        """Read a unit, alone or in 11-19 or with tens."""
        after = self.numeral_if_near(i + 1)
        if after is not None and after.kind == "ten" and not after.joined:
            return Fraction(head.value) + 10, i + 2
        if after is not None and after.kind == "tens" and after.joined:
            if head.value == 1 and head.definite:  # القرن الواحد والعشرون
                return None
            return Fraction(head.value) + Fraction(after.value), i + 2
        return None if head.kind == "bound_unit" else (Fraction(head.value), i + 1)

    def scaled(self, value: Fraction, i: int) -> _Part:
        """Multiply by the scales that follow."""
        scale = 1
        for _ in range(_MAX_SCALES):
            after = self.numeral_if_near(i)
            if after is None or after.joined or after.kind not in ("one", "either", "many"):
                break
            if after.skip:
                break
            scale *= int(after.value)
            i += 1
        return _Part(value * scale, scale, i)

    def joined_part(self, i: int, before: _Part) -> _Part | None:
        """Read a part that و joins to ``before`` and that is small enough to belong to it."""
        if not self.near(i):
            return None
        lone = self.words[i].text in self.known.prefixes and self.glued_figure(i)
        at = i + 1 if lone else i
        head = self.numeral(at)
        if head is None or not head.joined:
            return None
        if head.kind == "fraction":
            return self.joined_fraction(Fraction(head.value), at + 1, before)
        part = self.part(at)
        if part is None or not 1 <= part.value < before.scale:
            return None
        return part

    def joined_fraction(self, value: Fraction, i: int, before: _Part) -> _Part | None:
        """Read ونصف after a number: of its scale, or of the scale that it names again."""
        after = self.words[i].text if self.near(i) else ""
        if after in self.known.not_fractions_before:
            return None
        named = self.scaled(value, i)
        if named.scale > 1:
            return named._replace(scale=0) if named.scale <= before.scale else None
        scale = before.scale if before.scale >= 1000 else 1
        return _Part(value * scale, 0, i)
