"""Fitting the confidence of records on gold: ``python -m arxtract.evaluate.calibrate GOLD…``.

Every record that the rules read, however unlikely, is a point: 1 if it answers a gold record, 0
if it answers none; what answers an optional one is passed over. A logistic model with an L2
penalty is fitted to the features of :mod:`arxtract.events.confidence`; the threshold is the one
with the best F1 of events in five-fold cross-validation by article.

The rules are written on the same gold, which makes their mistakes there rare; so the penalty
pulls towards :data:`PRIOR`, which says what reading other articles has shown: a trigger without
any slot is mostly talk, and a record grows surer with each slot.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

from arxtract.document import Document
from arxtract.evaluate import align, sides
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.gold import read as read_gold
from arxtract.events.confidence import features
from arxtract.events.engine import Engine
from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord
from arxtract.resources import lexicon

PENALTY = 8.0
INTERCEPT = "intercept"
PRIOR = {
    INTERCEPT: -0.7,
    "bare": -1.5,
    "mentions": 0.5,
    "title": 0.5,
    "date": 0.6,
    "place": 0.4,
    "count": 0.5,
    "participant": 0.5,
    "participants": 0.4,
    "syntax": 0.5,
    "verb": 0.5,
    "phrase": 0.4,
    "only nouns": -0.3,
    "general": -1.0,
    "statement person": 0.4,
    "statement subject": 0.5,
}
"""Weights before any gold is seen."""
FOLDS = 5
LEAST = 0.4
"""Least threshold: on the gold that rules were written on, their mistakes are too rare to see."""


@dataclass(frozen=True)
class Points:
    """The records of some articles: features, labels, article of each, gold records there."""

    names: list[str]
    rows: np.ndarray
    labels: np.ndarray
    articles: np.ndarray
    required: int


def collect(documents: Iterable[tuple[GoldArticle, Document]], engine: Engine) -> Points:
    """Read all records of the documents and label them by the gold."""
    found: list[dict[str, float]] = []
    labels: list[int] = []
    articles: list[int] = []
    required = 0
    for number, (gold, document) in enumerate(documents):
        drafts = engine.drafts(document)
        records = engine.extract(document, threshold=0)
        record = ArticleRecord(id=gold.name, events=tuple(records))
        predicted = sides.of_record(record, gold.name, gold.raw).events
        wanted = sides.of_gold(gold).events
        required += sum(not event.free for event in wanted)
        answers = {j: i for i, j in align.events(wanted, predicted)[0]}
        for j, draft in enumerate(drafts):
            if j in answers and wanted[answers[j]].free:
                continue
            found.append(features(draft))
            labels.append(int(j in answers))
            articles.append(number)
    names = sorted({name for row in found for name in row})
    rows = np.array([[row.get(name, 0.0) for name in names] for row in found])
    return Points(names, rows, np.array(labels, float), np.array(articles), required)


def fit(points: Points, chosen: np.ndarray, penalty: float = PENALTY) -> np.ndarray:
    """Return intercept and weights of the logistic model for the ``chosen`` points."""
    rows, labels = points.rows[chosen], points.labels[chosen]
    inputs = np.hstack([np.ones((len(rows), 1)), rows])
    prior = np.array([PRIOR.get(name, 0.0) for name in (INTERCEPT, *points.names)])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = inputs @ weights
        value = np.logaddexp(0, scores).sum() - labels @ scores
        chance = 1 / (1 + np.exp(-scores))
        gradient = inputs.T @ (chance - labels)
        away = weights - prior
        value += penalty / 2 * (away @ away)
        gradient += penalty * away
        return float(value), gradient

    result = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return np.asarray(result.x)


def predict(weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the probability of each row."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + rows @ weights[1:]))))


def held_out(points: Points, penalty: float = PENALTY) -> np.ndarray:
    """Return each record's probability by a model that has not seen its article."""
    chances = np.zeros(len(points.labels))
    for fold in range(FOLDS):
        test = points.articles % FOLDS == fold
        weights = fit(points, ~test, penalty)
        chances[test] = predict(weights, points.rows[test])
    return chances


def best_threshold(chances: np.ndarray, points: Points) -> tuple[float, float]:
    """Return the threshold with the best F1 of events, and that F1."""
    best = (0.5, 0.0)
    for threshold in np.arange(LEAST, 0.71, 0.02):
        kept = chances >= threshold
        right = points.labels[kept].sum()
        score = 2 * right / (kept.sum() + points.required)
        if score > best[1]:
            best = float(threshold), float(score)
    return best


def calibration_error(chances: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over equal bins."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            total += inside.sum() * abs(chances[inside].mean() - labels[inside].mean())
    return total / len(labels)


def _documents(
    folders: Sequence[Path], first: int, last: int, pipeline: Pipeline
) -> Iterable[tuple[GoldArticle, Document]]:
    for folder in folders:
        for article in read_gold(folder):
            number = "".join(c for c in article.name if c.isdigit())
            if number and not first <= int(number[:4]) <= last:
                continue
            given = Article(article.raw, article.name, article.told)
            yield article, pipeline.document(given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of annotated articles")
    parser.add_argument("--first", type=int, default=0, help="first number of an article's name")
    parser.add_argument("--last", type=int, default=9999, help="last number of an article's name")
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    pipeline = Pipeline()
    points = collect(_documents(options.gold, options.first, options.last, pipeline), Engine())
    chances = held_out(points, options.penalty)
    threshold, score = best_threshold(chances, points)
    weights = fit(points, np.ones(len(points.labels), bool), options.penalty)
    print(f"{len(points.labels)} records, {points.required} in gold")
    print(f"held out: F1 {score:.3f} at {threshold:.2f}, ECE "
          f"{calibration_error(chances, points.labels):.3f}")  # fmt: skip
    write(lexicon("confidence.yaml"), threshold, weights, points.names)


_HEAD = """\
# Logistic weights of a record's confidence (events/confidence.py), fitted on gold by
# `python -m arxtract.evaluate.calibrate`; not to be edited by hand.
"""


def write(path: Path, threshold: float, weights: np.ndarray, names: Sequence[str]) -> None:
    """Write the model where the package reads it."""
    data = {
        "threshold": round(threshold, 2),
        "intercept": round(float(weights[0]), 3),
        "weights": {n: round(float(w), 3) for n, w in zip(names, weights[1:], strict=True)},
    }
    path.write_text(_HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
