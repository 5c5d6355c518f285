"""Records for people to look at: on the terminal and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import (
    Columns,
    Day,
    Inputs,
    Model,
    Rules,
    keep_apart,
    pipeline_of,
    reading_of,
    records_of,
)
from arxtract.errors import ArxtractError


def show(
    inputs: Inputs,
    published: Day = None,
    column: Columns = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Name the rule and the words behind each slot.")
    ] = False,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Print the events of articles, or of a file of records, for a person to read."""
    from rich.console import Console

    from arxtract.view import terminal

    console = Console(highlight=False, soft_wrap=True)
    reading = reading_of(inputs, published, column)
    records = records_of(inputs)
    if records is None:
        records = reading.through(pipeline_of(model, ontology).stream(reading))
    for record in records:
        terminal.show(console, record, explain=explain)
    if reading.unread:
        raise typer.Exit(1)


def view(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texts",
            metavar="ARTICLES",
            help="The folder or file that the records were made from; repeatable.",
        ),
    ] = None,
    published: Day = None,
    column: Columns = None,
    title: Annotated[str, typer.Option(help="What the page is called.")] = "arxtract",
    english: Annotated[bool, typer.Option("--english", help="Open the page in English.")] = False,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Write a page that shows records beside their articles: one HTML file, no network.

    The input is a file of records (.jsonl, .sqlite), or articles, which then are read first.
    """
    from arxtract.view import page

    reading = reading_of(inputs, published, column)
    keep_apart(inputs, str(output))
    records = records_of(inputs)
    if records is None:
        articles = list(reading)
        records = reading.through(pipeline_of(model, ontology).stream(articles))
    else:
        reading = reading_of(texts or [], columns=column)
        articles = list(reading)
    raw = {article.id: article.text for article in articles}
    html = page(records, raw, title=title, language="en" if english else "ar")
    try:
        output.write_text(html, encoding="utf-8")
    except OSError as error:
        raise ArxtractError(f"{output}: cannot be written: {error.strerror}") from error
    if reading.unread:
        raise typer.Exit(1)
