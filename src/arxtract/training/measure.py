"""``measure``: score a pack, as it ships, on annotated articles and on CoNLL files.

Exact: same span and type. Overlap: one-to-one by common letters and same type. All in per cent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from arxtract.document import Document
from arxtract.evaluate.gold import read
from arxtract.names.crf import spans_of
from arxtract.names.recogniser import Recogniser
from arxtract.text.normalise import normalise
from arxtract.training.corpora import HELD_OUT, Name, read_conll, rows_of, valid_bio

KINDS = ("PER", "ORG", "LOC", "MISC")
_Counts = Counter[tuple[str, str]]


def press_articles(path: Path) -> Iterator[tuple[Document, list[Name]]]:
    """Yield the articles of a JSONL file as documents, with their gold names."""
    for text, names, _ in rows_of(path):
        document = Document(normalise(text))
        document.body = [(0, len(document.clean))]
        yield document, names


def held_out_articles(folder: Path) -> Iterator[tuple[Document, list[Name]]]:
    """Yield the held-out articles of a gold folder as documents, with their names."""
    for article in read(folder):
        if article.name in HELD_OUT:
            document = Document(normalise(article.raw))
            document.body = [document.clean_range(span) for span in article.body]
            yield document, [(e.start, e.end, str(e.type)) for e in article.entities]


def articles_score(
    recogniser: Recogniser, articles: Iterator[tuple[Document, list[Name]]]
) -> dict[str, float]:
    """Return exact and overlap F1, over all types, over all but MISC, and by type."""
    exact: _Counts = Counter()
    overlap: _Counts = Counter()
    for document, gold in articles:
        (entities,) = recogniser.recognise([document])
        found = [(entity.start, entity.end, str(entity.type)) for entity in entities]
        _count(exact, found, gold, set(found) & set(gold))
        _count(overlap, found, gold, _overlapping(found, gold))
    scores = {f"exact {kind}": _f1(exact, kinds) for kind, kinds in _groups()}
    return scores | {f"overlap {kind}": _f1(overlap, kinds) for kind, kinds in _groups()}


def conll_score(recogniser: Recogniser, path: Path) -> dict[str, float]:
    """Return exact F1 of spans of words, over all types and by type."""
    counts: _Counts = Counter()
    sentences = list(read_conll(path))
    tagged = recogniser.tag([sentence.words for sentence in sentences])
    for sentence, tags in zip(sentences, tagged, strict=True):
        found, gold = spans_of(valid_bio(tags)), spans_of(sentence.tags)
        _count(counts, found, gold, set(found) & set(gold))
    return {kind: _f1(counts, kinds) for kind, kinds in _groups()}


def fit_calibration(
    recogniser: Recogniser, articles: Iterator[tuple[Document, list[Name]]]
) -> tuple[float, float]:
    """Return slope and shift of the logistic curve from a score's log-odds to being right."""
    odds, right = [], []
    for document, gold in articles:
        for entity in recogniser.recognise([document])[0]:
            score = min(max(entity.score or 0.0, 1e-6), 1 - 1e-6)
            odds.append(math.log(score / (1 - score)))
            right.append((entity.start, entity.end, entity.type) in gold)
    x, y = np.array(odds), np.array(right, dtype=float)

    def loss(curve: npt.NDArray[np.float64]) -> float:
        z = curve[0] * x + curve[1]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(shift)


def _groups() -> list[tuple[str, Sequence[str]]]:
    return [("all", KINDS), ("but MISC", KINDS[:3]), *((kind, (kind,)) for kind in KINDS)]


def _overlapping(found: Sequence[Name], gold: Sequence[Name]) -> set[Name]:
    free = list(gold)
    matched = set()
    for name in found:
        for other in free:
            if name[2] == other[2] and name[0] < other[1] and other[0] < name[1]:
                free.remove(other)
                matched.add(name)
                break
    return matched


def _count(counts: _Counts, found: Sequence[Name], gold: Sequence[Name], right: set[Name]) -> None:
    for what, names in (("found", found), ("gold", gold), ("right", right)):
        for name in names:
            counts[what, name[2]] += 1


def _f1(counts: _Counts, kinds: Sequence[str]) -> float:
    right, found, gold = (
        sum(counts[what, kind] for kind in kinds) for what in ("right", "found", "gold")
    )
    return round(200 * right / max(found + gold, 1), 2)
