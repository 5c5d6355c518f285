"""What the network learns to read beside names: which words tell of events, and who fills slots.

A trigger of the gold labels the first word of its first place with the type of its event; its
other places, and all words of doubtful events, are left out. The first word of every name and date
is labelled with each slot that it fills in any event of the article, that of a quantity with none.
All are labelled with the events that they belong to, so that the network learns what is tied to
which word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from arxtract.evaluate.align import same_number
from arxtract.evaluate.gold import GoldArticle, GoldEvent, ontology_roles
from arxtract.evaluate.naming import agree, same_unit
from arxtract.evaluate.notation import number_of
from arxtract.names.hints import TIES

UNKNOWN = -1
EVENT_TYPES = tuple(sorted(ontology_roles()))
SLOTS = ("date", "place", *sorted({role for roles in ontology_roles().values() for role in roles}))
NO_TIE = (0,) * (1 + len(TIES))
_LONGEST_PROCLITICS = 3
_MOST_EVENTS = 62
"""Events of an article whose ties are labelled: their numbers are bits."""

Tie = tuple[int, ...]
"""Events that a word tells of, and those whose date, place, participant or count it is: each the
sum of 2 to the power of the event's number."""
Told = Mapping[str, Sequence[int]]
"""An event by raw offsets: its ``words``, and its names, dates and quantities by ``TIES``."""


@dataclass
class Hints:
    """The labels of an article by raw offsets of words' letters; words that lack one have none.

    An event label is 0 for no event, or 1 + an index of :data:`EVENT_TYPES`; slots are the sum of
    2 to the power of each index of :data:`SLOTS`.
    """

    events: dict[int, int] = field(default_factory=dict)
    slots: dict[int, int] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def ties(self) -> dict[int, Tie]:
        """Return the tie of each word that has one."""
        found: dict[int, list[int]] = {}
        for number, told in enumerate(self.told[:_MOST_EVENTS]):
            for column, name in enumerate(("words", *TIES)):
                for start in told.get(name, ()):
                    found.setdefault(start, list(NO_TIE))[column] |= 1 << number
        return {start: tuple(tie) for start, tie in found.items()}


def hints_from(row: Mapping[str, Any]) -> Hints:
    """Return the labels of an article in ``data/names``."""
    labels = {kind: number for number, kind in enumerate(EVENT_TYPES, 1)} | {"": UNKNOWN}
    events = {start: labels[kind] for start, kind in row["events"]}
    slots = {start: sum(1 << SLOTS.index(slot) for slot in named) for start, named in row["slots"]}
    return Hints(events, slots, row["told"])


def hints_of(article: GoldArticle) -> Hints:
    """Return the labels of an annotated article."""
    hints = Hints()
    doubtful = sorted(article.events, key=lambda event: event.optional)
    for event in doubtful:
        label = UNKNOWN if event.optional else 1 + EVENT_TYPES.index(event.type)
        for trigger in event.triggers:
            places = list(_places(article, trigger))
            for number, start in enumerate(places):
                known = hints.events.get(start, UNKNOWN)
                if known == UNKNOWN:
                    hints.events[start] = UNKNOWN if number else label
    for mention in (*article.entities, *article.dates, *article.quantities):
        hints.slots.setdefault(mention.start, 0)
    for event in article.events:
        if not event.optional:
            hints.told.append(_fill(hints, article, event))
    return hints


def _fill(hints: Hints, article: GoldArticle, event: GoldEvent) -> Told:
    """Label what fills the slots of an event; return its words and what is tied to them."""
    first = [next(_places(article, trigger), None) for trigger in event.triggers]
    told: dict[str, list[int]] = {"words": sorted({start for start in first if start is not None})}

    def tie(start: int, name: str) -> None:
        starts = told.setdefault(name, [])
        if start not in starts:
            starts.append(start)

    def give(start: int, slot: str) -> None:
        hints.slots[start] = hints.slots.get(start, 0) | 1 << SLOTS.index(slot)
        tie(start, slot if slot in TIES else "part")

    for date in article.dates:
        if event.date is not None and date.value == event.date:
            give(date.start, "date")
    for quantity in article.quantities:
        number = number_of(quantity.value, quantity.low, quantity.high)
        if any(
            same_number(count.number, number) and same_unit(count.unit, quantity.unit)
            for count in event.counts
        ):
            tie(quantity.start, "count")
    for entity in article.entities:
        if any(agree(names, (entity.text,)) for names in event.locations):
            give(entity.start, "place")
    for part in event.participants:
        role = part.role[0]
        if role not in SLOTS:
            continue
        named = [e for e in article.entities if agree(part.name, (e.text,))]
        for entity in named:
            give(entity.start, role)
        if not named:
            for start in list(_places(article, part.name[0]))[:1]:
                give(start, role)
    return told


def _places(article: GoldArticle, words: str) -> Iterator[int]:
    """Yield where words stand in the body, at most a few proclitics behind a word's beginning."""
    raw = article.raw
    for stretch in article.body:
        start = raw.find(words, stretch.start, stretch.end)
        while start >= 0:
            first = start
            while first > 0 and raw[first - 1].isalnum():
                first -= 1
            end = start + len(words)
            whole = end == len(raw) or not raw[end].isalnum()
            if whole and start - first <= _LONGEST_PROCLITICS:
                yield start
            start = raw.find(words, start + 1, stretch.end)
