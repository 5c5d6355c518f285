"""Records as a SQLite database, ready for SQL: a table a kind of thing, one transaction an article.

``articles.json`` holds the whole record, so nothing is lost and the records can be read back.
The column ``stop`` is the records' ``end`` (a reserved word of SQL).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from arxtract.batch.remote import is_remote
from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord, EventRecord, Place, Span

_SPAN = "start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL"
_PLACE = "kind TEXT, country TEXT, lat REAL, lon REAL, source_id TEXT"
_OWNED = (
    "article INTEGER NOT NULL REFERENCES articles, id TEXT NOT NULL, {}, PRIMARY KEY (article, id)"
)
_SLOT = (
    "article INTEGER NOT NULL, event TEXT NOT NULL, n INTEGER NOT NULL, {}, "
    "PRIMARY KEY (article, event, n), FOREIGN KEY (article, event) REFERENCES events (article, id)"
)
_NUMBER = (
    "value NUMERIC, low NUMERIC, high NUMERIC, bound TEXT, unit TEXT, unit_class TEXT NOT NULL"
)
TABLES = {
    "articles": "article INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT, published TEXT, "
    "published_from TEXT, warnings TEXT NOT NULL, json TEXT NOT NULL",
    "entities": _OWNED.format(
        f"{_SPAN}, type TEXT NOT NULL, name TEXT NOT NULL, chain TEXT NOT NULL, score REAL, "
        f"{_PLACE}"
    ),
    "dates": _OWNED.format(
        f"{_SPAN}, type TEXT NOT NULL, value TEXT, earliest TEXT, latest TEXT, anchored TEXT"
    ),
    "quantities": _OWNED.format(f"{_SPAN}, {_NUMBER}, part_of TEXT"),
    "events": _OWNED.format(
        "type TEXT NOT NULL, label TEXT NOT NULL, status TEXT NOT NULL, date TEXT, earliest TEXT, "
        "latest TEXT, date_mention TEXT, source TEXT, confidence REAL NOT NULL"
    ),
    "triggers": _SLOT.format(_SPAN),
    "participants": _SLOT.format(
        f"mention TEXT, name TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL, position TEXT, "
        f"affiliation TEXT, {_SPAN}"
    ),
    "locations": _SLOT.format(f"mention TEXT NOT NULL, name TEXT NOT NULL, {_PLACE}"),
    "counts": _SLOT.format(f"mention TEXT NOT NULL, {_NUMBER}, role TEXT"),
    "evidence": _SLOT.format(_SPAN),
}
"""The columns of each table."""

INDEXES = (
    ("articles", "id"),
    ("articles", "published"),
    ("entities", "chain"),
    ("entities", "name"),
    ("events", "type, earliest"),
    ("events", "earliest"),
    ("participants", "name"),
    ("locations", "name"),
    ("locations", "country"),
    ("counts", "unit"),
)
_LARGEST = 2**63 - 1


class Sqlite:
    """A database of records; with ``append`` they follow those already there.

    ``durable=False`` trades safety in a power cut for speed, for what can be made again.
    """

    def __init__(self, target: str | Path, *, append: bool = False, durable: bool = True) -> None:
        self._target = target
        if not append:
            for stale in (Path(target), Path(f"{target}-journal")):
                stale.unlink(missing_ok=True)
        try:
            self._base = sqlite3.connect(target, isolation_level=None)
            self._base.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
            self._base.execute("PRAGMA foreign_keys = ON")
            self._create()
        except sqlite3.Error as error:
            raise ArxtractError(f"{target}: cannot be written: {error}") from error

    def _create(self) -> None:
        self._base.execute("BEGIN")
        for table, columns in TABLES.items():
            self._base.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        for table, columns in INDEXES:
            name = f"{table}_{columns.replace(', ', '_')}"
            self._base.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({columns})")
        self._base.execute("COMMIT")

    def write(self, record: ArticleRecord) -> None:
        """Write a record in one transaction: all of it, or nothing."""
        try:
            self._base.execute("BEGIN")
            self._write(record)
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise ArxtractError(
                f"{self._target}: {record.id}: cannot be written: {error}"
            ) from error

    def _write(self, record: ArticleRecord) -> None:
        article = self._base.execute(
            "INSERT INTO articles (id, title, published, published_from, warnings, json) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            _plain(
                (
                    record.id,
                    _text(record.title),
                    record.published,
                    record.published_from,
                    "\n".join(record.warnings),
                    record.to_json(),
                )
            ),
        ).lastrowid
        self._insert(
            "entities",
            (
                (article, e.id, *_span(e), e.type, e.name, e.chain, e.score, *_place(e.place))
                for e in record.entities
            ),
        )
        self._insert(
            "dates",
            (
                (article, d.id, *_span(d), d.type, d.value, d.earliest, d.latest, d.anchored)
                for d in record.dates
            ),
        )
        self._insert(
            "quantities",
            (
                (article, q.id, *_span(q), q.value, q.low, q.high, q.bound, q.unit, q.unit_class,
                 q.part_of)
                for q in record.quantities
            ),
        )  # fmt: skip
        for event in record.events:
            self._write_event(article, event)

    def _write_event(self, article: int | None, event: EventRecord) -> None:
        day = event.date
        when = (day.value, day.earliest, day.latest, day.mention) if day else (None,) * 4
        row = (article, event.id, event.type, event.label.text, event.status, *when,
               _text(event.source), event.confidence)  # fmt: skip
        self._insert("events", [row])
        slots: dict[str, Iterable[tuple[Any, ...]]] = {
            "triggers": map(_span, event.triggers),
            "participants": (
                (p.mention, p.name, p.type, p.role, _text(p.position), _text(p.affiliation),
                 *_span(p.span))
                for p in event.participants
            ),
            "locations": ((x.mention, x.name, *_place(x.place)) for x in event.locations),
            "counts": (
                (c.mention, c.value, c.low, c.high, c.bound, c.unit, c.unit_class, c.role)
                for c in event.counts
            ),
            "evidence": map(_span, event.evidence),
        }  # fmt: skip
        for table, rows in slots.items():
            self._insert(table, ((article, event.id, n, *row) for n, row in enumerate(rows)))

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            marks = ", ".join("?" * len(row))
            self._base.execute(f"INSERT INTO {table} VALUES ({marks})", _plain(row))

    def close(self) -> None:
        self._base.close()


def _plain(row: Iterable[Any]) -> tuple[Any, ...]:
    """Return the values as SQLite takes them: days as ISO text, integers of 64 bits."""
    return tuple(
        value.isoformat() if hasattr(value, "isoformat")
        else float(value) if isinstance(value, int) and abs(value) > _LARGEST
        else value
        for value in row
    )  # fmt: skip


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _span(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text


def _place(place: Place | None) -> tuple[Any, ...]:
    if place is None:
        return (None,) * 5
    return place.kind, place.country, place.lat, place.lon, place.source_id


def _read(path: str | Path, column: str) -> Iterator[str]:
    if is_remote(path):
        raise ArxtractError(f"{path}: a database is read on this machine alone; copy it here first")
    if not Path(path).is_file():
        raise ArxtractError(f"{path}: no such file")
    try:
        base = sqlite3.connect(path)  # not read-only: what a killed run left half done is undone
        try:
            for (value,) in base.execute(f"SELECT {column} FROM articles ORDER BY article"):
                yield value
        finally:
            base.close()
    except sqlite3.Error as error:
        raise ArxtractError(f"{path}: no database of arxtract records: {error}") from error


def records(path: str | Path) -> Iterator[ArticleRecord]:
    """Yield the records of a database, in the order in which they were written."""
    for number, line in enumerate(_read(path, "json"), 1):
        try:
            yield ArticleRecord.model_validate_json(line)
        except ValueError as error:
            raise ArxtractError(f"{path}: article {number}: no arxtract record") from error


def ids(path: str | Path) -> Iterator[str]:
    """Yield the ids of the records of a database."""
    return _read(path, "id")
