"""A logistic model over named features, as its weights stand in the lexicon."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

Features = dict[str, float]
"""Values by name; a name that is missing is 0."""
_LIMIT = 30.0


class Logistic(BaseModel):
    """Probability = 1 / (1 + exp(-(intercept + Σ weight × feature)))."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    threshold: float
    """Probability from which the answer is yes."""
    intercept: float
    weights: dict[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """Return the probability of yes, between 0 and 1."""
        total = self.intercept
        for name, value in features.items():
            total += self.weights.get(name, 0.0) * value
        return 1 / (1 + math.exp(-max(min(total, _LIMIT), -_LIMIT)))
