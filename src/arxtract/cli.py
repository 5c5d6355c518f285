"""The command line: arguments and printing, no more."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from arxtract._version import __version__
from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.batch import Reading, Unread
    from arxtract.pipeline import Pipeline
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
        help="A .txt or .html file, a folder or .zip of them, a table (.jsonl, .json, .csv, .tsv, "
        ".parquet) with the columns id, text and optionally published, title; any of them with "
        ".gz; - for standard input.",
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


def _reading(inputs: list[str], published: str | None = None) -> Reading:
    from arxtract.batch import Options, Reading

    return Reading(inputs, Options(_day(published)), _tell)


def _tell(item: Unread) -> None:
    typer.echo(f"arxtract: not read: {item.id}: {item.reason}", err=True)


@app.command()
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

    options = Options(_day(published), _columns(column), pattern)
    _keep_apart(inputs, output)
    pipeline = _pipeline(model, ontology)
    made = made_by(pipeline.settings | {"published": published, "columns": options.columns})
    articles = events = warned = 0
    with (
        Output(output, made, resume=resume, overwrite=overwrite) as writer,
        _errors_to(errors) as tell,
    ):
        reading = Reading(inputs, options, tell, new=writer.new, limit=limit)
        records = reading.through(pipeline.stream(reading, workers=workers))
        try:
            for record in _progress(records, reading.total()):
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


def _columns(given: list[str] | None) -> dict[str, str]:
    pairs = [item.partition("=") for item in given or ()]
    for name, _, yours in pairs:
        if not yours:
            raise ArxtractError(f"--column {name}: write NAME=YOURS, as text=body")
    return {name: yours for name, _, yours in pairs}


@contextmanager
def _errors_to(file: Path | None) -> Iterator[Callable[[Unread], None]]:
    """Tell of unread articles on standard error and, if wanted, in a JSONL file."""
    if file is None:
        yield _tell
        return
    try:
        written = file.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
    except OSError as error:
        raise ArxtractError(f"{file}: cannot be written: {error.strerror}") from error
    with written:

        def tell(item: Unread) -> None:
            _tell(item)
            written.write(json.dumps(item._asdict(), ensure_ascii=False) + "\n")
            written.flush()

        yield tell


@app.command()
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

    _keep_apart([str(source)], str(target))
    typer.echo(f"{copy(source, target, overwrite=overwrite)} records written", err=True)


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
    reading = _reading(inputs, published)
    records = _ready(inputs)
    if records is None:
        records = reading.through(_pipeline(model, ontology).stream(reading))
    for record in records:
        terminal.show(console, record, explain=explain)
    if reading.unread:
        raise typer.Exit(1)


def _ready(inputs: list[str]) -> Iterable[ArticleRecord] | None:
    """Return the records of a single file that holds records, None for articles."""
    from arxtract.batch import records
    from arxtract.batch.writers import holds_records

    return records(inputs[0]) if len(inputs) == 1 and holds_records(inputs[0]) else None


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
            help="The folder or file that the records were made from; repeatable.",
        ),
    ] = None,
    published: Day = None,
    title: Annotated[str, typer.Option(help="What the page is called.")] = "arxtract",
    english: Annotated[bool, typer.Option("--english", help="Open the page in English.")] = False,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Write a page that shows records beside their articles: one HTML file, no network.

    The input is a file of records (.jsonl, .sqlite), or articles, which then are read first.
    """
    from arxtract.view import page

    reading = _reading(inputs, published)
    _keep_apart(inputs, str(output))
    records = _ready(inputs)
    if records is None:
        articles = list(reading)
        records = reading.through(_pipeline(model, ontology).stream(articles))
    else:
        reading = _reading(texts or [])
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
    from arxtract.events.ontology import types_of

    engine = Engine(("press", file))
    failures = list(check(engine, {event_type.type for event_type in types_of(file)}))
    for failure in failures:
        typer.echo(str(failure))
    if failures:
        _fail(f"{file}: {len(failures)} examples fail")
    typer.echo(f"{file}: valid, all examples hold")


if __name__ == "__main__":
    main()
