"""Which types are taken for which: of names, and of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from arxtract.evaluate import align
from arxtract.evaluate.scores import Comparison

NOTHING = "nothing"
"""What stands for the type of what one side alone has."""

Confusion = Counter[tuple[str, str]]
"""How often a type of gold met a type of the prediction."""


def confusion(comparisons: Iterable[Comparison]) -> dict[str, Confusion]:
    """Count the types that met in ``entities`` and in ``events``, over all articles."""
    names: Confusion = Counter()
    events: Confusion = Counter()
    for found in comparisons:
        names.update(_names(found))
        events.update(_events(found))
    return {"entities": names, "events": events}


def _names(found: Comparison) -> Iterable[tuple[str, str]]:
    gold, predicted = found.gold.entities, found.predicted.entities
    pairs = align.mentions(gold, predicted, better=lambda i, j: gold[i].type == predicted[j].type)
    answers, answered = dict(pairs), {j for _, j in pairs}
    for i, name in enumerate(gold):
        yield name.type, predicted[answers[i]].type if i in answers else NOTHING
    for j, name in enumerate(predicted):
        if j not in answered:
            yield NOTHING, name.type


def _events(found: Comparison) -> Iterable[tuple[str, str]]:
    gold, predicted = found.gold.events, found.predicted.events
    pairs = [*found.events, *align.mistyped(gold, predicted, found.events)]
    answers, answered = dict(pairs), {j for _, j in pairs}
    for i, event in enumerate(gold):
        other = predicted[answers[i]] if i in answers else None
        if not (event.free or (other is not None and other.free)):
            yield event.type, other.type if other else NOTHING
    for j, event in enumerate(predicted):
        if j not in answered and not event.free:
            yield NOTHING, event.type
