"""The linear-chain CRF over a sentence's label scores: the best path, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Sizes = npt.NDArray[np.intp]

_MOST_WORDS = 8192
"""Words of sentences that are counted side by side, fillings too."""


_LEAST = 1e-300
"""What is forbidden counts as; its logarithm must be finite."""


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


def _log_sum(scores: Scores) -> float:
    top = float(scores.max())
    return math.log(float(np.exp(scores - top).sum())) + top


def _passed_on(scores: Scores, odds: Scores) -> Scores:
    """Return what labels get from those beside them: log(exp(scores) @ odds).

    ``einsum`` adds up each row the same way, however many there are; BLAS does not.
    """
    top = scores.max(axis=1, keepdims=True)
    sums = np.einsum("rl,lk->rk", np.exp(scores - top), odds)
    passed: Scores = np.log(np.maximum(sums, _LEAST)) + top
    return passed


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
        self._odds = np.exp(self._steps)

    def tags(self, sentences: Sequence[Scores]) -> list[list[str]]:
        """Return the best tags of sentences from their scores (words × labels)."""
        tags: list[list[str]] = [[] for _ in sentences]
        for numbers, scores, sizes in _side_by_side(sentences):
            for number, path in zip(numbers, self._paths(scores, sizes), strict=True):
                tags[number] = [self.labels[i] for i in path]
        return tags

    def spans(self, sentences: Sequence[Scores]) -> list[list[LabelSpan]]:
        """Return the names on the best path of each, each with the probability of just that span.

        Sentences are counted side by side: a step costs the same for one as for fifty.
        """
        found: list[list[LabelSpan]] = [[] for _ in sentences]
        bare = [spans_of(tags) for tags in self.tags(sentences)]
        named = [number for number, spans in enumerate(bare) if spans]
        for rows, scores, sizes in _side_by_side([sentences[number] for number in named]):
            for row, tables in zip(rows, self._tables(scores, sizes), strict=True):
                number = named[row]
                for first, last, kind in bare[number]:
                    score = self._probability(first, last, kind, sentences[number], *tables)
                    found[number].append(LabelSpan(first, last, kind, score))
        return found

    def probabilities(self, scores: Scores, spans: Sequence[tuple[int, int, str]]) -> list[float]:
        """Return the probabilities that words [first, last) of a sentence are just one such name.

        The sentence is counted once for all of them.
        """
        if not spans:
            return []
        (tables,) = self._tables(scores[None], np.array([len(scores)]))
        return [self._probability(*span, scores, *tables) for span in spans]

    def _probability(
        self, first: int, last: int, kind: str, scores: Scores, forward: Scores, backward: Scores
    ) -> float:
        """Return the share of the paths that have just this span."""
        before, inside = self.labels.index(f"B-{kind}"), self.labels.index(f"I-{kind}")
        log = float(forward[first, before])
        for i in range(first + 1, last):
            log += float(self._steps[before, inside] + scores[i, inside])
            before = inside
        if last < len(scores):
            onward = self._steps[before] + scores[last] + backward[last]
            onward[inside] = -np.inf
            log += _log_sum(onward)
        return math.exp(min(log - _log_sum(forward[-1]), 0.0))

    def _paths(self, scores: Scores, sizes: Sizes) -> list[list[int]]:
        """Return the best path of each sentence."""
        steps = scores.shape[1]
        backs = np.zeros(scores.shape, dtype=np.intp)
        best = self._start + scores[:, 0]
        for i in range(1, steps):
            here = slice(int((sizes > i).sum()))
            reach = best[here, :, None] + self._steps
            backs[here, i] = reach.argmax(axis=1)
            best[here] = reach.max(axis=1) + scores[here, i]
        paths = []
        for size, back, label in zip(sizes.tolist(), backs, best.argmax(axis=1), strict=True):
            path = [int(label)]
            for row in back[size - 1 : 0 : -1]:
                path.append(int(row[path[-1]]))
            paths.append(path[::-1])
        return paths

    def _tables(self, scores: Scores, sizes: Sizes) -> list[tuple[Scores, Scores]]:
        """Return the forward and backward sums of each sentence, words × labels."""
        steps = scores.shape[1]
        forward, backward = np.empty_like(scores), np.zeros_like(scores)
        forward[:, 0] = self._start + scores[:, 0]
        for i in range(1, steps):
            here = slice(int((sizes > i).sum()))
            forward[here, i] = _passed_on(forward[here, i - 1], self._odds) + scores[here, i]
        for i in range(steps - 2, -1, -1):
            here = slice(int((sizes > i + 1).sum()))
            onward = scores[here, i + 1] + backward[here, i + 1]
            backward[here, i] = _passed_on(onward, self._odds.T)
        return [
            (forward[row, :size], backward[row, :size]) for row, size in enumerate(sizes.tolist())
        ]


def _side_by_side(sentences: Sequence[Scores]) -> Iterator[tuple[list[int], Scores, Sizes]]:
    """Yield sentences of like length together, but for empty ones, the longest first.

    Each time: their numbers, their scores (sentences × words × labels, filled up with zeros), and
    their sizes in words.
    """
    filled = (number for number, scores in enumerate(sentences) if len(scores))
    order = sorted(filled, key=lambda number: -len(sentences[number]))
    first = 0
    while first < len(order):
        longest, labels = sentences[order[first]].shape
        numbers = order[first : first + max(1, _MOST_WORDS // longest)]
        sizes = np.array([len(sentences[number]) for number in numbers])
        scores = np.zeros((len(numbers), longest, labels))
        for row, number in enumerate(numbers):
            scores[row, : sizes[row]] = sentences[number]
        yield numbers, scores, sizes
        first += len(numbers)
