"""Which prediction answers which gold: mentions by overlap, names by words, events by fillers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from arxtract.evaluate.naming import agree, closeness, contains, same_unit
from arxtract.evaluate.notation import same_value
from arxtract.evaluate.sides import Count, Event, Names, Part
from arxtract.records import Span

STATEMENT = "STATEMENT"
SPEAKER = "speaker"
TRIGGER_WEIGHT = 0.5

_REQUIRED = 1e-3  # of two pairs that weigh the same, the one with a gold record that counts
_ROLE = 0.02
_CLOSE = 1e-3

Pairs = list[tuple[int, int]]
Weight = Callable[[int, int], float]


def best(rows: int, columns: int, weight: Weight) -> Pairs:
    """Return the one-to-one pairs of the greatest total weight; a weight of 0 is no pair."""
    if not rows or not columns:
        return []
    if rows == columns == 1:
        return [(0, 0)] if weight(0, 0) > 0 else []
    matrix = np.array([[weight(i, j) for j in range(columns)] for i in range(rows)])
    if not matrix.any():
        return []
    found = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    return [(int(i), int(j)) for i, j in found if matrix[i, j] > 0]


# -- mentions --------------------------------------------------------------------------------------


def overlap(one: Span, other: Span) -> int:
    """Return how many code points two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def overlaps(gold: Sequence[Span], predicted: Sequence[Span]) -> Pairs:
    """Return all pairs of indices whose spans share a character, in order."""
    order = sorted(range(len(predicted)), key=lambda j: predicted[j].start)
    pairs: Pairs = []
    for i, span in enumerate(gold):
        for j in order:
            if predicted[j].start >= span.end:
                break
            if overlap(span, predicted[j]):
                pairs.append((i, j))
    return pairs


def mentions(
    gold: Sequence[Span],
    predicted: Sequence[Span],
    allowed: Callable[[int, int], bool] = lambda i, j: True,
    better: Callable[[int, int], bool] = lambda i, j: False,
) -> Pairs:
    """Pair mentions that overlap and are ``allowed``, one to one, as many as there can be.

    Among as many, those pairs that are ``better``, then those that overlap most.
    """
    weights: dict[tuple[int, int], float] = {}
    for i, j in overlaps(gold, predicted):
        if allowed(i, j):
            shared = overlap(gold[i], predicted[j])
            either = max(gold[i].end, predicted[j].end) - min(gold[i].start, predicted[j].start)
            weights[i, j] = 1 + 0.1 * better(i, j) + 0.01 * shared / either
    rows = sorted({i for i, _ in weights})
    columns = sorted({j for _, j in weights})
    if len(rows) == len(columns) == len(weights):
        return sorted(weights)
    found = best(len(rows), len(columns), lambda r, c: weights.get((rows[r], columns[c]), 0.0))
    return [(rows[r], columns[c]) for r, c in found]


# -- fillers ---------------------------------------------------------------------------------------


def parts(gold: Sequence[Part], predicted: Sequence[Part]) -> Pairs:
    """Pair participants by name; those that count go first, then those of the same role."""

    def weight(i: int, j: int) -> float:
        close = closeness(gold[i].names, predicted[j].names)
        if not close:
            return 0.0
        paid = 0.5 if gold[i].free else 1.0
        return paid + _ROLE * same_role(gold[i], predicted[j]) + _CLOSE * close

    return best(len(gold), len(predicted), weight)


def same_role(gold: Part, predicted: Part) -> bool:
    """Say whether a role of the prediction is one that gold accepts."""
    return not set(gold.roles).isdisjoint(predicted.roles)


def places(gold: Sequence[Names], predicted: Sequence[Names]) -> Pairs:
    """Pair locations by name."""
    return best(len(gold), len(predicted), lambda i, j: closeness(gold[i], predicted[j]))


def same_number(
    one: tuple[int | float | None, int | float | None],
    other: tuple[int | float | None, int | float | None],
) -> bool:
    """Say whether two numbers are equal, up to the rounding of a float."""
    return all(
        a is b if a is None or b is None else abs(a - b) <= 1e-9 * max(abs(a), abs(b))
        for a, b in zip(one, other, strict=True)
    )


def counts(gold: Sequence[Count], predicted: Sequence[Count]) -> Pairs:
    """Pair counts by number and unit."""

    def weight(i: int, j: int) -> float:
        same = same_number(gold[i].number, predicted[j].number)
        return float(same and same_unit(gold[i].unit, predicted[j].unit))

    return best(len(gold), len(predicted), weight)


# -- events ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """What two events have in common."""

    weight: float
    parts: Pairs
    places: Pairs
    counts: Pairs
    date: bool
    trigger: bool


def match(gold: Event, predicted: Event) -> Match:
    """Compare two events, whatever their types; the weight says how much they share."""
    shared = (
        parts(gold.parts, predicted.parts),
        places(gold.locations, predicted.locations),
        counts(gold.counts, predicted.counts),
    )
    date = gold.date is not None and same_value(gold.date, predicted.date)
    trigger = any(contains(a, b) for a in gold.triggers for b in predicted.triggers)
    weight = sum(len(pairs) for pairs in shared) + date + TRIGGER_WEIGHT * trigger
    return Match(weight, *shared, date, trigger)


def _common_speaker(gold: Event, predicted: Event) -> bool:
    return any(
        agree(a.names, b.names)
        for a in gold.parts
        for b in predicted.parts
        if SPEAKER in a.roles and SPEAKER in b.roles
    )


def may_align(gold: Event, predicted: Event) -> bool:
    """Say whether two events may be one: of one type, and statements of one speaker."""
    if gold.type != predicted.type:
        return False
    return gold.type != STATEMENT or _common_speaker(gold, predicted)


def events(
    gold: Sequence[Event], predicted: Sequence[Event]
) -> tuple[Pairs, dict[tuple[int, int], Match]]:
    """Align the records of one article; return the pairs, and all matches of a weight over 0."""
    found: dict[tuple[int, int], Match] = {}
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            if may_align(one, other):
                shared = match(one, other)
                if shared.weight > 0:
                    found[i, j] = shared

    def weight(i: int, j: int) -> float:
        shared = found.get((i, j))
        if shared is None:
            return 0.0
        return shared.weight + _REQUIRED * (not gold[i].free and not predicted[j].free)

    return best(len(gold), len(predicted), weight), found


def mistyped(gold: Sequence[Event], predicted: Sequence[Event], aligned: Pairs) -> Pairs:
    """Pair what is left after alignment and is one event under two types.

    A place or a person alone says too little: a trigger agrees, or two fillers.
    """
    answered = {j for _, j in aligned}
    lost = [i for i, e in enumerate(gold) if i not in dict(aligned) and not e.free]
    extra = [j for j, e in enumerate(predicted) if j not in answered and not e.free]

    def weight(row: int, column: int) -> float:
        one, other = gold[lost[row]], predicted[extra[column]]
        shared = match(one, other)
        statement = STATEMENT in (one.type, other.type)
        alike = shared.trigger or (shared.weight >= 2 and not statement)
        return shared.weight if one.type != other.type and alike else 0.0

    return [(lost[r], extra[c]) for r, c in best(len(lost), len(extra), weight)]
