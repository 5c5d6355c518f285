"""The working document that the rooms hand on: raw text, clean text, and what was found.

Three views of one text:

``raw``     the input as decoded; all spans of records count its code points
``clean``   presentation forms opened, diacritics, tatweel and invisible marks gone,
            every odd space a plain one, digits as they stand; what people read
``search``  as long as ``clean``, letter for letter, but folded for look-up: alef forms to ا,
            ى to ي, ة to ه, Arabic and Persian digits to ASCII, typographic quotes to ``"``

Rooms look things up in ``search`` or ``clean`` by clean offsets and hand out records with raw
offsets, made by :meth:`Document.span`; :meth:`Document.clean_range` goes the other way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from arxtract.records import DateMention, Entity, Quantity, Span

if TYPE_CHECKING:
    from arxtract.names.hints import Hints

TokenKind = Literal["word", "number", "latin", "punct"]


@dataclass(frozen=True, slots=True)
class CleanText:
    """Raw and clean text with an exact alignment both ways.

    ``starts[i]`` and ``ends[i]`` bound the raw code points that clean character ``i`` stands
    for; both rise with ``i``. Marks that belong to a letter (diacritics, tatweel) are within
    its bounds; invisible control characters are in nobody's.
    """

    raw: str
    clean: str
    search: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Turn clean ``[start, end)``, not empty, into raw offsets."""
        return self.starts[start], self.ends[end - 1]

    def clean_range(self, start: int, end: int) -> tuple[int, int]:
        """Turn raw ``[start, end)`` into the clean range of the characters that it touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


class Token(NamedTuple):
    """A word, number or mark of punctuation in clean offsets.

    ``stem`` and ``tail`` bound the word without its proclitics (و ف ب ك ل س ال) and without an
    enclitic pronoun; they equal ``start`` and ``end`` where the word has none.
    """

    start: int
    end: int
    stem: int
    tail: int
    kind: TokenKind


class Sentence(NamedTuple):
    """A sentence of the body: clean offsets, and its tokens as a range of indices."""

    start: int
    end: int
    first: int
    last: int
    """Index after the last token."""


@dataclass(slots=True, eq=False)
class Document:
    """One article on its way through the rooms. Offsets are clean unless said otherwise."""

    text: CleanText
    id: str = ""
    published: date | None = None
    published_from: Literal["caller", "text"] | None = None
    title: tuple[int, int] | None = None
    body: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    hints: Hints | None = None
    """What the recogniser's network says of the words, if it does."""
    warnings: list[str] = field(default_factory=list)

    @property
    def clean(self) -> str:
        return self.text.clean

    @property
    def search(self) -> str:
        return self.text.search

    def span(self, start: int, end: int) -> Span:
        """Make a record's span of clean ``[start, end)``, which must not be empty."""
        first, last = self.text.raw_range(start, end)
        return Span(start=first, end=last, text=self.text.raw[first:last])

    def clean_range(self, span: Span) -> tuple[int, int]:
        """Return the clean offsets of a record's span."""
        return self.text.clean_range(span.start, span.end)
