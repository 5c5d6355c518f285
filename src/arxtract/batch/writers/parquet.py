"""Records as Parquet, nested as they are or as a flat table of events: needs pyarrow (the extra
``table``).

The nested columns follow from the records' own types; numbers that may be whole or not are doubles.
The flat ones are those of :data:`arxtract.batch.flat.TABLES`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from arxtract.batch import flat
from arxtract.batch.remote import open_bytes, path_of
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.records import ArticleRecord

ROWS = 500
"""Rows of a row group: what is held in memory before it is written."""


def arrow() -> Any:
    """Return the module pyarrow with its Parquet part.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("Parquet", "table") from error
    return pyarrow


def schema() -> Any:
    """Return the Arrow schema of :class:`ArticleRecord`."""
    return arrow().schema(_fields(ArticleRecord))


def _fields(model: type[BaseModel]) -> list[Any]:
    return [
        arrow().field(field.alias or name, _type(field.annotation))
        for name, field in model.model_fields.items()
    ]


def _type(annotation: Any) -> Any:
    """Return the Arrow type of a field's annotation."""
    pa = arrow()
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inside[0])
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_type(inside[0]))
    if origin in (Union, types.UnionType):
        choices = [choice for choice in inside if choice is not type(None)]
        return _type(choices[0]) if len(choices) == 1 else pa.float64()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_fields(annotation))
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}[annotation]


class _Rows:
    """A Parquet file of rows, compressed with Zstandard."""

    def __init__(self, target: str | Path, schema: Any) -> None:
        self._table = arrow().Table
        self._schema = schema
        self._held: list[dict[str, Any]] = []
        try:
            self._file = arrow().parquet.ParquetWriter(str(target), schema, compression="zstd")
        except OSError as error:
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error

    def add(self, row: dict[str, Any]) -> None:
        self._held.append(row)
        if len(self._held) >= ROWS:
            self._flush()

    def _flush(self) -> None:
        self._file.write_table(self._table.from_pylist(self._held, schema=self._schema))
        self._held = []

    def close(self) -> None:
        try:
            if self._held:
                self._flush()
        finally:
            self._file.close()


class Parquet:
    """A Parquet file of records, a row an article."""

    def __init__(self, target: str | Path) -> None:
        self._rows = _Rows(target, schema())

    def write(self, record: ArticleRecord) -> None:
        """Take a record; every 500 of them are written together."""
        self._rows.add(record.model_dump(by_alias=True))

    def close(self) -> None:
        self._rows.close()


class FlatParquet:
    """A Parquet file of events, a row an event, with the columns of the spreadsheet."""

    def __init__(self, target: str | Path) -> None:
        fields = [arrow().field(n, _type(kind)) for n, kind in flat.TABLES["events"].items()]
        self._rows = _Rows(target, arrow().schema(fields))

    def write(self, record: ArticleRecord) -> None:
        """Take the events of a record; every 500 of them are written together."""
        for row in flat.rows("events", record):
            self._rows.add(row)

    def close(self) -> None:
        self._rows.close()


def records(path: str | Path) -> Iterator[ArticleRecord]:
    """Yield the records of a Parquet file."""
    for number, row in enumerate(rows(path), 1):
        try:
            yield ArticleRecord.model_validate(row)
        except ValueError as error:
            raise ArxtractError(f"{path}: row {number}: no arxtract record: {error}") from error


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, a few hundred in memory at once."""
    pa = arrow()
    try:
        with open_bytes(path_of(path)) as file, pa.parquet.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=ROWS):
                yield from batch.to_pylist()
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        raise ArxtractError(f"{path}: cannot be read as Parquet: {error}") from error
