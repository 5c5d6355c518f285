"""``arxtract train``: light to import, clear without torch, and from a CoNLL file to a pack."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from arxtract.cli import app
from arxtract.errors import ArxtractError, DataError
from arxtract.names import load
from arxtract.names.pack import open_pack

if TYPE_CHECKING:
    from click.testing import Result

has_torch = all(importlib.util.find_spec(name) for name in ("torch", "onnx"))
CONLL = """زار O
ناصر B-PERS
بوريطة I-PERS
المغرب B-GPE
يوم B-DATE
الخميس I-DATE
. O

قالت O
وزارة B-ORG
الخارجية I-ORG
بمراكش B-LOC
. O
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run_without_torch(tmp_path: Path, code: str) -> str:
    """Run Python where an import of torch fails, and return what it prints."""
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys\nsys.modules['torch'] = None\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    return done.stdout + done.stderr


def test_the_help_needs_no_torch(tmp_path: Path) -> None:
    for command in ("convert", "tune", "average", "export", "calibrate", "measure"):
        code = f"import sys; sys.argv = ['arxtract', 'train', 'ner', {command!r}, '--help']\n"
        said = run_without_torch(tmp_path, code + "from arxtract.cli import main; main()")
        assert "Usage" in said
        assert "Traceback" not in said


def test_it_says_what_to_install(tmp_path: Path) -> None:
    file = tmp_path / "train.conll"
    file.write_text(CONLL, encoding="utf-8")
    arguments = ["arxtract", "train", "ner", "tune", str(tmp_path), "out", "--conll", str(file)]
    code = f"import sys; sys.argv = {arguments!r}\nfrom arxtract.cli import main; main()"
    said = run_without_torch(tmp_path, code)
    assert "pip install 'arxtract[train]'" in said
    assert "Traceback" not in said


def test_one_kind_of_data_at_a_time(tmp_path: Path) -> None:
    result = run("train", "ner", "tune", tmp_path, tmp_path / "run")
    assert isinstance(result.exception, ArxtractError)
    assert "--conll, or --ner and --gold" in str(result.exception)


if has_torch:
    import numpy as np

    from arxtract.training import convert, own
    from arxtract.training.encoder import EncoderShape, Pretrained


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an encoder of one layer with random weights, whose pieces are words."""
    if not has_torch:
        pytest.skip("needs the extra train")
    folder = tmp_path_factory.mktemp("encoder")
    words = sorted({line.split()[0] for line in CONLL.splitlines() if line})
    pieces = ["<pad>", "<s>", "</s>", "<unk>", *(f"▁{w}" if w != "." else w for w in words)]
    dice = np.random.default_rng(5)
    size, inner = 128, 64

    def drawn(*shape: int) -> np.ndarray:
        return dice.normal(0, 0.2, shape).astype(np.float32)

    ones, zeros = np.ones(size, np.float32), np.zeros(size, np.float32)
    tensors = {"emb.word": drawn(len(pieces), size), "emb.pos": drawn(130, size)}
    tensors |= {"emb.type": drawn(size), "emb.ln.w": ones, "emb.ln.b": zeros}
    for part in ("q", "k", "v", "ao"):
        tensors |= {f"l0.{part}.w": drawn(size, size), f"l0.{part}.b": zeros}
    tensors |= {"l0.fi.w": drawn(inner, size), "l0.fi.b": np.zeros(inner, np.float32)}
    tensors |= {"l0.fo.w": drawn(size, inner), "l0.fo.b": zeros}
    for part in ("aln", "oln"):
        tensors |= {f"l0.{part}.w": ones, f"l0.{part}.b": zeros}
    shape = EncoderShape(size, 1, 2, inner, 130, 1e-5)
    scores = [0.0] * 4 + [-1.0] * len(words)
    convert.save(Pretrained(shape, pieces, scores, 1, 2, 0, 3, tensors), folder)
    return folder


@pytest.fixture(scope="module")
def pack(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tune the encoder on a CoNLL file and export it, by the commands of the documentation."""
    work = tmp_path_factory.mktemp("work")
    (work / "train.conll").write_text("\n".join([CONLL] * 100), encoding="utf-8")
    (work / "dev.conll").write_text(CONLL, encoding="utf-8")
    tuned = run(
        "train", "ner", "tune", encoder, work / "run", "--conll", work / "train.conll",
        "--dev", work / "dev.conll", "--head", "mine", "--epochs", 25, "--threads", 1,
    )  # fmt: skip
    assert tuned.exit_code == 0, tuned.exception
    exported = run(
        "train", "ner", "export", encoder, work / "run" / "mine.pt", work / "mine",
        "--corpus", "My articles=CC BY 4.0",
    )  # fmt: skip
    assert exported.exit_code == 0, exported.exception
    return work / "mine"


@pytest.mark.skipif(not has_torch, reason="needs the extra train")
class TestOwnFiles:
    def test_the_pack_has_learnt_the_file(self, pack: Path) -> None:
        tags = load(str(pack)).tag([["زار", "ناصر", "بوريطة", "المغرب", "."]])
        assert tags == [["O", "B-PER", "I-PER", "B-LOC", "O"]]

    def test_the_pipeline_takes_it(self, pack: Path) -> None:
        from arxtract import Pipeline

        record = Pipeline(ner=str(pack))("قالت وزارة الخارجية بمراكش.")
        assert [(e.type, e.text) for e in record.entities] == [
            ("ORG", "وزارة الخارجية"),
            ("LOC", "مراكش"),
        ]

    def test_eight_bits_say_what_floats_say(
        self, encoder: Path, pack: Path, tmp_path: Path
    ) -> None:
        weights = pack.parent / "run" / "mine.pt"
        corpus = ["--corpus", "Three sentences=CC0"]
        run("train", "ner", "export", encoder, weights, tmp_path / "f", "--no-quantised", *corpus)
        sentences = [["زار", "ناصر", "بوريطة", "المغرب"], ["قالت", "وزارة", "الخارجية"]]
        eight, floats = load(str(pack)), load(str(tmp_path / "f"))
        assert eight.tag(sentences) == floats.tag(sentences)
        assert (pack / "model.onnx").stat().st_size < (tmp_path / "f" / "model.onnx").stat().st_size

    def test_the_pack_says_what_it_was_trained_on(self, pack: Path) -> None:
        meta = open_pack(pack).meta
        assert list(meta.heads) == ["mine"]
        assert meta.hints is None
        assert [row.licence for row in meta.trained_on] == ["MIT", "CC BY 4.0"]

    def test_evaluate_scores_it(self, pack: Path, tmp_path: Path) -> None:
        gold = tmp_path / "test.conll"
        gold.write_text(CONLL.split("\n\n")[1], encoding="utf-8")
        result = run("evaluate", gold, "--model", pack)
        assert json.loads(result.stdout)["f1"] == 1.0

    def test_export_wants_the_texts_named(self, encoder: Path, pack: Path, tmp_path: Path) -> None:
        result = run("train", "ner", "export", encoder, pack.parent / "run/mine.pt", tmp_path / "p")
        assert "--corpus NAME=LICENCE" in str(result.exception)

    def test_export_knows_the_heads(self, encoder: Path, pack: Path, tmp_path: Path) -> None:
        weights = pack.parent / "run/mine.pt"
        result = run("train", "ner", "export", encoder, weights, tmp_path / "p", "--head", "press")
        assert "no head press; it has mine" in str(result.exception)

    def test_the_mean_of_two_checkpoints(self, pack: Path, tmp_path: Path) -> None:
        import torch

        one, other = (pack.parent / "run" / f"mine-{epoch}.pt" for epoch in (1, 3))
        assert run("train", "ner", "average", one, other, tmp_path / "mean.pt").exit_code == 0
        first, second, mean = (
            torch.load(path, weights_only=True)["heads.mine.linear.weight"]
            for path in (one, other, tmp_path / "mean.pt")
        )
        assert torch.allclose(mean, (first + second) / 2)
        assert not torch.equal(first, second)

    def test_a_file_with_faults(self, tmp_path: Path) -> None:
        file = tmp_path / "bad.conll"
        for text, fault in (("زار\n", ":1: expected"), ("يوم B-DATE\n", "no PER, ORG")):
            file.write_text(text, encoding="utf-8")
            with pytest.raises(DataError, match=fault):
                own.read(file)
