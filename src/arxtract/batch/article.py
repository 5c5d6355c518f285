"""What all readers share: how to read, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from arxtract.errors import ArxtractError

COLUMNS = ("id", "text", "published", "title")


class Unread(NamedTuple):
    """An article that could not be read, and why."""

    id: str
    reason: str


@dataclass(frozen=True)
class Options:
    """How to read articles.

    ``published`` stands in where an article has no day of its own; ``columns`` says what the
    columns ``id``, ``text``, ``published``, ``title`` are called in tables; ``pattern`` (as in
    ``*.txt``) says which files of folders and archives to read.
    """

    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    pattern: str | None = None

    def __post_init__(self) -> None:
        for name in self.columns:
            if name not in COLUMNS:
                known = ", ".join(COLUMNS)
                raise ArxtractError(f"column {name!r}: no such column; known are {known}")

    def column(self, name: str) -> str:
        """Return what a column is called in the user's tables."""
        return self.columns.get(name, name)
