"""All scores of a run with their intervals, as an object, as text, as JSON and as a table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from arxtract.evaluate.confusion import Confusion
from arxtract.evaluate.miss import KINDS, LAYERS, Miss
from arxtract.evaluate.scores import Tally

if TYPE_CHECKING:
    from rich.table import Table

SCORES: dict[str, str] = {
    "body_chars": "body, characters",
    "title": "headline",
    "published": "day of publication, where the text says it",
    "entities": "names, exact span and type",
    "entities_overlap": "names, overlap and type",
    "entities_misc": "MISC, exact",
    "entities_overlap_misc": "MISC, overlap",
    "dates_found": "dates, overlap",
    "dates_value": "dates, overlap and value",
    "quantities": "quantities, overlap and number",
    "quantities_strict": "quantities, bound and unit too",
    "events": "events",
    "events_without_statement": "events but STATEMENT",
    "events_statement": "STATEMENT alone",
    "slot_date": "date of the event",
    "slot_location": "locations",
    "slot_participant": "participants",
    "slot_participant_role": "participants and role",
    "slot_count": "counts, number and unit",
    "slot_status": "status, of aligned records",
    "whole_records": "whole records",
}
"""The scores in the order in which they are told, and what they measure."""

BINS = 10
SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 as fractions; None where nothing was there to be found or wrong.

    ``low`` and ``high`` bound F1 in 95 % of samples of as many articles, drawn with replacement.
    """

    right: int
    spurious: int
    missed: int
    low: float | None = None
    high: float | None = None

    @property
    def precision(self) -> float | None:
        return _share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float | None:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        return _share(2 * self.right, 2 * self.right + self.spurious + self.missed)

    def as_dict(self) -> dict[str, Any]:
        return {
            "f1": _rounded(self.f1),
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "right": self.right,
            "spurious": self.spurious,
            "missed": self.missed,
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of about the same confidence, and how many of them were aligned."""

    low: float
    high: float
    records: int
    confidence: float | None
    aligned: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Expected calibration error: how far confidence and the share of aligned records part."""

    error: float | None
    records: int
    bins: tuple[Bin, ...]
    low: float | None = None
    high: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "error": _rounded(self.error),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "records": self.records,
            "bins": [
                {
                    "from": b.low,
                    "to": b.high,
                    "records": b.records,
                    "confidence": _rounded(b.confidence),
                    "aligned": _rounded(b.aligned),
                }
                for b in self.bins
            ],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome of a run over annotated articles."""

    articles: tuple[str, ...]
    scores: dict[str, Score]
    by_type: dict[str, dict[str, Score]]
    """For entities, dates and events the scores by type."""
    of_aligned: dict[str, Score]
    """The slots over aligned records alone: what they are once the event is found."""
    calibration: Calibration
    misses: list[Miss] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    tallies: tuple[dict[str, Tally], ...] = field(default=(), repr=False)
    """The numbers of each article."""
    confusion: dict[str, Confusion] = field(default_factory=dict)
    """Of ``entities`` and ``events`` how often a type of gold met a type of the prediction."""
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    """The raw texts by article: what the errors stand in."""

    def f1(self, score: str) -> float | None:
        """Return the F1 of a score by its name."""
        return self.scores[score].f1

    def to_dict(self, errors: bool = True) -> dict[str, Any]:
        """Return all of it as plain data, fractions rounded to four places."""
        data: dict[str, Any] = {
            "articles": len(self.articles),
            "scores": {name: score.as_dict() for name, score in self.scores.items()},
            "by_type": {
                name: {kind: score.as_dict() for kind, score in scores.items()}
                for name, scores in self.by_type.items()
            },
            "of_aligned": {name: score.as_dict() for name, score in self.of_aligned.items()},
            "calibration": self.calibration.as_dict(),
            "confusion": {
                name: [[*types, number] for types, number in sorted(met.items())]
                for name, met in self.confusion.items()
            },
            "warnings": self.warnings,
        }
        if errors:
            data["kinds"] = kinds(self.misses)
            data["errors"] = [miss.as_dict() for miss in self.misses]
        return data

    def to_json(self, errors: bool = True) -> str:
        """Return all of it as JSON, Arabic unescaped; without the single misses if asked to."""
        return json.dumps(self.to_dict(errors), ensure_ascii=False, indent=1)

    def text(self) -> str:
        """Return the scores as lines of text."""
        lines = [f"{len(self.articles)} articles"]
        lines += [_line(name, score) for name, score in self.scores.items()]
        if self.calibration.error is not None:
            lines.append(
                f"{'calibration':<26} ECE {self.calibration.error:.3f} "
                f"over {self.calibration.records} records"
            )
        return "\n".join(lines)

    def error_report(self) -> str:
        """Return every miss, a line each, by layer, kind and article, with the numbers first."""
        return report(self.misses)

    def table(self) -> Table:
        """Return the scores as a table for the terminal."""
        from rich.table import Table

        table = Table(title=f"{len(self.articles)} articles")
        for column in ("score", "what", "F1", "95 %", "P", "R", "right", "spurious", "missed"):
            table.add_column(column, justify="left" if column in ("score", "what") else "right")
        for name, score in self.scores.items():
            table.add_row(
                name,
                SCORES[name],
                _percent(score.f1),
                f"{_percent(score.low)}–{_percent(score.high)}",
                _percent(score.precision),
                _percent(score.recall),
                *(str(n) for n in (score.right, score.spurious, score.missed)),
            )
        error = self.calibration.error
        if error is not None:
            around = f"{_percent(self.calibration.low)}–{_percent(self.calibration.high)}"
            table.add_row("calibration", "expected error of confidence", _percent(error), around)
        return table


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _line(name: str, score: Score) -> str:
    return (
        f"{name:<26} F1 {_percent(score.f1):>5} [{_percent(score.low)}–{_percent(score.high)}]"
        f"  P {_percent(score.precision):>5}  R {_percent(score.recall):>5}"
        f"  ({score.right} right, {score.spurious} spurious, {score.missed} missed)"
    )


# -- adding up -------------------------------------------------------------------------------------


def add_up(
    names: Sequence[str],
    tallies: Sequence[dict[str, Tally]],
    points: Sequence[Sequence[tuple[float, bool]]],
    misses: Iterable[Miss] = (),
    warnings: Iterable[str] = (),
    samples: int = SAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Sum the numbers of all articles and draw the intervals, the same for the same seed."""
    keys = sorted({key for numbers in tallies for key in numbers} | set(SCORES))
    table = np.zeros((len(tallies), len(keys), 3))
    for row, numbers in zip(table, tallies, strict=True):
        for column, key in enumerate(keys):
            row[column] = numbers.get(key, Tally())
    drawn = draws(len(tallies), samples, seed)
    scores = dict(zip(keys, _scores(table, drawn), strict=True))
    by_type: dict[str, dict[str, Score]] = {}
    for key in keys:
        name, part, kind = key.partition("/")
        if part:
            by_type.setdefault(name, {})[kind] = scores[key]
    ending = "_of_aligned"
    return Evaluation(
        articles=tuple(names),
        scores={name: scores[name] for name in SCORES},
        by_type=by_type,
        of_aligned={key.removesuffix(ending): scores[key] for key in keys if key.endswith(ending)},
        calibration=_calibration(points, drawn),
        misses=list(misses),
        warnings=list(warnings),
        tallies=tuple(tallies),
    )


def draws(articles: int, samples: int, seed: int) -> np.ndarray[Any, Any]:
    """Return how often each article is drawn in each sample."""
    if not articles or not samples:
        return np.zeros((0, articles))
    generator = np.random.default_rng(seed)
    return generator.multinomial(articles, [1 / articles] * articles, size=samples)


def _scores(table: np.ndarray[Any, Any], draws: np.ndarray[Any, Any]) -> list[Score]:
    sums = table.sum(axis=0)
    drawn = np.tensordot(draws, table, axes=1) if len(draws) else np.zeros((0, *sums.shape))
    scores = []
    for column, (right, spurious, missed) in enumerate(sums):
        both = 2 * drawn[:, column, 0]
        whole = both + drawn[:, column, 1] + drawn[:, column, 2]
        low, high = interval(both[whole > 0] / whole[whole > 0])
        scores.append(Score(int(right), int(spurious), int(missed), low, high))
    return scores


def interval(values: np.ndarray[Any, Any]) -> tuple[float | None, float | None]:
    """Return the points under which 2.5 and 97.5 per cent of the values lie."""
    if not len(values):
        return None, None
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def _calibration(
    points: Sequence[Sequence[tuple[float, bool]]], draws: np.ndarray[Any, Any]
) -> Calibration:
    table = np.zeros((len(points), BINS, 3))  # records, sum of confidence, aligned
    for row, records in zip(table, points, strict=True):
        for confidence, right in records:
            row[min(int(confidence * BINS), BINS - 1)] += (1, confidence, right)
    sums = table.sum(axis=0)
    drawn = np.tensordot(draws, table, axes=1) if len(draws) else np.zeros((0, *sums.shape))
    errors = [e for e in (_error(sample) for sample in drawn) if e is not None]
    low, high = interval(np.array(errors))
    bins = tuple(
        Bin(
            low=n / BINS,
            high=(n + 1) / BINS,
            records=int(records),
            confidence=float(confidence / records) if records else None,
            aligned=float(right / records) if records else None,
        )
        for n, (records, confidence, right) in enumerate(sums)
    )
    return Calibration(_error(sums), int(sums[:, 0].sum()), bins, low, high)


def _error(bins: np.ndarray[Any, Any]) -> float | None:
    records = bins[:, 0].sum()
    return float(np.abs(bins[:, 1] - bins[:, 2]).sum() / records) if records else None


# -- the error report ------------------------------------------------------------------------------


def kinds(misses: Iterable[Miss]) -> dict[str, dict[str, int]]:
    """Count the misses by layer and kind."""
    numbers = Counter((miss.layer, miss.kind) for miss in misses)
    return {
        layer: {kind: numbers[layer, kind] for kind in KINDS if numbers[layer, kind]}
        for layer in LAYERS
        if any(numbers[layer, kind] for kind in KINDS)
    }


def report(misses: Sequence[Miss]) -> str:
    """Return the misses as text: a table of numbers, then a line each, sorted by layer and kind."""
    lines = [
        f"{layer}: " + ", ".join(f"{kind} {number}" for kind, number in found.items())
        for layer, found in kinds(misses).items()
    ]
    for layer in LAYERS:
        for kind in KINDS:
            chosen = [miss for miss in misses if (miss.layer, miss.kind) == (layer, kind)]
            if chosen:
                lines += ["", f"== {layer}: {kind} ({len(chosen)}) =="]
                lines += [str(miss) for miss in chosen]
    return "\n".join(lines)
