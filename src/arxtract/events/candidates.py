"""What may fill a slot of an event, and how it stands to the event's mentions.

The features here are common to dates, places and participants; see ``choice.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.logistic import Features
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention
from arxtract.events.merge import Draft, unit_key
from arxtract.events.slots import cost_of, is_venue
from arxtract.events.statements import STATEMENT
from arxtract.names.hints import TIES

_NEAR = 2
"""Sentences from a mention within which a candidate stands, if not in the article's lead."""
LEAD = 2
"""Index of the last sentence of the lead."""
_CLOSE, _FAR = 4, 22
"""Costs up to which a candidate stands at the trigger, and from which far from it."""
_MARKERS = frozenset(("in", "until", "from", "to", "for", "bare", "start", "about", "with", "by",
                      "between", "against", "attended", "born"))  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A date, place or participant that may be an event's."""

    unit: Unit
    seen: SentenceView
    features: Features
    role: str = ""
    """Of a participant."""


@dataclass(frozen=True)
class ArticleView:
    """The events of an article as the rules fill them, and its sentences."""

    drafts: Sequence[Draft]
    views: Sequence[SentenceView]
    published: date | None

    @property
    def hinted(self) -> bool:
        """Whether the recogniser gave hints."""
        return any(view.hints is not None for view in self.views)

    @cached_property
    def _told(self) -> dict[int, list[tuple[Draft, EventMention]]]:
        told: dict[int, list[tuple[Draft, EventMention]]] = {}
        for draft in self.drafts:
            for mention in draft.mentions:
                told.setdefault(mention.seen.index, []).append((draft, mention))
        return told

    @cached_property
    def _ties(self) -> dict[Unit, dict[Draft, list[float]]]:
        """What the hints say of how far each unit fills the slots of the drafts told beside it."""
        found: dict[Unit, dict[Draft, list[float]]] = {}
        hints = next((view.hints for view in self.views if view.hints is not None), None)
        if hints is None:
            return found
        told = [
            (draft, token.start)
            for draft in self.drafts
            for m in draft.mentions
            for token in m.seen.tokens[m.first : m.last]
        ]
        units = [unit for view in self.views for unit in view.units]
        for i, j, scores in hints.ties([at for _, at in told], [unit.start for unit in units]):
            best = found.setdefault(units[j], {})
            known = best.get(told[i][0], scores)
            best[told[i][0]] = [max(pair) for pair in zip(known, scores, strict=True)]
        return found

    def tied(self, draft: Draft, seen: SentenceView, unit: Unit, tie: str) -> Features:
        """Return what the hints say of how far a unit fills a slot of a draft, and of others."""
        column = TIES.index(tie)
        own: list[float] = []
        rivals: list[float] = []
        for one in seen.voices(unit):
            for other, scores in self._ties.get(one, {}).items():
                (own if other is draft else rivals).append(scores[column])
        if not own:
            return {}
        best = max(own)
        return {
            "hint of a tie": True,
            "hint tie": best,
            "hint rival": max(rivals, default=0.0),
            "hint rival ahead": max(rivals, default=best) > best,
        }

    def others(self, draft: Draft, seen: SentenceView) -> list[EventMention]:
        """Return the mentions in a sentence that are of another event."""
        return [mention for d, mention in self._told.get(seen.index, ()) if d is not draft]

    def dates(self) -> list[Unit]:
        """Return the dates whose value is known, in text order."""
        return [u for v in self.views for u in v.units if is_dated(u)]

    def named(self) -> Counter[str]:
        """Return how often each place is named."""
        return Counter(unit_key(u) for v in self.views for u in v.units if is_place(v, u))


def views_near(draft: Draft, views: Sequence[SentenceView]) -> list[SentenceView]:
    indices = {
        m.seen.index + step for m in draft.mentions for step in range(-_NEAR, _NEAR + 1)
    } | set(range(LEAD + 1))
    return [views[i] for i in sorted(indices) if 0 <= i < len(views)]


def is_dated(unit: Unit) -> bool:
    """Say whether a unit is a date whose value is known, and not that of somebody's birth."""
    if unit.date is None or unit.marker == "born":
        return False
    return unit.date.type == "DATE" and unit.date.value is not None


def is_place(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit is a place, or a body with a house: ``بمقر الوزارة``, ``بالمستشفى``."""
    if unit.kind != "actor" or unit.entity is None or unit.marker == "born":
        return False
    if unit.entity.type == "LOC":
        return True
    return unit.entity.type == "ORG" and (is_venue(seen, unit) or _is_house(seen, unit))


def _is_house(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a body that something is in begins with the word for a house."""
    first = seen.words[unit.first]
    begins = first, " ".join((first, *seen.words[unit.first + 1 : unit.first + 2]))
    return unit.marker == "in" and any(b.endswith(tuple(markers().houses)) for b in begins)


def kind_of(unit: Unit) -> str:
    """Return the kind of place that a unit names, or what stands for it."""
    if unit.entity is None or unit.entity.type == "ORG":
        return "body"
    return unit.entity.place.kind if unit.entity.place else "unknown"


def kept(features: Features) -> Features:
    return {name: float(value) for name, value in features.items() if value}


def stands(article: ArticleView, draft: Draft, seen: SentenceView, unit: Unit) -> Features:
    """Return how a unit, or the end of the list that it is in, stands to a draft's mentions."""
    same = [m for m in draft.mentions if m.seen is seen]
    others = article.others(draft, seen)
    if not same:
        gap = min((seen.index - m.seen.index for m in draft.mentions), key=abs)
        events = [m for m in others if m.type.type != STATEMENT]
        return {
            "next sentence": gap == 1,
            "sentence before": gap == -1,
            "two sentences off": abs(gap) == 2,
            "far sentence": abs(gap) > 2,
            "other event there": bool(events),
            "kindred event there": any(_kindred(draft, m) for m in events),
            "headline alone": all(m.seen.is_title for m in draft.mentions),
        }
    mention = min(same, key=lambda m: cost_of(m, unit))
    joined = seen.joined(unit)
    unit = min((joined[0], joined[-1]), key=lambda u: cost_of(mention, u))
    cost = cost_of(mention, unit)
    nearer = [m for m in others if cost_of(m, unit) < cost]
    return {
        "same sentence": True,
        "cost": math.log1p(cost),
        "close": cost <= _CLOSE,
        "far": cost > _FAR,
        "behind": unit.head >= mention.last,
        "at a verb": mention.is_verb,
        "rival nearer": any(m.type.type != STATEMENT for m in nearer),
        "speech nearer": any(m.type.type == STATEMENT for m in nearer),
        "twin nearer": any(m.type is draft.type for m in nearer),
        "clauses between": _clauses(mention, unit),
    }


def _clauses(mention: EventMention, unit: Unit) -> int:
    if unit.head >= mention.last:
        return mention.seen.distance(mention.last - 1, unit.head)[1]
    return mention.seen.distance(unit.last - 1, mention.first)[1]


def _kindred(draft: Draft, mention: EventMention) -> bool:
    story = draft.type.story
    return mention.type is draft.type or (story is not None and mention.type.story == story)


def marker_of(unit: Unit) -> str:
    return f"marker {unit.marker if unit.marker in _MARKERS else 'other'}"
