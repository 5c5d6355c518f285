"""Records from one format into another, and what they look like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import Rules, keep_apart
from arxtract.errors import ArxtractError


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
    codes: Annotated[
        str | None,
        typer.Option(
            "--codes",
            metavar="SCHEME",
            help="Write the events alone, as JSONL in the codes of another scheme: ace or plover.",
        ),
    ] = None,
    ontology: Rules = None,
) -> None:
    """Write records in another format."""
    from arxtract.batch.convert import convert as copy

    keep_apart([str(source)], str(target))
    if codes:
        _code(source, target, codes, ontology, overwrite=overwrite)
        return
    typer.echo(f"{copy(source, target, overwrite=overwrite)} records written", err=True)


def _code(
    source: Path, target: Path, scheme: str, rules: list[Path] | None, *, overwrite: bool
) -> None:
    from arxtract.batch.writers import records
    from arxtract.events import load
    from arxtract.exchange import codes

    if target.exists() and not overwrite:
        raise ArxtractError(f"{target}: exists already; write over it with --overwrite")
    ontology = load(("press", *(rules or ())))
    for kind, number in sorted(codes.write(records(source), target, scheme, ontology).items()):
        typer.echo(f"arxtract: left out: {number} {kind}, which has no {scheme} code", err=True)


def schema() -> None:
    """Print the JSON Schema of a record."""
    from arxtract.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
