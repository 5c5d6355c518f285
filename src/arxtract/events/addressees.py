"""Who is spoken to: the medium, the audience, the one that a letter goes to."""

from __future__ import annotations

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.speakers import first_unit, is_body, media, title_of
from arxtract.events.speech import bare, speech


def is_told(unit: Unit, seen: SentenceView) -> bool:
    """Say whether ل or مع and a word of speech before it make a named unit the one spoken to."""
    if unit.kind != "actor" or unit.head == 0 or unit.entity is None:
        return False
    if through_reporter(seen, unit):
        return bare(seen.words[unit.head - 2]) in speech().told
    if unit.marker not in ("for", "with"):
        return False
    before = [bare(word) for word in seen.words[max(unit.head - 2, 0) : unit.head]]
    if any(word in speech().told for word in before):
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
    return unit.last
