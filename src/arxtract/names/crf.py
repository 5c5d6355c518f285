"""The linear-chain CRF over a sentence's label scores: the best path, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


class LabelSpan(NamedTuple):
    """A name as a range of words [first, last), its type, and its probability."""

    first: int
    last: int
    type: str
    score: float


def spans_of(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the ranges [first, last) and types of valid BIO tags."""
    spans = []
    start = 0
    kind = ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and not tag.startswith("I-"):
            spans.append((start, i, kind))
            kind = ""
        if tag.startswith("B-"):
            start, kind = i, tag[2:]
    return spans


def _log_sum(scores: Scores, axis: int) -> Scores:
    top = scores.max(axis=axis, keepdims=True)
    total: Scores = np.log(np.exp(scores - top).sum(axis=axis)) + top.squeeze(axis)
    return total


def calibrated(score: float, slope: float, shift: float) -> float:
    """Return the share of names of this probability that are right, by a logistic curve.

    (Platt 1999.) Slope 1 and shift 0 change nothing.
    """
    odds = math.log(max(score, 1e-6) / max(1 - score, 1e-6))
    return 1 / (1 + math.exp(-(slope * odds + shift)))


class Crf:
    """Decodes label scores of one convention.

    ``start`` and ``steps`` score a label at a sentence's beginning and after another label;
    what BIO forbids has so low a score that it is never taken.
    """

    def __init__(
        self, labels: Sequence[str], start: Sequence[float], steps: Sequence[Sequence[float]]
    ) -> None:
        self.labels = tuple(labels)
        self._start = np.asarray(start, dtype=np.float64)
        self._steps = np.asarray(steps, dtype=np.float64)

    def tags(self, scores: Scores) -> list[str]:
        """Return the best tags of a sentence from its scores (words × labels)."""
        if not len(scores):
            return []
        best = self._start + scores[0]
        backs = []
        for row in scores[1:]:
            reach = best[:, None] + self._steps
            back = reach.argmax(axis=0)
            backs.append(back)
            best = reach[back, np.arange(len(best))] + row
        path = [int(best.argmax())]
        for back in reversed(backs):
            path.append(int(back[path[-1]]))
        return [self.labels[i] for i in reversed(path)]

    def spans(self, scores: Scores) -> list[LabelSpan]:
        """Return the names on the best path, each with the probability of just that span."""
        found = spans_of(self.tags(scores))
        if not found:
            return []
        forward, backward = self._forward(scores), self._backward(scores)
        whole = float(_log_sum(forward[-1], 0))
        spans = []
        for first, last, kind in found:
            begin, inside = self.labels.index(f"B-{kind}"), self.labels.index(f"I-{kind}")
            log = forward[first, begin]
            before = begin
            for i in range(first + 1, last):
                log += self._steps[before, inside] + scores[i, inside]
                before = inside
            if last < len(scores):
                onward = self._steps[before] + scores[last] + backward[last]
                onward[inside] = -np.inf
                log += float(_log_sum(onward, 0))
            spans.append(LabelSpan(first, last, kind, float(np.exp(min(log - whole, 0.0)))))
        return spans

    def _forward(self, scores: Scores) -> Scores:
        table = np.empty_like(scores)
        table[0] = self._start + scores[0]
        for i in range(1, len(scores)):
            table[i] = _log_sum(table[i - 1][:, None] + self._steps, 0) + scores[i]
        return table

    def _backward(self, scores: Scores) -> Scores:
        table = np.zeros_like(scores)
        for i in range(len(scores) - 2, -1, -1):
            table[i] = _log_sum(self._steps + scores[i + 1] + table[i + 1], 1)
        return table
