"""Scores on gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.cli.options import Json, Rules, pipeline_of
from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.evaluate.account import Block


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
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write all figures and every error in its sentence: .html (a page) or .md.",
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", metavar="RECORDS", help="JSONL of an older run: what got better or worse."
        ),
    ] = None,
    json_file: Json = None,
    ontology: Rules = None,
) -> None:
    """Score the pipeline, ready records, or the recogniser alone (a CoNLL file) on gold."""
    if gold.is_file():
        if report or against:
            raise ArxtractError(f"{gold}: --report and --against want a folder of articles")
        from arxtract import names
        from arxtract.evaluate import conll

        figures = conll.run(gold, names.load(model or conll.MODEL))
        text = json.dumps(figures, ensure_ascii=False, indent=1)
        typer.echo(text)
    else:
        from arxtract import evaluate as evaluation

        given = evaluation.predictions(pred) if pred else None
        pipeline = None if pred else pipeline_of(model or "base", ontology)
        result = evaluation.run(gold, given, pipeline, texts)
        typer.echo(result.text())
        changes = None
        if against:
            old = evaluation.run(gold, evaluation.predictions(against), texts=texts)
            changes = evaluation.compare(old, result)
            typer.echo(changes.text())
        if errors:
            typer.echo(result.error_report())
        if report:
            _write_report(
                report, evaluation.account(result, changes, against.name if against else "")
            )
        text = result.to_json()
    if json_file:
        json_file.write_text(text + "\n", encoding="utf-8")


def _write_report(file: Path, blocks: Sequence[Block]) -> None:
    """Write the account of an evaluation as the suffix of the file says."""
    if file.suffix.lower() in (".html", ".htm"):
        from arxtract.view.errors import errors_page

        text = errors_page(blocks)
    elif file.suffix.lower() == ".md":
        from arxtract.evaluate.markdown import markdown

        text = markdown(blocks)
    else:
        raise ArxtractError(f"{file}: a report is .html or .md")
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ArxtractError(f"{file}: cannot be written: {error.strerror}") from error


def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="A folder of annotated articles.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The same articles by another.")],
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Folder of the .txt files, if not beside gold.")
    ] = None,
    json_file: Json = None,
) -> None:
    """Say how far two annotators agree: F1 of each layer, kappa of name tags and of status."""
    from arxtract import evaluate as evaluation

    found = evaluation.agreement(first, second, texts)
    typer.echo(f"{found['articles']} articles")
    for group in ("f1", "kappa"):
        for name, value in found[group].items():
            shown = "–" if value is None else f"{value:.3f}"
            typer.echo(f"{name:<26} {'F1' if group == 'f1' else group} {shown}")
    if json_file:
        text = json.dumps(found, ensure_ascii=False, indent=1)
        json_file.write_text(text + "\n", encoding="utf-8")
