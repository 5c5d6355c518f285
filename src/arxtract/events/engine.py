"""The engine: from a document with its mentions to event records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from arxtract.document import Document
from arxtract.events.candidates import ArticleView
from arxtract.events.carry import carry
from arxtract.events.choice import choose
from arxtract.events.clauses import SentenceView, view
from arxtract.events.confidence import confidence, model
from arxtract.events.fixtures import elliptic, listed
from arxtract.events.loading import load
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler, entity_type, find
from arxtract.events.merge import Draft, merge, name_words, unit_key
from arxtract.events.ontology import Ontology
from arxtract.events.slots import attach
from arxtract.events.source import source_of
from arxtract.events.statements import STATEMENT, Turns
from arxtract.events.status import cues_of, judge, settle
from arxtract.names.holders import resolve as resolve_offices
from arxtract.names.offices import Office
from arxtract.names.offices import find as find_offices
from arxtract.places import lookup
from arxtract.records import (
    Entity,
    EventCount,
    EventDate,
    EventLocation,
    EventRecord,
    Participant,
    Reason,
    Span,
)

_PLACE_RANK = {"venue": 0, "area": 1, "city": 2, "region": 3, "country": 4}
_LABEL_REACH = 12


class Engine:
    """Reads events by an ontology; build it once, call :meth:`extract` for each document."""

    def __init__(self, ontology: Sequence[str | Path] = ("press",)) -> None:
        self.ontology: Ontology = load(ontology)

    def extract(self, document: Document, threshold: float | None = None) -> list[EventRecord]:
        """Return the records of a document whose entities, dates and quantities are found.

        ``threshold`` is the confidence under which a record is left out; the fitted one if None.
        """
        if threshold is None:
            threshold = model(hinted=document.hints is not None).threshold
        kept = [
            (draft, sure)
            for draft in self.drafts(document)
            if (sure := confidence(draft)) >= threshold
        ]
        return [
            _record(document, draft, f"e{number}", sure)
            for number, (draft, sure) in enumerate(kept, 1)
        ]

    def drafts(self, document: Document) -> list[Draft]:
        """Return all events in the making, the unlikely ones too."""
        article = self.article(document)
        choose(article)
        return list(article.drafts)

    def article(self, document: Document) -> ArticleView:
        """Return all events in the making as the rules fill them, and the sentences read."""
        entities = document.entities
        offices = resolve_offices(document, entities, find_offices(document, entities))
        turns = Turns()
        found: list[EventMention] = []
        views: list[SentenceView] = []
        placed = _by_sentence(document, offices)
        people = {e.id: e for e in entities}
        for index in range(len(document.sentences)):
            seen = view(document, index, placed.get(index, ()), people)
            found += self._sentence(seen, turns)
            views.append(seen)
        found += listed(views, found, self.ontology)
        drafts = merge(found, self.ontology)
        carry(drafts, views)
        return ArticleView(drafts, views, document.published)

    def _sentence(self, seen: SentenceView, turns: Turns) -> list[EventMention]:
        mentions = find(self.ontology, seen)
        cues = cues_of(seen)
        kept = [m for m in mentions if judge(m, cues)]
        events = [m for m in kept if m.type.type != STATEMENT]
        for mention in events:
            attach(mention, [o for o in events if o is not mention])
        events = [m for m in events if m.is_filled and not m.is_bare_charge]
        events += [twin for m in list(events) for twin in elliptic(m, events)]
        judged = {m.first for m in events if m.type.type == "TRIAL"}
        said = [m for m in kept if m.type.type == STATEMENT and m.first not in judged]
        return events + turns.read(said, seen)


def _by_sentence(document: Document, offices: Iterable[Office]) -> dict[int, list[Office]]:
    """Sort offices by the index of the sentence that they lie in."""
    starts = [sentence.start for sentence in document.sentences]
    placed: dict[int, list[Office]] = {}
    for office in offices:
        index = bisect_right(starts, office.start) - 1
        if index >= 0 and office.start < document.sentences[index].end:
            placed.setdefault(index, []).append(office)
    return placed


def _record(document: Document, draft: Draft, number: str, sure: float) -> EventRecord:
    date = draft.when
    mention = date.unit.date if date else None
    said = [m.trigger.status for m in draft.mentions if m.trigger.status]
    statuses = said or [m.status for m in draft.mentions]
    published = document.published
    reasons = [
        Reason(
            slot="trigger",
            rule=f"{draft.type.type}: {m.trigger.name}",
            marker=document.span(m.start, m.end),
        )
        for m in draft.mentions
    ]
    reasons += [_reason(document, f) for f in _given(draft)]
    return EventRecord(
        id=number,
        type=draft.type.type,
        label=_label(document, draft),
        status=settle(
            statuses,
            mention.earliest if mention else None,
            published,
            lasting=draft.type.lasting,
        ),
        triggers=tuple(document.span(m.start, m.end) for m in _by_clarity(draft)),
        date=_date(draft, date) if date else None,
        locations=_locations(draft),
        participants=_participants(document, draft),
        counts=_counts(draft),
        source=source_of(document, draft),
        confidence=round(sure, 3),
        evidence=_evidence(document, draft),
        reasons=tuple(reasons),
    )


def _given(draft: Draft) -> list[Filler]:
    """Return the fillers of a record's slots."""
    chosen = [*draft.where, *([draft.when] if draft.when else [])]
    return [*draft.participants(), *chosen, *draft.counts()]


def _date(draft: Draft, filler: Filler) -> EventDate | None:
    """Return the date of an event, up to the last day where the sentence gives one (إلى غاية)."""
    date = filler.unit.date
    if date is None or date.value is None:
        return None
    value, latest = date.value, date.latest
    for mention in draft.mentions:
        if filler not in mention.fillers or date.value is None or "/" in date.value:
            continue
        for unit in mention.seen.units:
            end = unit.date
            if end is None or unit.marker != "until" or end.latest is None or latest is None:
                continue
            if unit.start > filler.unit.start and end.latest > latest and end.type == "DATE":
                value, latest = f"{date.value}/{end.value}", end.latest
    return EventDate(
        value=value,
        earliest=date.earliest,
        latest=latest,
        anchored=date.anchored,
        mention=date.id,
    )


def _by_clarity(draft: Draft) -> list[EventMention]:
    """Order the mentions: those that make an event before those that only add to one."""
    return sorted(draft.mentions, key=lambda m: (m.weak, bool(m.type.joins), m.start))


def _reason(document: Document, filler: Filler) -> Reason:
    marker = filler.unit.marker_range
    slot = filler.slot if filler.slot != "participant" else f"participant {filler.role}"
    return Reason(slot=slot, rule=filler.rule, marker=document.span(*marker) if marker else None)


def _label(document: Document, draft: Draft) -> Span:
    """Return the event's own name, or its clearest trigger with the phrase that follows it."""
    first = _by_clarity(draft)
    said = draft.type.type == STATEMENT
    mention = next((m for m in first if m.is_verb == said), first[0])
    for unit in mention.seen.units:
        if unit.entity is not None and unit.start <= mention.start and mention.end <= unit.end:
            return document.span(unit.start, unit.end)
    last = mention.last
    stops = {b for b in mention.seen.breaks if b > mention.first}
    while last < min(len(mention.seen.tokens), mention.last + _LABEL_REACH):
        if mention.seen.tokens[last].kind == "punct" or last in stops:
            break
        last += 1
    return document.span(mention.start, mention.seen.tokens[last - 1].end)


def _locations(draft: Draft) -> tuple[EventLocation, ...]:
    places = [f.unit.entity for f in draft.where if f.unit.entity is not None]
    places.sort(key=lambda e: _PLACE_RANK[e.place.kind] if e.place else 1)
    if places:
        return tuple(EventLocation(mention=e.id, name=e.name, place=e.place) for e in places)
    for filler in draft.participants():
        role = draft.type.roles.get(filler.role)
        seat = _seat(filler.unit.entity) if role and role.typical else None
        if seat:
            return (seat,)
    return ()


def _seat(body: Entity | None) -> EventLocation | None:
    """Return the place that a local body names itself by: ``المحكمة الابتدائية بميدلت``."""
    if body is None:
        return None
    words = body.name.split()
    for index, word in enumerate(words[1:], 1):
        name = " ".join([word[1:], *words[index + 1 :]])
        if markers().letters.get(word[:1]) == "in" and (known := lookup(name)):
            best = max(known, key=lambda c: c.population or 0)
            return EventLocation(mention=body.id, name=name, place=best.record())
    return None


def _participants(document: Document, draft: Draft) -> tuple[Participant, ...]:
    best: dict[str, Filler] = {}
    order = ("subject", "object", "of", "by", "between")
    for filler in draft.participants():
        key = unit_key(filler.unit)
        known = best.get(key)
        if known is None or (filler.rule in order and known.rule not in order):
            best[key] = filler
    apart = draft.type.merge == "participants"
    return tuple(_participant(document, f) for f in (_once(best) if apart else best.values()))


def _once(fillers: Mapping[str, Filler]) -> list[Filler]:
    """Leave out who stands there by more of the name too: ``لوتون`` beside ``لوتون تاون``."""
    kept: dict[frozenset[str], Filler] = {}
    for filler in fillers.values():
        kept.setdefault(name_words(filler) or frozenset([unit_key(filler.unit)]), filler)
    return [f for words, f in kept.items() if not any(words < other for other in kept)]


def _participant(document: Document, filler: Filler) -> Participant:
    unit, office = filler.unit, filler.unit.office
    affiliation = office.affiliation if office else None
    entity = unit.entity
    return Participant(
        mention=entity.id if entity else None,
        span=document.span(unit.start, unit.end),
        name=entity.name if entity else document.clean[unit.start : unit.end],
        type=entity_type(unit),
        role=filler.role,
        position=document.span(office.start, office.end) if office else None,
        affiliation=document.span(*affiliation) if affiliation else None,
    )


def _counts(draft: Draft) -> tuple[EventCount, ...]:
    found: dict[tuple[object, object, object], EventCount] = {}
    for filler in draft.counts():
        q = filler.unit.quantity
        if q is None:
            continue
        found.setdefault(
            (q.value, q.low, q.unit),
            EventCount(
                mention=q.id,
                value=q.value,
                low=q.low,
                high=q.high,
                bound=q.bound,
                unit=q.unit,
                unit_class=q.unit_class,
                role=filler.role or None,
            ),
        )
    return tuple(found.values())


def _evidence(document: Document, draft: Draft) -> tuple[Span, ...]:
    return tuple(document.span(s.start, s.end) for s in _sentences(draft.mentions))


def _sentences(mentions: Iterable[EventMention]) -> list:  # type: ignore[type-arg]
    seen = {m.seen.index: m.seen.sentence for m in mentions}
    return [seen[i] for i in sorted(seen)]
