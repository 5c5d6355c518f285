"""Records as flat rows for tables: a row an event, or a row what fills one of its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from arxtract.records import ArticleRecord, EventCount, EventRecord, Place

Cell = str | float | date | None
Columns = Mapping[str, type[str] | type[float] | type[date]]

JOIN = " | "
"""What stands between the fillers of one slot."""

_KEY: Columns = {"article": str, "event": str, "type": str}
TABLES: Mapping[str, Columns] = {
    "events": {
        "article": str, "title": str, "published": date, "event": str, "type": str, "label": str,
        "status": str, "date": str, "earliest": date, "latest": date, "locations": str,
        "countries": str, "lat": float, "lon": float, "participants": str, "counts": str,
        "source": str, "confidence": float, "evidence": str,
    },
    "participants": {
        **_KEY, "name": str, "entity_type": str, "role": str, "position": str, "affiliation": str,
    },
    "locations": {
        **_KEY, "name": str, "kind": str, "country": str, "lat": float, "lon": float,
        "source_id": str,
    },
    "counts": {
        **_KEY, "value": float, "low": float, "high": float, "bound": str, "unit": str,
        "unit_class": str, "role": str,
    },
}  # fmt: skip
"""The columns of each table; ``article`` is an article's id, ``event`` that of an event in it."""

_BOUNDS = {
    "more_than": ">",
    "at_least": "≥",
    "less_than": "<",
    "at_most": "≤",
    "about": "~",
}


def rows(table: str, record: ArticleRecord) -> Iterator[dict[str, Cell]]:
    """Yield the rows that a record has in a table of :data:`TABLES`, cells by column."""
    columns = TABLES[table]
    for event in record.events:
        if table == "events":
            yield dict(zip(columns, _event(record, event), strict=True))
            continue
        key = (record.id, event.id, event.type)
        for cells in _fillers(table, event):
            yield dict(zip(columns, (*key, *cells), strict=True))


def _event(record: ArticleRecord, event: EventRecord) -> tuple[Cell, ...]:
    day = event.date
    placed = [x.place for x in event.locations if x.place]
    spot = next((place for place in placed if place.lat is not None), None)
    return (
        record.id,
        record.title.text if record.title else None,
        record.published,
        event.id,
        event.type,
        event.label.text,
        event.status,
        day.value if day else None,
        day.earliest if day else None,
        day.latest if day else None,
        _joined(x.name for x in event.locations),
        _joined(dict.fromkeys(place.country for place in placed if place.country)),
        spot.lat if spot else None,
        spot.lon if spot else None,
        _joined(f"{p.name} ({p.role})" for p in event.participants),
        _joined(map(_count, event.counts)),
        event.source.text if event.source else None,
        event.confidence,
        _joined(span.text for span in event.evidence),
    )


def _fillers(table: str, event: EventRecord) -> Iterator[tuple[Cell, ...]]:
    if table == "participants":
        for p in event.participants:
            position, affiliation = (s.text if s else None for s in (p.position, p.affiliation))
            yield p.name, p.type, p.role, position, affiliation
    elif table == "locations":
        for x in event.locations:
            yield x.name, *_place(x.place)
    else:
        for c in event.counts:
            yield c.value, c.low, c.high, c.bound, c.unit, c.unit_class, c.role


def _place(place: Place | None) -> tuple[Cell, ...]:
    if place is None:
        return (None,) * 5
    return place.kind, place.country, place.lat, place.lon, place.source_id


def _joined(parts: Iterable[str]) -> str:
    return JOIN.join(parts)


def _count(count: EventCount) -> str:
    if count.value is not None:
        number = f"{count.value:.15g}"
    elif count.low is not None or count.high is not None:
        ends = ("" if end is None else f"{end:.15g}" for end in (count.low, count.high))
        number = "..".join(ends)
    else:
        number = "?"
    return f"{_BOUNDS.get(count.bound or '', '')}{number} {count.unit or ''}".strip()
