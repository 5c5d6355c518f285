"""Articles in, records out."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.cli.options import (
    Clitics,
    Columns,
    Day,
    Inputs,
    Model,
    Rules,
    columns_of,
    day_of,
    keep_apart,
    pipeline_of,
)
from arxtract.cli.printing import errors_to, progress, tell

if TYPE_CHECKING:
    from arxtract.batch import Options, Reading, Unread

_FIRST = 3
"""Articles that a dry run names."""


class Engine(StrEnum):
    """What reads the articles."""

    local = "local"
    ray = "ray"


def extract(
    inputs: Inputs,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="File to write; its suffix says how: .jsonl, .sqlite or .db (tables), .csv "
            "(events for a spreadsheet), .parquet, .flat.parquet (events). "
            "- for JSONL on standard output. It may be elsewhere: s3://bucket/records.jsonl.",
        ),
    ] = "-",
    published: Day = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to read with.")] = 1,
    engine: Annotated[
        Engine, typer.Option(help="Processes of this machine, or actors of a Ray cluster.")
    ] = Engine.local,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a stopped or killed run was.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Start anew over an output that exists.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Read so many articles at most.", show_default=False)
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(min=0, help="Draw so many articles at random.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number draws other articles.")] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read and written, no more.")
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            metavar="SECONDS",
            help="Give up an article that takes longer.",
            show_default=False,
        ),
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option(metavar="GLOB", help="Files to read of folders and archives, as '*.txt'."),
    ] = None,
    column: Columns = None,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSONL of what was not read, and why.")
    ] = None,
    model: Model = "base",
    ontology: Rules = None,
    tokenizer: Clitics = "arxtract",
) -> None:
    """Read articles and write their records, one a line (JSONL) or as the output's name says.

    The exit status is 0 only if every article was read.
    """
    from arxtract.batch import Options, Output, Reading, done, made_by

    options = Options(day_of(published), columns_of(column), pattern)
    keep_apart(inputs, output)

    def reading_for(tell: Callable[[Unread], None], new: Callable[[str], bool]) -> Reading:
        return Reading(inputs, options, tell, new=new, limit=limit, sample=sample, seed=seed)

    if dry_run:
        reading = reading_for(tell, done(output).new if resume else lambda _: True)
        _plan(reading, options, output)
        raise typer.Exit(1 if reading.unread else 0)
    pipeline = pipeline_of(model, ontology, tokenizer)
    made = made_by(pipeline.settings | {"published": published, "columns": options.columns})
    articles = events = warned = 0
    with (
        Output(output, made, resume=resume, overwrite=overwrite) as writer,
        errors_to(errors) as tell_and_write,
    ):
        reading = reading_for(tell_and_write, writer.new)
        if engine is Engine.ray:
            from arxtract.batch import ray

            found = ray.stream(pipeline.settings, reading, workers, timeout=timeout)
        else:
            found = pipeline.stream(reading, workers=workers, timeout=timeout)
        del pipeline  # several processes have one of their own, and this one's memory is let go
        records = reading.through(found)
        try:
            for record in progress(records, reading.total(), lambda: reading.unread):
                writer.write(record)
                articles += 1
                events += len(record.events)
                warned += bool(record.warnings)
        except KeyboardInterrupt:
            typer.echo(f"arxtract: stopped; {writer.left}", err=True)
            raise typer.Exit(130) from None
        finally:
            before = f", {reading.passed} were there before" if reading.passed else ""
            summary = f"{articles} articles read, {events} events, {warned} with warnings"
            typer.echo(f"{summary}, {reading.unread} not read{before}", err=True)
            for reason, number in reading.reasons.most_common():
                typer.echo(f"  {number} not read: {reason}", err=True)
    if reading.unread:
        raise typer.Exit(1)


def _plan(reading: Reading, options: Options, output: str) -> None:
    """Print what a run would read and write."""
    from arxtract.batch.article import COLUMNS
    from arxtract.batch.remote import filled
    from arxtract.batch.writers import format_of

    format_of(output)  # a name of no known format is told at once
    articles = words = 0
    first: list[str] = []
    for article in reading:
        articles += 1
        words += len(article.text.split())
        if len(first) < _FIRST:
            first.append(article.id)
    more = " …" if articles > len(first) else ""
    there = output != "-" and filled(output)
    typer.echo(f"would read {articles} articles, {words} words")
    typer.echo(f"would pass over {reading.passed} that are there already")
    typer.echo(f"cannot read {reading.unread}")
    typer.echo(f"first: {', '.join(first)}{more}")
    typer.echo(f"columns of tables: {', '.join(f'{x}={options.column(x)}' for x in COLUMNS)}")
    typer.echo(f"output: {output}{', which exists' if there else ''}")
