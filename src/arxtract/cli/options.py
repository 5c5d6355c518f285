"""Arguments that several commands share, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.cli.printing import tell
from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.batch import Reading
    from arxtract.pipeline import Pipeline
    from arxtract.records import ArticleRecord

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="A .txt or .html file, a folder or .zip of them, a table (.jsonl, .json, .csv, .tsv, "
        ".parquet) with the columns id, text and optionally published, title, a web archive "
        "(.warc); any of them with .gz or .zst; - for standard input. Places elsewhere, "
        "as s3://bucket/in/ or 's3://bucket/in/*.jsonl', need the extra remote.",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="NAME=YOURS",
        help="Column of a table, as text=body; repeatable.",
    ),
]
Model = Annotated[
    str, typer.Option("--model", help="Recogniser: base, small, or the path of a model pack.")
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--ontology", metavar="FILE", help="A YAML file of rules to add; repeatable."),
]
Clitics = Annotated[
    str,
    typer.Option("--tokenizer", help="Who finds clitics: arxtract, camel, stanza, stanza:FOLDER."),
]
Json = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")]


def pipeline_of(model: str, rules: list[Path] | None, tokenizer: str = "arxtract") -> Pipeline:
    """Return the pipeline that ``--model``, ``--ontology`` and ``--tokenizer`` ask for."""
    from arxtract.pipeline import Pipeline

    return Pipeline(ner=model, ontology=("press", *(rules or ())), tokenizer=tokenizer)


def day_of(text: str | None) -> date | None:
    """Return the day that ``--published`` gives."""
    from arxtract.pipeline import as_date

    return as_date(text)


def columns_of(given: list[str] | None) -> dict[str, str]:
    """Return what ``--column`` says the columns are called."""
    pairs = [item.partition("=") for item in given or ()]
    for name, _, yours in pairs:
        if not yours:
            raise ArxtractError(f"--column {name}: write NAME=YOURS, as text=body")
    return {name: yours for name, _, yours in pairs}


def reading_of(
    inputs: list[str], published: str | None = None, columns: list[str] | None = None
) -> Reading:
    """Return the articles of inputs; those that cannot be read are named on standard error."""
    from arxtract.batch import Options, Reading

    return Reading(inputs, Options(day_of(published), columns_of(columns)), tell)


def records_of(inputs: list[str]) -> Iterable[ArticleRecord] | None:
    """Return the records of a single file that holds records, None for articles."""
    from arxtract.batch import records
    from arxtract.batch.writers import holds_records

    return records(inputs[0]) if len(inputs) == 1 and holds_records(inputs[0]) else None


def keep_apart(inputs: list[str], output: str) -> None:
    """Refuse an output that is an input as well."""
    from arxtract.batch.remote import is_among, is_remote, path_of

    if is_remote(output):
        same = is_among(output, inputs)
    else:
        there = path_of(output)
        here = [path_of(x) for x in inputs if x != "-" and not is_remote(x)]
        same = there.exists() and any(x.exists() and x.samefile(there) for x in here)
    if same and output != "-":
        raise ArxtractError(f"{output}: is an input as well; give another --output")
