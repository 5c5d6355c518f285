"""Who speaks by a text: ``بلاغ لوزارة الصحة``, ``الدراسة التي أنجزتها الجامعة``."""

from __future__ import annotations

from arxtract.events.addressees import through_reporter
from arxtract.events.clauses import UNMARKED, SentenceView, Unit
from arxtract.events.mentions import EventMention
from arxtract.events.speakers import first_unit, is_body
from arxtract.events.speech import bare, speech

_ISSUERS = ("for", "of", "by", "from", "bare")
"""Markers of who issued what the subject of a verb is."""
_REACH = 2
_NOUN_REACH = 3


def is_issued(seen: SentenceView, mention: EventMention, between: list[str], unit: Unit) -> bool:
    """Say whether the subject is what a body issued: ``أفاد بلاغ لوزارة الصحة``."""
    if unit.marker not in _ISSUERS or through_reporter(seen, unit):
        return False
    issued = speech().issued
    if any(bare(w) in issued for w in seen.words[mention.first + 1 : mention.last]):
        return True
    place = next((i for i, w in enumerate(between[:2]) if bare(w) in issued), None)
    if place is None or (unit.told and bare(between[place]) in speech().told):
        return False
    made = seen.words[unit.head - 1] in speech().made  # الدراسة التي أنجزتها الجامعة
    if unit.marker == "from" and len(between) - place > _REACH:
        return False  # دراسة أشرف عليها باحثون من أميركا
    return made or unit.marker not in UNMARKED or len(between) - place <= _REACH


def issuer(mention: EventMention, seen: SentenceView) -> Unit | None:
    """Return who issued what a noun names: ``بلاغ لوزارة الصحة``, ``بيان صادر عن الحزب``."""
    after = first_unit(seen, mention.last)
    if after is None or after.head - mention.last > _NOUN_REACH or through_reporter(seen, after):
        return None
    if after.marker == "by":
        return after
    named = after.marker == "for" or (after.marker == "bare" and is_body(after))
    if not named or after.head - mention.last > 1:
        return None
    told = after.marker == "for" and bare(seen.words[mention.first]) in speech().told
    return None if told else after
