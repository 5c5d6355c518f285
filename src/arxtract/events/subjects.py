"""Who is the subject of a verb of speech: behind it, before it, or the topic of the sentence."""

from __future__ import annotations

from typing import NamedTuple

from arxtract.events.addressees import past_addressee, through_reporter
from arxtract.events.clauses import UNMARKED, SentenceView, Unit
from arxtract.events.communiques import is_issued
from arxtract.events.lexemes import is_definite
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention
from arxtract.events.said import REACH, has_content
from arxtract.events.speakers import (
    COMMAS,
    QUOTES,
    SPEAKER_REACH,
    WORDS_BETWEEN,
    acts,
    antecedent,
    first_unit,
    is_body,
    is_body_noun,
    nominal,
    opens_quotation,
    title_of,
)
from arxtract.events.speech import speech

_OF_VOICES = ("behalf", "for", "bare")
_EARLY = 4


class Subject(NamedTuple):
    """Who speaks by a verb, and the rule that says so; no unit: who spoke before."""

    unit: Unit | None
    rule: str


def subject_after(mention: EventMention, seen: SentenceView) -> Subject | None:
    """Return the actor behind a verb if it is its subject."""
    known = speech()
    if is_plural(mention, seen):
        return None
    start = past_addressee(seen, after_verb(mention))
    after = _candidate(seen, start)
    if after is None or after.head - start > SPEAKER_REACH:
        return None
    between = _plain_words(seen, start, after.head)
    told = start > after_verb(mention)
    if told and between[:1] == ['"']:
        del between[0]  # the end of the addressee's name
    opened = any(w in known.content or w in QUOTES for w in between)
    if opened or (opens_quotation(seen, after) and not is_body(after)):
        return None
    if is_issued(seen, mention, between, after):
        return Subject(after, "communiqué")
    noun = between[0] if between else seen.words[after.head]
    if noun in known.voices and after.marker in _OF_VOICES:
        return Subject(after, "subject")
    if after.told or through_reporter(seen, after):
        return None
    if noun in known.same_speaker and after.entity is None:
        return Subject(None, "carried")
    kind = after.entity.type if after.entity is not None else None
    anonymous = kind != "PER" and any(w in known.anonymous for w in between[:2])
    parted = bool(between) and _is_parted(seen, start, after)
    if anonymous or parted or not (told or _is_unmarked(after, mention)):
        return None
    if kind == "LOC" and not has_content(seen, after.last, reach=REACH):
        return None
    unknown = [w for w in between if title_of(w) is None]
    near = len(unknown) <= WORDS_BETWEEN.get(kind or "", 2)
    while between and between[0] in known.resumed:  # كشف عنه الناطق
        del between[0]
    strange = bool(between) and not acts(between[0]) and len(between[0]) > 1
    if strange and kind in ("ORG", "LOC"):
        return None  # ثمن دور رجال حرس الحدود
    if strange and not is_definite(between[0]) and not has_content(seen, after.last, reach=3):
        return None  # استبعدت تولي سامباولي
    if kind == "LOC" and between and is_definite(between[-1]):
        return None  # طالب الوزراء إسرائيل
    if kind == "ORG" and between and title_of(between[0]) and not title_of(seen.words[after.head]):
        unnamed = nominal(seen, start)
        if unnamed is not None:  # مهاجم إشبيلية
            return Subject(unnamed, "subject")
    return Subject(after, "subject") if near else None


def _candidate(seen: SentenceView, start: int) -> Unit | None:
    """Return the first actor behind a verb, or the person whose body is named before him.

    ``كشف الصحفي المقرب من نادي تشلسي مات لو``.
    """
    first = first_unit(seen, start)
    if first is None or first.entity is None or first.entity.type == "PER":
        return first
    if first.head == start or title_of(seen.words[start]) is None or first.marker in UNMARKED:
        return first
    behind = first_unit(seen, first.last)
    person = behind is not None and behind.entity is not None and behind.entity.type == "PER"
    return behind if behind is not None and person and behind.head == first.last else first


def _is_parted(seen: SentenceView, start: int, unit: Unit) -> bool:
    """Say whether a comma behind another noun parts a verb from a name: ``ناشد رواده، وزير …``.

    The name of who was called by what he is stands between two commas, and what he said follows:
    ``قال ولي أحد المحتجين، طاهر عافي، إن``.
    """
    words = _plain_words(seen, start, start + 1)
    if not words or not any(w in COMMAS for w in seen.words[start + 1 : unit.head]):
        return False
    apposed = seen.words[unit.head - 1] in COMMAS and unit.office is None
    return not (apposed and has_content(seen, unit.last, reach=2))


def _is_unmarked(unit: Unit, mention: EventMention) -> bool:
    """Say whether no word marks the unit, unless it is the verb itself (``أوردته الوكالة``)."""
    if unit.marker in UNMARKED:
        return True
    marked = unit.marker_range
    return marked is not None and mention.start <= marked[0] and marked[1] <= mention.end


def _plain_words(seen: SentenceView, start: int, end: int) -> list[str]:
    """Return the words between two tokens that belong to no date and are no commas."""
    dated = {i for u in seen.units if u.kind == "date" for i in range(u.first, u.last)}
    words = [(i, seen.words[i]) for i in range(start, end)]
    return [word for i, word in words if i not in dated and word not in ("،", ",")]


def subject_before(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return the actor right before the verb: headlines, and clauses with إن."""
    best: Unit | None = None
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside or unit.last > mention.first:
            continue
        gap = mention.first - unit.last
        tokens, breaks = seen.distance(unit.last, mention.first)
        colon = any(w in (":", "-") for w in seen.words[unit.last : mention.first])
        if unit.marker in UNMARKED and gap <= 3 and breaks == 0 and tokens <= 3 and not colon:
            best = unit
    word = seen.words[mention.first]
    if word[:1] in speech().conjunctions and mention.match.offset:
        return None
    return None if best is not None and _disagrees(best, mention, word) else best


def _disagrees(unit: Unit, mention: EventMention, word: str) -> bool:
    """Say whether a verb is feminine and a man stands before it: ``توجيهات الأمير تؤكد``."""
    man = unit.office is not None and (unit.office.gender, unit.office.number) == ("m", "singular")
    person = unit.entity is None or unit.entity.type == "PER"
    return man and person and mention.match.tense == "imperfect" and word.startswith(speech().she)


def heads_headline(unit: Unit, mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the actor stands right before the verb, as in ``بوريطة يعبر عن تفاؤله``."""
    opens = unit.head == 0 or seen.is_title
    return unit.last == mention.first and (opens or mention.match.tense in ("imperfect", "phrase"))


def relative_subject(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return whom a relative clause tells of: ``توريس، الذي أعلن أن``."""
    index = mention.first - 1
    if index < 1 or seen.words[index] not in markers().relatives or mention.match.offset:
        return None
    return antecedent(seen, index)


def subject_of_sabaqa(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return who stands between سبق and the verb: ``سبق لحزب الاستقلال أن طالب``."""
    low = max(mention.first - REACH, 0)
    if mention.first == 0 or seen.words[mention.first - 1] not in speech().content:
        return None
    for index in range(low, mention.first):
        word = seen.words[index]
        if word in speech().before or word[1:] in speech().before:
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


def is_plural(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the verb is plural, so that its subject does not follow: ``يطالبون``."""
    return mention.is_verb and seen.words[mention.first].endswith(speech().plural)


def are_many(unit: Unit, seen: SentenceView) -> bool:
    group = [u for u in seen.units if u.group == unit.group and u.kind == "actor" and not u.inside]
    return len(group) > 1 or unit.entity is None


def after_verb(mention: EventMention) -> int:
    """Return where the subject of a verb is looked for; ``عبر … عن`` has it within."""
    return mention.first + 1 if mention.match.tense == "phrase" else mention.last


def is_again(seen: SentenceView, index: int) -> bool:
    """Say whether the noun at ``index`` is called the same as before: ``الفاعل عينه``."""
    noun, behind = [*seen.words[index : index + 2], "", ""][:2]
    person = is_definite(noun) and not is_body_noun(noun)
    return person and behind in speech().again
