"""Fixtures that no trigger names: pairs of a list, and what a verb leaves out of the next clause.

``الرجاء – الوداد`` in a list is a match where the article tells of matches, and ``فاز لايبزيغ على
فولفسبورغ 3-0 وماينز على هوفنهايم 4-1`` tells of two by one verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from arxtract.events.clauses import COMMAS, UNMARKED, SentenceView, Unit
from arxtract.events.mentions import EventMention, Filler, entity_type, unit_words
from arxtract.events.ontology import EventType, Match, Ontology, Trigger
from arxtract.events.slots import OPPOSED, attach_dates
from arxtract.text.normalise import fold

_MOST_BETWEEN = 5
"""Tokens between the sides of a fixture: a dash and a score."""
_FEWEST = 2
"""Pairs without a score that make a list."""


def listed(
    views: Sequence[SentenceView], told: Iterable[EventMention], ontology: Ontology
) -> list[EventMention]:
    """Return the fixtures that an article lists, of types that it tells of by other words too."""
    types = {m.type.type for m in told}
    found: list[EventMention] = []
    for event_type in ontology.types.values():
        if event_type.listed is not None and event_type.type in types:
            pairs = [pair for seen in views for pair in _pairs(event_type, seen)]
            scored = [p for p in pairs if _has_score(*p)]
            found += [
                _fixture(event_type, *p) for p in (pairs if len(pairs) >= _FEWEST else scored)
            ]
    return found


def _pairs(event_type: EventType, seen: SentenceView) -> Iterator[tuple[SentenceView, Unit, Unit]]:
    """Yield the pairs of units with nothing but a dash or a score between them."""
    assert event_type.listed is not None
    marks = {fold(mark) for mark in event_type.listed.between}
    taken: Unit | None = None
    for one, other in pairwise(u for u in seen.units if _may_play(event_type, seen, u)):
        between = seen.words[one.last : other.first]
        if one is taken or not between or len(between) > _MOST_BETWEEN:
            continue
        if one.marker not in UNMARKED or not all(w in marks or w.isdigit() for w in between):
            continue
        if {entity_type(one), entity_type(other)} == {"LOC"} and not _has_score(seen, one, other):
            continue
        taken = other
        yield seen, one, other


def _may_play(event_type: EventType, seen: SentenceView, unit: Unit) -> bool:
    if unit.kind != "actor" or unit.entity is None or unit.entity.type not in ("ORG", "LOC"):
        return False
    role = event_type.listed.role if event_type.listed else ""
    return not (unit.inside or unit.told or event_type.is_barred(role, unit_words(seen, unit)))


def _has_score(seen: SentenceView, one: Unit, other: Unit) -> bool:
    return any(word.isdigit() for word in seen.words[one.last : other.first])


def _fixture(event_type: EventType, seen: SentenceView, one: Unit, other: Unit) -> EventMention:
    assert event_type.listed is not None
    trigger = Trigger(phrase=" ".join(seen.words[one.last : other.first]))
    match = Match(event_type, trigger, "phrase", False, 0, other.last - one.first)
    mention = EventMention(event_type, match, seen, one.first, one.start, other.end)
    role = event_type.listed.role
    mention.fillers = [Filler("participant", u, role, "between", 0) for u in (one, other)]
    attach_dates(mention, ())
    return mention


def elliptic(mention: EventMention, others: Sequence[EventMention]) -> list[EventMention]:
    """Take the fixtures out of a verb's mention that the next clauses tell without a verb."""
    if mention.type.listed is None or not mention.is_verb:
        return []
    units = [u for u in mention.seen.units if u.kind == "actor" and u.head >= mention.last]
    found = []
    for before, one, other in zip(units, units[1:], units[2:], strict=False):
        if before.marker not in OPPOSED or other.marker not in OPPOSED:
            continue
        if other.head - one.last > 1 or not _is_joined(mention.seen, one):
            continue
        if any(mention.last <= o.first <= one.first and not o.weak for o in others):
            continue
        roles = [_role(mention, one, "subject"), _role(mention, other, other.marker)]
        match = mention.match._replace(tense="phrase", offset=0, tokens=other.last - one.first)
        twin = EventMention(mention.type, match, mention.seen, one.first, one.start, other.end)
        twin.status, twin.status_cue = mention.status, mention.status_cue
        sides = zip((one, other), roles, strict=True)
        twin.fillers = [Filler("participant", u, role, "subject", 0) for u, role in sides if role]
        mention.fillers = [f for f in mention.fillers if f.unit not in (one, other)]
        attach_dates(twin, ())
        found.append(twin)
    return found


def _is_joined(seen: SentenceView, unit: Unit) -> bool:
    """Say whether و or ف hangs before an unmarked unit, or a comma stands there."""
    hangs = seen.tokens[unit.head].start < unit.start and unit.head == unit.first
    comma = unit.head > 0 and seen.words[unit.head - 1] in COMMAS
    return unit.marker in UNMARKED and (hangs or comma)


def _role(mention: EventMention, unit: Unit, label: str) -> str | None:
    role = mention.role_of(label, entity_type(unit))
    return role if role in mention.type.roles else None
