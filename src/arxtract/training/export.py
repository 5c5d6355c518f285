"""``export``: a checkpoint as a pack: an ONNX graph with 8-bit weights, and its ``meta.json``.

The graph reads one window: ``ids`` (int64, pieces) and ``firsts`` (int64, the place of each
word's first piece), and gives ``scores`` (float, words × columns): the labels of each exported
head, then the cuts, then the hints. Weights are int8 by column, kept within ±64 so that the 16-bit
sums of processors without VNNI cannot overflow; activations are quantised as they come; embeddings
are int8 by row.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from arxtract.names.pack import FILES, PROTOCOL, PackMeta
from arxtract.training.encoder import EncoderShape
from arxtract.training.hints import EVENT_TYPES, SLOTS
from arxtract.training.network import CUTS, LABELS, allowed
from arxtract.training.tune import WINDOW

Array = npt.NDArray[Any]
_CONTRIB = "com.microsoft"
_WEIGHT_RANGE = 64
_HALF = "fo"
"""What may stay in floats: the inputs of the second feed-forward matrix have a few values far
beyond the others, which 8 bits for all of them together cannot hold."""


class _Graph:
    """Collects nodes and arrays of an ONNX graph; every method returns a value's name."""

    def __init__(self, quantised: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.arrays: list[onnx.TensorProto] = []
        self._quantised = quantised

    def array(self, value: Array, name: str | None = None) -> str:
        name = name or f"a{len(self.arrays)}"
        self.arrays.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **at: Any) -> Any:
        names = [f"v{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **at))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Array, bias: Array, *, half: bool = False) -> str:
        """Multiply by a torch weight (out × in), 8-bit where the graph is quantised.

        ``half`` stores it as 16-bit floats instead and multiplies in 32 bits.
        """
        columns = weight.T.astype(np.float32)
        if self._quantised and half:
            stored = self.array(columns.astype(np.float16))
            product = self.node("MatMul", x, self.node("Cast", stored, to=TensorProto.FLOAT))
            whole_sum: str = self.node("Add", product, self.array(bias))
            return whole_sum
        if not self._quantised:
            product = self.node("MatMul", x, self.array(columns))
            added: str = self.node("Add", product, self.array(bias))
            return added
        scale = np.maximum(np.abs(columns).max(axis=0), 1e-8) / _WEIGHT_RANGE
        whole = np.clip(np.rint(columns / scale), -_WEIGHT_RANGE, _WEIGHT_RANGE).astype(np.int8)
        made: str = self.node(
            "DynamicQuantizeMatMul",
            x,
            self.array(whole),
            self.array(scale.astype(np.float32)),
            self.array(np.zeros(len(scale), dtype=np.int8)),
            self.array(bias.astype(np.float32)),
            domain=_CONTRIB,
        )
        return made


def _embed(graph: _Graph, state: dict[str, Array], epsilon: float) -> str:
    """Look up words (int8 rows times their scale) and positions, and normalise the sum."""
    words = state["encoder.word"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / 127
    rows = graph.array(np.rint(words / scale).astype(np.int8))
    found = graph.node("Cast", graph.node("Gather", rows, "ids"), to=TensorProto.FLOAT)
    scales = graph.node("Gather", graph.array(scale.astype(np.float32)), "ids")
    found = graph.node("Mul", found, scales)
    positions = graph.array(state["encoder.position"][: WINDOW + 2])
    zero = graph.array(np.array([0]))
    place = graph.node("Slice", positions, zero, graph.node("Shape", "ids"), zero)
    total = graph.node("Add", found, place)
    gain, bias = (graph.array(state[f"encoder.norm.{k}"]) for k in ("weight", "bias"))
    normed = graph.node("LayerNormalization", total, gain, bias, epsilon=epsilon, axis=-1)
    batched: str = graph.node("Unsqueeze", normed, zero)
    return batched


def _layer(
    graph: _Graph, x: str, state: dict[str, Array], prefix: str, shape: EncoderShape, half: bool
) -> str:
    def linear(value: str, part: str) -> str:
        name = f"{prefix}.{part}"
        weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
        return graph.linear(value, weight, bias, half=half and part == _HALF)

    def joined(value: str, other: str, part: str) -> str:
        gain, bias = (graph.array(state[f"{prefix}.{part}.{k}"]) for k in ("weight", "bias"))
        made: str = graph.node(
            "SkipLayerNormalization",
            value,
            other,
            gain,
            bias,
            domain=_CONTRIB,
            epsilon=shape.epsilon,
        )
        return made

    qkv = graph.node("Split", linear(x, "qkv"), outputs=3, axis=-1, num_outputs=3)
    mixed = graph.node("MultiHeadAttention", *qkv, domain=_CONTRIB, num_heads=shape.heads)
    x = joined(x, linear(mixed, "ao"), "aln")
    inner = graph.node("Gelu", linear(x, "fi"), domain=_CONTRIB)
    return joined(x, linear(inner, "fo"), "oln")


def build(
    state: dict[str, Array],
    shape: EncoderShape,
    heads: Sequence[str],
    *,
    quantised: bool = True,
    halves: int | None = None,
) -> onnx.ModelProto:
    """Build the graph from the arrays of a :class:`~arxtract.training.network.Network`.

    The highest ``halves`` layers keep their second feed-forward matrix in 16-bit floats, all of
    them where None.
    """
    graph = _Graph(quantised)
    x = _embed(graph, state, shape.epsilon)
    for number in range(shape.layers):
        half = halves is None or number >= shape.layers - halves
        x = _layer(graph, x, state, f"encoder.layers.{number}", shape, half)
    flat = graph.node("Squeeze", x, graph.array(np.array([0])))
    vectors = graph.node("Gather", flat, "firsts")
    names = [f"heads.{head}.linear" for head in heads] + ["cut", "hint"]
    weight = np.concatenate([state[f"{name}.weight"] for name in names])
    bias = np.concatenate([state[f"{name}.bias"] for name in names])
    product = graph.node("MatMul", vectors, graph.array(weight.T.astype(np.float32)))
    bias_name = graph.array(bias.astype(np.float32))
    graph.nodes.append(helper.make_node("Add", [product, bias_name], ["scores"]))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [n]) for n in ("ids", "firsts")]
    output = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["firsts", len(bias)])
    body = helper.make_graph(graph.nodes, "recogniser", inputs, [output], graph.arrays)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_CONTRIB, 1)]
    model: onnx.ModelProto = helper.make_model(
        body, opset_imports=opsets, ir_version=9, producer_name="arxtract"
    )
    return model


def write_pack(
    state: dict[str, Array],
    shape: EncoderShape,
    tokenizer: Path,
    out: Path,
    about: dict[str, Any],
    heads: Sequence[str],
    *,
    quantised: bool = True,
    halves: int | None = None,
    hints: bool = True,
    calibration: tuple[float, float] = (1.0, 0.0),
) -> None:
    """Write a pack; ``about`` gives name, version, trained_on and scores of its meta.json.

    ``hints``: whether the network was taught any.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = build(state, shape, heads, quantised=quantised, halves=halves)
    (out / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    start, steps = (penalty.numpy() for penalty in allowed())
    meta = {
        "protocol": PROTOCOL,
        **about,
        "labels": LABELS,
        "heads": {
            head: {
                "first_column": number * len(LABELS),
                "start": _rounded(state[f"heads.{head}.start"] + start),
                "steps": _rounded(state[f"heads.{head}.steps"] + steps),
            }
            for number, head in enumerate(heads)
        },
        "default_head": heads[0],
        "first_cut_column": len(heads) * len(LABELS),
        "cuts": CUTS,
        "hints": {
            "first_column": len(heads) * len(LABELS) + CUTS,
            "event_types": EVENT_TYPES,
            "slots": SLOTS,
        }
        if hints
        else None,
        "window": WINDOW,
        "calibration": calibration,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
    }
    PackMeta.model_validate(meta)
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (out / "meta.json").write_text(text + "\n", encoding="utf-8")


def _rounded(values: Array) -> list[Any]:
    rounded: list[Any] = np.round(values.astype(np.float64), 4).tolist()
    return rounded
