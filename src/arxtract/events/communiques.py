"""Who speaks by a text: ``بلاغ لوزارة الصحة``, ``الدراسة التي أنجزتها الجامعة``."""

from __future__ import annotations

from functools import lru_cache

from arxtract.events.addressees import is_medium, through_reporter
from arxtract.events.clauses import UNMARKED, SentenceView, Unit
from arxtract.events.lexemes import readings, verb_forms, without_article
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, entity_type
from arxtract.events.speakers import first_unit, is_body, plain_words
from arxtract.events.speech import bare, speech

_ISSUERS = ("for", "of", "by", "from", "bare")
"""Markers of who issued what the subject of a verb is."""
_REACH = 2
_NOUN_REACH = 3
_SENT_REACH = 30
_TEXT_REACH = 6


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
    if any(word in speech().received for word in between):
        return False
    if _emerges(seen, unit, between):
        return True
    made = seen.words[unit.head - 1] in speech().made  # الدراسة التي أنجزتها الجامعة
    if unit.marker == "from" and len(between) - place > _REACH:
        return False  # دراسة أشرف عليها باحثون من أميركا
    return made or unit.marker not in UNMARKED or len(between) - place <= _REACH


def issuer_of_text(seen: SentenceView, index: int) -> Unit | None:
    """Return who issued the text that a noun at token ``index`` names.

    ``أرقام وزارة الصحة``, ``تقرير صدر أمس عن البنك``, ``الرسالة التي وجهها الملك``.
    """
    word = bare(without_article(seen.words[index])) if index < len(seen.words) else ""
    unit = first_unit(seen, index + 1) if word in speech().issued else None
    if unit is None or through_reporter(seen, unit):
        return None
    between = plain_words(seen, index + 1, unit.head)
    if len(between) > _TEXT_REACH or any(w in speech().received for w in between):
        return None
    made = any(_is_made(w) for w in between[-_REACH:])  # التي بعث بها الملك
    if unit.marker == "by" or made or _emerges(seen, unit, between):
        return unit
    if unit.marker == "for" and len(between) <= 1:  # أرقام رسمية لوزارة الصحة
        given = word in speech().told or word in speech().sent or is_medium(seen, unit)
        return None if given else unit  # معطيات حصرية لهسبريس
    named = entity_type(unit) in ("PER", "ORG") and unit.marker in UNMARKED
    return unit if named and not between else None  # but not إعلان إقليم ميدلت


def _emerges(seen: SentenceView, unit: Unit, between: list[str]) -> bool:
    """Say whether a text came from a unit: ``تقرير صدر عن البنك``."""
    known = speech()
    return seen.words[unit.head - 1] in known.relayed_from and any(
        without_article(word) in known.emerged for word in between
    )


def _is_made(word: str) -> bool:
    """Say whether a verb tells who made or sent a text: ``أعدتها``, ``وجهها``."""
    return word in speech().made or any(rest in _sending() for rest, *_ in readings(word))


def sender(mention: EventMention, seen: SentenceView) -> Unit | None:
    """Return the subject of the verb that sends what a noun names: ``بعث الملك … برقية``."""
    if bare(seen.words[mention.first]) not in speech().sent:
        return None
    for index in range(mention.first - 1, max(mention.first - _SENT_REACH, -1), -1):
        if seen.words[index] in markers().strong:
            return None
        if any(rest in _sending() for rest, *_ in readings(seen.words[index])):
            after = first_unit(seen, index + 1)
            near = after is not None and after.last <= mention.first
            near = near and after is not None and after.head - index <= _REACH
            return after if near and after is not None and after.marker in UNMARKED else None
    return None


@lru_cache(maxsize=1)
def _sending() -> frozenset[str]:
    """Return all forms of the verbs of sending."""
    return frozenset(form.text for verb in speech().sending for form in verb_forms(*verb.split()))


def issuer(mention: EventMention, seen: SentenceView) -> Unit | None:
    """Return who issued what a noun names: ``بلاغ لوزارة الصحة``, ``بيان صادر عن الحزب``."""
    after = first_unit(seen, mention.last)
    if after is None or after.head - mention.last > _NOUN_REACH or through_reporter(seen, after):
        return None
    if any(word in speech().received for word in seen.words[mention.last : after.head]):
        return None  # بيان تلقت الوكالة نسخة منه
    sent = bare(seen.words[mention.first]) in speech().sent
    place = after.entity is not None and after.entity.type == "LOC"
    near = not place or after.head - mention.last <= 1  # رسائل غير مسبوقة من العيون
    if after.marker == "by" or (sent and after.marker == "from" and near):
        return after
    if sent:
        return None
    named = after.marker == "for" or (after.marker == "bare" and is_body(after))
    if not named or after.head - mention.last > 1:
        return None
    told = after.marker == "for" and bare(seen.words[mention.first]) in speech().told
    return None if told else after
