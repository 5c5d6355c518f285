"""Who is the subject of a verb of speech that stands before it: ``أكد وزير الصحة أن``."""

from __future__ import annotations

from typing import NamedTuple

from arxtract.events.addressees import past_addressee, through_reporter
from arxtract.events.clauses import COMMAS, UNMARKED, SentenceView, Unit
from arxtract.events.communiques import is_issued
from arxtract.events.lexemes import is_definite
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention
from arxtract.events.said import REACH, has_content
from arxtract.events.speakers import (
    QUOTES,
    SPEAKER_REACH,
    WORDS_BETWEEN,
    acts,
    first_unit,
    is_body,
    is_body_noun,
    nominal,
    opens_quotation,
    plain_words,
    title_of,
)
from arxtract.events.speech import speech

_OF_VOICES = ("behalf", "for", "bare")


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
    behind = _named_behind(seen, start)
    if behind is not None:
        return Subject(behind, "subject")
    after = _candidate(seen, start)
    if after is None or after.head - start > SPEAKER_REACH:
        return None
    between = plain_words(seen, start, after.head)
    kind = after.entity.type if after.entity is not None else None
    told = start > after_verb(mention)
    opened = any(w in known.content or w in QUOTES for w in between)
    if opened or (opens_quotation(seen, after) and not is_body(after)):
        return None
    if is_issued(seen, mention, between, after):
        return Subject(after, "communiqué")
    noun = between[0] if between else seen.words[after.head]
    if is_object(mention, seen, start):
        return None
    if kind == "PER" and between and _is_apart(between):
        return None  # قالت المنظمة في بيان وقعه الأمين العام
    if noun in known.voices and after.marker in _OF_VOICES:
        return Subject(after, "subject")
    if after.told or through_reporter(seen, after):
        return None
    if noun in known.same_speaker and after.entity is None:
        return Subject(None, "carried")
    anonymous = kind != "PER" and any(w in known.anonymous for w in between[:2])
    parted = bool(between) and _is_parted(seen, start, after)
    if anonymous or parted or not (told or _is_unmarked(after, mention)):
        return None
    said = mention.match.tense == "phrase" or has_content(seen, after.last, reach=REACH)
    if kind == "LOC" and not said:
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


def _is_apart(between: list[str]) -> bool:
    """Say whether a body is the subject, and a person named further on is in another phrase."""
    noun = between[0]
    title = title_of(noun)
    person = title is not None and title.gender == "m"  # الفريق
    body = is_definite(noun) and is_body_noun(noun) and not person
    parted = any(markers().phrases.get((word,)) for word in between[1:])
    return body and (parted or not any(title_of(word) for word in between[1:]))


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


def _named_behind(seen: SentenceView, start: int) -> Unit | None:
    """Return the person named between commas who is told of by another's name.

    ``وصف سلف هاريس، ليو فارادكار، أفعال``.
    """
    first = first_unit(seen, start)
    if first is None or first.last >= len(seen.words):
        return None
    one_noun = first.head == start + 1 and first.office is None and first.marker == "bare"
    if not one_noun or is_definite(seen.words[start]) or title_of(seen.words[start]):
        return None
    behind = first_unit(seen, first.last + 1)
    if behind is None or behind.head != first.last + 1 or behind.entity is None:
        return None
    ends = (seen.words[first.last], *seen.words[behind.last : behind.last + 1])
    enclosed = len(ends) > 1 and all(word in COMMAS for word in ends)
    return behind if enclosed and behind.entity.type == "PER" else None


def _is_parted(seen: SentenceView, start: int, unit: Unit) -> bool:
    """Say whether a comma behind another noun parts a verb from a name: ``ناشد رواده، وزير …``.

    The name of who was called by what he is stands between two commas, and what he said follows:
    ``قال ولي أحد المحتجين، طاهر عافي، إن``.
    """
    words = plain_words(seen, start, start + 1)
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


def is_object(mention: EventMention, seen: SentenceView, index: int) -> bool:
    """Say whether the noun behind a verb is another's object: ``وأخبر المحكمة``, ``طالب الوزارة``.

    A masculine verb does not have a feminine noun right behind it as its subject.
    """
    if not mention.is_verb or index != mention.last:
        return False
    verb = seen.words[mention.first][mention.match.offset :]
    if mention.match.tense == "imperfect" and verb.startswith(speech().we):
        return True  # نطالب السلطات
    if index not in seen.feminine:
        return False
    word = seen.words[index]
    title = title_of(word)
    if title is not None and title.gender == "m" and title.kind == "office":
        return False
    if mention.match.tense == "perfect":
        return not verb.endswith(speech().she_perfect)
    return verb.startswith(speech().he)


def is_plural(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the verb is plural, so that its subject does not follow: ``يطالبون``."""
    word = seen.words[mention.first]
    dual = mention.match.tense == "imperfect" and word.endswith(speech().dual)
    return mention.is_verb and (dual or word.endswith(speech().plural))


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
