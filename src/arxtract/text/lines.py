"""The lines of a page as units to be judged: prose, short lines, boilerplate, dates.

A bar of headlines or menu items on one line, parted by runs of spaces or by bars, is cut up first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from arxtract.document import CleanText
from arxtract.text.cues import CueKind, classify
from arxtract.text.dateline import find_date

UnitKind = Literal["prose", "short", "date", "noise", "scrap"]
"""Scraps are lines without a word of the page's script: a rule, a number, a foreign name."""

_LINE = regex.compile(r"[^\n]*+")
_GAP = regex.compile(r" {4,}+")
_ARABIC = regex.compile(r"[\p{Script=Arabic}&&\p{L}]++", regex.V1)
_WORD = regex.compile(r"\p{L}++")
_ADDRESS = regex.compile(r"\s*+(?:https?://|www\.)\S++\s*+|\s*+\S++@\S++\.\S++\s*+")
_ENDS_SENTENCE = regex.compile(r"[.:!?\u061f\u2026][\"'\u201d\u2019\u00bb)\]\s]*+$")
_CRY = regex.compile(r"[!?\u061f][\"'\u201d\u2019\u00bb)\]\s]*+$")  # a headline may end so
_INNER_STOP = regex.compile(r"(?<!\.)\.\s")
_CRUMB = regex.compile(r"\s*+[|\u00bb\u203a>\u2022\u00b7/]\s*+")

_SHORTEST_PROSE = 80  # characters of a line with marks inside
_SURE_PROSE = 180  # characters of a line without any
_FEWEST_PIECES = 4  # pieces that make a bar
_LONGEST_PIECE = 140  # characters, in the middle, of a bar's pieces
_PAGE_ON_A_LINE = 2  # paragraphs among the pieces of a line that make it a page, not a bar
_LONGEST_CRUMB = 3  # words between the bars of a menu


@dataclass(slots=True)
class Unit:
    """A line, or a piece of one, without outer white space. Offsets are clean."""

    start: int
    end: int
    line: int
    kind: UnitKind
    cue: CueKind | None = None
    ends_sentence: str = ""
    """The mark that ends it, if that is one that ends a sentence or a colon."""
    in_bar: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start


def units(text: CleanText) -> list[Unit]:
    """Return the units of a page that are not blank, in order; linear."""
    foreign = _is_foreign(text.clean)
    found = []
    for number, match in enumerate(_LINE.finditer(text.clean)):
        start, end = _trim(text.clean, *match.span())
        if start == end:
            continue
        pieces = list(_pieces(text.clean, start, end))
        judged = [_judge(text, first, last, number, foreign) for first, last in pieces]
        if len(pieces) > 1 and sum(unit.kind == "prose" for unit in judged) < _PAGE_ON_A_LINE:
            for unit in judged:
                if unit.length < _SURE_PROSE:
                    unit.kind, unit.in_bar = "noise", True  # a headline or menu item of a bar
        found.extend(judged)
    return found


def _is_foreign(clean: str) -> bool:
    """Say whether the text is not mainly in Arabic letters."""
    sample = clean[:20_000]
    arabic, letters = (sum(map(len, runs.findall(sample))) for runs in (_ARABIC, _WORD))
    return 2 * arabic < letters


def _trim(clean: str, start: int, end: int) -> tuple[int, int]:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a bar of headlines, or the whole line where it is none."""
    cuts = [match.span() for match in _GAP.finditer(clean, start, end)]
    if len(cuts) + 1 >= _FEWEST_PIECES:
        edges = [start, *(edge for cut in cuts for edge in cut), end]
        pieces = list(zip(edges[::2], edges[1::2], strict=True))
        lengths = sorted(last - first for first, last in pieces)
        if lengths[len(lengths) // 2] <= _LONGEST_PIECE:
            yield from pieces
            return
    yield start, end


def _judge(text: CleanText, start: int, end: int, line: int, foreign: bool) -> Unit:
    clean = text.clean
    unit = Unit(start, end, line, "short")
    mark = _ENDS_SENTENCE.search(clean, max(start, end - 12), end)
    unit.ends_sentence = mark[0][0] if mark else ""
    unit.cue = classify(text, start, end)
    if unit.cue:
        unit.kind = "noise"
    elif find_date(text, start, end):
        unit.kind = "date"
    elif _is_menu(text, start, end):
        unit.kind, unit.in_bar = "noise", True
    elif _ADDRESS.fullmatch(clean, start, end):
        unit.kind = "noise"
    elif _is_scrap(clean, start, end, foreign):
        unit.kind = "scrap"
    elif _is_prose(clean, unit):
        unit.kind = "prose"
    return unit


def _is_prose(clean: str, unit: Unit) -> bool:
    if unit.length >= _SURE_PROSE:
        return True
    if unit.length < _SHORTEST_PROSE or not unit.ends_sentence:
        return False
    cried = _CRY.search(clean, max(unit.start, unit.end - 12), unit.end)
    return not cried or _INNER_STOP.search(clean, unit.start, unit.end) is not None


def _is_scrap(clean: str, start: int, end: int, foreign: bool) -> bool:
    """Say whether a line has no word of the page's script."""
    if foreign:
        return not _WORD.search(clean, start, end)
    return end - start < _SHORTEST_PROSE and not _ARABIC.search(clean, start, end)


def _is_menu(text: CleanText, start: int, end: int) -> bool:
    """Say whether a short line is a path, a menu of short items between bars, or tags."""
    if end - start > _SURE_PROSE:
        return False
    line = text.clean[start:end]
    if all(word[0] == "#" for word in line.split()):
        return True
    items = _CRUMB.split(line)
    if len(items) > 2 and items[0] and classify(text, start, start + len(items[0])) == "widget":
        return True
    longest = max(len(_WORD.findall(item)) for item in items)
    return len(items) >= _FEWEST_PIECES and longest <= _LONGEST_CRUMB
