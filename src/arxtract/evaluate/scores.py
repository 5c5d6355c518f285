"""The scores of one article, as numbers right, spurious and missed that add up over articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from arxtract.evaluate import align
from arxtract.evaluate.align import STATEMENT, Match, Pairs
from arxtract.evaluate.naming import agree, same_unit
from arxtract.evaluate.notation import number_of, same_value
from arxtract.evaluate.sides import HOST, Event, Part, Side
from arxtract.records import Entity, Quantity, Span

NAMES = ("PER", "ORG", "LOC")
MISC = "MISC"


class Tally(NamedTuple):
    """How many are right, spurious (predicted, not gold) and missed (gold, not predicted)."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return the sum; ``+`` of a tuple would join the two."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.spurious or self.missed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gold and prediction of one article with all that answers each other: pairs of indices."""

    gold: Side
    predicted: Side
    exact: Pairs
    entities: Pairs
    dates: Pairs
    quantities: Pairs
    events: Pairs
    matches: dict[tuple[int, int], Match]


def compare(gold: Side, predicted: Side) -> Comparison:
    """Align all layers of one article."""
    g, p = gold, predicted
    places = {(e.start, e.end, e.type): j for j, e in enumerate(p.entities)}
    exact = [
        (i, places[e.start, e.end, e.type])
        for i, e in enumerate(g.entities)
        if (e.start, e.end, e.type) in places
    ]
    events, matches = align.events(g.events, p.events)
    return Comparison(
        gold=g,
        predicted=p,
        exact=exact,
        entities=align.mentions(
            g.entities, p.entities, lambda i, j: g.entities[i].type == p.entities[j].type
        ),
        dates=align.mentions(
            g.dates,
            p.dates,
            better=lambda i, j: same_value(g.dates[i].value, p.dates[j].value),
        ),
        quantities=align.mentions(
            g.quantities,
            p.quantities,
            better=lambda i, j: same_quantity(g.quantities[i], p.quantities[j]),
        ),
        events=events,
        matches=matches,
    )


def same_quantity(gold: Quantity, predicted: Quantity) -> bool:
    """Say whether two quantities are the same number."""
    return align.same_number(
        number_of(gold.value, gold.low, gold.high),
        number_of(predicted.value, predicted.low, predicted.high),
    )


def strictly_same(gold: Quantity, predicted: Quantity) -> bool:
    """Say whether two quantities are the same number with the same bound and unit."""
    vague = gold.value is None and gold.low is None
    return (
        same_quantity(gold, predicted)
        and (vague or gold.bound == predicted.bound)
        and same_unit(gold.unit, predicted.unit)
    )


# -- one article -----------------------------------------------------------------------------------


def tally(found: Comparison) -> dict[str, Tally]:
    """Return the numbers of one article by score; ``score/TYPE`` is the score of one type."""
    scores: dict[str, Tally] = defaultdict(Tally)
    scores["body_chars"] = body_chars(found.gold.raw, found.gold.body, found.predicted.body)
    scores["title"] = _equal(_words(found.gold.title), _words(found.predicted.title))
    if not found.gold.told:
        scores["published"] = _equal(found.gold.published, found.predicted.published)
    _entities(found, scores)
    _dates(found, scores)
    _quantities(found, scores)
    _events(found, scores)
    return dict(scores)


def _add(scores: dict[str, Tally], keys: Iterable[str], tally: Tally) -> None:
    for key in keys:
        scores[key] = scores[key].plus(tally)


def _words(span: Span | None) -> str | None:
    return " ".join(span.text.split()) if span else None


def _equal(gold: object, predicted: object) -> Tally:
    right = gold is not None and gold == predicted
    return Tally(right, predicted is not None and not right, gold is not None and not right)


def body_chars(raw: str, gold: Sequence[Span], predicted: Sequence[Span]) -> Tally:
    """Count the characters that are not space in the gold and in the predicted body."""
    inked = list(accumulate((not letter.isspace() for letter in raw), initial=0))

    def size(ranges: Iterable[tuple[int, int]]) -> int:
        return sum(inked[end] - inked[start] for start, end in ranges)

    one, other = list(merged(gold)), list(merged(predicted))
    both = size(shared(one, other))
    return Tally(both, size(other) - both, size(one) - both)


def merged(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Yield the ranges that spans cover, in order, each character once."""
    last = 0
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if span.end > last:
            yield max(last, span.start), span.end
            last = span.end


def shared(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield what two ordered lists of ranges have in common."""
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            yield start, end
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1


def is_within(place: int, body: Sequence[Span]) -> bool:
    """Say whether a raw offset lies in the body."""
    return any(part.start <= place < part.end for part in body)


# -- mentions --------------------------------------------------------------------------------------


def _entities(found: Comparison, scores: dict[str, Tally]) -> None:
    for key, pairs in (("entities", found.exact), ("entities_overlap", found.entities)):
        hit, answered = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, entity in enumerate(found.gold.entities):
            _add(scores, _entity_keys(key, entity), Tally(i in hit, 0, i not in hit))
        for j, entity in enumerate(found.predicted.entities):
            _add(scores, _entity_keys(key, entity), Tally(0, j not in answered, 0))


def _entity_keys(key: str, entity: Entity) -> tuple[str, ...]:
    by_type = f"{key}/{entity.type}"
    return (key, by_type) if entity.type in NAMES else (f"{key}_misc", by_type)


def _dates(found: Comparison, scores: dict[str, Tally]) -> None:
    gold, predicted = found.gold.dates, found.predicted.dates
    right = [(i, j) for i, j in found.dates if same_value(gold[i].value, predicted[j].value)]
    for key, pairs in (("dates_found", found.dates), ("dates_value", right)):
        _layer(scores, key, pairs, len(gold), len(predicted))
    hit, answered = {i for i, _ in right}, {j for _, j in right}
    for i, date in enumerate(gold):
        _add(scores, [f"dates_value/{date.type}"], Tally(i in hit, 0, i not in hit))
    for j, date in enumerate(predicted):
        _add(scores, [f"dates_value/{date.type}"], Tally(0, j not in answered, 0))


def _quantities(found: Comparison, scores: dict[str, Tally]) -> None:
    gold, predicted = found.gold.quantities, found.predicted.quantities
    for key, same in (("quantities", same_quantity), ("quantities_strict", strictly_same)):
        pairs = [(i, j) for i, j in found.quantities if same(gold[i], predicted[j])]
        _layer(scores, key, pairs, len(gold), len(predicted))


def _layer(scores: dict[str, Tally], key: str, pairs: Pairs, gold: int, predicted: int) -> None:
    _add(scores, [key], Tally(len(pairs), predicted - len(pairs), gold - len(pairs)))


# -- events ----------------------------------------------------------------------------------------

SLOTS = (
    "slot_date",
    "slot_location",
    "slot_participant",
    "slot_participant_role",
    "slot_count",
)
WHOLE = ("slot_date", "slot_location", "slot_participant", "slot_count")


def _events(found: Comparison, scores: dict[str, Tally]) -> None:
    gold, predicted = found.gold.events, found.predicted.events
    answers = dict(found.events)
    answered = set(answers.values())
    for i, event in enumerate(gold):
        j = answers.get(i)
        if event.free or (j is not None and predicted[j].free):
            continue
        if j is None:
            _add(scores, _event_keys(event), Tally(missed=1))
            _add_unaligned(scores, event, missed=True)
            _add(scores, ["whole_records"], Tally(missed=1))
            continue
        _add(scores, _event_keys(event), Tally(right=1))
        slots = aligned(event, predicted[j], found.matches[i, j])
        for slot, numbers in slots.items():
            _add(scores, [slot, f"{slot}/{event.type}", f"{slot}_of_aligned"], numbers)
        whole = all(slots[slot].clean for slot in WHOLE)
        _add(scores, ["whole_records"], Tally(whole, not whole, not whole))
        same = event.status == predicted[j].status
        keys = ["slot_status", f"slot_status/{event.type}"]
        _add(scores, keys, Tally(same, not same, not same))
    for j, event in enumerate(predicted):
        if j not in answered and not event.free:
            _add(scores, _event_keys(event), Tally(spurious=1))
            _add_unaligned(scores, event, missed=False)
            _add(scores, ["whole_records"], Tally(spurious=1))


def _event_keys(event: Event) -> tuple[str, ...]:
    alone = "events_statement" if event.type == STATEMENT else "events_without_statement"
    return "events", alone, f"events/{event.type}"


def _add_unaligned(scores: dict[str, Tally], event: Event, *, missed: bool) -> None:
    for slot, number in unaligned(event).items():
        numbers = Tally(missed=number) if missed else Tally(spurious=number)
        _add(scores, [slot, f"{slot}/{event.type}"], numbers)


def unaligned(event: Event) -> dict[str, int]:
    """Return by slot how many fillers of a record count when nothing answers it."""
    people = sum(not part.free for part in event.parts)
    return {
        "slot_date": int(event.date is not None),
        "slot_location": len(event.locations),
        "slot_participant": people,
        "slot_participant_role": people,
        "slot_count": len(event.counts),
    }


def aligned(gold: Event, predicted: Event, match: Match) -> dict[str, Tally]:
    """Return by slot what is right, spurious and missed in a pair of records."""
    date = Tally(
        match.date,
        predicted.date is not None and not match.date,
        gold.date is not None and not match.date,
    )
    people, roles = participants(gold, predicted, match.parts)
    return {
        "slot_date": date,
        "slot_location": _matched(match.places, gold.locations, predicted.locations),
        "slot_participant": people,
        "slot_participant_role": roles,
        "slot_count": _matched(match.counts, gold.counts, predicted.counts),
    }


def _matched(pairs: Pairs, gold: Sequence[object], predicted: Sequence[object]) -> Tally:
    return Tally(len(pairs), len(predicted) - len(pairs), len(gold) - len(pairs))


def participants(gold: Event, predicted: Event, pairs: Pairs) -> tuple[Tally, Tally]:
    """Return the numbers of a pair's participants by name alone, and by name and role.

    Neither paid nor charged: who is free on either side, who answers someone free, and a host
    that is a location on the other side.
    """
    answers = dict(pairs)
    answered = set(answers.values())
    right = roles = missed = 0
    for i, part in enumerate(gold.parts):
        if part.free:
            continue
        j = answers.get(i)
        if j is None:
            missed += 1
        else:
            right += 1
            roles += align.same_role(part, predicted.parts[j])
    spurious = sum(
        j not in answered and is_charged(part, gold) for j, part in enumerate(predicted.parts)
    )
    wrong = right - roles
    return Tally(right, spurious, missed), Tally(roles, spurious + wrong, missed + wrong)


def is_charged(part: Part, gold: Event) -> bool:
    """Say whether a participant that answers nobody counts as spurious."""
    if part.free or any(other.free and agree(other.names, part.names) for other in gold.parts):
        return False
    return not (HOST in part.roles and any(agree(part.names, n) for n in gold.locations))


def points(found: Comparison) -> list[tuple[float, bool]]:
    """Return of each record that counts its confidence, and whether it was aligned."""
    answers = {j: i for i, j in found.events}
    return [
        (event.confidence, j in answers)
        for j, event in enumerate(found.predicted.events)
        if event.confidence is not None
        and not event.free
        and not (j in answers and found.gold.events[answers[j]].free)
    ]
