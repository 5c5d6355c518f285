"""The command line: arguments and printing, no more. One module a group of commands."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from arxtract._version import __version__
from arxtract.cli import convert, doctor, evaluate, extract, gold, link, look, ontology, train
from arxtract.cli.printing import fail
from arxtract.errors import ArxtractError

__all__ = ["app", "main"]

app = typer.Typer(
    help="Typed event records from Arabic news: what happened, when, where, who, how many.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for command in (
    extract.extract,
    convert.convert,
    look.show,
    evaluate.evaluate,
    evaluate.agreement,
    look.view,
    link.link,
    convert.schema,
    doctor.doctor,
):
    app.command()(command)
app.add_typer(gold.app, name="gold")
app.add_typer(ontology.app, name="ontology")
app.add_typer(train.app, name="train")


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error and status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except ArxtractError as error:
        fail(str(error))


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from arxtract.names.pack import find_pack, open_pack

    try:
        meta = open_pack(find_pack("ner-base")).meta
        pack = f"{meta.name} {meta.version}, protocol {meta.protocol}"
    except ArxtractError as error:
        pack = str(error)
    typer.echo(f"arxtract {__version__} ({pack})")
    raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print version."),
    ] = False,
) -> None:
    pass
