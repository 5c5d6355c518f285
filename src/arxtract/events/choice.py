"""Which dates and places of an article are an event's.

The frames of ``slots.py`` and the story's sharing of ``carry.py`` propose; here every date and
place near an event is weighed by a logistic model over named features: how far it stands, what
marks it, what another event claims, what the rules said. The weights stand in
``lexicon/choice.yaml``, where anyone can read them; ``arxtract.evaluate.fit`` fits them on gold.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.logistic import Features, Logistic
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler
from arxtract.events.merge import Draft, unit_key
from arxtract.events.slots import cost_of, is_venue
from arxtract.events.speech import speech
from arxtract.events.statements import STATEMENT
from arxtract.records import DateMention
from arxtract.resources import lexicon, read_yaml

HOST = "host"
"""The role of a place that acts as host, which is a location too (rule of counting 12)."""

_NEAR = 2
"""Sentences from a mention within which a candidate stands, if not in the article's lead."""
_LEAD = 2
"""Index of the last sentence of the lead."""
_CLOSE, _FAR = 4, 22
"""Costs up to which a candidate stands at the trigger, and from which far from it."""
_OLD = 40
"""Days before publication from which a date is of another time."""
_MARKERS = frozenset(("in", "until", "from", "to", "for", "bare", "start", "about", "with", "by",
                      "between", "against", "attended", "born"))  # fmt: skip


_OCCASION = "occasion"
_WEIGHED = frozenset(("in", "near", "shared", _OCCASION))
"""Rules whose places are weighed; what a frame or a genitive says holds."""


class Models(BaseModel):
    """The fitted models, one a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    date: Logistic
    """Of events but statements."""
    said: Logistic
    """Of the dates of statements."""
    place: Logistic


@lru_cache(maxsize=1)
def models() -> Models:
    """Return the fitted models, read once."""
    return read_yaml(lexicon("choice.yaml"), Models)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A date or place that may be an event's."""

    unit: Unit
    seen: SentenceView
    features: Features


@dataclass(frozen=True)
class ArticleView:
    """The events of an article as the rules fill them, and its sentences."""

    drafts: Sequence[Draft]
    views: Sequence[SentenceView]
    published: date | None

    def dates(self) -> list[Unit]:
        """Return the dates whose value is known, in text order."""
        return [u for v in self.views for u in v.units if _is_dated(u)]

    def named(self) -> Counter[str]:
        """Return how often each place is named."""
        return Counter(unit_key(u) for v in self.views for u in v.units if _is_place(v, u))


def choose(article: ArticleView) -> None:
    """Set the date and the places of each draft."""
    known = models()
    for draft, dates in date_candidates(article):
        model = known.said if draft.type.type == STATEMENT else known.date
        draft.when = _best(draft, dates, model)
    for draft, places in place_candidates(article):
        draft.where = _likely(draft, places, known.place)


def _best(draft: Draft, candidates: Sequence[Candidate], model: Logistic) -> Filler | None:
    found: tuple[float, Candidate] | None = None
    for candidate in candidates:
        chance = model.chance(candidate.features)
        if chance >= model.threshold and (found is None or chance > found[0]):
            found = chance, candidate
    return _filler(draft, "date", found[1]) if found else None


def _likely(draft: Draft, candidates: Sequence[Candidate], model: Logistic) -> list[Filler]:
    """Return the places that pass, one unit each, in text order."""
    held = {id(f.unit) for f in _held(draft)}
    best: dict[str, tuple[float, Candidate]] = {}
    for candidate in candidates:
        chance = 1.0 if id(candidate.unit) in held else model.chance(candidate.features)
        key = unit_key(candidate.unit)
        if chance >= model.threshold and chance > best.get(key, (0.0, candidate))[0]:
            best[key] = chance, candidate
    chosen = sorted((c for _, c in best.values()), key=lambda c: c.unit.start)
    return [_filler(draft, "location", c) for c in _without_areas(chosen)]


def _without_areas(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Leave out areas, and what is joined to them, where a town or venue is named too."""
    precise = {c.unit.group for c in chosen if _kind(c.unit) in ("city", "venue")}
    wide = {c.unit.group for c in chosen if _kind(c.unit) == "area"} - precise
    return [c for c in chosen if not (precise and c.unit.group in wide)]


def _kind(unit: Unit) -> str:
    """Return the kind of place that a unit names, or what stands for it."""
    if unit.entity is None or unit.entity.type == "ORG":
        return "body"
    return unit.entity.place.kind if unit.entity.place else "unknown"


def _held(draft: Draft) -> Iterator[Filler]:
    """Yield what needs no weighing: what a frame says, hosts, and where its occasion was."""
    there = draft.when is not None and draft.when.rule == _OCCASION
    for filler in draft.fillers("location"):
        if filler.rule not in _WEIGHED or (there and filler.rule == _OCCASION):
            yield filler
    yield from (f for f in draft.fillers("participant") if f.role == HOST)


def _filler(draft: Draft, slot: str, candidate: Candidate) -> Filler:
    """Return the filler that a rule made of the candidate, or a new one."""
    for filler in draft.fillers(slot):
        if filler.unit is candidate.unit:
            return filler
    return Filler(slot, candidate.unit, "", "likely", 0)  # type: ignore[arg-type]


# -- candidates ------------------------------------------------------------------------------------


def date_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with the dates that may be its own."""
    dates = article.dates()
    for draft in article.drafts:
        found = [
            Candidate(u, v, _date_features(article, draft, v, u, dates))
            for v in _views_for_date(draft, article.views)
            for u in v.units
            if _is_dated(u)
        ]
        yield draft, found


def place_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with the places that may be its own."""
    named = article.named()
    for number, draft in enumerate(article.drafts):
        found = [
            Candidate(u, v, _place_features(article, draft, v, u, named, first=number == 0))
            for v in _views_near(draft, article.views)
            for u in v.units
            if _is_place(v, u)
        ]
        yield draft, found


def _views_near(draft: Draft, views: Sequence[SentenceView]) -> list[SentenceView]:
    indices = {
        m.seen.index + step for m in draft.mentions for step in range(-_NEAR, _NEAR + 1)
    } | set(range(_LEAD + 1))
    return [views[i] for i in sorted(indices) if 0 <= i < len(views)]


def _views_for_date(draft: Draft, views: Sequence[SentenceView]) -> list[SentenceView]:
    """Return where an event's date may stand; of a statement recalled, only beside it."""
    near = _views_near(draft, views)
    if draft.type.type != STATEMENT or not all(map(_is_recalled, draft.mentions)):
        return near
    own = {m.seen.index for m in draft.mentions}
    return [v for v in near if v.index in own]


def _is_dated(unit: Unit) -> bool:
    return unit.date is not None and unit.date.type == "DATE" and unit.date.value is not None


def _is_place(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit is a place, or a body with a house: ``بمقر الوزارة``, ``بالمستشفى``."""
    if unit.kind != "actor" or unit.entity is None:
        return False
    if unit.entity.type == "LOC":
        return True
    return unit.entity.type == "ORG" and (is_venue(seen, unit) or _is_house(seen, unit))


def _is_house(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a body that something is in begins with the word for a house."""
    first = seen.words[unit.first]
    begins = first, " ".join((first, *seen.words[unit.first + 1 : unit.first + 2]))
    return unit.marker == "in" and any(b.endswith(tuple(markers().houses)) for b in begins)


# -- features --------------------------------------------------------------------------------------


def _kept(features: Features) -> Features:
    return {name: float(value) for name, value in features.items() if value}


def _where(article: ArticleView, draft: Draft, seen: SentenceView, unit: Unit) -> Features:
    """Return how a unit stands to the nearest mention of a draft."""
    same = [m for m in draft.mentions if m.seen is seen]
    others = [m for d in article.drafts if d is not draft for m in d.mentions if m.seen is seen]
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


def _marker(unit: Unit) -> str:
    return f"marker {unit.marker if unit.marker in _MARKERS else 'other'}"


def _date_features(
    article: ArticleView, draft: Draft, seen: SentenceView, unit: Unit, dates: Sequence[Unit]
) -> Features:
    told = unit.date
    assert told is not None
    by_rule = draft.date()
    ruled = by_rule.unit.date if by_rule is not None else None
    planned = any(m.status == "planned" for m in draft.mentions)
    days = _days_after(told, article.published)
    return _kept(
        _where(article, draft, seen, unit)
        | {
            _marker(unit): True,
            f"lasts {_length(told)}": True,
            f"anchored {told.anchored}": True,
            "lead": seen.index <= _LEAD,
            "headline": seen.is_title,
            "opens the sentence": unit.first <= 1,
            "only date": len(dates) == 1,
            "first date": unit is dates[0],
            "day of publication": told.earliest == told.latest == article.published,
            "day before": days == -1,
            "future": days > 0,
            "old": days < -_OLD,
            "planned, future": planned and days > 0,
            "occurred, future": not planned and days > 0,
            "planned, past": planned and days < 0,
            "by rule": by_rule is not None and by_rule.unit is unit,
            "value by rule": ruled is not None and ruled.value == told.value,
            "none by rule": ruled is None,
            "story": draft.type.story is not None,
            "mentions": math.log(len(draft.mentions)),
        }
    )


def _is_recalled(mention: EventMention) -> bool:
    """Say whether a statement is told of by the way: ``الذي أعلن عنه الوزير``, ``سبق أن شددت``."""
    before = mention.seen.words[max(mention.first - _JUST, 0) : mention.first]
    return any(w in markers().relatives or w.removeprefix("و") in speech().before for w in before)


_JUST = 2


def _days_after(told: DateMention, published: date | None) -> int:
    """Return how many days after publication a date begins; 0 if either is not known."""
    known = told.earliest is not None and published is not None
    return (told.earliest - published).days if known else 0  # type: ignore[operator]


_LENGTHS = ((0, "day"), (20, "days"), (31, "month"), (200, "season"), (366, "year"))


def _length(told: DateMention) -> str:
    if told.earliest is None or told.latest is None:
        return "open"
    days = (told.latest - told.earliest).days
    return next((name for most, name in _LENGTHS if days <= most), "years")


def _place_features(
    article: ArticleView,
    draft: Draft,
    seen: SentenceView,
    unit: Unit,
    named: Counter[str],
    *,
    first: bool,
) -> Features:
    key = unit_key(unit)
    where = _where(article, draft, seen, unit)
    ruled = {f.rule for f in draft.fillers("location") if unit_key(f.unit) == key}
    roles = {f.role for f in draft.fillers("participant") if unit_key(f.unit) == key}
    inside = unit.marker == "in"
    here = bool(where.get("same sentence"))
    lead = seen.index <= _LEAD
    return _kept(
        where
        | {
            _marker(unit): True,
            f"kind {_kind(unit)}": True,
            f"type {draft.type.type}": True,
            "in, same sentence": inside and here,
            "in, close": inside and here and where["cost"] < math.log1p(12),
            "in, rival nearer": inside and bool(where.get("rival nearer")),
            "in, next to it": inside and bool(where.get("next sentence")),
            "in, next to it, alone": inside
            and bool(where.get("next sentence"))
            and not where.get("other event there"),
            "in the lead": inside and lead,
            "in the lead, story": inside and lead and draft.type.story is not None,
            "in the lead, headline alone": inside and lead and bool(where.get("headline alone")),
            "genitive": here and unit.marker == "bare" and bool(where.get("close"))
            and bool(where.get("behind")) and not where.get("at a verb"),
            "lead": lead,
            "headline": seen.is_title,
            "within a title": unit.inside,
            "spoken to": unit.told,
            **{f"by rule {rule}": True for rule in ruled & _WEIGHED},
            "by rule": bool(ruled),
            "none by rule": not any(True for _ in draft.fillers("location")),
            "takes part": bool(roles - {HOST}),
            "host": HOST in roles,
            "often": math.log(named[key]),
            "occasion": draft.type.occasion,
            "story": draft.type.story is not None,
            "first event": first,
            "mentions": math.log(len(draft.mentions)),
        }
    )  # fmt: skip
