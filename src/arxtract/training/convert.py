"""``convert``: the pretrained encoder with a vocabulary cut to what Arabic press text needs."""

from __future__ import annotations

import gzip
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import regex
from tokenizers import Tokenizer, models, normalizers

from arxtract.names.pieces import as_input
from arxtract.names.words import light_of_raw
from arxtract.training.encoder import EncoderShape, Pretrained, cut_vocabulary, read_pretrained

_log = logging.getLogger(__name__)
_ARABIC = regex.compile(r"\u2581?+[\u0621-\u063a\u0641-\u064a]++")
_FOLDED_AWAY = regex.compile(r"[\u0622\u0623\u0625\u0671\u0640\u064b-\u065f]")
_WORD = regex.compile(r"[\p{L}\p{M}]++|\p{N}++(?:[.,]\p{N}++)*+|[^\s\p{L}\p{M}\p{N}]")


def tokenizer_of(source: Pretrained) -> Tokenizer:
    """Build the unigram tokenizer; words come to it one by one, so it splits nothing itself."""
    vocabulary = list(zip(source.pieces, source.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=source.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    return tokenizer


def corpus_texts(folder: Path, each: int) -> Iterator[str]:
    """Yield up to ``each`` texts of every gzip JSONL file, evenly drawn."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = lines.readlines()
        for line in rows[:: max(1, len(rows) // each)]:
            yield json.loads(line)["text"]


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the light words of texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text))
    light_counts: Counter[str] = Counter()
    for word, count in counts.items():
        light_counts[light_of_raw(word)] += count
    return light_counts


def convert(source: Path, corpus: Path, out: Path, *, each: int = 700, least: int = 4) -> None:
    """Write ``encoder.npz`` and ``tokenizer.json`` to the folder ``out``.

    Kept are the pieces of plain Arabic letters without a hamza on alef (which input never has),
    single characters, and whatever else stands ``least`` times in ``each`` articles a source.
    """
    whole = read_pretrained(source)
    counts = count_words(corpus_texts(corpus, each))
    words = list(counts)
    seen: Counter[str] = Counter()
    encodings = tokenizer_of(whole).encode_batch(
        [as_input(word) for word in words], add_special_tokens=False
    )
    for word, encoding in zip(words, encodings, strict=True):
        for piece in encoding.tokens:
            seen[piece] += counts[word]

    def keep(_: int, piece: str) -> bool:
        if _FOLDED_AWAY.search(piece):
            return False
        if _ARABIC.fullmatch(piece):
            return True
        bare = piece.lstrip("\u2581")
        return seen[piece] >= least or (len(bare) <= 1 and piece.isascii())

    small = cut_vocabulary(whole, keep)
    _log.info("%d of %d pieces kept", len(small.pieces), len(whole.pieces))
    save(small, out)


def save(source: Pretrained, out: Path) -> None:
    """Write the arrays and the tokenizer of an encoder."""
    out.mkdir(parents=True, exist_ok=True)
    shape = source.shape
    sizes = [shape.hidden, shape.layers, shape.heads, shape.feed_forward, shape.positions]
    arrays: dict[str, Any] = {"sizes": sizes, "epsilon": shape.epsilon, **source.tensors}
    np.savez(out / "encoder.npz", **arrays)
    tokenizer_of(source).save(str(out / "tokenizer.json"), pretty=False)


def load(folder: Path) -> tuple[Pretrained, Tokenizer]:
    """Read back what :func:`convert` wrote."""
    with np.load(folder / "encoder.npz") as arrays:
        tensors = {name: arrays[name] for name in arrays.files}
    hidden, layers, heads, feed_forward, positions = (int(n) for n in tensors.pop("sizes"))
    epsilon = float(tensors.pop("epsilon"))
    shape = EncoderShape(hidden, layers, heads, feed_forward, positions, epsilon)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    source = Pretrained(shape, [], [], bos=1, eos=2, pad=0, unk=3, tensors=tensors)
    return source, tokenizer
