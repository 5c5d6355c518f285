"""Command line of the training: ``python -m arxtract.training convert|tune|export``."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated

import torch
import typer

from arxtract.names.pieces import Pieces
from arxtract.names.recogniser import load
from arxtract.training import convert as converting
from arxtract.training.corpora import read_conll, read_offsets
from arxtract.training.export import write_pack
from arxtract.training.measure import (
    articles_score,
    conll_score,
    fit_calibration,
    gold_articles,
    press_articles,
)
from arxtract.training.network import Network
from arxtract.training.recipe import CONVENTIONS, TRAINED_ON, read_corpora, stages
from arxtract.training.tune import Tuner

app = typer.Typer(help="Build the recogniser packs from the data.", no_args_is_help=True)


@app.command()
def convert(source: Path, corpus: Path, out: Path) -> None:
    """Cut the pretrained encoder (e5-small-q4.bin) to the pieces that a news corpus needs."""
    converting.convert(source, corpus, out)


@app.command()
def tune(
    encoder: Annotated[Path, typer.Argument(help="folder that convert wrote")],
    ner: Annotated[Path, typer.Argument(help="folder of the NER corpora")],
    gold: Annotated[Path, typer.Argument(help="folder of annotated articles")],
    out: Annotated[Path, typer.Argument(help="folder for checkpoints")],
    more: Annotated[list[Path] | None, typer.Option(help="another such folder")] = None,
    stage: Annotated[str, typer.Option(help="wide, both, press, or all, in that order")] = "all",
    begin: Annotated[Path | None, typer.Option(help="checkpoint to begin from")] = None,
    epochs: Annotated[int, typer.Option(help="epochs of the last stage")] = 4,
    seed: int = 7,
    threads: int = 2,
) -> None:
    """Train in stages, a checkpoint an epoch; the development scores go to the log."""
    torch.set_num_threads(threads)
    source, tokenizer = converting.load(encoder)
    torch.manual_seed(seed)
    net = Network(source, CONVENTIONS)
    if begin is not None:
        net.load_state_dict(torch.load(begin, weights_only=True), strict=False)
    tuner = Tuner(net, Pieces(tokenizer), out, seed)
    tuner.dev = {
        "press": list(read_offsets(ner / "press/dev.jsonl")),
        "anercorp": [[s] for s in read_conll(ner / "anercorp/dev.conll")],
    }
    corpora = read_corpora(ner, [gold, *(more or ())])
    for step in stages(corpora, epochs):
        if stage in ("all", step.name):
            tuner.run(step)


@app.command()
def average(
    one: Annotated[Path, typer.Argument(help="weights that tune wrote")],
    other: Annotated[Path, typer.Argument(help="weights of a later run from the same beginning")],
    out: Annotated[Path, typer.Argument(help="file for their mean")],
) -> None:
    """Write the mean of two checkpoints."""
    first, second = (torch.load(path, weights_only=True) for path in (one, other))
    torch.save({name: (first[name] + second[name]) / 2 for name in first}, out)


@app.command()
def export(
    encoder: Annotated[Path, typer.Argument(help="folder that convert wrote")],
    checkpoint: Annotated[Path, typer.Argument(help="weights that tune wrote")],
    out: Annotated[Path, typer.Argument(help="folder of the pack, called as the pack is")],
    scores: Annotated[Path | None, typer.Option(help="JSON that measure printed")] = None,
    version: str = "1",
    slope: Annotated[float, typer.Option(help="of the calibration, see calibrate")] = 1.0,
    shift: Annotated[float, typer.Option(help="of the calibration")] = 0.0,
    quantised: bool = True,
) -> None:
    """Write a checkpoint as a pack, with 8-bit weights unless told otherwise."""
    source, _ = converting.load(encoder)
    net = Network(source, CONVENTIONS)
    net.load_state_dict(torch.load(checkpoint, weights_only=True), strict=False)
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    about = {
        "name": out.name,
        "version": version,
        "trained_on": [corpus.model_dump() for corpus in TRAINED_ON],
        "scores": json.loads(scores.read_text(encoding="utf-8")) if scores else {},
    }
    write_pack(
        state,
        source.shape,
        encoder / "tokenizer.json",
        out,
        about,
        ("press", "anercorp"),
        quantised=quantised,
        calibration=(slope, shift),
    )


@app.command()
def calibrate(
    pack: Annotated[Path, typer.Argument(help="folder of the pack, exported without calibration")],
    ner: Annotated[Path, typer.Argument(help="folder of the NER corpora")],
) -> None:
    """Print the slope and shift that fit a pack's scores to press/dev, to export it with."""
    slope, shift = fit_calibration(load(str(pack)), press_articles(ner / "press/dev.jsonl"))
    typer.echo(f"--slope {slope:.3f} --shift {shift:.3f}")


@app.command()
def measure(
    pack: Annotated[Path, typer.Argument(help="folder of the pack")],
    ner: Annotated[Path, typer.Argument(help="folder of the NER corpora")],
    gold: Annotated[Path, typer.Argument(help="folder of marked articles")],
    test: Annotated[
        bool, typer.Option(help="ANERcorp's test too: for a final report only")
    ] = False,
) -> None:
    """Score a pack as it ships: the development sets, and the gold that nothing was tuned on."""
    press, anercorp = load(str(pack)), load(f"{pack}#anercorp")
    scores = {
        "press/dev": articles_score(press, press_articles(ner / "press/dev.jsonl")),
        "gold d71-d110": articles_score(press, gold_articles(gold, 71, 110)),
        "anercorp/dev": conll_score(anercorp, ner / "anercorp/dev.conll"),
    }
    if test:
        scores["anercorp/test"] = conll_score(anercorp, ner / "anercorp/test.conll")
    typer.echo(json.dumps(scores, indent=1))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    app()
