"""Events in the codes of other schemes: ACE 2005 and PLOVER.

Types are mapped by the ontology, roles by ``data/codes.yaml``. Events whose type has no code are
left out and counted. The shapes are those that tools for the two schemes read: for ACE a line an
article with mentions and offsets; for PLOVER a line an event with source and target.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from arxtract.errors import ArxtractError
from arxtract.events.ontology import Ontology
from arxtract.records import ArticleRecord, Entity, EventRecord, Participant, Span, Status
from arxtract.resources import package_root, read_yaml

Scheme = Literal["ace", "plover"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_GPE, _FACILITY = ("country", "region", "city"), "venue"


class Codes(BaseModel):
    """What ``data/codes.yaml`` says: by type of event, what its roles are called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ace: dict[str, dict[str, str]]
    ace_place: dict[str, str]
    ace_status: dict[Status, dict[str, str]]
    plover: dict[str, dict[str, Literal["source", "target", "both"]]]


@lru_cache(maxsize=1)
def codes() -> Codes:
    """Return the table of roles."""
    return read_yaml(package_root() / "exchange" / "data" / "codes.yaml", Codes)


def write(
    records: Iterable[ArticleRecord], target: Path, scheme: str, ontology: Ontology
) -> Counter[str]:
    """Write the coded events of records as JSONL; return by type how many have no code.

    Raises:
        ArxtractError: there is no such scheme, or the file cannot be written.
    """
    if scheme not in SCHEMES:
        raise ArxtractError(f"{scheme}: no such scheme of codes; known are {', '.join(SCHEMES)}")
    known = {
        name: code for name, t in ontology.types.items() if (code := getattr(t, scheme)) is not None
    }
    uncoded: Counter[str] = Counter()
    lines = _ace if scheme == "ace" else _plover
    try:
        with target.open("w", encoding="utf-8", newline="\n") as file:
            for record in records:
                uncoded.update(e.type for e in record.events if e.type not in known)
                for line in lines(record, known):
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
    return uncoded


# -- ACE -------------------------------------------------------------------------------------------


def _ace(record: ArticleRecord, known: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """Return the one line of an article."""
    words: dict[str, Span] = {entity.id: entity for entity in record.entities}
    words |= {date.id: date for date in record.dates}

    def argument(role: str | None, ours: str, mention: str | None, **rest: Any) -> dict[str, Any]:
        at = words.get(mention or "")
        told = {"text": at.text, "start": at.start, "end": at.end} if at else {}
        return {"role": role, "arxtract_role": ours, "mention_id": mention, **told, **rest}

    def event(one: EventRecord) -> dict[str, Any]:
        roles = codes().ace.get(one.type, {})
        place = codes().ace_place.get(one.type, "Place")
        trigger = one.triggers[0]
        arguments = [
            argument(roles.get(p.role), p.role, p.mention, **_words(p)) for p in one.participants
        ]
        arguments += [argument(place, "location", where.mention) for where in one.locations]
        if one.date:
            time = argument("Time-Within", "date", one.date.mention, value=one.date.value)
            arguments.append(time)
        return {
            "id": one.id,
            "event_type": known[one.type],
            "arxtract_type": one.type,
            "trigger": trigger.model_dump(),
            "arguments": arguments,
            **codes().ace_status[one.status],
            "genericity": "Specific",
            "confidence": one.confidence,
        }

    events = [event(one) for one in record.events if one.type in known]
    entities = [
        {
            "id": e.id,
            "entity_id": e.chain,
            "entity_type": _entity_type(e),
            "text": e.text,
            "start": e.start,
            "end": e.end,
        }
        for e in record.entities
    ]
    yield {"doc_id": record.id, "entity_mentions": entities, "event_mentions": events}


def _words(participant: Participant) -> dict[str, Any]:
    return {**participant.span.model_dump()}


def _entity_type(entity: Entity) -> str:
    """Return ACE's type of a name: a place is a GPE, a facility or a location by its kind."""
    if entity.type != "LOC" or entity.place is None:
        return entity.type
    kind = entity.place.kind
    return "GPE" if kind in _GPE else "FAC" if kind == _FACILITY else "LOC"


# -- PLOVER ----------------------------------------------------------------------------------------


def _plover(record: ArticleRecord, known: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """Yield a line an event."""
    for one in record.events:
        if one.type not in known:
            continue
        roles = codes().plover.get(one.type, {})

        def side(name: str, one: EventRecord = one, roles: Mapping[str, str] = roles) -> list[Any]:
            return [
                {"name": p.name, "type": p.type, "arxtract_role": p.role}
                for p in one.participants
                if roles.get(p.role) in (name, "both")
            ]

        yield {
            "id": f"{record.id}#{one.id}",
            "event_type": known[one.type],
            "arxtract_type": one.type,
            "date": one.date.value if one.date else None,
            "earliest": one.date.earliest.isoformat() if one.date and one.date.earliest else None,
            "latest": one.date.latest.isoformat() if one.date and one.date.latest else None,
            "published": record.published.isoformat() if record.published else None,
            "source": side("source"),
            "target": side("target"),
            "location": [{"name": where.name, **_place(where.place)} for where in one.locations],
            "counts": [
                {"value": c.value, "low": c.low, "high": c.high, "unit": c.unit, "role": c.role}
                for c in one.counts
            ],
            "status": one.status,
            "confidence": one.confidence,
            "text": " ".join(span.text for span in one.evidence) or one.label.text,
        }


def _place(place: Any) -> dict[str, Any]:
    fields = ("country", "lat", "lon")
    return {name: getattr(place, name, None) for name in fields}
