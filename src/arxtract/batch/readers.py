"""Reading articles from files, folders, archives and tables, here or elsewhere; one that cannot be
read never stops the rest.

A reader yields an :class:`~arxtract.pipeline.Article` for what it could read and an
:class:`Unread` for what it could not, in a fixed order.
"""

from __future__ import annotations

import gzip
import sys
import zipfile
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import IO

from arxtract.batch import remote, tables
from arxtract.batch.article import Options, Unread
from arxtract.batch.packed import PACKINGS, limited, unpacked
from arxtract.batch.single import read_page, read_text
from arxtract.batch.warc import read_warc
from arxtract.errors import ArxtractError, ReadError
from arxtract.pipeline import Article

__all__ = ["Options", "Unread", "count", "read"]

TEXTS = frozenset({".txt", ".text"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
WARC = ".warc"
STREAMS = TEXTS | PAGES | tables.STREAMED | {WARC}
_DAMAGED = (EOFError, zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, NotImplementedError)


def read(source: str | Path, options: Options | None = None) -> Iterator[Article | Unread]:
    """Yield the articles of a file, a folder, a table, an archive, or ``-`` for standard input.

    A folder or ``.zip`` archive is walked in sorted order for texts and pages; an article's id is
    its path within it, with ``/``. A table (JSONL, JSON, CSV, TSV, Parquet) has the columns ``id``
    and ``text`` and may have ``published`` and ``title``. A web archive (``.warc``) gives its pages
    and texts. Texts, pages, tables and web archives may be packed with gzip or Zstandard
    (``.txt.gz``, ``.jsonl.zst``). Standard input is one text. A source may be elsewhere
    (``s3://bucket/in/``), and then a pattern as well (``s3://bucket/in/*.jsonl``).

    Raises:
        ReadError: the source does not exist, cannot be reached, or is of no known kind.
        MissingExtra: it is elsewhere, and what reaches it is not installed.
    """
    options = options or Options()
    if str(source) == "-":
        yield from _stream(sys.stdin.buffer, ".txt", "-", options)
        return
    if remote.is_pattern(source):
        for path in remote.matches(str(source)):
            yield from _file(path, path.name, options)
        return
    path = remote.path_of(source)
    there = remote.exists(path)
    if path.is_dir():
        yield from _folder(path, options)
    elif not there:
        raise ReadError(f"{path}: no such file or folder")
    elif not _known(path.name):
        kinds = ", ".join(sorted(STREAMS | {".parquet", ".zip"} | set(PACKINGS)))
        raise ReadError(f"{path}: of no kind that can be read; known are {kinds} and folders")
    else:
        yield from _open(path, path.name, options)


def count(source: str | Path, options: Options | None = None) -> int | None:
    """Return how many articles a source holds, if that is known without reading it."""
    if str(source) == "-":
        return 1
    if remote.is_pattern(source):
        return None
    path = remote.path_of(source)
    if not remote.exists(path):
        return 0
    if path.is_dir():
        return sum(1 for _ in _files(path, options or Options()))
    return 1 if _kind(path.name)[0] in TEXTS | PAGES else None


def _kind(name: str) -> tuple[str, str]:
    """Return the suffix that says what a file is, and the one that says how it is packed."""
    path = PurePosixPath(name.lower())
    if path.suffix in PACKINGS:
        return PurePosixPath(path.stem).suffix, path.suffix
    return path.suffix, ""


def _known(name: str) -> bool:
    suffix, packing = _kind(name)
    return suffix in STREAMS or (not packing and suffix in (".parquet", ".zip"))


def _wanted(name: str, options: Options) -> bool:
    """Say whether a file of a folder or archive is to be read: a text or page, or by pattern."""
    if options.pattern is None:
        return _kind(name)[0] in TEXTS | PAGES
    by_name = fnmatchcase(PurePosixPath(name).name, options.pattern)
    return _known(name) and (by_name or fnmatchcase(name, options.pattern))


def _files(folder: Path, options: Options) -> Iterator[tuple[str, Path]]:
    found = (item for item in remote.files(folder) if _wanted(item[0], options))
    yield from sorted(found, key=itemgetter(0))


def _folder(folder: Path, options: Options) -> Iterator[Article | Unread]:
    empty = True
    for name, path in _files(folder, options):
        empty = False
        yield from _file(path, name, options)
    if empty:
        sought = f"{options.pattern} that can be read" if options.pattern else ".txt or .html file"
        raise ReadError(f"{folder}: no {sought} in the folder")


def _file(path: Path, name: str, options: Options) -> Iterator[Article | Unread]:
    """Yield the articles of one file of many; what is wrong with it ends it alone."""
    try:
        yield from _open(path, name, options)
    except ArxtractError as error:
        yield Unread(name, str(error).removeprefix(f"{path}: "))


def _open(path: Path, name: str, options: Options) -> Iterator[Article | Unread]:
    with remote.told(path):
        try:
            yield from _opened(path, name, options)
        except _DAMAGED as error:
            raise ReadError(f"{path}: damaged: {error}") from error
        except OSError as error:
            raise ReadError(f"{path}: cannot be opened: {error.strerror or error}") from error
        except ReadError as error:
            raise ReadError(f"{path}: {error}") from error


def _opened(path: Path, name: str, options: Options) -> Iterator[Article | Unread]:
    suffix, packing = _kind(name)
    if suffix == ".parquet":
        yield from tables.read_parquet(path, options)
    elif suffix == ".zip":
        yield from _archive(path, options)
    else:
        with remote.open_bytes(path) as file:
            stream = unpacked(file, packing, file.tell) if packing else file
            yield from _stream(stream, suffix, name, options)


def _stream(
    file: IO[bytes], suffix: str, name: str, options: Options
) -> Iterator[Article | Unread]:
    if suffix in tables.STREAMED:
        yield from tables.read_stream(file, suffix, name, options)
    elif suffix == WARC:
        yield from read_warc(file, options)
    else:
        yield (read_page if suffix in PAGES else read_text)(file, name, options)


def _archive(path: Path, options: Options) -> Iterator[Article | Unread]:
    """Yield the articles of a ``.zip``; nothing is unpacked to disk, names are only ids."""
    with remote.open_bytes(path) as file, zipfile.ZipFile(file) as archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
        if sum(info.compress_size for info in members) > path.stat().st_size:
            raise ReadError("its members overlap: not read")
        for info in members:
            name = info.filename
            if info.is_dir() or not _wanted(name, options):
                continue
            yield from _member(archive, info, options)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, options: Options
) -> Iterator[Article | Unread]:
    name = info.filename
    suffix, packing = _kind(name)
    try:
        if suffix not in STREAMS:
            raise ReadError("in an archive: take it out first")
        with archive.open(info) as inner:
            file, given = limited(inner, info.compress_size)
            stream = unpacked(file, packing, given) if packing else file
            yield from _stream(stream, suffix, name, options)
    except RuntimeError as error:  # encrypted
        yield Unread(name, f"locked: {error}")
    except (*_DAMAGED, OSError) as error:
        yield Unread(name, f"damaged: {error}")
    except ArxtractError as error:
        yield Unread(name, str(error).removeprefix(f"{name}: "))
