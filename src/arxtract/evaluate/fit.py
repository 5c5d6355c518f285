"""Fitting the models of the events room on gold: ``python -m arxtract.evaluate.fit GOLD…``.

Two files of the lexicon come from here: ``choice.yaml`` (which dates and places are an event's)
and ``confidence.yaml`` (whether a record is right). Each holds logistic models with an L2 penalty.
A threshold is half of the F1 that is reached in five-fold cross-validation by article: for
probabilities that are right, none gives a better F1 (Lipton, Elkan and Naryanaswamy, 2014), and
searching for one on some hundred decisions would fit their noise.

A recogniser's hints about articles that it was trained on are too good. So they are taken from
the folders named by ``--fresh`` alone, and from those of ``--earlier``, read by a recogniser of
before it was trained on them. A model is first fitted on all folders without hints, then pulled
from there by the fresh ones with theirs.

The rules may be written on the same gold, which makes their mistakes there rare; so the confidence
is pulled towards :data:`PRIOR`, which says what reading other articles has shown: a trigger
without any slot is mostly talk, and a record grows surer with each slot.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

from arxtract.document import Document
from arxtract.evaluate import align, sides
from arxtract.evaluate.align import same_number
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.gold import read as read_gold
from arxtract.evaluate.naming import agree, same_unit
from arxtract.evaluate.notation import number_of, same_value
from arxtract.evaluate.sides import Event
from arxtract.events import choice, confidence, parts
from arxtract.events.candidates import ArticleView, Candidate
from arxtract.events.clauses import Unit
from arxtract.events.counted import count_candidates
from arxtract.events.engine import Engine
from arxtract.events.logistic import Features, Logistic
from arxtract.events.mentions import unit_words
from arxtract.events.merge import Draft, unit_key
from arxtract.events.statements import STATEMENT
from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord
from arxtract.resources import lexicon

PENALTY = 4.0
PULL = 100.0
"""Penalty on going away from the model without hints, for all that it weighs: there are few fresh
articles."""
HINT_PENALTY = 32.0
"""Penalty on the weights of hints."""
INTERCEPT = "intercept"
HINT = "hint"
"""How the names of the features begin that come from the recogniser's network."""
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
"""Weights of the confidence before any gold is seen."""
FOLDS = 5
THRESHOLDS = np.arange(0.2, 0.71, 0.02)


@dataclass(frozen=True)
class Point:
    """One decision: its features, the right answer, and what it competes with."""

    features: Features
    right: bool
    article: int
    event: int
    """Number of the event that it is decided for."""
    key: str
    """Decisions of one event with one key are one answer."""
    fresh: bool
    """Whether its hints are of an article that the recogniser has not seen."""


@dataclass(frozen=True)
class Task:
    """The decisions of a model, and how many right answers there are to find."""

    points: list[Point]
    wanted: int
    fresh: int
    """How many of those are in fresh articles."""
    single: bool
    """An event has one answer at most."""
    prior: Mapping[str, float]


def solve(
    points: Sequence[Point],
    prior: Mapping[str, float],
    penalty: float,
    pull: float | None = None,
) -> Logistic:
    """Return the model of the least penalised loss; its threshold is a half.

    ``pull`` is the penalty on weights that the prior names, ``penalty`` if None.
    """
    given = {name for point in points for name in point.features} | set(prior) - {INTERCEPT}
    names = sorted(given)
    column = {name: number for number, name in enumerate(names, 1)}
    inputs = np.zeros((len(points), len(names) + 1))
    inputs[:, 0] = 1
    for row, point in zip(inputs, points, strict=True):
        for name, value in point.features.items():
            row[column[name]] = value
    labels = np.array([point.right for point in points], float)
    before = np.array([prior.get(name, 0.0) for name in (INTERCEPT, *names)])
    strength = np.full(len(before), penalty)
    strength[[name in prior for name in (INTERCEPT, *names)]] = penalty if pull is None else pull
    if INTERCEPT not in prior:
        strength[0] = 0.0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = inputs @ weights
        away = weights - before
        value = np.logaddexp(0, scores).sum() - labels @ scores + (strength * away) @ away / 2
        chance = 1 / (1 + np.exp(-scores))
        return float(value), inputs.T @ (chance - labels) + strength * away

    found = minimize(loss, before, jac=True, method="L-BFGS-B").x
    weights = {n: round(float(w), 3) for n, w in zip(names, found[1:], strict=True)}
    return Logistic(threshold=0.5, intercept=round(float(found[0]), 3), weights=weights)


def blind(point: Point) -> Point:
    """Return a decision without its hints."""
    seen = {k: v for k, v in point.features.items() if not k.startswith(HINT)}
    return replace(point, features=seen, fresh=False)


def solve_all(points: Sequence[Point], prior: Mapping[str, float], penalty: float) -> Logistic:
    """Return the model of all points without hints, pulled by the fresh ones with theirs."""
    rules = solve([blind(point) for point in points], prior, penalty)
    fresh = [point for point in points if point.fresh]
    if not fresh:
        return rules
    return solve(fresh, {INTERCEPT: rules.intercept, **rules.weights}, HINT_PENALTY, PULL)


def fit(task: Task, penalty: float = PENALTY) -> tuple[Logistic, float]:
    """Return the model of all points with its threshold, and its held-out F1.

    That F1 is of the fresh articles, where there are any.
    """
    chances = held_out(task, penalty)
    best = max(score(task, chances, threshold) for threshold in map(float, THRESHOLDS))
    threshold = round(best / 2, 2)
    model = solve_all(task.points, task.prior, penalty)
    return model.model_copy(update={"threshold": threshold}), score(task, chances, threshold)


def without_hints(task: Task) -> Task:
    """Return the same decisions without hints, all articles alike."""
    return replace(task, points=[blind(point) for point in task.points], fresh=0)


def held_out(task: Task, penalty: float = PENALTY) -> np.ndarray:
    """Return each point's probability by a model that has not seen its article."""
    chances = np.zeros(len(task.points))
    for fold in range(FOLDS):
        seen = [p for p in task.points if p.article % FOLDS != fold]
        model = solve_all(seen, task.prior, penalty)
        for number, point in enumerate(task.points):
            if point.article % FOLDS == fold:
                chances[number] = model.chance(point.features)
    return chances


def score(task: Task, chances: np.ndarray, threshold: float) -> float:
    """Return the F1 of the answers that reach the threshold, in fresh articles if there are any."""
    best: dict[tuple[int, str], tuple[float, bool]] = {}
    for point, chance in zip(task.points, map(float, chances), strict=True):
        if task.fresh and not point.fresh:
            continue
        key = point.event, "" if task.single else point.key
        if chance >= threshold and chance > best.get(key, (0.0, False))[0]:
            best[key] = chance, point.right
    right = sum(answer for _, answer in best.values())
    return 2 * right / (len(best) + (task.fresh or task.wanted)) if best else 0.0


def calibration_error(chances: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over equal bins."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            total += inside.sum() * abs(chances[inside].mean() - labels[inside].mean())
    return total / len(labels)


# -- points from gold ------------------------------------------------------------------------------

Documents = Sequence[tuple[GoldArticle, Document]]
Answers = dict[int, Event]
"""Gold events by the number of the draft that answers them."""


def _answers(engine: Engine, gold: GoldArticle, document: Document) -> Answers:
    record = ArticleRecord(id=gold.name, events=tuple(engine.extract(document, threshold=0)))
    predicted = sides.of_record(record, gold.name, gold.raw).events
    wanted = sides.of_gold(gold).events
    return {j: wanted[i] for i, j in align.events(wanted, predicted)[0]}


@dataclass(frozen=True)
class Question:
    """What is asked of the candidates of a slot."""

    candidates: Callable[[ArticleView], Iterable[tuple[Draft, list[Candidate]]]]
    right: Callable[[Event, Candidate], bool | None]
    """None where the answer is neither paid nor charged."""
    wanted: Callable[[Event], int]
    single: bool
    statements: bool | None = None
    """Whether it is asked of statements alone, of the others alone, or of all."""
    hinted: bool = False
    """Whether it is asked with hints alone."""
    key: Callable[[Unit], str] = unit_key
    """What makes two answers the same."""


def _right_date(event: Event, candidate: Candidate) -> bool:
    told = candidate.unit.date
    return event.date is not None and told is not None and same_value(event.date, told.value)


def _right_place(event: Event, candidate: Candidate) -> bool:
    entity = candidate.unit.entity
    return entity is not None and any(agree(names, (entity.name,)) for names in event.locations)


def _right_part(event: Event, candidate: Candidate) -> bool | None:
    unit = candidate.unit
    name = unit.entity.name if unit.entity else " ".join(unit_words(candidate.seen, unit))
    meant = [part for part in event.parts if agree(part.names, (name,))]
    right = [part for part in meant if candidate.role in part.roles]
    if any(part.free for part in meant):
        return None
    return bool(right)


def _one(event: Event) -> int:
    return int(event.date is not None)


def _places(event: Event) -> int:
    return len(event.locations)


def _parts(event: Event) -> int:
    return sum(not part.free for part in event.parts)


def _right_count(event: Event, candidate: Candidate) -> bool:
    quantity = candidate.unit.quantity
    if quantity is None:
        return False
    number = number_of(quantity.value, quantity.low, quantity.high)
    return any(
        same_number(count.number, number) and same_unit(count.unit, quantity.unit)
        for count in event.counts
    )


def _counts(event: Event) -> int:
    return len(event.counts)


def _number_key(unit: Unit) -> str:
    """Return the number with its unit."""
    q = unit.quantity
    return f"{q.value} {q.low} {q.high} {q.unit}" if q is not None else ""


QUESTIONS = {
    "date": Question(choice.date_candidates, _right_date, _one, True, statements=False),
    "said": Question(choice.date_candidates, _right_date, _one, True, statements=True),
    "place": Question(choice.place_candidates, _right_place, _places, False),
    "part": Question(parts.part_candidates, _right_part, _parts, False, False, True),
    "count": Question(count_candidates, _right_count, _counts, False, False, key=_number_key),
}


def choices(documents: Documents, engine: Engine, question: Question) -> Task:
    """Return the decisions about the candidates of the events that answer a gold event."""
    points: list[Point] = []
    wanted = fresh = events = 0
    for article, (gold, document) in enumerate(documents):
        answers = _answers(engine, gold, document)
        for number, (draft, listed) in enumerate(question.candidates(engine.article(document))):
            event = answers.get(number)
            said = draft.type.type == STATEMENT
            if event is None or event.free or question.statements not in (None, said):
                continue
            events += 1
            wanted += question.wanted(event)
            fresh += question.wanted(event) * (document.hints is not None)
            for candidate in listed:
                right, key = question.right(event, candidate), question.key(candidate.unit)
                if right is not None:
                    known = document.hints is not None
                    points.append(Point(candidate.features, right, article, events, key, known))
    return Task(points, wanted, fresh, question.single, {})


def records(documents: Documents, engine: Engine) -> Task:
    """Return the decisions about records: each is right if it answers a gold record."""
    points: list[Point] = []
    wanted = fresh = 0
    for article, (gold, document) in enumerate(documents):
        answers = _answers(engine, gold, document)
        asked = sum(not event.free for event in sides.of_gold(gold).events)
        wanted += asked
        fresh += asked * (document.hints is not None)
        for number, draft in enumerate(engine.drafts(document)):
            event = answers.get(number)
            if event is None or not event.free:
                found = confidence.features(draft)
                known = document.hints is not None
                points.append(Point(found, event is not None, article, len(points), "", known))
    return Task(points, wanted, fresh, True, PRIOR)


# -- the command -----------------------------------------------------------------------------------


def read(folders: Sequence[Path], pipeline: Pipeline, *, hints: bool) -> Documents:
    """Return the articles of gold folders as the pipeline reads them, with hints if they count."""
    found: list[tuple[GoldArticle, Document]] = []
    for folder in folders:
        for article in read_gold(folder):
            document = pipeline.document(Article(article.raw, article.name, article.told))
            if not hints:
                document.hints = None
            found.append((article, document))
    return found


_HEAD = """\
# Logistic weights, fitted on gold by `python -m arxtract.evaluate.fit`; not to be edited by hand.
# The features are described in events/{room}.py.
"""


def write(room: str, data: Mapping[str, object]) -> None:
    """Write a model where the package reads it."""
    text = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True)
    lexicon(f"{room}.yaml").write_text(_HEAD.format(room=room) + text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of annotated articles")
    parser.add_argument(
        "--fresh", nargs="*", type=Path, default=[], help="more of them, unseen by the recogniser"
    )
    parser.add_argument("--ner", default="base", help="the recogniser")
    parser.add_argument(
        "--earlier", nargs="*", type=Path, default=[], help="more of them, unseen by --earlier-ner"
    )
    parser.add_argument(
        "--earlier-ner", help="an earlier recogniser, whose hints of articles it had not seen count"
    )
    parser.add_argument("--penalty", type=float, default=PENALTY)
    options = parser.parse_args()
    pipeline = Pipeline(ner=options.ner)
    documents = [
        *read(options.gold, pipeline, hints=False),
        *read(options.fresh, pipeline, hints=True),
        *read(options.earlier, Pipeline(ner=options.earlier_ner or options.ner), hints=True),
    ]
    engine = Engine()
    models: dict[str, dict[str, object]] = {"hinted": {}, "blind": {}}
    for name, question in QUESTIONS.items():
        task = choices(documents, engine, question)
        models["hinted"][name] = _fitted(f"{name}, hinted", task, options.penalty)
        if not question.hinted:
            asked = without_hints(task)
            models["blind"][name] = _fitted(f"{name}, blind", asked, options.penalty)
    write("choice", models)
    choice.models.cache_clear()
    task = records(documents, engine)
    write(
        "confidence",
        {
            "hinted": _fitted("records, hinted", task, options.penalty),
            "blind": _fitted("records, blind", without_hints(task), options.penalty),
        },
    )


def _fitted(name: str, task: Task, penalty: float) -> dict[str, object]:
    """Fit a model, tell how good it is, and return it as it is written."""
    model, reached = fit(task, penalty)
    labels = np.array([point.right for point in task.points], float)
    asked = np.array([point.fresh or not task.fresh for point in task.points])
    error = calibration_error(held_out(task, penalty)[asked], labels[asked])
    wanted = task.fresh or task.wanted
    print(f"{name}: {wanted} wanted, held out F1 {reached:.3f} at {model.threshold:.2f}, "
          f"ECE {error:.3f}")  # fmt: skip
    return model.model_dump()


if __name__ == "__main__":
    main()
