"""Articles in, records out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import (
    Day,
    Inputs,
    Model,
    Rules,
    columns_of,
    day_of,
    keep_apart,
    pipeline_of,
)
from arxtract.cli.printing import errors_to, progress


def extract(
    inputs: Inputs,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="File to write; its suffix says how: .jsonl, .sqlite or .db (tables), .csv "
            "(events for a spreadsheet), .parquet. - for JSONL on standard output.",
        ),
    ] = "-",
    published: Day = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to read with.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a stopped or killed run was.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Start anew over an output that exists.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Read so many articles at most.", show_default=False)
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(metavar="GLOB", help="Files to read of folders and archives, as '*.txt'."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=YOURS", help="Column of a table, as text=body; repeatable."),
    ] = None,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSONL of what was not read, and why.")
    ] = None,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Read articles and write their records, one a line (JSONL) or as the output's name says.

    The exit status is 0 only if every article was read.
    """
    from arxtract.batch import Options, Output, Reading, made_by

    options = Options(day_of(published), columns_of(column), pattern)
    keep_apart(inputs, output)
    pipeline = pipeline_of(model, ontology)
    made = made_by(pipeline.settings | {"published": published, "columns": options.columns})
    articles = events = warned = 0
    with (
        Output(output, made, resume=resume, overwrite=overwrite) as writer,
        errors_to(errors) as tell,
    ):
        reading = Reading(inputs, options, tell, new=writer.new, limit=limit)
        records = reading.through(pipeline.stream(reading, workers=workers))
        try:
            for record in progress(records, reading.total()):
                writer.write(record)
                articles += 1
                events += len(record.events)
                warned += bool(record.warnings)
        except KeyboardInterrupt:
            typer.echo("arxtract: stopped; --resume goes on from here", err=True)
            raise typer.Exit(130) from None
        finally:
            before = f", {reading.passed} were there before" if reading.passed else ""
            summary = f"{articles} articles read, {events} events, {warned} with warnings"
            typer.echo(f"{summary}, {reading.unread} not read{before}", err=True)
    if reading.unread:
        raise typer.Exit(1)
