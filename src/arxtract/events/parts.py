"""Who may have taken part in an event, and as what: for ``choice.py`` to weigh.

A candidate is a name or office in a role that the rules gave it, or one beside a mention in a role
that the recogniser's hints see it in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from arxtract.events.candidates import (
    ArticleView,
    Candidate,
    kept,
    marker_of,
    stands,
    views_near,
)
from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.logistic import Features
from arxtract.events.mentions import Filler, entity_type, unit_words
from arxtract.events.merge import Draft, unit_key

_LEAST_HINT = -2.0
"""Log-odds of a hint from which a role is weighed that no rule gave."""

Seen = tuple[SentenceView, Unit]


def part_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with those who may have taken part in it, one for each of their roles."""
    named: dict[str, list[Seen]] = defaultdict(list)
    for view in article.views:
        for unit in view.units:
            if unit.kind == "actor":
                named[unit_key(unit)].append((view, unit))
    for draft in article.drafts:
        ruled: dict[str, list[Filler]] = defaultdict(list)
        for filler in draft.fillers("participant"):
            ruled[unit_key(filler.unit)].append(filler)
        found: list[Candidate] = []
        for seen in views_near(draft, article.views):
            for unit in seen.units:
                if unit.kind == "actor":
                    found += _roles(article, draft, (seen, unit), ruled, named)
        yield draft, found


def _roles(
    article: ArticleView,
    draft: Draft,
    place: Seen,
    ruled: Mapping[str, Sequence[Filler]],
    named: Mapping[str, Sequence[Seen]],
) -> Iterator[Candidate]:
    """Yield a candidate for each role that a unit may have."""
    seen, unit = place
    key = unit_key(unit)
    fillers = ruled.get(key, ())
    given = {filler.role for filler in fillers}
    here = any(mention.seen is seen for mention in draft.mentions)
    if not (given or here):
        return
    kind = entity_type(unit)
    words = unit_words(seen, unit)
    hints = {role: seen.fills(unit, role) for role in draft.type.roles}
    common: Features | None = None
    for role, about in draft.type.roles.items():
        possible = kind in about.accepts and not draft.type.is_barred(role, words)
        told = here and possible and hints[role] > _LEAST_HINT
        if role not in given and not told:
            continue
        if common is None:
            common = stands(article, draft, seen, unit) | {
                marker_of(unit): True,
                f"kind {kind}": True,
                "office": unit.entity is None,
                "within a title": unit.inside,
                "spoken to": unit.told,
                "headline": seen.is_title,
                "often": math.log(len(named[key])),
                "mentions": math.log(len(draft.mentions)),
            }
            common |= article.tied(draft, seen, unit, "part")
        rules = {filler.rule for filler in fillers if filler.role == role}
        rivals = [hint for other, hint in hints.items() if other != role]
        yield Candidate(
            unit,
            seen,
            kept(
                common
                | {
                    **{f"by rule {rule}": True for rule in rules},
                    "by rule": bool(rules),
                    "by rule here": any(f.unit is unit for f in fillers if f.role == role),
                    "other role by rule": bool(given) and not rules,
                    "none by rule": not ruled,
                    f"role {role}": True,
                    f"role {role}, marker {unit.marker}": True,
                    f"role {role}, kind {kind}": True,
                    "hint": hints[role],
                    "hint of an office": hints[role] if unit.entity is None else 0.0,
                    "hint of the name": max(v.fills(u, role) for v, u in named[key]),
                    "hint of another role": max(rivals, default=0.0),
                }
            ),
            role,
        )
