"""What a record takes over from its surroundings: the story beside it, the occasion.

A text says once where and when its affair took place and who acted; the events told beside it
share that. Each way of sharing is named in the filler's rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.mentions import Filler, unit_words
from arxtract.events.merge import Draft, in_common
from arxtract.events.speech import speech
from arxtract.events.statements import STATEMENT

_TAKEN = ("shared", "occasion", "typical")
_UNDATED = ("location", "participant")
_SHARED_SENTENCES = 2
_LEAD = 4
"""Index of the last sentence of headline, dateline and lead."""


def carry(drafts: Sequence[Draft], views: Sequence[SentenceView]) -> None:
    """Complete the drafts of an article, which are in text order, from one another."""
    for draft in drafts:
        if draft.type.type == STATEMENT:
            _take_occasion(draft, drafts)
        else:
            if draft.type.story is not None:
                _share(draft, drafts)
            _take_typical(draft, views)
            if any(role.opposes for role in draft.type.roles.values()):
                _oppose(draft)


def _oppose(draft: Draft) -> None:
    """Give a plain side the result that its sentence tells of it, or of its one opponent."""
    for index in sorted({m.seen.index for m in draft.mentions}):
        mentions = [m for m in draft.mentions if m.seen.index == index and m.status == "occurred"]
        fillers = [f for m in mentions for f in m.of_slot("participant") if f.rule not in _TAKEN]
        told = [f for f in fillers if draft.type.roles[f.role].opposes]
        if not told or not all(in_common([f], told[:1]) for f in told):
            continue
        plain = [f for f in fillers if f not in told]
        others = [f for f in plain if not in_common([f], told)]
        one = all(in_common([f], others[:1]) for f in others)
        for filler in plain:
            if filler not in others:
                filler.role = told[0].role
            elif one:
                filler.role = draft.type.roles[told[0].role].opposes or filler.role


def _own(draft: Draft, slot: str) -> list[Filler]:
    return [f for f in draft.fillers(slot) if f.rule not in _TAKEN]


def _add(draft: Draft, fillers: Iterable[Filler], rule: str) -> None:
    for filler in list(fillers):
        draft.mentions[0].fillers.append(Filler(filler.slot, filler.unit, filler.role, rule, 50))


def _share(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Let an event without place, date or participant take those of its story's nearest event."""
    slots = ("location", "date", "participant") if draft.type.same_day else _UNDATED
    for slot in slots:
        if any(True for _ in draft.fillers(slot)):
            continue
        best: tuple[int, int, Draft] | None = None
        for number, other in enumerate(drafts):
            if other is draft or other.type.story != draft.type.story or not _own(other, slot):
                continue
            gap = min(
                abs(a.seen.index - b.seen.index) for a in draft.mentions for b in other.mentions
            )
            if gap <= _SHARED_SENTENCES and (best is None or (gap, number) < best[:2]):
                best = gap, number, other
        if best is not None:
            own = _own(best[2], slot)
            if slot == "participant":
                own = [f for f in own if f.role in draft.type.roles]
            _add(draft, own, "shared")


def _take_occasion(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Give a statement made at a dated, placed event its date and place (rule of counting 8).

    The occasion is the meeting or opening that the article begins with; what is told to the
    press has another.
    """
    if any(f.role == "addressee" for f in draft.fillers("participant")):
        return
    for other in drafts:
        if not _is_there(draft, other):
            continue
        if other.type.occasion and any(m.seen.index <= _LEAD for m in other.mentions):
            date = other.date()
            known = date is not None and date.unit.date is not None and date.unit.date.value
            own = draft.date()
            if date is not None and known and own is None:
                _add(draft, [date], "occasion")
                _add(draft, _own(other, "location"), "occasion")
            elif own is not None and own.unit.date is not None and own.unit.date.value == known:
                _add(draft, _own(other, "location"), "occasion")
            return


def _is_there(draft: Draft, occasion: Draft) -> bool:
    """Say whether a statement was made at an event: its speaker took part, or words say so."""
    if draft.keys("participant") & occasion.keys("participant"):
        return True
    cues = speech().occasion
    return any(word in cues or word[1:] in cues for m in draft.mentions for word in m.seen.words)


def _take_typical(draft: Draft, views: Sequence[SentenceView]) -> None:
    """Fill a role that a typical body fills (the police of an arrest) from the sentences near."""
    for role, known in draft.type.roles.items():
        if not known.typical or any(f.role == role for f in draft.fillers("participant")):
            continue
        indices = sorted({m.seen.index for m in draft.mentions})
        near = indices + [i + step for step in (-1, 1, -2) for i in indices]
        for index in near:
            if not 0 <= index < len(views):
                continue
            unit = _typical_unit(draft, role, views[index])
            if unit is not None:
                _add(draft, [Filler("participant", unit, role, "typical", 50)], "typical")
                break


def _typical_unit(draft: Draft, role: str, seen: SentenceView) -> Unit | None:
    for unit in seen.units:
        body = unit.entity is not None and unit.entity.type == "ORG"
        free = unit.kind == "actor" and not (unit.inside or unit.told)
        acts = free and unit.marker not in ("supervised", "according", "to", "against")
        if body and acts and draft.type.is_typical(role, unit_words(seen, unit)):
            return unit
    return None
