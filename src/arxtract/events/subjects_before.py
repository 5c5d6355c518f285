"""Who is the subject of a verb of speech that stands behind it: headlines, clauses, كان … قد."""

from __future__ import annotations

from arxtract.events.clauses import COMMAS, UNMARKED, SentenceView, Unit
from arxtract.events.lexemes import conjugation, is_definite, without_conjunction
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention
from arxtract.events.said import REACH
from arxtract.events.speakers import acts, antecedent, first_unit, is_body, title_of
from arxtract.events.speech import bare, speech

_EARLY = 4
"""Words of a sentence among which its topic begins."""


def subject_before(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return the actor right before the verb: headlines, and clauses with إن."""
    best: Unit | None = None
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside or unit.last > mention.first:
            continue
        if unit.head > 0 and bare(seen.words[unit.head - 1]) in speech().anonymous:
            continue  # مصادر هسبريس رجحت
        end = _end_of_phrase(seen, unit, mention.first)
        gap = mention.first - end
        tokens, breaks = seen.distance(end, mention.first)
        colon = any(w in (":", "-") for w in seen.words[end : mention.first])
        if unit.marker in UNMARKED and gap <= 3 and breaks == 0 and tokens <= 3 and not colon:
            best = unit
    word = seen.words[mention.first]
    if word[:1] in conjugation().proclitics.conjunctions and mention.match.offset:
        return None
    before = seen.words[mention.first - 1] if mention.first else ""
    if before in markers().relatives and before[:1] in conjugation().proclitics.conjunctions:
        return None  # والتي takes up what another relative clause does
    return None if best is not None and _disagrees(best, mention, word) else best


def _end_of_phrase(seen: SentenceView, unit: Unit, end: int) -> int:
    """Return the index after an actor and the places that belong to it: ``البرلمان في الرباط``."""
    last = unit.last
    for other in seen.units:
        if other.head == last and other.last <= end and other.marker == "in":
            last = other.last
    return last


def _disagrees(unit: Unit, mention: EventMention, word: str) -> bool:
    """Say whether a verb is feminine and a man stands before it: ``توجيهات الأمير تؤكد``."""
    man = unit.office is not None and (unit.office.gender, unit.office.number) == ("m", "singular")
    person = unit.entity is None or unit.entity.type == "PER"
    return man and person and mention.match.tense == "imperfect" and word.startswith(speech().she)


def heads_headline(unit: Unit, mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the actor stands right before the verb, as in ``بوريطة يعبر عن تفاؤله``."""
    opens = unit.head == 0 or seen.is_title
    return unit.last == mention.first and (opens or mention.match.tense in ("imperfect", "phrase"))


def is_stance(seen: SentenceView, unit: Unit, mention: EventMention) -> bool:
    """Say whether somebody tells what a state thinks: ``قال إن الولايات المتحدة تتوقع أن``."""
    state = unit.entity is not None and unit.entity.type == "LOC"
    told = unit.head > 0 and seen.words[unit.head - 1] in speech().content
    return state and told and (mention.match.tense == "imperfect" or mention.trigger.weak)


def subject_of_had(seen: SentenceView, mention: EventMention) -> Unit | int | None:
    """Return who stands between كان and a perfect: ``كان مكتب العمل في فاس قد دعا``.

    A noun that stands for somebody (``وكان الجيش أعلن``, ``أن اللاعب قد هدد``) is its index.
    """
    known = speech()
    if mention.match.tense not in ("perfect", "phrase") or mention.match.offset:
        return None
    index = mention.first - 1
    while index >= 0 and seen.words[index] in known.particles:
        index -= 1
    beside = index < mention.first - 1  # قد or كان right before the verb
    for place in range(index, max(index - REACH, -1), -1):
        if without_conjunction(seen.words[place]) in known.had:
            after = first_unit(seen, place + 1)
            if after is not None and after.head == place + 1 and after.last <= index + 1:
                return after if after.marker in UNMARKED else None
            return place + 1 if place + 1 == index else None
        if seen.words[place] in COMMAS and not beside:
            return None
    if beside and index >= 0 and is_definite(seen.words[index]):
        return index
    return None


def relative_subject(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return whom a relative clause tells of: ``توريس، الذي أعلن أن``."""
    index = mention.first - 1
    if index < 1 or seen.words[index] not in markers().relatives or mention.match.offset:
        return None
    if (
        seen.words[index][:1] in conjugation().proclitics.conjunctions
    ):  # المسحة التي أجراها النادي والتي كشفت
        plain = seen.words[index][1:]
        index = next((i for i in range(index - 1, 0, -1) if seen.words[i] == plain), index)
    return antecedent(seen, index)


def subject_of_sabaqa(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return who stands between سبق and the verb: ``سبق لحزب الاستقلال أن طالب``."""
    low = max(mention.first - REACH, 0)
    if mention.first == 0 or seen.words[mention.first - 1] not in speech().content:
        return None
    for index in range(low, mention.first):
        word = seen.words[index]
        if without_conjunction(word) in speech().before:
            return next(
                (
                    u
                    for u in seen.units
                    if u.kind == "actor" and index < u.head < mention.first and u.marker == "for"
                ),
                None,
            )
    return None


def topic(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return the person or body that the sentence begins with, unless the verb is its first."""
    for unit in seen.units:
        if unit.kind == "actor" and not unit.inside:
            early = unit.head <= _EARLY and unit.last < mention.first and not unit.told
            if is_body(unit):  # but not مهاجم إشبيلية
                early = early and title_of(seen.words[unit.head - 1]) is None
                early = early and all(acts(w) for w in seen.words[1 : unit.head])
            named = unit.entity is None or unit.entity.type in ("PER", "ORG")
            return unit if early and named and unit.marker in UNMARKED else None
    return None
