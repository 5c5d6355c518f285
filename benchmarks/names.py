"""What recognisers of names cost: speed, start-up, memory and disk of ours and of others.

    python benchmarks/names.py [--articles FOLDER] [--rounds 2] [--starts 2] [--json FILE]

Every system reads the same articles on one thread in fresh processes of its own:

``pack NAME``       each pack of ``models/``
``BERT int8``       a BERT-base token classifier of CAMeLBERT's size (12 layers of 768, 30,000
                    pieces) in onnxruntime, weights in 8 bits by its dynamic quantisation
``BERT torch``      the same in floats by transformers: the back end ``camel:FOLDER``
``stanza``          the back end ``stanza`` with the sizes of its Arabic configuration: an LSTM of
                    256, two character language models of 1,024, 150,000 word vectors of 300
``camel-tools``     the BERT by camel-tools' ``NERecognizer``, which fills every sentence up to 256
                    pieces: the back end ``camel``

The others have random weights, which cost what trained ones do and find nothing of use; BERT's
WordPiece vocabulary is trained on the articles, as large as cuts them into 1.4 pieces a word.
Words are counted between blanks. Words a second are of processor time, the best of ``--rounds``
over the articles; start-up, of the clock and of processor time, is from the start of Python to the
names of a first sentence, the best of ``--starts`` processes; memory is the largest resident set.
A system whose packages are missing is listed with the line that installs them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from arxtract.names import Recogniser
    from arxtract.names.backends.tagger import Tag

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "قال ناصر بوريطة إن الاجتماع انعقد بمراكش يوم 3 نونبر 2022."
PIECES = 30_000
PIECES_A_WORD = 1.4
REFERENCE = "BERT int8"
LEAST = ("first_name_seconds", "first_name_processor_seconds", "peak_mb")


class System(NamedTuple):
    """Something that finds names; ``folder`` is where it lies on disk."""

    name: str
    folder: Path
    load: Callable[[Path], Recogniser]
    packages: tuple[str, ...] = ()
    """Modules it needs beside arxtract."""
    install: str = ""
    build: Callable[[Path, list[str]], None] | None = None
    """Makes ``folder`` from articles."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", default=str(ROOT / "fixtures" / "articles"),
                        help="anything that arxtract extract reads")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=2, help="times to read the articles")
    parser.add_argument("--starts", type=int, default=2, help="fresh processes for each system")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--step", nargs=2, metavar=("WHAT", "SYSTEM"), help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        what, name = given.step
        system = next(s for s in systems(given.work) if s.name == name)
        if what == "build":
            assert system.build is not None
            system.build(system.folder, articles(given.articles))
        else:
            measure(system, given.articles, given.rounds)
        return
    with tempfile.TemporaryDirectory() as work:
        report = compare(systems(Path(work)), Path(work), given)
    show(report)
    if given.json:
        given.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def systems(work: Path) -> list[System]:
    """Return all systems; what has to be built lies in ``work``."""
    from arxtract.names import load

    def by(name: str) -> Callable[[Path], Recogniser]:
        return lambda folder: load(name.format(folder))

    camel = "pip install 'arxtract[camel]'"
    bert = work / "data" / "ner" / "bert"
    return [
        *(
            System(f"pack {meta.parent.name}", meta.parent, by("{}"))
            for meta in sorted((ROOT / "models").glob("*/meta.json"))
        ),
        System(REFERENCE, work / "int8", load_int8, ("torch", "transformers", "onnx"),
               "pip install 'arxtract[train]'", build_int8),
        System("BERT torch", bert, by("camel:{}"), ("torch", "transformers"), camel, build_bert),
        System("stanza", work / "stanza", by("stanza:{}"), ("stanza",),
               "pip install 'arxtract[stanza]'", build_stanza),
        System("camel-tools", bert, by("camel"), ("torch", "transformers", "camel_tools"), camel,
               build_bert),
    ]  # fmt: skip


def compare(all_systems: Sequence[System], work: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Build and measure every system, each in processes of its own."""
    report: dict[str, Any] = {
        "python": platform.python_version(),
        "processor": processor(),
        "articles": Path(given.articles).name,
        "systems": {},
        "missing": {},
    }
    common = ["--articles", given.articles, "--work", str(work), "--rounds", str(given.rounds)]
    for system in all_systems:
        if any(importlib.util.find_spec(package) is None for package in system.packages):
            report["missing"][system.name] = system.install
            continue
        if system.build and not system.folder.exists():
            run("build", system.name, common, work)
        runs = [run("measure", system.name, common, work) for _ in range(given.starts)]
        best = {
            "words_per_second": max(r["words_per_second"] for r in runs),
            **{key: min(r[key] for r in runs) for key in LEAST},
            "disk_mb": round(sum(f.stat().st_size for f in files(system.folder)) / 1e6, 1),
        }
        report["words"] = runs[0]["words"]
        report["systems"][system.name] = best
        print(f"{system.name}: {json.dumps(best)}", file=sys.stderr, flush=True)
    reference = report["systems"].get(REFERENCE)
    for figures in report["systems"].values() if reference else ():
        figures["times_bert_int8"] = round(
            figures["words_per_second"] / reference["words_per_second"], 1
        )
    return report


def run(what: str, name: str, arguments: Sequence[str], work: Path) -> dict[str, Any]:
    """Run a step in a fresh process; a measurement says when its first names are there."""
    command = [sys.executable, __file__, "--step", what, name, *arguments]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "CAMELTOOLS_DATA": str(work)}
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - start
        figures = process.stdout.read()
        if process.wait():
            said.seek(0)
            raise SystemExit(f"{name}: {what} failed:\n{said.read()[-2000:]}")
    if what == "build":
        return {}
    return {"first_name_seconds": round(seconds, 2), **json.loads(figures)}


def measure(system: System, source: str, rounds: int) -> None:
    """Find the names of a sentence, say so, then time the articles and print the figures."""
    import resource

    from arxtract.text import plain

    recogniser = system.load(system.folder)
    recogniser.recognise([plain(SENTENCE, tokens=False)])
    first = time.process_time()
    print("ready", flush=True)
    texts = articles(source)
    documents = [plain(text, tokens=False) for text in texts]
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        recogniser.recognise(documents)
        best = min(best, time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # KiB on Linux, bytes on macOS
    print(
        json.dumps(
            {
                "words": words,
                "words_per_second": round(words / best),
                "first_name_processor_seconds": round(first, 2),
                "peak_mb": round(peak * (1 if sys.platform == "darwin" else 1024) / 1e6),
            }
        )
    )


def articles(source: str) -> list[str]:
    from arxtract.batch import Options, Reading

    return [article.text for article in Reading([source], Options(), print)]


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()


# -- the others --------------------------------------------------------------------------------


def kit() -> Any:
    """Return the module that builds models for the tests of the back ends."""
    sys.path.insert(0, str(ROOT / "tests"))
    import backends_kit

    return backends_kit


def wordpieces(texts: Sequence[str]) -> list[str]:
    """Return a vocabulary of ``PIECES`` for which the texts have ``PIECES_A_WORD``."""
    from tokenizers import BertWordPieceTokenizer

    words = sum(len(text.split()) for text in texts)
    vocabulary: dict[str, int] = {}
    for share in (1, 1 / 2, 1 / 4, 1 / 6, 1 / 8, 1 / 10, 1 / 11, 1 / 12, 1 / 13, 1 / 14, 1 / 15):
        tokenizer = BertWordPieceTokenizer(lowercase=False)
        size = int(PIECES * share)
        tokenizer.train_from_iterator(texts, size, min_frequency=1, show_progress=False)
        vocabulary = tokenizer.get_vocab()
        pieces = sum(len(tokenizer.encode(text, add_special_tokens=False)) for text in texts)
        if pieces >= PIECES_A_WORD * words:
            break
    known = sorted(vocabulary, key=vocabulary.__getitem__)
    return known + [f"[unused{n}]" for n in range(PIECES - len(known))]


def classifier(folder: Path, texts: Sequence[str]) -> Any:
    """Return a BERT-base token classifier, its tokenizer written to ``folder``."""
    own = kit()
    known = [piece for piece in wordpieces(texts) if piece not in own.SPECIAL]
    return own.bert(folder, own.LABELS, [*own.SPECIAL, *known], attn_implementation="eager")


def build_bert(folder: Path, texts: list[str]) -> None:
    classifier(folder, texts).save_pretrained(folder)
    kit().camel_data(folder.parents[2], {"NamedEntityRecognition": ("bert", "ner/bert")})


def build_int8(folder: Path, texts: list[str]) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Logits(torch.nn.Module):
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any) -> Any:
            return self.model(input_ids=input_ids).logits

    whole = folder / "whole.onnx"
    torch.onnx.export(
        Logits(classifier(folder, texts)), (torch.ones((1, 20), dtype=torch.int64),), str(whole),
        input_names=["ids"], output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"ids": {1: "pieces"}, "logits": {1: "pieces"}},
    )  # fmt: skip
    quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8)
    whole.unlink()


def load_int8(folder: Path) -> Recogniser:
    """Return the BERT of :func:`build_int8`, a sentence an inference."""
    import onnxruntime
    from tokenizers import BertWordPieceTokenizer

    from arxtract.names.backends.tagger import Tag, TaggerRecogniser

    tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    labels = kit().LABELS

    def tag(words: Sequence[str]) -> list[Tag]:
        encoded = tokenizer.encode(words, is_pretokenized=True)
        (logits,) = session.run(["logits"], {"ids": [encoded.ids[:512]]})
        best = logits[0].argmax(-1)
        firsts = {word: n for n, word in reversed(list(enumerate(encoded.word_ids[: len(best)])))}
        return [Tag(labels[best[firsts[n]]] if n in firsts else "O") for n in range(len(words))]

    return TaggerRecogniser(REFERENCE, lambda sentences: [tag(words) for words in sentences])


def build_stanza(folder: Path, texts: list[str]) -> None:
    import torch
    from stanza.models.common.char_model import CharacterLanguageModel
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.common.vocab import CharVocab

    root = folder / "ar"
    words = sorted({word for text in texts for word in text.split()})
    words += [f"w{n}" for n in range(150_000 - len(words))]
    vectors = {
        "vocab": PretrainedWordVocab(words).state_dict(),
        "emb": torch.randn(len(words) + 4, 300),  # stanza has four words of its own
    }
    (root / "pretrain").mkdir(parents=True)
    torch.save(vectors, root / "pretrain" / "vectors.pt")
    characters = {"char": CharVocab("".join(texts))}
    sizes = {"char_emb_dim": 100, "char_hidden_dim": 1024, "char_num_layers": 1,
             "char_dropout": 0.05, "char_unit_dropout": 1e-5, "char_rec_dropout": 0.0}  # fmt: skip
    for direction in ("forward", "backward"):
        model = CharacterLanguageModel(sizes, characters, is_forward_lm=direction == "forward")
        model.save(str(root / f"{direction}_charlm" / "characters.pt"))
    labels = kit().LABELS
    sentence = list(zip(SENTENCE.split(), labels, strict=False))
    kit().train_stanza(
        folder, [sentence], "--wordvec_pretrain_file", str(root / "pretrain" / "vectors.pt"),
        "--pretrain_max_vocab", str(len(words) + 4), "--charlm", "--charlm_shorthand", "ar_random",
        "--charlm_forward_file", str(root / "forward_charlm" / "characters.pt"),
        "--charlm_backward_file", str(root / "backward_charlm" / "characters.pt"),
        "--max_steps", "2", "--eval_interval", "2",
    )  # fmt: skip


def show(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{report['words']} words on one thread of {report['processor']}")
    for heading in (
        "", "words/s", "of BERT int8", "first name, s", "processor, s", "memory, MB", "disk, MB"
    ):  # fmt: skip
        table.add_column(heading, justify="right" if heading else "left")
    for name, figures in report["systems"].items():
        times = figures.get("times_bert_int8")
        table.add_row(
            name,
            f"{figures['words_per_second']:,}",
            f"{times} ×" if times is not None else "",
            f"{figures['first_name_seconds']:.2f}",
            f"{figures['first_name_processor_seconds']:.2f}",
            f"{figures['peak_mb']:,}",
            f"{figures['disk_mb']:.0f}",
        )
    console = Console()
    console.print(table)
    for name, install in report["missing"].items():
        console.print(f"missing: {name}: {install}", markup=False)


if __name__ == "__main__":
    main()
