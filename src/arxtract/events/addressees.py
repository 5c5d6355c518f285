"""Who is spoken to: the medium, the audience, the one that a letter goes to."""

from __future__ import annotations

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.mentions import EventMention
from arxtract.events.speakers import MARK, first_unit, is_body, media, title_of
from arxtract.events.speech import bare, speech

_TOLD_REACH = 3
"""Words from a talk to whom it is with: ``مقابلة جديدة مع مجلة فوغ``."""
_SENT_REACH = 4
"""Words from what is sent to who gets it: ``برقية تهنئة مماثلة للرئيس``."""


def addressed(mention: EventMention, seen: SentenceView, stop: int) -> Unit | None:
    """Return the object of a verb of calling, up to token ``stop``: ``دعت المنظمة السلطات إلى``."""
    if mention.trigger.name not in speech().addressing:
        return None
    speakers = [f.unit for f in mention.of_slot("participant")]
    groups = {unit.group for unit in speakers}
    start = max([mention.last, *(u.last for u in speakers if u in seen.units)])
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside or not start <= unit.head < stop:
            continue
        named = unit.entity is not None and unit.entity.type != "MISC"
        return unit if named and unit.marker == "bare" and unit.group not in groups else None
    return None


def is_told(unit: Unit, seen: SentenceView) -> bool:
    """Say whether ل or مع and a word of speech before it make a named unit the one spoken to."""
    if unit.kind != "actor" or unit.head == 0 or unit.entity is None:
        return False
    if through_reporter(seen, unit):
        return bare(seen.words[unit.head - 2]) in speech().told
    if is_body(unit) and seen.words[unit.head - 1] in speech().facing:
        return True  # أمام محكمة العدل الدولية
    if unit.marker not in ("for", "with"):
        return False
    before = [bare(word) for word in seen.words[max(unit.head - _SENT_REACH, 0) : unit.head]]
    if any(word in speech().told for word in before[-_TOLD_REACH:]):
        return True
    return unit.marker == "for" and (
        is_medium(seen, unit) or any(w in speech().sent for w in before)
    )


def is_medium(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit is one of the media, by its noun or its name: ``لصحيفة الوطن``."""
    if not is_body(unit):
        return False
    words = (seen.words[unit.head].removeprefix(speech().to), *seen.words[unit.first : unit.last])
    return any(word in media() for word in words)


def through_reporter(seen: SentenceView, unit: Unit) -> bool:
    """Say whether the unit is a medium spoken to through its reporter: ``لمراسل الجوهرة``."""
    word = seen.words[unit.head - 1] if unit.head > 1 else ""
    return unit.marker == "bare" and word.startswith(speech().to) and title_of(word[1:]) is not None


def past_addressee(seen: SentenceView, index: int) -> int:
    """Return the token behind who is spoken to right at ``index``: ``أوضح لـ«الوطن» المدير``."""
    unit = first_unit(seen, index)
    if unit is None or not unit.told or unit.head - index > 1 or unit.last >= len(seen.words):
        return index
    return unit.last + 1 if seen.words[unit.last] == MARK else unit.last
