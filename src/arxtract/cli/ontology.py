"""The rules of events: listing and checking them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import Rules
from arxtract.cli.printing import fail

app = typer.Typer(help="Look at and check the rules of events.", no_args_is_help=True)


@app.command("list")
def list_types(
    ontology: Rules = None,
    triggers: Annotated[bool, typer.Option("--triggers", help="List the triggers too.")] = False,
) -> None:
    """List the event types with their roles, and how many triggers each has."""
    from arxtract.events import load

    for event_type in load(("press", *(ontology or ()))).types.values():
        roles = ", ".join(event_type.roles)
        typer.echo(f"{event_type.type}: {event_type.about} ({roles}; "
                   f"{len(event_type.triggers)} triggers)")  # fmt: skip
        if triggers:
            typer.echo("  " + " · ".join(t.name for t in event_type.triggers))


@app.command("check")
def check_file(
    file: Annotated[Path, typer.Argument(help="A YAML file of event types.")],
) -> None:
    """Check a file of rules strictly and run its examples and counterexamples."""
    from arxtract.evaluate.examples import check
    from arxtract.events import Engine
    from arxtract.events.ontology import types_of

    engine = Engine(("press", file))
    failures = list(check(engine, {event_type.type for event_type in types_of(file)}))
    for failure in failures:
        typer.echo(str(failure))
    if failures:
        fail(f"{file}: {len(failures)} examples fail")
    typer.echo(f"{file}: valid, all examples hold")
