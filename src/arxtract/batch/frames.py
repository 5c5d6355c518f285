"""Records as data frames of pandas or polars (the extras ``pandas`` and ``polars``).

The tables are those of :data:`arxtract.batch.flat.TABLES`: ``events`` with a row an event, and
``participants``, ``locations`` and ``counts`` with a row what fills a slot; ``article`` and
``event`` together say to which event a row belongs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from arxtract.batch import flat
from arxtract.batch.writers import records
from arxtract.errors import ArxtractError, MissingExtra
from arxtract.records import ArticleRecord

Source = str | Path | Iterable[ArticleRecord]
"""Records, or a file that holds them."""


def pandas(source: Source, table: str = "events") -> Any:
    """Return a table of records as a ``pandas.DataFrame``; days are ``datetime64[s]``.

    Raises:
        MissingExtra: pandas is not installed.
        ArxtractError: there is no such table; the file holds no records.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtra("a pandas frame", "pandas") from error
    types = {str: "object", float: "float64", date: "datetime64[s]"}
    cells = _columns(source, table)
    return pd.DataFrame(
        {name: pd.Series(cells[name], dtype=types[kind]) for name, kind in _types(table).items()}
    )


def polars(source: Source, table: str = "events") -> Any:
    """Return a table of records as a ``polars.DataFrame``.

    Raises:
        MissingExtra: polars is not installed.
        ArxtractError: there is no such table; the file holds no records.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtra("a polars frame", "polars") from error
    types = {str: pl.String, float: pl.Float64, date: pl.Date}
    schema = {name: types[kind] for name, kind in _types(table).items()}
    return pl.DataFrame(_columns(source, table), schema=schema, strict=False)


def _types(table: str) -> flat.Columns:
    if table not in flat.TABLES:
        raise ArxtractError(f"table {table!r}: no such table; known are {', '.join(flat.TABLES)}")
    return flat.TABLES[table]


def _columns(source: Source, table: str) -> dict[str, list[flat.Cell]]:
    """Return the cells of a table, column by column."""
    cells: dict[str, list[flat.Cell]] = {name: [] for name in _types(table)}
    given = records(source) if isinstance(source, str | Path) else source
    for record in given:
        for row in flat.rows(table, record):
            for name, cell in row.items():
                cells[name].append(cell)
    return cells
