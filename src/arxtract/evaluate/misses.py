"""The error report: every miss by its kind, in the order of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from arxtract.evaluate import align
from arxtract.evaluate.align import Pairs
from arxtract.evaluate.naming import agree, same_unit
from arxtract.evaluate.notation import same_value
from arxtract.evaluate.scores import Comparison, is_charged, merged, same_quantity, strictly_same
from arxtract.evaluate.sides import Event, Part
from arxtract.records import DateMention, Entity, Quantity, Span

Kind = Literal[
    "missed",
    "spurious",
    "split",
    "merged",
    "wrong type",
    "wrong slot",
    "wrong span",
    "wrong value",
    "boilerplate leak",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Layer = Literal["body", "entities", "dates", "quantities", "events", "slots"]
LAYERS: tuple[Layer, ...] = get_args(Layer)


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between gold and prediction. ``start`` and ``end`` are raw offsets."""

    article: str
    layer: Layer
    kind: Kind
    gold: str | None
    predicted: str | None
    start: int
    end: int
    slot: str | None = None
    event: str | None = None
    """Type and label of the record that the slot belongs to."""

    def as_dict(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def __str__(self) -> str:
        where = f"{self.article}:{self.start}"
        slot = f" {self.slot}" if self.slot else ""
        event = f"  in «{self.event}»" if self.event else ""
        return (
            f"{where} {self.layer}{slot}: {self.kind}: "
            f"gold {_quoted(self.gold)}, predicted {_quoted(self.predicted)}{event}"
        )


def _quoted(text: str | None) -> str:
    return "nothing" if text is None else f"«{' '.join(text.split())}»"


def find(found: Comparison) -> list[Miss]:
    """Return all misses of one article: by layer, then in the order of the text."""
    misses = [
        *_body(found),
        *_entities(found),
        *_dates(found),
        *_quantities(found),
        *_Events(found).run(),
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
    for j in sorted(open_predicted):
        if len(touched[j]) > 1 and any(i in open_gold for i in touched[j]):
            text = " + ".join(show(gold[i]) for i in touched[j])
            open_predicted.discard(j)
            open_gold.difference_update(touched[j])
            span = predicted[j]
            yield Miss(article, layer, "merged", text, show(span), span.start, span.end)
    for i in sorted(open_gold):
        span = gold[i]
        near = [j for j in touching[i] if j in open_predicted]
        if len(touching[i]) > 1 and near:
            text = " + ".join(show(predicted[j]) for j in touching[i])
            open_predicted.difference_update(near)
            yield Miss(article, layer, "split", show(span), text, span.start, span.end)
        elif near:
            other = predicted[near[0]]
            open_predicted.discard(near[0])
            kind = name_kind(span, other)
            yield Miss(article, layer, kind, show(span), show(other), span.start, span.end)
        elif touching[i]:
            other = predicted[touching[i][0]]
            yield Miss(article, layer, "merged", show(span), show(other), span.start, span.end)
        else:
            yield Miss(article, layer, "missed", show(span), None, span.start, span.end)
    for j in sorted(open_predicted):
        span = predicted[j]
        around = gold[touched[j][0]] if touched[j] else None
        sort: Kind = "split" if around else "spurious"
        if not _within(span.start, found.gold.body):
            sort = "boilerplate leak"
        shown = show(around) if around else None
        yield Miss(article, layer, sort, shown, show(span), span.start, span.end)


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
        )


# -- events ----------------------------------------------------------------------------------------


class _Events:
    """Sorts what is wrong with the records of one article."""

    def __init__(self, found: Comparison) -> None:
        self.found = found
        self.gold, self.predicted = found.gold.events, found.predicted.events
        self.answers = dict(found.events)

    def run(self) -> Iterator[Miss]:
        for i, j in self.found.events:
            if not (self.gold[i].free or self.predicted[j].free):
                yield from self._slots(self.gold[i], self.predicted[j], i, j)
        yield from self._unaligned()

    def _miss(self, kind: Kind, gold: Event | None, predicted: Event | None) -> Miss:
        at = gold or predicted
        start = at.start if at else 0
        return Miss(
            self.found.gold.name,
            "events",
            kind,
            gold.key if gold else None,
            predicted.key if predicted else None,
            start,
            start,
        )

    def _unaligned(self) -> Iterator[Miss]:
        answered = set(self.answers.values())
        lost = [i for i, e in enumerate(self.gold) if i not in self.answers and not e.free]
        extra = [j for j, e in enumerate(self.predicted) if j not in answered and not e.free]
        mistyped = align.best(
            len(lost), len(extra), lambda r, c: self._other_type(lost[r], extra[c])
        )
        for r, c in mistyped:
            yield self._miss("wrong type", self.gold[lost[r]], self.predicted[extra[c]])
        for i in (i for r, i in enumerate(lost) if r not in {r for r, _ in mistyped}):
            into = self._nearest([(i, j) for j in sorted(answered)])
            if into is not None:
                yield self._miss("merged", self.gold[i], self.predicted[into[1]])
            else:
                yield self._miss("missed", self.gold[i], None)
        for j in (j for c, j in enumerate(extra) if c not in {c for _, c in mistyped}):
            event = self.predicted[j]
            of = self._nearest([(i, j) for i in sorted(self.answers)])
            if of is not None:
                yield self._miss("split", self.gold[of[0]], event)
            elif _within(event.start, self.found.gold.body):
                yield self._miss("spurious", None, event)
            else:
                yield self._miss("boilerplate leak", None, event)

    def _other_type(self, i: int, j: int) -> float:
        """Weigh two records of different types; a place or a person alone says too little."""
        gold, predicted = self.gold[i], self.predicted[j]
        match = align.match(gold, predicted)
        statement = align.STATEMENT in (gold.type, predicted.type)
        alike = match.trigger or (match.weight >= 2 and not statement)
        return match.weight if gold.type != predicted.type and alike else 0.0

    def _nearest(self, pairs: Pairs) -> tuple[int, int] | None:
        near = [p for p in pairs if p in self.found.matches]
        return max(near, key=lambda p: self.found.matches[p].weight, default=None)

    def _slots(self, gold: Event, predicted: Event, i: int, j: int) -> Iterator[Miss]:
        match = self.found.matches[i, j]

        def miss(kind: Kind, slot: str, one: str | None, other: str | None) -> Miss:
            start = gold.start
            return Miss(
                self.found.gold.name, "slots", kind, one, other, start, start, slot, gold.key
            )

        if not match.date and (gold.date or predicted.date):
            kind: Kind = "wrong value" if gold.date and predicted.date else "missed"
            kind = "spurious" if gold.date is None else kind
            yield miss(kind, "date", gold.date, predicted.date)
        if gold.status != predicted.status:
            yield miss("wrong value", "status", gold.status, predicted.status)
        yield from self._people(gold, predicted, match.parts, miss)
        yield from self._places(gold, predicted, match.places, miss)
        yield from self._counts(gold, predicted, match.counts, miss)

    def _people(
        self, gold: Event, predicted: Event, pairs: Pairs, miss: Callable[..., Miss]
    ) -> Iterator[Miss]:
        answers = dict(pairs)
        for i, part in enumerate(gold.parts):
            if part.free:
                continue
            j = answers.get(i)
            if j is not None:
                if not align.same_role(part, predicted.parts[j]):
                    yield miss(
                        "wrong slot", "participant", _shown(part), _shown(predicted.parts[j])
                    )
                continue
            place = next((n for n in predicted.locations if agree(part.names, n)), None)
            if place is not None:
                yield miss("wrong slot", "participant", _shown(part), f"{place[0]} (location)")
            else:
                yield miss("missed", "participant", _shown(part), None)
        for j, part in enumerate(predicted.parts):
            if j in answers.values() or not is_charged(part, gold):
                continue
            twice = next((o for o in gold.parts if agree(o.names, part.names)), None)
            if twice is not None:
                yield miss("split", "participant", _shown(twice), _shown(part))
            else:
                yield miss("spurious", "participant", None, _shown(part))

    def _places(
        self, gold: Event, predicted: Event, pairs: Pairs, miss: Callable[..., Miss]
    ) -> Iterator[Miss]:
        for i in sorted(set(range(len(gold.locations))) - {i for i, _ in pairs}):
            names = gold.locations[i]
            part = next((p for p in predicted.parts if agree(p.names, names)), None)
            if part is not None:
                yield miss("wrong slot", "location", names[0], _shown(part))
            else:
                yield miss("missed", "location", names[0], None)
        for j in sorted(set(range(len(predicted.locations))) - {j for _, j in pairs}):
            yield miss("spurious", "location", None, predicted.locations[j][0])

    def _counts(
        self, gold: Event, predicted: Event, pairs: Pairs, miss: Callable[..., Miss]
    ) -> Iterator[Miss]:
        lost = sorted(set(range(len(gold.counts))) - {i for i, _ in pairs})
        extra = sorted(set(range(len(predicted.counts))) - {j for _, j in pairs})
        for i in lost:
            count = gold.counts[i]
            near = [
                j
                for j in extra
                if same_unit(count.unit, predicted.counts[j].unit)
                or align.same_number(count.number, predicted.counts[j].number)
            ]
            if near:
                extra.remove(near[0])
                yield miss("wrong value", "count", count.text, predicted.counts[near[0]].text)
            else:
                yield miss("missed", "count", count.text, None)
        for j in extra:
            yield miss("spurious", "count", None, predicted.counts[j].text)


def _within(place: int, body: Sequence[Span]) -> bool:
    return any(part.start <= place < part.end for part in body)


def _shown(part: Part) -> str:
    return f"{part.names[0]} ({' or '.join(part.roles)})"
