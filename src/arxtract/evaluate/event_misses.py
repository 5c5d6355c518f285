"""What is wrong with the records of one article: the events, and their slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from arxtract.evaluate import align
from arxtract.evaluate.align import Pairs
from arxtract.evaluate.miss import Kind, Miss
from arxtract.evaluate.naming import agree, same_unit
from arxtract.evaluate.scores import Comparison, is_charged, is_within
from arxtract.evaluate.sides import Event, Part, Range


class Events:
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
            gold_at=gold.told_at if gold else (),
            predicted_at=predicted.told_at if predicted else (),
        )

    def _unaligned(self) -> Iterator[Miss]:
        answered = set(self.answers.values())
        lost = [i for i, e in enumerate(self.gold) if i not in self.answers and not e.free]
        extra = [j for j, e in enumerate(self.predicted) if j not in answered and not e.free]
        mistyped = align.mistyped(self.gold, self.predicted, self.found.events)
        for i, j in mistyped:
            yield self._miss("wrong type", self.gold[i], self.predicted[j])
        for i in (i for i in lost if i not in dict(mistyped)):
            into = self._nearest([(i, j) for j in sorted(answered)])
            if into is not None:
                yield self._miss("merged", self.gold[i], self.predicted[into[1]])
            else:
                yield self._miss("missed", self.gold[i], None)
        for j in (j for j in extra if j not in {j for _, j in mistyped}):
            event = self.predicted[j]
            of = self._nearest([(i, j) for i in sorted(self.answers)])
            if of is not None:
                yield self._miss("split", self.gold[of[0]], event)
            elif is_within(event.start, self.found.gold.body):
                yield self._miss("spurious", None, event)
            else:
                yield self._miss("boilerplate leak", None, event)

    def _nearest(self, pairs: Pairs) -> tuple[int, int] | None:
        near = [p for p in pairs if p in self.found.matches]
        return max(near, key=lambda p: self.found.matches[p].weight, default=None)

    def _slots(self, gold: Event, predicted: Event, i: int, j: int) -> Iterator[Miss]:
        match = self.found.matches[i, j]

        def miss(kind: Kind, slot: str, one: _Filler, other: _Filler) -> Miss:
            start = gold.start
            return Miss(
                self.found.gold.name,
                "slots",
                kind,
                one and one[0],
                other and other[0],
                start,
                start,
                slot,
                gold.key,
                _known(one, gold),
                _known(other, predicted),
            )

        if not match.date and (gold.date or predicted.date):
            kind: Kind = "wrong value" if gold.date and predicted.date else "missed"
            kind = "spurious" if gold.date is None else kind
            one = (gold.date, gold.date_at) if gold.date else None
            other = (predicted.date, predicted.date_at) if predicted.date else None
            yield miss(kind, "date", one, other)
        if gold.status != predicted.status:
            yield miss("wrong value", "status", (gold.status, None), (predicted.status, None))
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
                    other = _shown(predicted.parts[j])
                    yield miss("wrong slot", "participant", _shown(part), other)
                continue
            n = next((n for n, p in enumerate(predicted.locations) if agree(part.names, p)), None)
            if n is not None:
                place = f"{predicted.locations[n][0]} (location)", predicted.locations_at[n]
                yield miss("wrong slot", "participant", _shown(part), place)
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
            place = names[0], gold.locations_at[i]
            part = next((p for p in predicted.parts if agree(p.names, names)), None)
            if part is not None:
                yield miss("wrong slot", "location", place, _shown(part))
            else:
                yield miss("missed", "location", place, None)
        for j in sorted(set(range(len(predicted.locations))) - {j for _, j in pairs}):
            place = predicted.locations[j][0], predicted.locations_at[j]
            yield miss("spurious", "location", None, place)

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
                other = predicted.counts[near[0]]
                yield miss("wrong value", "count", (count.text, count.at), (other.text, other.at))
            else:
                yield miss("missed", "count", (count.text, count.at), None)
        for j in extra:
            spare = predicted.counts[j]
            yield miss("spurious", "count", None, (spare.text, spare.at))


_Filler = tuple[str, Range | None] | None
"""What fills a slot, and where it stands."""


def _known(filler: _Filler, event: Event) -> tuple[Range, ...]:
    """Return where a filler stands; of one that stands nowhere, where its event is told."""
    if filler is None:
        return ()
    return (filler[1],) if filler[1] else event.told_at[:1]


def _shown(part: Part) -> tuple[str, Range | None]:
    return f"{part.names[0]} ({' or '.join(part.roles)})", part.at
