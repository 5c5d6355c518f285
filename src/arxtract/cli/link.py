"""Reports of one event put together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.cli.options import keep_apart
from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.link import WorldEvent


def link(
    source: Annotated[
        Path, typer.Argument(metavar="RECORDS", help="Records: .jsonl, .sqlite or .parquet.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="JSONL to write, an event of the world a line.", dir_okay=False
        ),
    ] = None,
    least: Annotated[
        int, typer.Option(min=1, help="Leave out events that fewer articles report.")
    ] = 2,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over an output that exists.")
    ] = False,
) -> None:
    """Put the reports of one event together, and show in what they disagree."""
    from arxtract import link as linking
    from arxtract.batch import records

    if output is not None:
        keep_apart([str(source)], str(output))
        if output.exists() and not overwrite:
            raise ArxtractError(f"{output}: exists already; write over it with --overwrite")
    events = linking.link(records(source))
    told = [event for event in events if event.articles >= least]
    if output is None:
        _show(told)
    else:
        try:
            with output.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(event.model_dump_json() + "\n" for event in told)
        except OSError as error:
            raise ArxtractError(f"{output}: cannot be written: {error.strerror}") from error
    reports = sum(len(event.reports) for event in events)
    typer.echo(
        f"{reports} reports of {len(events)} events; {len(told)} in {least} or more articles, "
        f"{sum(bool(event.disagreements) for event in told)} of them with disagreements",
        err=True,
    )


def _show(events: Iterable[WorldEvent]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False, soft_wrap=True)
    for event in events:
        days = " to ".join(dict.fromkeys(str(d) for d in (event.earliest, event.latest) if d))
        console.print(
            f"{event.id} [bold]{event.type}[/bold] {days or 'no date'}, {event.articles} articles"
        )
        for number, report in enumerate(event.reports, 1):
            label = " ".join(report.label.split())
            console.print(f"  {number:>2} {escape(f'{report.article} {report.event}  {label}')}")
        for item in event.disagreements:
            said = "; ".join(
                f"{version.value} (in {', '.join(str(n + 1) for n in version.reports)})"
                for version in item.versions
            )
            console.print(f"     [yellow]{escape(f'{item.unit or item.slot}: {said}')}[/yellow]")
