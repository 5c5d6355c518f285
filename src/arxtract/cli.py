"""The command line: arguments and printing, no more."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from arxtract._version import __version__
from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.pipeline import Article, Pipeline
    from arxtract.records import ArticleRecord

app = typer.Typer(
    help="Typed event records from Arabic news: what happened, when, where, who, how many.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
ontology_app = typer.Typer(help="Look at and check the rules of events.", no_args_is_help=True)
app.add_typer(ontology_app, name="ontology")

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="A .txt or .html file, a folder of them, a .jsonl or .csv table with the columns "
        "id, text and optionally published, title; - for standard input.",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD."),
]
Model = Annotated[
    str, typer.Option("--model", help="Recogniser: base, or the path of a model pack.")
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--ontology", metavar="FILE", help="A YAML file of rules to add; repeatable."),
]
Json = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")]


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error and status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except ArxtractError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    typer.echo(f"arxtract: {message}", err=True)
    raise SystemExit(1)


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


def _pipeline(model: str, rules: list[Path] | None) -> Pipeline:
    from arxtract.pipeline import Pipeline

    return Pipeline(ner=model, ontology=("press", *(rules or ())))


def _day(text: str | None) -> date | None:
    from arxtract.pipeline import as_date

    return as_date(text)


class _Reading:
    """Reads inputs, keeping what could not be read for the summary."""

    def __init__(self, inputs: list[str], published: date | None) -> None:
        self.inputs = inputs
        self.published = published
        self.unread: list[str] = []

    def __iter__(self) -> Iterator[Article]:
        from arxtract.batch import Unread, read

        for source in self.inputs:
            try:
                for item in read(source, published=self.published):
                    if isinstance(item, Unread):
                        self._skip(f"{item.id}: {item.reason}")
                    else:
                        yield item
            except ArxtractError as error:
                self._skip(str(error))

    def through(self, records: Iterable[ArticleRecord]) -> Iterator[ArticleRecord]:
        """Pass on the records of articles that were read to the end."""
        from arxtract.pipeline import FAULT

        for record in records:
            if record.warnings[:1] and record.warnings[0].startswith(FAULT):
                self._skip(f"{record.id}: {record.warnings[0]}")
            else:
                yield record

    def _skip(self, message: str) -> None:
        self.unread.append(message)
        typer.echo(f"arxtract: not read: {message}", err=True)

    def total(self) -> int | None:
        from arxtract.batch.readers import count

        counts = [count(source) if source == "-" or Path(source).exists() else 0
                  for source in self.inputs]  # fmt: skip
        return None if None in counts else sum(n for n in counts if n)


@app.command()
def extract(
    inputs: Inputs,
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSONL file to write; - for standard output.")
    ] = "-",
    published: Day = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to read with.")] = 1,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Read articles and write one record a line (JSONL).

    The exit status is 0 only if every article was read.
    """
    from arxtract.batch import JsonLines

    reading = _Reading(inputs, _day(published))
    _keep_apart(inputs, output)
    pipeline = _pipeline(model, ontology)
    articles = events = warned = 0
    with JsonLines(output) as writer:
        records = reading.through(pipeline.stream(reading, workers=workers))
        for record in _progress(records, reading.total()):
            writer.write(record)
            articles += 1
            events += len(record.events)
            warned += bool(record.warnings)
    summary = f"{articles} articles read, {events} events, {warned} with warnings"
    typer.echo(f"{summary}, {len(reading.unread)} not read", err=True)
    if reading.unread:
        raise typer.Exit(1)


def _keep_apart(inputs: list[str], output: str) -> None:
    if output != "-" and Path(output).exists():
        for source in inputs:
            if source != "-" and Path(source).exists() and Path(source).samefile(output):
                raise ArxtractError(f"{output}: is an input as well; give another --output")


def _progress(records: Iterable[ArticleRecord], total: int | None) -> Iterator[ArticleRecord]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield from records
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(records, "reading", total=total, console=Console(stderr=True))


@app.command()
def show(
    inputs: Inputs,
    published: Day = None,
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
    reading = _Reading(inputs, _day(published))
    records = _ready(inputs)
    if records is None:
        records = reading.through(_pipeline(model, ontology).stream(reading))
    for record in records:
        terminal.show(console, record, explain=explain)
    if reading.unread:
        raise typer.Exit(1)


def _ready(inputs: list[str]) -> Iterable[ArticleRecord] | None:
    """Return the records of a single JSONL file that holds records, None for articles."""
    from arxtract.batch.writers import read_records

    if len(inputs) != 1 or not inputs[0].endswith(".jsonl") or not Path(inputs[0]).is_file():
        return None
    with Path(inputs[0]).open(encoding="utf-8") as file:
        first = file.readline()
    return read_records(inputs[0]) if '"schema":"arxtract/' in first.replace(" ", "") else None


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of annotated articles, or a CoNLL file.")],
    pred: Annotated[
        Path | None, typer.Option("--pred", help="JSONL of records to score instead of a run.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Folder of the .txt files, if not beside gold.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Recogniser to score.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss by kind.")] = False,
    json_file: Json = None,
    ontology: Rules = None,
) -> None:
    """Score the pipeline, ready records, or the recogniser alone (a CoNLL file) on gold."""
    if gold.is_file():
        from arxtract import names
        from arxtract.evaluate import conll

        figures = conll.run(gold, names.load(model or conll.MODEL))
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        typer.echo(text)
    else:
        from arxtract import evaluate as evaluation

        given = evaluation.predictions(pred) if pred else None
        pipeline = None if pred else _pipeline(model or "base", ontology)
        result = evaluation.run(gold, given, pipeline, texts)
        typer.echo(result.text())
        if errors:
            typer.echo(result.error_report())
        text = result.to_json()
    if json_file:
        json_file.write_text(text + "\n", encoding="utf-8")


@app.command()
def view(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texts",
            metavar="ARTICLES",
            help="The folder or file that a JSONL file of records was made from; repeatable.",
        ),
    ] = None,
    published: Day = None,
    title: Annotated[str, typer.Option(help="What the page is called.")] = "arxtract",
    english: Annotated[bool, typer.Option("--english", help="Open the page in English.")] = False,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Write a page that shows records beside their articles: one HTML file, no network.

    The input is a JSONL file of records, or articles, which then are read first.
    """
    from arxtract.view import page

    reading = _Reading(inputs, _day(published))
    _keep_apart(inputs, str(output))
    records = _ready(inputs)
    if records is None:
        articles = list(reading)
        records = reading.through(_pipeline(model, ontology).stream(articles))
    else:
        reading = _Reading(texts or [], None)
        articles = list(reading)
    raw = {article.id: article.text for article in articles}
    html = page(records, raw, title=title, language="en" if english else "ar")
    try:
        output.write_text(html, encoding="utf-8")
    except OSError as error:
        raise ArxtractError(f"{output}: cannot be written: {error.strerror}") from error
    if reading.unread:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from arxtract.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


@ontology_app.command("list")
def ontology_list(
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


@ontology_app.command("check")
def ontology_check(
    file: Annotated[Path, typer.Argument(help="A YAML file of event types.")],
) -> None:
    """Check a file of rules strictly and run its examples and counterexamples."""
    from arxtract.evaluate.examples import check
    from arxtract.events import Engine

    failures = list(check(Engine(("press", file))))
    for failure in failures:
        typer.echo(str(failure))
    if failures:
        _fail(f"{file}: {len(failures)} examples fail")
    typer.echo(f"{file}: valid, all examples hold")


if __name__ == "__main__":
    main()
