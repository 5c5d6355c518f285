"""What a file of rules would find in articles: a look before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from arxtract.events.ontology import EventType
from arxtract.pipeline import Article, Pipeline
from arxtract.records import EventRecord


class Sighting(NamedTuple):
    """An event that triggers of the file name, or help to name."""

    article: str
    event: EventRecord
    triggers: tuple[str, ...]
    """The triggers of the file that are in it, as the file writes them."""


def sightings(
    pipeline: Pipeline, types: Sequence[EventType], articles: Iterable[Article]
) -> Iterator[Sighting]:
    """Yield the events that triggers of ``types`` find; the pipeline must know the types."""
    rules = {f"{t.type}: {trigger.name}": trigger.name for t in types for trigger in t.triggers}
    for record in pipeline.stream(articles):
        for event in record.events:
            found = [
                rules[r.rule] for r in event.reasons if r.slot == "trigger" and r.rule in rules
            ]
            if found:
                yield Sighting(record.id, event, tuple(dict.fromkeys(found)))
