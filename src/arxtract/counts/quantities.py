"""From numbers to quantities: the rules in their order, and which quantity is part of which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import takewhile

from arxtract.counts import affixes, bare, counting, duals, elliptic, ranges, units
from arxtract.counts.heads import Heads
from arxtract.counts.line import QUOTES, Line
from arxtract.counts.numbers import Reading, read
from arxtract.counts.numerals import load
from arxtract.counts.scene import Counted, Scene
from arxtract.counts.words import has_figure, placed, tokens
from arxtract.document import Document
from arxtract.records import DateMention, Quantity

_MAX_APART = 4  # words between two parts of one whole

# The first rule that answers wins.
_NUMBER_RULES: tuple[Callable[[Scene, Reading], Counted | None], ...] = (
    ranges.spanned,
    bare.others,
    bare.single,
    counting.headed,
    bare.out_of,
    bare.after_noun,
    bare.remaining,
    elliptic.elliptic,
)
_WORD_RULES: tuple[Callable[[Scene, int], Counted | None], ...] = (
    duals.dual,
    duals.vague,
    duals.lone_measure,
)


def find_in(document: Document, dates: Sequence[DateMention]) -> list[Quantity]:
    """Return the quantities of the document's sentences, none of which overlaps a date."""
    dated = sorted(document.clean_range(date) for date in dates)
    search = document.search
    purse = units.Purse(document)
    found: list[Counted] = []
    vocalised = affixes.load().sukun in document.text.raw
    place = 0
    for sentence in document.sentences:
        while place < len(dated) and dated[place][1] <= sentence.start:
            place += 1
        here = list(takewhile(lambda d: d[0] < sentence.end, dated[place:]))  # noqa: B023
        texts = tokens(search, sentence.start, sentence.end)
        figured = has_figure(search, sentence.start, sentence.end)
        if not (figured or vocalised) and _openers().isdisjoint(texts):
            continue  # nothing to read, as in most sentences
        words = placed(search, sentence.start, texts)
        readings = read(document.text, words)
        line = Line(document.text, words)
        line.numbers = {reading.last: reading.first for reading in readings}
        scene = Scene(
            document=document,
            line=line,
            readings={reading.first: reading for reading in readings},
            heads=Heads(document, line, purse),
            found=found,
            base=len(found),
            dated=here,
            vocalised=vocalised,
        )
        _run(scene)
    return [_record(document, counted, n, len(found)) for n, counted in enumerate(found, 1)]


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return every word that a number or quantity may begin with."""
    return duals.starters().union(load().numerals)


def _record(document: Document, counted: Counted, number: int, total: int) -> Quantity:
    span = document.span(counted.start, counted.end)
    whole = counted.whole
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
        part_of=f"q{whole + 1}" if whole is not None and whole < total else None,
    )


def _run(scene: Scene) -> None:
    """Add the sentence's quantities, in order, to those of the sentences before."""
    resume = 0
    for i in _openings(scene):
        if i < resume:
            continue
        reading = scene.readings.get(i)
        counted = _at(scene, i, reading)
        if counted is not None and scene.is_free(counted.start, counted.end):
            if not ranges.alternative(scene, counted):
                _find_whole(scene, counted)
                scene.found.append(counted)
            resume = max(counted.last, i + 1)
        elif reading is not None:
            resume = reading.last


def _openings(scene: Scene) -> list[int]:
    """Return the indices of the words that a quantity may begin with."""
    starters, readings = duals.starters(), scene.readings
    return [
        i
        for i, word in enumerate(scene.line.words)
        if i in readings or word.text in starters or (scene.vocalised and scene.is_vocalised(i))
    ]


def _at(scene: Scene, i: int, reading: Reading | None) -> Counted | None:
    """Return the quantity whose number, dual or vague word is word ``i``."""
    if reading is None:
        return next(filter(None, (rule(scene, i) for rule in _WORD_RULES)), None)
    number = reading.number
    if scene.is_dated(number.start, number.end):
        return None
    labelled = scene.is_hard_label(scene.opening(reading)) and reading.last - reading.first == 1
    if labelled and scene.heads.percent(reading.last) is None:
        return None
    return next(filter(None, (rule(scene, reading) for rule in _NUMBER_RULES)), None)


def _find_whole(scene: Scene, counted: Counted) -> None:
    """Find the quantity of which this one is a part: 450 شخصا من بينهم 33 وزيرا."""
    if counted.whole is not None or len(scene.found) == scene.base:
        return
    before = scene.found[-1]
    first = counted.first
    if first and scene.is_lone(first - 1) and scene.line.near(first):
        first -= 1
    if scene.opener(first, scene.known.part_openers):
        counted.whole = len(scene.found) - 1 if before.whole is None else before.whole
    elif before.whole is not None and _continues(scene, before, first):
        counted.whole = before.whole


def _continues(scene: Scene, before: Counted, first: int) -> bool:
    """Whether و joins the words from ``first`` to the part ``before``, whose whole came first."""
    if first - before.last > _MAX_APART or (before.whole or 0) >= len(scene.found) - 1:
        return False
    if not scene.line.text(first).startswith(scene.known.joiner):
        return False
    return all(scene.line.near(i, QUOTES) for i in range(before.last, first + 1))
