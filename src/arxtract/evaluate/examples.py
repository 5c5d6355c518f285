"""Rules that carry their own proof: running the examples of an ontology.

An example is a sentence in the notation of the gold, so its names, dates and quantities are
given and only the rules are on trial; ``gives`` says what an event of the type must hold:
``trigger``, ``status``, ``date``, ``location``, ``count``, ``source`` or a role of the type, each
with one text or a list. A counterexample must give no event of the type.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from arxtract.errors import DataError
from arxtract.evaluate import notation
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.marked import mentions_of
from arxtract.events.engine import Engine
from arxtract.events.ontology import EventType, Example
from arxtract.names import chains
from arxtract.places import link
from arxtract.records import EventRecord
from arxtract.text import plain


class Failure(NamedTuple):
    """An example that does not give what it says."""

    type: str
    say: str
    wanted: str
    got: str

    def __str__(self) -> str:
        return f"{self.type}: {self.say}\n  wanted {self.wanted}\n  got    {self.got or 'nothing'}"


def check(engine: Engine, only: Collection[str] | None = None) -> Iterator[Failure]:
    """Yield every example and counterexample of the ontology that fails.

    ``only`` names the types to look at; all if None.
    """
    for event_type in engine.ontology.types.values():
        if only is not None and event_type.type not in only:
            continue
        for example in event_type.examples:
            yield from _wrong(engine, event_type, example, counter=False)
        for example in event_type.counterexamples:
            yield from _wrong(engine, event_type, example, counter=True)


def read(engine: Engine, say: str) -> list[EventRecord]:
    """Return the records, however unlikely, of a sentence in the notation of the gold."""
    raw, marks = notation.unmark(say, "example")
    document = plain(raw)
    entities, dates, quantities = mentions_of(raw, marks, Path("example"))
    article = GoldArticle("example", raw, None, False, None, (), entities, dates, quantities, [])
    article.fill(document)
    document.entities = link(document, chains.link(document, document.entities))
    return engine.extract(document, threshold=0)


def _wrong(
    engine: Engine, event_type: EventType, example: Example, *, counter: bool
) -> Iterator[Failure]:
    # Casualties and the like take the type of the event they belong to.
    names = {event_type.type, event_type.otherwise, *event_type.joins}
    records = [r for r in read(engine, example.say) if r.type in names]
    shown = "; ".join(map(_show, records))
    if counter:
        if records:
            yield Failure(event_type.type, example.say, "nothing", shown)
        return
    unknown = set(example.gives) - _SLOTS - {r for n in names for r in _roles(engine, n)}
    if unknown:
        raise DataError(
            f"{event_type.type}: example {example.say!r}: no slot or role {sorted(unknown)[0]!r}"
        )
    if not any(_holds(record, example) for record in records):
        yield Failure(event_type.type, example.say, str(example.gives), shown)


_SLOTS = {"trigger", "status", "date", "location", "count", "source"}


def _roles(engine: Engine, name: str | None) -> Iterator[str]:
    known = engine.ontology.types.get(name or "")
    return iter(known.roles if known else ())


def _holds(record: EventRecord, example: Example) -> bool:
    for slot, wanted in example.gives.items():
        have = _values(record, slot)
        for text in (wanted,) if isinstance(wanted, str) else wanted:
            if text not in have:
                return False
    return True


def _values(record: EventRecord, slot: str) -> list[str]:
    if slot == "trigger":
        return [t.text for t in record.triggers]
    if slot == "status":
        return [record.status]
    if slot == "date":
        return [str(record.date.value)] if record.date else []
    if slot == "location":
        return [place.name for place in record.locations]
    if slot == "count":
        return [f"{c.value:g} {c.unit}" for c in record.counts if c.value is not None]
    if slot == "source":
        return [record.source.text] if record.source else []
    actors = [p for p in record.participants if p.role == slot]
    return [p.name for p in actors] + [p.span.text for p in actors]


def _show(record: EventRecord) -> str:
    slots = [
        f"{slot} {', '.join(values)}"
        for slot in ("trigger", "date", "location", "count")
        if (values := _values(record, slot))
    ]
    slots += [f"{p.role} {p.name}" for p in record.participants]
    return f"{record.type} ({record.status}): " + " · ".join(slots)
