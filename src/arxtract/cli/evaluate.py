"""Scores on gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from arxtract.cli.options import Json, Rules, pipeline_of


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
        pipeline = None if pred else pipeline_of(model or "base", ontology)
        result = evaluation.run(gold, given, pipeline, texts)
        typer.echo(result.text())
        if errors:
            typer.echo(result.error_report())
        text = result.to_json()
    if json_file:
        json_file.write_text(text + "\n", encoding="utf-8")
