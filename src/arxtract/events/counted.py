"""Which quantities may measure an event: for ``choice.py`` to weigh.

A candidate is a quantity in a sentence that tells of the event, or in one next to it, whether or
not the ontology says that the event is measured by such things.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from arxtract.events.candidates import ArticleView, Candidate, kept, marker_of, stands
from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.logistic import Features
from arxtract.events.merge import Draft
from arxtract.records import Quantity

_NEAR = 1
"""Sentences from a mention within which a quantity is weighed."""


def count_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with the quantities that may measure it, in text order."""
    for draft in article.drafts:
        ruled = [filler.unit for filler in draft.fillers("count")]
        found = [
            Candidate(unit, seen, _features(article, draft, seen, unit, ruled), role or "")
            for seen in _views(draft, article.views)
            for unit in seen.units
            if (quantity := unit.quantity) is not None
            for role in (draft.type.count_role(quantity),)
        ]
        yield draft, found


def _views(draft: Draft, views: Sequence[SentenceView]) -> list[SentenceView]:
    indices = {m.seen.index + step for m in draft.mentions for step in range(-_NEAR, _NEAR + 1)}
    return [views[i] for i in sorted(indices) if 0 <= i < len(views)]


def _features(
    article: ArticleView,
    draft: Draft,
    seen: SentenceView,
    unit: Unit,
    ruled: Sequence[Unit],
) -> Features:
    quantity = unit.quantity
    assert quantity is not None
    role = draft.type.count_role(quantity)
    own = f"type {draft.type.type}"
    return kept(
        stands(article, draft, seen, unit)
        | {
            marker_of(unit): True,
            own: True,
            f"class {quantity.unit_class}": True,
            f"{own}, class {quantity.unit_class}": True,
            f"bound {quantity.bound}": True,
            f"role {role}": bool(role),
            "measures": role is not None,
            "names the unit": bool(role),
            "part": quantity.part_of is not None,
            "few": _is_few(quantity),
            "no number": quantity.value is None and quantity.low is None,
            "headline": seen.is_title,
            "by rule": unit in ruled,
            "none by rule": not ruled,
            "mentions": math.log(len(draft.mentions)),
        }
        | article.tied(draft, seen, unit, "count")
    )


def _is_few(quantity: Quantity) -> bool:
    """Say whether it is one or two, which Arabic tells by the form of the noun."""
    return quantity.value is not None and quantity.value <= 2
