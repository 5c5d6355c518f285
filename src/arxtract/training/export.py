"""``export``: a checkpoint as a pack: an ONNX graph with 8-bit weights, and its ``meta.json``.

The graph reads one window: ``ids`` (int64, pieces) and ``firsts`` (int64, the place of each
word's first piece), and gives ``scores`` (float, words × columns): the labels of each exported
head, then the cuts, then the hints, ties last. Weights are int8 by column, kept within ±64 so that
the 16-bit sums of processors without VNNI cannot overflow; activations are quantised as they come;
embeddings are int8 by row. In the last layer only the first piece of each word goes on after the
keys and values: nobody asks for the others.
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

from arxtract.names.hints import TIES
from arxtract.names.pack import FILES, PROTOCOL, PackMeta
from arxtract.training.encoder import EncoderShape
from arxtract.training.hints import EVENT_TYPES, SLOTS
from arxtract.training.network import CUTS, LABELS, TIE_SIZE, allowed
from arxtract.training.tune import WINDOW

Array = npt.NDArray[Any]
_CONTRIB = "com.microsoft"
_WEIGHT_RANGE = 64
_OUTLIERS = 16
"""Channels of the inner feed-forward values that may lie far beyond the others. 8 bits for all of
them together would be coarse, so what of these lies beyond the rest goes its way in floats (after
Dettmers et al. 2022, "LLM.int8()")."""
_MARGIN = 1.25
"""How far beyond what training saw an ordinary channel may go before it is cut."""


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

    def linear(self, x: str, weight: Array, bias: Array) -> str:
        """Multiply by a torch weight (out × in), 8-bit where the graph is quantised."""
        columns = weight.T.astype(np.float32)
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

    def linear_of_inner(self, x: str, weight: Array, bias: Array, widest: Array) -> str:
        """Multiply the inner values of a feed-forward, whose ``widest`` channels go apart."""
        if not self._quantised or not widest.any():
            return self.linear(x, weight, bias)
        order = np.argsort(-widest, kind="stable")
        apart = np.sort(order[:_OUTLIERS])
        most = self.array(np.array(widest[order[_OUTLIERS]] * _MARGIN, dtype=np.float32))
        ordinary = self.node("Min", x, most)
        zero = self.array(np.array(0, dtype=np.float32))
        values = self.node("Gather", x, self.array(apart), axis=-1)
        beyond = self.node("Max", self.node("Sub", values, most), zero)
        rest = self.node("MatMul", beyond, self.array(weight[:, apart].T.astype(np.float32)))
        total: str = self.node("Add", self.linear(ordinary, weight, bias), rest)
        return total


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
    graph: _Graph,
    x: str,
    state: dict[str, Array],
    prefix: str,
    shape: EncoderShape,
    firsts: str | None = None,
) -> str:
    """Add a layer; with ``firsts`` it gives the vectors of those pieces alone."""

    def weights(part: str) -> tuple[Array, Array]:
        return state[f"{prefix}.{part}.weight"], state[f"{prefix}.{part}.bias"]

    def joined(value: str, other: str, part: str) -> str:
        total = graph.node("Sum", value, other)  # as an Add it would be fused into a slower node
        gain, bias = map(graph.array, weights(part))
        made: str = graph.node(
            "LayerNormalization", total, gain, bias, axis=-1, epsilon=shape.epsilon
        )
        return made

    weight, bias = weights("qkv")
    size = shape.hidden
    if firsts is None:
        qkv = graph.node("Split", graph.linear(x, weight, bias), outputs=3, axis=-1, num_outputs=3)
    else:
        pairs = graph.linear(x, weight[size:], bias[size:])
        x = graph.node("Gather", x, firsts, axis=1)
        keys_values = graph.node("Split", pairs, outputs=2, axis=-1, num_outputs=2)
        qkv = [graph.linear(x, weight[:size], bias[:size]), *keys_values]
    mixed = graph.node("MultiHeadAttention", *qkv, domain=_CONTRIB, num_heads=shape.heads)
    x = joined(x, graph.linear(mixed, *weights("ao")), "aln")
    inner = graph.node("Gelu", graph.linear(x, *weights("fi")), domain=_CONTRIB)
    outer = graph.linear_of_inner(inner, *weights("fo"), state[f"{prefix}.widest"])
    return joined(x, outer, "oln")


def build(
    state: dict[str, Array],
    shape: EncoderShape,
    heads: Sequence[str],
    *,
    quantised: bool = True,
) -> onnx.ModelProto:
    """Build the graph from the arrays of a :class:`~arxtract.training.network.Network`."""
    graph = _Graph(quantised)
    x = _embed(graph, state, shape.epsilon)
    for number in range(shape.layers):
        firsts = "firsts" if number == shape.layers - 1 else None
        x = _layer(graph, x, state, f"encoder.layers.{number}", shape, firsts)
    vectors = graph.node("Squeeze", x, graph.array(np.array([0])))
    names = [f"heads.{head}.linear" for head in heads] + ["cut", "hint", "tie"]
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
    hints: bool = True,
    calibration: tuple[float, float] = (1.0, 0.0),
) -> None:
    """Write a pack; ``about`` gives name, version, trained_on and scores of its meta.json.

    ``hints``: whether the network was taught any.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = build(state, shape, heads, quantised=quantised)
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
            "ties": TIES,
            "tie_size": TIE_SIZE,
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
