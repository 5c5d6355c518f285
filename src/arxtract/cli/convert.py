"""Records from one format into another, and what they look like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import keep_apart


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="RECORDS", help="Records: .jsonl, .sqlite or .parquet.")
    ],
    target: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="File to write: .jsonl, .sqlite, .csv or .parquet."),
    ],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over an output that exists.")
    ] = False,
) -> None:
    """Write records in another format."""
    from arxtract.batch.convert import convert as copy

    keep_apart([str(source)], str(target))
    typer.echo(f"{copy(source, target, overwrite=overwrite)} records written", err=True)


def schema() -> None:
    """Print the JSON Schema of a record."""
    from arxtract.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
