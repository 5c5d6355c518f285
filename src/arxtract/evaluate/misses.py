"""The error report: every miss by its kind, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from arxtract.evaluate import align
from arxtract.evaluate.align import Pairs
from arxtract.evaluate.event_misses import Events
from arxtract.evaluate.miss import LAYERS, Kind, Layer, Miss
from arxtract.evaluate.naming import same_unit
from arxtract.evaluate.notation import same_value
from arxtract.evaluate.scores import Comparison, is_within, merged, same_quantity, strictly_same
from arxtract.evaluate.sides import Range
from arxtract.records import DateMention, Entity, Quantity, Span


def find(found: Comparison) -> list[Miss]:
    """Return all misses of one article: by layer, then in the order of the text."""
    misses = [
        *_body(found),
        *_entities(found),
        *_dates(found),
        *_quantities(found),
        *Events(found).run(),
    ]
    order = {layer: n for n, layer in enumerate(LAYERS)}
    return sorted(misses, key=lambda m: (order[m.layer], m.start, m.end))


# -- body ------------------------------------------------------------------------------------------


def _body(found: Comparison) -> Iterator[Miss]:
    raw, name = found.gold.raw, found.gold.name
    gold, predicted = list(merged(found.gold.body)), list(merged(found.predicted.body))
    for start, end in _less(gold, predicted):
        if raw[start:end].strip():
            yield Miss(name, "body", "missed", _ends(raw[start:end]), None, start, end)
    for start, end in _less(predicted, gold):
        if raw[start:end].strip():
            yield Miss(name, "body", "boilerplate leak", None, _ends(raw[start:end]), start, end)


def _less(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield what is in the ranges of ``one`` and in none of ``other``."""
    for start, end in one:
        for first, last in other:
            if last <= start or first >= end:
                continue
            if first > start:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end


def _ends(text: str, most: int = 80) -> str:
    """Shorten a long text to its two ends."""
    text = " ".join(text.split())
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"


# -- mentions --------------------------------------------------------------------------------------


def _leftovers(
    found: Comparison,
    layer: Layer,
    sides: tuple[Sequence[Span], Sequence[Span]],
    paired: Pairs,
    show: Callable[[Any], str],
    name_kind: Callable[[Any, Any], Kind],
) -> Iterator[Miss]:
    """Sort what is left unpaired in a layer of mentions."""
    gold, predicted = sides
    article = found.gold.name
    open_gold = set(range(len(gold))) - {i for i, _ in paired}
    open_predicted = set(range(len(predicted))) - {j for _, j in paired}
    touching: dict[int, list[int]] = defaultdict(list)
    touched: dict[int, list[int]] = defaultdict(list)
    for i, j in align.overlaps(gold, predicted):
        touching[i].append(j)
        touched[j].append(i)

    def miss(kind: Kind, at: Span, left: Sequence[int], right: Sequence[int]) -> Miss:
        one, other = [gold[i] for i in left], [predicted[j] for j in right]
        return Miss(
            article,
            layer,
            kind,
            " + ".join(map(show, one)) or None,
            " + ".join(map(show, other)) or None,
            at.start,
            at.end,
            gold_at=_places(one),
            predicted_at=_places(other),
        )

    for j in sorted(open_predicted):
        if len(touched[j]) > 1 and any(i in open_gold for i in touched[j]):
            open_predicted.discard(j)
            open_gold.difference_update(touched[j])
            yield miss("merged", predicted[j], touched[j], [j])
    for i in sorted(open_gold):
        near = [j for j in touching[i] if j in open_predicted]
        if len(touching[i]) > 1 and near:
            open_predicted.difference_update(near)
            yield miss("split", gold[i], [i], touching[i])
        elif near:
            open_predicted.discard(near[0])
            yield miss(name_kind(gold[i], predicted[near[0]]), gold[i], [i], near[:1])
        elif touching[i]:
            yield miss("merged", gold[i], [i], touching[i][:1])
        else:
            yield miss("missed", gold[i], [i], [])
    for j in sorted(open_predicted):
        sort: Kind = "split" if touched[j] else "spurious"
        if not is_within(predicted[j].start, found.gold.body):
            sort = "boilerplate leak"
        yield miss(sort, predicted[j], touched[j][:1], [j])


def _places(spans: Iterable[Span]) -> tuple[Range, ...]:
    return tuple((span.start, span.end) for span in spans)


def _entities(found: Comparison) -> Iterator[Miss]:
    def show(entity: Entity) -> str:
        return f"{entity.text} {entity.type}"

    def kind(gold: Entity, predicted: Entity) -> Kind:
        return "wrong span" if gold.type == predicted.type else "wrong type"

    sides = found.gold.entities, found.predicted.entities
    yield from _leftovers(found, "entities", sides, found.exact, show, kind)


def _dates(found: Comparison) -> Iterator[Miss]:
    def show(date: DateMention) -> str:
        return f"{date.text} = {date.value or '?'}"

    sides = found.gold.dates, found.predicted.dates
    yield from _leftovers(found, "dates", sides, found.dates, show, lambda g, p: "wrong value")
    for i, j in found.dates:
        gold, other = found.gold.dates[i], found.predicted.dates[j]
        if not same_value(gold.value, other.value):
            yield Miss(
                found.gold.name,
                "dates",
                "wrong value",
                show(gold),
                show(other),
                gold.start,
                gold.end,
                gold_at=_places([gold]),
                predicted_at=_places([other]),
            )


def _quantities(found: Comparison) -> Iterator[Miss]:
    def show(quantity: Quantity) -> str:
        value: object = quantity.value if quantity.value is not None else "?"
        if quantity.value is None and quantity.low is not None:
            value = f"{quantity.low}..{quantity.high}"
        bound = "" if quantity.bound in (None, "exact") else f"{quantity.bound} "
        return f"{quantity.text} = {bound}{value} {quantity.unit}"

    sides = found.gold.quantities, found.predicted.quantities
    yield from _leftovers(
        found, "quantities", sides, found.quantities, show, lambda g, p: "wrong value"
    )
    for i, j in found.quantities:
        gold, other = found.gold.quantities[i], found.predicted.quantities[j]
        if strictly_same(gold, other):
            continue
        slot = None
        if same_quantity(gold, other):
            slot = "bound" if same_unit(gold.unit, other.unit) else "unit"
        yield Miss(
            found.gold.name,
            "quantities",
            "wrong value",
            show(gold),
            show(other),
            gold.start,
            gold.end,
            slot,
            gold_at=_places([gold]),
            predicted_at=_places([other]),
        )
