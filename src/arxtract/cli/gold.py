"""Gold: drafts of it, and checking it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import Day, Inputs, Model, Rules, pipeline_of, reading_of
from arxtract.cli.printing import fail
from arxtract.errors import ArxtractError

app = typer.Typer(help="Make and check annotated articles.", no_args_is_help=True)

FORMATS = "brat, conll, docbin (spaCy), doccano or label-studio."
Folder = Annotated[Path, typer.Argument(help="A folder of annotated articles.")]
Texts = Annotated[
    Path | None, typer.Option("--texts", help="Folder of the .txt files, if not beside gold.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Write over files that exist, corrected ones too.")
]


@app.command()
def new(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")],
    published: Day = None,
    overwrite: Overwrite = False,
    model: Model = "base",
    ontology: Rules = None,
) -> None:
    """Read articles and write drafts of gold for a person to correct: three files an article."""
    from arxtract.evaluate.drafts import draft
    from arxtract.evaluate.runner import article_name
    from arxtract.text.normalise import mend_surrogates

    reading = reading_of(inputs, published)
    pipeline = pipeline_of(model, ontology)
    seen: set[str] = set()
    written = 0
    for article in reading:
        name = article_name(article.id)
        if name in seen:
            raise ArxtractError(f"{article.id}: a second article called {name}")
        seen.add(name)
        raw = mend_surrogates(article.text)[0]
        for record in reading.through([pipeline.attempt(article)]):
            draft(record, raw, name).write(output, overwrite=overwrite)
            written += 1
    typer.echo(f"{written} articles written, {reading.unread} not read", err=True)
    if reading.unread:
        raise typer.Exit(1)


@app.command()
def check(folder: Folder, texts: Texts = None) -> None:
    """Check a folder of gold strictly: print every fault by file and line, end with status 1."""
    from arxtract import evaluate

    faults = list(evaluate.faults_of(folder, texts))
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        fail(f"{folder}: {len(faults)} faults")
    typer.echo(f"{folder}: no fault")


@app.command("export")
def export_gold(
    folder: Folder,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=FORMATS)],
    output: Annotated[Path, typer.Option("--output", "-o", help="File (brat: folder) to write.")],
    texts: Texts = None,
    overwrite: Overwrite = False,
) -> None:
    """Write gold in the format of another tool, and say what that format cannot hold."""
    from arxtract.evaluate import sheet
    from arxtract.exchange import format_of

    chosen = format_of(to)
    if output.exists() and not overwrite:
        raise ArxtractError(f"{output}: exists already; write over it with --overwrite")
    tell_losses(chosen.write(sheet.read(folder, texts), output))


@app.command("import")
def import_gold(
    source: Annotated[Path, typer.Argument(help="File (brat: folder) of another tool.")],
    of: Annotated[str, typer.Option("--from", metavar="FORMAT", help=FORMATS)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of gold to write.")],
    texts: Texts = None,
    overwrite: Overwrite = False,
) -> None:
    """Make gold of what another tool wrote; every offset is checked against its words."""
    from arxtract.exchange import format_of

    found = format_of(of).read(source, texts)
    for one in found.sheets:
        one.write(output, overwrite=overwrite)
    typer.echo(f"{len(found.sheets)} articles written", err=True)
    tell_losses(found.losses)


def tell_losses(losses: Mapping[str, int]) -> None:
    """Say on standard error what did not come through."""
    for what, number in sorted(losses.items()):
        if number:
            typer.echo(f"arxtract: lost: {number} {what}", err=True)
