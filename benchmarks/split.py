"""Choosing articles of a gold folder by their names: ``d01-d70``, ``j-m``, ``d01,d05``."""

from __future__ import annotations

import math
import re

HELP = "names from – to, as d01-d70 or j-m, or a list d01,d05"


def is_chosen(name: str, split: str | None) -> bool:
    """Say whether an article belongs to a split; to None all do."""
    if split is None:
        return True
    if "-" not in split:
        return name in split.split(",")
    first, last = split.split("-")
    return _key(first, 0) <= _key(name, 0) <= _key(last, math.inf)


def _key(name: str, otherwise: float) -> tuple[str, float]:
    """Return the letters and the number of a name."""
    number = re.search(r"\d+", name)
    letters = name[: number.start()] if number else name
    return letters, int(number[0]) if number else otherwise
