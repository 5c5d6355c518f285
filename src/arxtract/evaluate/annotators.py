"""How far two annotators agree on the same articles, layer by layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import regex

from arxtract.errors import DataError
from arxtract.evaluate import gold, scores
from arxtract.evaluate.report import add_up
from arxtract.evaluate.scores import Comparison
from arxtract.evaluate.sides import Side, of_gold
from arxtract.records import Span

_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}\u0640]++")
_UNJUDGED = ("published",)


def agreement(
    folder_a: Path | str, folder_b: Path | str, texts: Path | str | None = None
) -> dict[str, Any]:
    """Compare two folders of gold over the same texts.

    Returns ``articles``; ``f1``, the F1 of each score with B read as a prediction of A (F1 is
    the same the other way round but for what one side calls optional); and ``kappa``, Cohen's
    kappa of the names' B-, I- and O tags over the body's tokens, and of the status over aligned
    events. A figure is None where there is nothing to agree on.

    Raises:
        DataError: a folder has a fault, or the two do not hold the same articles.
    """
    first, second = gold.read(folder_a, texts), gold.read(folder_b, texts)
    names = [article.name for article in first]
    if names != [article.name for article in second]:
        odd = sorted(set(names) ^ {article.name for article in second})
        raise DataError(f"{folder_a} and {folder_b} hold other articles: {', '.join(odd)}")
    found = []
    for one, other in zip(first, second, strict=True):
        if one.raw != other.raw:
            raise DataError(f"{one.name}: the two folders hold different texts")
        found.append(scores.compare(of_gold(one), of_gold(other)))
    total = add_up(names, [scores.tally(c) for c in found], [[] for _ in found])
    return {
        "articles": len(names),
        "f1": {name: score.f1 for name, score in total.scores.items() if name not in _UNJUDGED},
        "kappa": {
            "entity_tags": kappa(pair for c in found for pair in _tag_pairs(c)),
            "event_status": kappa(
                (c.gold.events[i].status, c.predicted.events[j].status)
                for c in found
                for i, j in c.events
            ),
        },
    }


def _tag_pairs(found: Comparison) -> Iterable[tuple[str, str]]:
    body = [*found.gold.body, *found.predicted.body]
    tokens = [
        match.span()
        for start, end in scores.merged(body)
        for match in _TOKEN.finditer(found.gold.raw, start, end)
    ]
    return zip(tags(found.gold, tokens), tags(found.predicted, tokens), strict=True)


def tags(side: Side, tokens: Sequence[tuple[int, int]]) -> list[str]:
    """Return the tag of each token: that of the name it shares a character with, or O."""
    found = ["O"] * len(tokens)
    names: list[Span] = sorted(side.entities, key=lambda e: (e.start, -e.end))
    kinds = {(e.start, e.end): e.type for e in side.entities}
    for name in names:
        prefix = "B"
        for n, (start, end) in enumerate(tokens):
            if start < name.end and name.start < end and found[n] == "O":
                found[n] = f"{prefix}-{kinds[name.start, name.end]}"
                prefix = "I"
    return found


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of paired labels (Cohen 1960, Educ. Psychol. Meas. 20); None if there
    are none, or if both sides use one and the same label only.
    """
    table = Counter(pairs)
    number = sum(table.values())
    if not number:
        return None
    agreed = sum(n for (a, b), n in table.items() if a == b) / number
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (a, b), n in table.items():
        rows[a] += n
        columns[b] += n
    chance = sum(rows[label] * columns[label] for label in rows) / number**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)
