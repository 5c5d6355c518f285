"""The rules of events: listing and checking them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.cli.options import Model, Rules, pipeline_of, reading_of
from arxtract.cli.printing import fail

if TYPE_CHECKING:
    from arxtract.events.ontology import EventType

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
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ARTICLES]", help="Show what the file finds in these articles."),
    ] = None,
    model: Model = "base",
) -> None:
    """Check a file of rules strictly and run its examples and counterexamples.

    With a folder or file of articles, also show every event that its triggers find there, and name
    the triggers that found none.
    """
    from arxtract.evaluate.examples import check
    from arxtract.events import Engine
    from arxtract.events.loading import types_of

    engine = Engine(("press", file))
    types = types_of(file)
    failures = list(check(engine, {event_type.type for event_type in types}))
    for failure in failures:
        typer.echo(str(failure))
    if failures:
        fail(f"{file}: {len(failures)} examples fail")
    typer.echo(f"{file}: valid, all examples hold")
    if inputs:
        _show_findings(file, types, inputs, model)


def _show_findings(file: Path, types: Sequence[EventType], inputs: list[str], model: str) -> None:
    """Print what the triggers of a file find in articles, a block an event."""
    from arxtract.evaluate.trial import sightings

    reading = reading_of(inputs)
    numbers: Counter[str] = Counter()
    for seen in sightings(pipeline_of(model, [file]), types, reading):
        numbers.update(seen.triggers)
        event = seen.event
        sure = f"{event.status}, {event.confidence:.2f}"
        typer.echo(f"{seen.article}: {event.type} by {' · '.join(seen.triggers)} ({sure})")
        for span in event.evidence[:1]:
            typer.echo(f"  {' '.join(span.text.split())}")
    names = {trigger.name for event_type in types for trigger in event_type.triggers}
    for name, number in numbers.most_common():
        typer.echo(f"{number} events by {name}")
    if silent := sorted(names - set(numbers)):
        typer.echo(f"none by {' · '.join(silent)}")
    if reading.unread:
        raise typer.Exit(1)
