"""Reading articles from files, folders and tables; one that cannot be read never stops the rest.

A reader yields an :class:`~arxtract.pipeline.Article` for what it could read and an
:class:`Unread` for what it could not, in a fixed order.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from arxtract.batch.decode import decode
from arxtract.errors import ArxtractError, ReadError
from arxtract.pipeline import Article, as_date

TEXTS = frozenset({".txt", ".text"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
TABLES = frozenset({".jsonl", ".ndjson", ".csv"})
COLUMNS = ("id", "text", "published", "title")

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


class Unread(NamedTuple):
    """An article that could not be read, and why."""

    id: str
    reason: str


def read(source: str | Path, *, published: date | None = None) -> Iterator[Article | Unread]:
    """Yield the articles of a file, a folder, a table, or ``-`` for one text on standard input.

    A folder is walked in sorted order for texts and pages; an article's id is its path within
    the folder, with ``/``. A table (JSONL or CSV) has the columns ``id`` and ``text`` and may have
    ``published`` and ``title``. ``published`` stands in where an article has no day of its own.

    Raises:
        ReadError: the source does not exist, or is of no known kind.
    """
    if str(source) == "-":
        yield _text(sys.stdin.buffer, "-", published)
        return
    path = Path(source)
    if path.is_dir():
        yield from _folder(path, published)
    elif not path.exists():
        raise ReadError(f"{path}: no such file or folder")
    elif path.suffix.lower() in TABLES:
        yield from _table(path, published)
    elif path.suffix.lower() in TEXTS | PAGES:
        yield _file(path, path.name, published)
    else:
        kinds = ", ".join(sorted(TEXTS | PAGES | TABLES))
        raise ReadError(f"{path}: of no kind that can be read; known are {kinds} and folders")


def count(source: str | Path) -> int | None:
    """Return how many articles a source holds, if that is known without reading it."""
    path = Path(source)
    if str(source) == "-" or (path.is_file() and path.suffix.lower() not in TABLES):
        return 1
    return sum(1 for _ in _files(path)) if path.is_dir() else None


def _files(folder: Path) -> Iterator[Path]:
    found = (p for p in folder.rglob("*") if p.suffix.lower() in TEXTS | PAGES)
    yield from sorted(found, key=lambda p: p.relative_to(folder).as_posix())


def _folder(folder: Path, published: date | None) -> Iterator[Article | Unread]:
    empty = True
    for path in _files(folder):
        empty = False
        yield _file(path, path.relative_to(folder).as_posix(), published)
    if empty:
        raise ReadError(f"{folder}: no .txt or .html file in the folder")


def _file(path: Path, name: str, published: date | None) -> Article | Unread:
    try:
        if path.suffix.lower() in PAGES:
            return _page(path.read_bytes(), name, published)
        with path.open("rb") as file:
            return _text(file, name, published)
    except OSError as error:
        return Unread(name, f"cannot be opened: {error.strerror or error}")
    except ArxtractError as error:
        return Unread(name, str(error))


def _text(file: BinaryIO, name: str, published: date | None) -> Article | Unread:
    try:
        text, warnings = decode(file.read())
    except ReadError as error:
        return Unread(name, str(error))
    return Article(text, name, published, None, warnings)


def _page(data: bytes, name: str, published: date | None) -> Article:
    from arxtract.text.html import to_text

    text, warnings = decode(data)
    page, title, day = to_text(text)
    return Article(page, name, published or day, title, warnings)


# -- tables ----------------------------------------------------------------------------------------


def _table(path: Path, published: date | None) -> Iterator[Article | Unread]:
    rows = _csv(path) if path.suffix.lower() == ".csv" else _json_lines(path)
    for number, row in rows:
        name = f"{path.name}:{number}"
        if isinstance(row, str):
            yield Unread(name, row)
            continue
        yield _row(row, name, published)


def _row(row: Mapping[str, Any], name: str, published: date | None) -> Article | Unread:
    if row.get("id") not in (None, ""):
        name = str(row["id"])
    text = row.get("text")
    if not isinstance(text, str):
        return Unread(name, "no column 'text', or it holds no text")
    day = published
    warnings: tuple[str, ...] = ()
    given = row.get("published")
    if given:
        try:
            day = as_date(str(given)) or published
        except ArxtractError as error:
            warnings = (f"column 'published': {error}",)
    title = row.get("title")
    return Article(text, name, day, title if isinstance(title, str) else None, warnings)


def _json_lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, UnicodeDecodeError) as error:
                yield number, f"no JSON: {error}"
                continue
            yield number, row if isinstance(row, dict) else "no JSON object"


def _csv(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    text, _ = decode(path.read_bytes())
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "text" not in (reader.fieldnames or ()):
        named = ", ".join(reader.fieldnames or ()) or "none"
        raise ReadError(f"{path}:1: no column 'text'; the columns are {named}")
    for row in reader:
        yield reader.line_num, row
