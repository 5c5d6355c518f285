"""Which dates, places, participants and counts of an article are an event's.

The frames of ``slots.py`` and the story's sharing of ``carry.py`` propose; here every candidate
near an event is weighed by a logistic model over named features: how far it stands, what
marks it, what another event claims, what the rules said. The weights stand in
``lexicon/choice.yaml``, where anyone can read them; ``arxtract.evaluate.fit`` fits them on gold.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.events.candidates import (
    LEAD,
    ArticleView,
    Candidate,
    is_dated,
    is_place,
    kept,
    kind_of,
    marker_of,
    stands,
    views_near,
)
from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.counted import count_candidates
from arxtract.events.lexemes import without_conjunction
from arxtract.events.logistic import Features, Logistic
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler, Slot
from arxtract.events.merge import Draft, unit_key
from arxtract.events.parts import part_candidates
from arxtract.events.speech import speech
from arxtract.events.statements import STATEMENT
from arxtract.records import DateMention
from arxtract.resources import lexicon, read_yaml

HOST = "host"
"""The role of a place that acts as host, which is a location too (rule of counting 12)."""

_OLD = 40
"""Days before publication from which a date is of another time."""


_OCCASION = "occasion"
_WEIGHED = frozenset(("in", "near", "shared", _OCCASION))
"""Rules whose places are weighed; what a frame or a genitive says holds."""


class Questions(BaseModel):
    """The fitted models, one a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    date: Logistic
    """Of events but statements."""
    said: Logistic
    """Of the dates of statements."""
    place: Logistic
    part: Logistic | None = None
    """Of participants in their roles, but in statements; None: those that the rules found."""
    count: Logistic
    """But in statements."""


class Models(BaseModel):
    """Fitted with the hints of the recogniser's network, and without any."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hinted: Questions
    blind: Questions


@lru_cache(maxsize=1)
def models() -> Models:
    """Return the fitted models, read once."""
    return read_yaml(lexicon("choice.yaml"), Models)


def choose(article: ArticleView) -> None:
    """Set the date, the places, the participants and the counts of each draft."""
    known = models().hinted if article.hinted else models().blind
    for draft, dates in date_candidates(article):
        model = known.said if draft.type.type == STATEMENT else known.date
        draft.when = _best(draft, dates, model)
    for draft, places in place_candidates(article):
        draft.where = _likely(draft, places, known.place)
    if known.part is not None:
        for draft, parts in part_candidates(article):
            if draft.type.type != STATEMENT:
                draft.who = _takers(draft, parts, known.part)
    for draft, counts in count_candidates(article):
        if draft.type.type != STATEMENT:
            draft.measures = [
                _filler(draft, "count", candidate)
                for candidate in counts
                if known.count.chance(candidate.features) >= known.count.threshold
            ]


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
    precise = {c.unit.group for c in chosen if kind_of(c.unit) in ("city", "venue")}
    wide = {c.unit.group for c in chosen if kind_of(c.unit) == "area"} - precise
    return [c for c in chosen if not (precise and c.unit.group in wide)]


def _held(draft: Draft) -> Iterator[Filler]:
    """Yield what needs no weighing: what a frame says, hosts, and where its occasion was."""
    there = draft.when is not None and draft.when.rule == _OCCASION
    for filler in draft.fillers("location"):
        if filler.rule not in _WEIGHED or (there and filler.rule == _OCCASION):
            yield filler
    yield from (f for f in draft.fillers("participant") if f.role == HOST)


def _takers(draft: Draft, candidates: Sequence[Candidate], model: Logistic) -> list[Filler]:
    """Return hosts, and the participants that pass, each in its likeliest role, in text order."""
    hosts = {id(f.unit) for f in draft.fillers("participant") if f.role == HOST}
    best: dict[str, tuple[float, Candidate]] = {}
    for candidate in candidates:
        held = candidate.role == HOST and id(candidate.unit) in hosts
        chance = 1.0 if held else model.chance(candidate.features)
        key = unit_key(candidate.unit)
        if chance >= model.threshold and chance > best.get(key, (0.0, candidate))[0]:
            best[key] = chance, candidate
    chosen = sorted((c for _, c in best.values()), key=lambda c: c.unit.start)
    return [_filler(draft, "participant", c) for c in chosen]


def _filler(draft: Draft, slot: Slot, candidate: Candidate) -> Filler:
    """Return the filler that a rule made of the candidate, or a new one."""
    for filler in draft.fillers(slot):
        if filler.unit is candidate.unit and filler.role == candidate.role:
            return filler
    return Filler(slot, candidate.unit, candidate.role, "likely", 0)


# -- candidates ------------------------------------------------------------------------------------


def date_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with the dates that may be its own."""
    dates = article.dates()
    for draft in article.drafts:
        found = [
            Candidate(u, v, _date_features(article, draft, v, u, dates))
            for v in _views_for_date(draft, article.views)
            for u in v.units
            if is_dated(u)
        ]
        yield draft, found


def place_candidates(article: ArticleView) -> Iterator[tuple[Draft, list[Candidate]]]:
    """Yield each draft with the places that may be its own."""
    named = article.named()
    for number, draft in enumerate(article.drafts):
        found = [
            Candidate(u, v, _place_features(article, draft, v, u, named, first=number == 0))
            for v in views_near(draft, article.views)
            for u in v.units
            if is_place(v, u)
        ]
        yield draft, found


def _views_for_date(draft: Draft, views: Sequence[SentenceView]) -> list[SentenceView]:
    """Return where an event's date may stand; of a statement recalled, only beside it."""
    near = views_near(draft, views)
    if draft.type.type != STATEMENT or not all(map(_is_recalled, draft.mentions)):
        return near
    own = {m.seen.index for m in draft.mentions}
    return [v for v in near if v.index in own]


# -- features --------------------------------------------------------------------------------------


def _date_features(
    article: ArticleView, draft: Draft, seen: SentenceView, unit: Unit, dates: Sequence[Unit]
) -> Features:
    told = unit.date
    assert told is not None
    by_rule = draft.date()
    ruled = by_rule.unit.date if by_rule is not None else None
    planned = any(m.status == "planned" for m in draft.mentions)
    days = _days_after(told, article.published)
    return kept(
        stands(article, draft, seen, unit)
        | {
            marker_of(unit): True,
            f"lasts {_length(told)}": True,
            f"anchored {told.anchored}": True,
            "lead": seen.index <= LEAD,
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
            "hint": seen.fills(unit, "date"),
        }
        | article.tied(draft, seen, unit, "date")
    )


def _is_recalled(mention: EventMention) -> bool:
    """Say whether a statement is told of by the way: ``الذي أعلن عنه الوزير``, ``سبق أن شددت``."""
    before = mention.seen.words[max(mention.first - _JUST, 0) : mention.first]
    return any(
        w in markers().relatives or without_conjunction(w) in speech().before for w in before
    )


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
    where = stands(article, draft, seen, unit)
    ruled = {f.rule for f in draft.fillers("location") if unit_key(f.unit) == key}
    roles = {f.role for f in draft.fillers("participant") if unit_key(f.unit) == key}
    inside = unit.marker == "in"
    here = bool(where.get("same sentence"))
    lead = seen.index <= LEAD
    return kept(
        where
        | {
            marker_of(unit): True,
            f"kind {kind_of(unit)}": True,
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
            "hint": seen.fills(unit, "place"),
        }
        | article.tied(draft, seen, unit, "place")
    )  # fmt: skip
