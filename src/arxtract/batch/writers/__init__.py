"""Records on disk: which format a file name asks for, writing them and reading them back.

A format is a module of this folder with a writer and, where nothing is lost in it, ``records`` to
read back; a new one is a line in :data:`FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from arxtract.batch.remote import exists, path_of
from arxtract.batch.writers.jsonl import JsonLines
from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord

__all__ = [
    "FORMATS",
    "Format",
    "JsonLines",
    "Writer",
    "format_of",
    "holds_records",
    "read_records",
    "records",
]


class Writer(Protocol):
    """What takes records one by one."""

    def write(self, record: ArticleRecord) -> None:
        """Take a record."""
        ...

    def close(self) -> None:
        """Write what is still held and let go of the file."""
        ...


@dataclass(frozen=True)
class Format:
    """A format of records."""

    module: str
    writer: str
    reads: bool = True
    """Whether records can be read back from it."""
    resumes: bool = False
    """Whether a run that was broken off can go on in its file."""

    def create(self, target: str | Path, **options: Any) -> Writer:
        """Return a writer to a file; ``append=True`` where the format resumes."""
        create: Callable[..., Writer] = self._part(self.writer)
        return create(target, **options)

    def records(self, path: str | Path) -> Iterator[ArticleRecord]:
        """Yield the records of a file."""
        read: Callable[[str | Path], Iterator[ArticleRecord]] = self._part("records")
        return read(path)

    def ids(self, path: str | Path) -> Iterator[str]:
        """Yield the ids of a file's records, where the format resumes."""
        read: Callable[[str | Path], Iterator[str]] = self._part("ids")
        return read(path)

    def _part(self, name: str) -> Any:
        return getattr(import_module(f"{__name__}.{self.module}"), name)


_JSONL = Format("jsonl", "JsonLines", resumes=True)
_SQLITE = Format("sqlite", "Sqlite", resumes=True)
FORMATS = {
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".sqlite": _SQLITE,
    ".db": _SQLITE,
    ".csv": Format("spreadsheet", "Spreadsheet", reads=False),
    ".flat.parquet": Format("parquet", "FlatParquet", reads=False),
    ".parquet": Format("parquet", "Parquet"),
}
"""The formats by suffix; where two fit, the first."""


def format_of(path: str | Path) -> Format:
    """Return the format that a file name asks for; a name without a suffix is JSONL.

    Raises:
        ArxtractError: no format has this suffix.
    """
    found = _by_suffix(path)
    if found is None and Path(path).suffix:
        known = ", ".join(FORMATS)
        raise ArxtractError(f"{path}: records of no known kind; known are {known}")
    return found or _JSONL


def _by_suffix(path: str | Path) -> Format | None:
    name = Path(path).name.lower()
    return next((chosen for suffix, chosen in FORMATS.items() if name.endswith(suffix)), None)


def records(path: str | Path) -> Iterator[ArticleRecord]:
    """Yield the records of a file of any format that can be read back.

    Raises:
        ArxtractError: the file is missing or damaged, or of a format that keeps events alone.
    """
    chosen = format_of(path)
    if not chosen.reads:
        raise ArxtractError(f"{path}: holds events alone; records are read from .jsonl, .sqlite, "
                            "or .parquet")  # fmt: skip
    if not exists(path_of(path)):
        raise ArxtractError(f"{path}: no such file")
    return chosen.records(path)


def holds_records(path: str | Path) -> bool:
    """Say whether a file holds records, not articles: a database, or JSONL by its first line."""
    chosen = _by_suffix(path)
    if chosen is _SQLITE:
        return True
    file = path_of(path)
    if chosen is not _JSONL or not exists(file) or not file.is_file():
        return False
    with file.open("rb") as lines:
        return b'"schema":"arxtract/' in lines.readline(200).replace(b" ", b"")


def read_records(path: str | Path) -> list[ArticleRecord]:
    """Return the records of a JSONL file.

    Raises:
        ArxtractError: a line is no record; the message names it.
    """
    return list(_JSONL.records(path))
