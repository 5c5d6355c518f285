"""Agreement within an article: the same words are a name of the same type wherever they stand.

The network reads a window at a time, so it may take a club for a person in one sentence and for
a club in the next two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

_LAM = "\u0644"
_ALEF = "\u0627"


class Mention(NamedTuple):
    """A name in clean offsets, its light form, its type and its probability."""

    start: int
    end: int
    form: str
    type: str
    score: float


def with_article(form: str) -> str:
    """Give back its alef to an article that merged with a preposition; other forms stand."""
    return _ALEF + form if form.startswith(_LAM) and form[1:2] != _ALEF else form


def without_article(form: str) -> str:
    """Return a form without its article, whole or merged with a preposition."""
    return with_article(form).removeprefix(_ALEF + _LAM)


def settle_types(mentions: Sequence[Mention]) -> list[Mention]:
    """Give mentions of one form the type whose probabilities add up to most in the article.

    A mention whose type changes keeps half of its score. Between equals its own type stays.
    """
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        weights[with_article(mention.form)][mention.type] += mention.score
    settled = []
    for mention in mentions:
        types = weights[with_article(mention.form)]
        best = max(sorted(types), key=types.__getitem__)
        if types[best] > types[mention.type]:
            mention = mention._replace(type=best, score=mention.score / 2)
        settled.append(mention)
    return settled
