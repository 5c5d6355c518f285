"""Two runs on the same gold: what got better, what got worse, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from arxtract.errors import DataError
from arxtract.evaluate.miss import Miss
from arxtract.evaluate.report import SAMPLES, SCORES, Evaluation, draws, interval
from arxtract.evaluate.scores import Tally


@dataclass(frozen=True, slots=True)
class Change:
    """F1 of a score before and after; ``low`` and ``high`` bound the difference in 95 % of samples
    of as many articles, both runs scored on the same sample.
    """

    score: str
    before: float | None
    after: float | None
    low: float | None
    high: float | None

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


@dataclass(frozen=True, slots=True)
class Changes:
    """How a run differs from an older one. An error that changed its kind is in both lists."""

    scores: tuple[Change, ...]
    mended: tuple[Miss, ...]
    new: tuple[Miss, ...]

    def text(self) -> str:
        """Return the scores that changed as lines of text, and how many errors went and came."""
        lines = [
            f"{change.score:<26} F1 {_percent(change.before)} → {_percent(change.after)} "
            f"[{_signed(change.low)} … {_signed(change.high)}]{'' if change.sure else ' unsure'}"
            for change in self.scores
            if change.before != change.after
        ]
        lines.append(f"{len(self.mended)} errors mended, {len(self.new)} new")
        return "\n".join(lines)


def compare(old: Evaluation, new: Evaluation, samples: int = SAMPLES, seed: int = 0) -> Changes:
    """Compare two evaluations of the same articles.

    Raises:
        DataError: the two are of other articles.
    """
    if old.articles != new.articles:
        raise DataError("the two runs were scored on other articles: they do not compare")
    drawn = draws(len(new.articles), samples, seed)
    before, after = set(old.misses), set(new.misses)
    return Changes(
        scores=tuple(_change(name, old, new, drawn) for name in SCORES),
        mended=tuple(miss for miss in old.misses if miss not in after),
        new=tuple(miss for miss in new.misses if miss not in before),
    )


def _change(name: str, old: Evaluation, new: Evaluation, drawn: np.ndarray[Any, Any]) -> Change:
    first, second = _drawn_f1(old, name, drawn), _drawn_f1(new, name, drawn)
    gaps = second - first
    low, high = interval(gaps[~np.isnan(gaps)])
    return Change(name, old.f1(name), new.f1(name), low, high)


def _drawn_f1(run: Evaluation, name: str, drawn: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    numbers = np.array([tally.get(name, Tally()) for tally in run.tallies], dtype=float)
    sums = drawn @ numbers.reshape(len(run.tallies), 3)
    whole = 2 * sums[:, 0] + sums[:, 1] + sums[:, 2]
    f1: np.ndarray[Any, Any] = np.full(len(sums), np.nan)
    np.divide(2 * sums[:, 0], whole, out=f1, where=whole > 0)
    return f1


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:+.1f}"
