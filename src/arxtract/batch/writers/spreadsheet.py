"""Events as CSV for a spreadsheet: one row an event, what fills a slot joined by ``|``.

UTF-8 with a byte order mark, by which Excel knows Arabic. Article text is only ever text there:
a cell that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord, EventCount, EventRecord

COLUMNS = (
    "article", "title", "published", "event", "type", "label", "status", "date", "earliest",
    "latest", "locations", "countries", "lat", "lon", "participants", "counts", "source",
    "confidence", "evidence",
)  # fmt: skip
JOIN = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOUNDS = {
    "more_than": ">",
    "at_least": "≥",
    "less_than": "<",
    "at_most": "≤",
    "about": "~",
}

Cell = str | float | int | None


class Spreadsheet:
    """A CSV file of events."""

    def __init__(self, target: str | Path) -> None:
        try:
            self._file = open(target, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        except OSError as error:
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
        self._rows = csv.writer(self._file)
        self._rows.writerow(COLUMNS)

    def write(self, record: ArticleRecord) -> None:
        """Write a row for each event of a record."""
        for event in record.events:
            self._rows.writerow([guarded(cell) for cell in _row(record, event)])

    def close(self) -> None:
        self._file.close()


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs as a formula, on one line."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return " ".join(cell.split()).replace("\0", "")


def _row(record: ArticleRecord, event: EventRecord) -> tuple[Cell, ...]:
    day = event.date
    placed = [x.place for x in event.locations if x.place]
    spot = next((place for place in placed if place.lat is not None), None)
    return (
        record.id,
        record.title.text if record.title else None,
        str(record.published or ""),
        event.id,
        event.type,
        event.label.text,
        event.status,
        day.value if day else None,
        str((day and day.earliest) or ""),
        str((day and day.latest) or ""),
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
