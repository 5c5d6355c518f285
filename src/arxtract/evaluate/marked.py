"""What the marks of an annotated article stand for: names, dates, quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

from arxtract.counts import nouns
from arxtract.errors import DataError
from arxtract.evaluate import notation
from arxtract.evaluate.notation import Mark
from arxtract.records import DateMention, DateType, Entity, EntityType, Quantity, Span, UnitClass
from arxtract.resources import lexicon, read_tsv
from arxtract.text.normalise import fold, normalise

KINDS = (*notation.NAME_TYPES, "DATE", "QTY")


def faults_of(mark: Mark, body: Iterable[Span] | None, path: Path) -> Iterator[str]:
    """Yield what is wrong with a mark; without ``body`` it may stand anywhere."""
    at = f"{path}:{mark.line}"
    if mark.kind not in KINDS:
        yield f"{at}: no mark is called {mark.kind!r}; known are {', '.join(KINDS)}"
    elif fault := _value_fault(mark):
        yield f"{at}: {fault}"
    if body is not None and not any(s.start <= mark.start and mark.end <= s.end for s in body):
        yield (
            f"{at}: the mark {mark.kind} lies outside the body; "
            "add its line to body_lines or take the mark off"
        )


def _value_fault(mark: Mark) -> str | None:
    """Say what is wrong with the value of a date or a quantity."""
    if mark.kind == "DATE" and mark.value not in ("", notation.UNKNOWN):
        if not notation.is_value(mark.value):
            return (
                f"{mark.value!r} is no date (EDTF), duration (P2D) or time (T21:30); "
                "write ? where the text does not fix it"
            )
    elif mark.kind == "QTY":
        try:
            notation.count(mark.value)
        except ValueError as error:
            return str(error)
    return None


def mentions_of(
    raw: str, marks: Sequence[Mark], path: Path
) -> tuple[list[Entity], list[DateMention], list[Quantity]]:
    """Return the names, dates and quantities that the marks of ``raw`` stand for."""
    return (
        _entities(raw, marks),
        [_date(raw, m, n, path) for n, m in _numbered(marks, "DATE")],
        [_quantity(raw, m, n, path) for n, m in _numbered(marks, "QTY")],
    )


def _numbered(marks: Iterable[Mark], kind: str) -> list[tuple[int, Mark]]:
    return list(enumerate((m for m in marks if m.kind == kind), 1))


def _entities(raw: str, marks: Iterable[Mark]) -> list[Entity]:
    found: list[Entity] = []
    for mark in marks:
        if mark.kind in notation.NAME_TYPES:
            text = raw[mark.start : mark.end]
            name = " ".join(normalise(text).clean.split())
            found.append(
                Entity(
                    id=f"n{len(found) + 1}",
                    start=mark.start,
                    end=mark.end,
                    text=text,
                    type=cast(EntityType, mark.kind),
                    name=name,
                    chain=fold(name),
                )
            )
    return found


def _date(raw: str, mark: Mark, number: int, path: Path) -> DateMention:
    if fault := _value_fault(mark):
        raise DataError(f"{path}:{mark.line}: {fault}")
    value = mark.value if mark.value not in ("", notation.UNKNOWN) else None
    kinds: dict[str, DateType] = {"P": "DURATION", "T": "TIME"}
    days = notation.days(value)
    return DateMention(
        id=f"d{number}",
        start=mark.start,
        end=mark.end,
        text=raw[mark.start : mark.end],
        type=kinds.get(value[0], "DATE") if value else "DATE",
        value=value,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
    )


def _quantity(raw: str, mark: Mark, number: int, path: Path) -> Quantity:
    if fault := _value_fault(mark):
        raise DataError(f"{path}:{mark.line}: {fault}")
    count = notation.count(mark.value)
    return Quantity(
        id=f"q{number}",
        start=mark.start,
        end=mark.end,
        text=raw[mark.start : mark.end],
        value=count.value,
        low=count.low,
        high=count.high,
        bound=count.bound,
        unit=count.unit,
        unit_class=unit_class(count.unit),
    )


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    columns = ("unit", "dimension", "size", "forms")
    return frozenset(fold(row["unit"]) for row in read_tsv(lexicon("units.tsv"), columns))


def unit_class(unit: str) -> UnitClass:
    """Return what kind of thing a unit counts, by the lexicons of the counts room."""
    if unit == "%":
        return "share"
    if len(unit) == 3 and unit.isascii() and unit.isupper():
        return "money"
    if fold(unit) in _measures():
        return "measure"
    known = nouns.load()
    noun = known.singulars.get(fold(unit)) or known.plurals.get(fold(unit))
    return noun.unit_class if noun else "other"
