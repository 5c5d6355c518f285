"""Events as CSV for a spreadsheet: one row an event, what fills a slot joined by ``|``.

UTF-8 with a byte order mark, by which Excel knows Arabic. Article text is only ever text there:
a cell that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from pathlib import Path

from arxtract.batch import flat
from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Spreadsheet:
    """A CSV file of events."""

    def __init__(self, target: str | Path) -> None:
        try:
            self._file = open(target, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        except OSError as error:
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
        self._rows = csv.writer(self._file)
        self._rows.writerow(flat.TABLES["events"])

    def write(self, record: ArticleRecord) -> None:
        """Write a row for each event of a record."""
        for row in flat.rows("events", record):
            self._rows.writerow([guarded(cell) for cell in row.values()])

    def close(self) -> None:
        self._file.close()


def guarded(cell: flat.Cell) -> flat.Cell:
    """Return a cell that no spreadsheet runs as a formula, on one line."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return " ".join(cell.split()).replace("\0", "")
