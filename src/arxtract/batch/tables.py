"""Tables of articles: JSONL, JSON, CSV, TSV and Parquet, a row an article."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Any

from arxtract.batch import limits
from arxtract.batch.article import Options, Unread
from arxtract.batch.decode import decode, encoding_of
from arxtract.errors import ArxtractError, ReadError
from arxtract.pipeline import Article, as_date

STREAMED = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
"""Tables that are read from a stream of bytes, packed or not."""
TABLES = STREAMED | {".parquet"}

Numbered = tuple[int, Mapping[str, Any] | str]
"""A row with its line, or why it is none."""

_SAMPLE = 2**20

csv.field_size_limit(limits.TEXT)


def read_stream(
    file: IO[bytes], suffix: str, name: str, options: Options
) -> Iterator[Article | Unread]:
    """Yield the articles of a table; ``name`` is what its rows without an id are called by."""
    if suffix in (".csv", ".tsv"):
        rows = _separated(file, options, "\t" if suffix == ".tsv" else ",")
    elif suffix == ".json":
        rows = _json(file)
    else:
        rows = _json_lines(file)
    return _articles(rows, name, options)


def read_parquet(path: Path, options: Options) -> Iterator[Article | Unread]:
    """Yield the articles of a Parquet file; needs pyarrow (the extra ``table``)."""
    from arxtract.batch.writers import parquet

    return _articles(enumerate(parquet.rows(path), 1), path.name, options)


def _articles(rows: Iterable[Numbered], name: str, options: Options) -> Iterator[Article | Unread]:
    for number, row in rows:
        called = f"{name}:{number}"
        yield Unread(called, row) if isinstance(row, str) else article_of(row, called, options)


def article_of(row: Mapping[str, Any], name: str, options: Options) -> Article | Unread:
    """Return the article of a row; ``name`` is what it is called by if it has no id."""
    given = row.get(options.column("id"))
    if given not in (None, ""):
        name = str(given)
    text = row.get(options.column("text"))
    if not isinstance(text, str):
        return Unread(name, f"no column '{options.column('text')}', or it holds no text")
    day: date | None = options.published
    warnings: tuple[str, ...] = ()
    written = row.get(options.column("published"))
    if written:
        try:
            day = as_date(str(written)) or day
        except ArxtractError as error:
            warnings = (f"column '{options.column('published')}': {error}",)
    title = row.get(options.column("title"))
    return Article(text, name, day, title if isinstance(title, str) else None, warnings)


def _json_lines(file: IO[bytes]) -> Iterator[Numbered]:
    number = 0
    while line := limits.line_of(file):
        number += 1
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"no JSON: {error}"
            continue
        yield number, row if isinstance(row, dict) else "no JSON object"


def _json(file: IO[bytes]) -> Iterator[Numbered]:
    text, _ = decode(limits.read_all(file))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no JSON: {error}") from error
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        yield number, row if isinstance(row, dict) else "no JSON object"


def _separated(file: IO[bytes], options: Options, mark: str) -> Iterator[Numbered]:
    buffered = io.BufferedReader(file, _SAMPLE) if isinstance(file, io.RawIOBase) else file
    sample = buffered.read(_SAMPLE)
    encoding, _ = encoding_of(sample)
    lines = _lines(sample, buffered, encoding)
    reader = csv.DictReader(lines, delimiter=mark)
    wanted = options.column("text")
    try:
        if wanted not in (reader.fieldnames or ()):
            named = ", ".join(reader.fieldnames or ()) or "none"
            raise ReadError(f"line 1: no column '{wanted}'; the columns are {named}")
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        kind = "CSV" if mark == "," else "TSV"
        raise ReadError(f"line {reader.line_num}: not valid {kind}: {error}") from error


def _lines(sample: bytes, rest: IO[bytes], encoding: str) -> Iterator[str]:
    """Yield the lines of a text, line ends kept, in bounded memory."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    held = ""
    block = sample
    while block:
        lines = (held + decoder.decode(block)).split("\n")
        held = lines.pop()
        if len(held) > limits.TEXT:
            raise ReadError(f"a line longer than {limits.TEXT // 2**20} MB: no table of articles")
        for line in lines:
            yield line + "\n"
        block = rest.read(_SAMPLE)
    held += decoder.decode(b"", True)
    if held:
        yield held
