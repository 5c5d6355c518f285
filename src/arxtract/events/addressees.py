"""Who is spoken to: the medium, the audience, the one that a letter goes to."""

from __future__ import annotations

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.speakers import first_unit, title_of
from arxtract.events.speech import bare, speech


def is_told(unit: Unit, seen: SentenceView) -> bool:
    """Say whether ل or مع and a word of speech before it make a named unit the one spoken to."""
    if unit.kind != "actor" or unit.head == 0 or unit.entity is None:
        return False
    if through_reporter(seen, unit):
        return bare(seen.words[unit.head - 2]) in speech().told
    if unit.marker not in ("for", "with"):
        return False
    before = seen.words[max(unit.head - 2, 0) : unit.head]
    return any(bare(word) in speech().told for word in before)


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
