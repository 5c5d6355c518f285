"""Statements: who says something, by verb, by communiqué, by a headline's colon.

A statement differs from other events in that its speaker is nearly always the grammatical
subject, is carried from sentence to sentence (``وأضاف أن``), and that all it says is one record.
The verbs and nouns are the triggers of ``ontology/statement.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.events.addressees import addressed, is_medium, is_told
from arxtract.events.cast import Cast
from arxtract.events.clauses import COMMAS, UNMARKED, SentenceView, Unit
from arxtract.events.communiques import issuer, issuer_of_text, sender
from arxtract.events.lexemes import is_definite, unmelted
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler, entity_type
from arxtract.events.said import (
    REACH,
    content_after,
    content_before,
    has_content,
    has_occasion,
    is_adjunct,
    is_cited,
    is_impersonal,
    is_of_other,
    is_purpose,
)
from arxtract.events.speakers import (
    QUOTES,
    WORDS_BETWEEN,
    acts,
    first_unit,
    is_body_noun,
    is_person_noun,
    nominal,
    quoted,
)
from arxtract.events.speech import bare, speech
from arxtract.events.subjects import (
    after_verb,
    are_many,
    is_again,
    is_object,
    is_plural,
    subject_after,
)
from arxtract.events.subjects_before import (
    heads_headline,
    is_stance,
    relative_subject,
    subject_before,
    subject_of_had,
    subject_of_sabaqa,
    topic,
)
from arxtract.text.normalise import fold

STATEMENT = "STATEMENT"


class Turns:
    """Reads the statements of an article sentence by sentence, keeping who spoke last."""

    def __init__(self) -> None:
        self._cast = Cast()

    def read(self, mentions: Sequence[EventMention], seen: SentenceView) -> list[EventMention]:
        """Return the statements among ``mentions`` of one sentence, with their speakers."""
        found: list[EventMention] = []
        within = quoted(seen)
        for mention in mentions:
            if mention.first in within or (found and _is_adverbial(mention, found[-1], seen)):
                continue
            self._cast.remember(seen, mention.first)
            if mention.type.type == STATEMENT and self._speakers_of(mention, seen):
                self._complete(mention, seen)
                found.append(mention)
        self._cast.remember(seen, len(seen.words))
        return found

    def _speakers_of(self, mention: EventMention, seen: SentenceView) -> bool:
        """Find the speakers of one trigger; False where it has none."""
        known = speech()
        if mention.first > 0 and bare(seen.words[mention.first - 1]) in known.unsaid:
            return False
        if is_purpose(mention, seen) or is_of_other(mention, seen):
            return False
        tense = mention.match.tense
        if fold(mention.trigger.name) in known.issued_by:
            return self._according(mention, seen, goes_on=True)
        if fold(mention.trigger.name) in known.according:
            return self._according(mention, seen, goes_on=mention.first == 0)
        if mention.trigger.name in known.relayed:
            return self._relayed(mention, seen)
        if tense == "adjective":
            return is_adjunct(mention, seen) and self._same(mention, "participle")
        if tense in ("noun", "definite"):
            return self._issued(mention, seen)
        return self._verb(mention, seen)

    def _verb(self, mention: EventMention, seen: SentenceView) -> bool:
        """Find who is the subject of a finite verb: by name, by a noun, or carried on."""
        known = speech()
        if mention.weak and not (
            has_content(seen, mention.last)
            or is_cited(seen, mention.first)
            or has_occasion(seen, mention.last)
            or _is_revealed_by_name(mention, seen)
        ):
            return False
        before = subject_before(seen, mention)
        if before is not None and is_plural(mention, seen) and not are_many(before, seen):
            before = None  # أنصار الرجاء يطالبون
        had = subject_of_had(seen, mention)
        if isinstance(had, Unit):
            return self._spoken_by(mention, had, seen, "subject before")
        if had is not None and self._noun(mention, seen, had):
            return True
        if before is not None and is_stance(seen, before, mention):
            return False
        if before is not None and heads_headline(before, mention, seen):
            return self._spoken_by(mention, before, seen, "subject before")
        if self._cast.speakers and is_again(seen, after_verb(mention)):
            return self._same(mention, "stands for")
        after = subject_after(mention, seen)
        if after is not None and after.unit is None:
            return self._same(mention, after.rule)
        if (
            after is not None
            and after.unit is not None
            and self._spoken_by(mention, after.unit, seen, after.rule)
        ):
            return True
        before = before or relative_subject(seen, mention) or subject_of_sabaqa(seen, mention)
        if before is not None:
            return self._spoken_by(mention, before, seen, "subject before")
        if is_impersonal(mention, seen):
            return False
        start = after_verb(mention)
        following = seen.words[start] if start < len(seen.words) else ""
        if following in known.anonymous:
            self._cast.speakers = []
            return False
        if is_object(mention, seen, start):
            return bool(mention.match.offset) and self._same(mention, "carried")
        if is_plural(mention, seen):
            return len(self._cast.speakers) > 1 and self._same(mention, "carried")
        complement = seen.words[start + 1] if start + 1 < len(seen.words) else ""
        body = self._cast.body(complement) if is_body_noun(following) else None
        if body is not None and is_body_noun(complement):  # إدارة النادي
            return self._spoken_by(mention, body, seen, "stands for")
        if self._noun(mention, seen, start) or self._voice(mention, seen, start):
            return True
        if following in known.same_speaker or is_person_noun(following) or following in known.these:
            return False
        led = mention.first > 0 and seen.words[mention.first - 1] in markers().strong
        led = led and not is_definite(following)
        spoken_of = topic(seen, mention)
        if not (mention.match.offset or led):
            aside = mention.first > 0 and seen.words[mention.first - 1] in COMMAS
            opens = spoken_of is not None and spoken_of.head == 0
            spoken_of = spoken_of if aside and opens else None  # سعيد، أحد الوجوه في البلد، يقول
        if spoken_of is not None:  # joined by و: the subject of the sentence goes on
            return self._spoken_by(mention, spoken_of, seen, "topic")
        if following in known.content or following in QUOTES:
            return self._same(mention, "carried")
        if following in known.governed and not mention.weak:  # أعرب عن
            return self._same(mention, "carried")
        return has_content(seen, mention.last, reach=3) and self._same(mention, "carried")

    def _noun(self, mention: EventMention, seen: SentenceView, index: int) -> bool:
        """Let the noun at ``index`` say who speaks, by itself or for somebody named before."""
        noun = seen.words[index] if index < len(seen.words) else ""
        unnamed = None if self._cast.is_of_body(noun) else nominal(seen, index)
        behind = index > mention.first
        if unnamed is not None and (behind or unnamed.last <= mention.first):
            return self._spoken_by(mention, unnamed, seen, "subject")
        if noun in speech().same_speaker or is_person_noun(noun) or self._cast.is_of_body(noun):
            self._cast.speakers = self._cast.stands_for(noun)
            return self._same(mention, "stands for")
        return False

    def _voice(self, mention: EventMention, seen: SentenceView, index: int) -> bool:
        """Read ``متحدثة باسم الشرطة``: a body of common nouns speaks through somebody."""
        known, words = speech(), seen.words
        if index + 2 >= len(words) or words[index] not in known.voices:
            return False
        behalf = markers().phrases.get((words[index + 1],)) == "behalf"
        body = words[index + 2] if behalf else ""
        if not is_definite(body) or not is_body_noun(body):
            return False
        place = index + 2
        known_body = self._cast.body(body)
        if known_body is not None:
            return self._spoken_by(mention, known_body, seen, "stands for")
        token = seen.tokens[place]
        unit = nominal(seen, place) or Unit(
            "actor", token.start, token.end, place, place + 1, marker="bare", head=place,
            group=-(seen.index + 1) * 10_000 - place,
        )  # fmt: skip
        return self._spoken_by(mention, unit, seen, "subject")

    def _according(self, mention: EventMention, seen: SentenceView, *, goes_on: bool) -> bool:
        """Read ``حسب وزارة الصحة``, ``وفق موقع هسبريس``: who is named right behind."""
        text = issuer_of_text(seen, mention.last)
        after = text or first_unit(seen, mention.last)
        if after is None:
            return False
        kind = entity_type(after)
        if kind not in ("PER", "ORG") or (after.entity is None and text is None):
            return False
        between = [w for w in seen.words[mention.last : after.head] if w != '"']
        if between and between[0] in speech().worded:
            del between[0]  # بحسب وصف الكاتبة
        if text is None and any(word in speech().anonymous for word in between):
            return False
        apposed = kind == "PER" and bool(between) and between[-1] in COMMAS
        if text is None and between and not (acts(between[0]) or apposed):
            return False
        if is_medium(seen, after) and not goes_on:
            return False  # whoever reports at the end of a sentence is its source
        near = text is not None or len(between) <= (WORDS_BETWEEN["PER"] if kind == "PER" else 1)
        turn = self._cast.speakers
        found = near and self._spoken_by(mention, after, seen, "according")
        if not goes_on:
            self._cast.speakers = turn  # whom the end of a sentence cites does not go on speaking
        return found

    def _relayed(self, mention: EventMention, seen: SentenceView) -> bool:
        """Read ``نقلت الوكالة عن الوزير قوله``: who spoke follows عن; the medium is none."""
        for unit in seen.units:
            if unit.kind == "actor" and not unit.inside and unit.head > mention.last:
                if unit.head - mention.last > REACH:
                    return False
                if seen.words[unit.head - 1] in speech().relayed_from and has_content(
                    seen, unit.last, reach=REACH
                ):
                    return self._spoken_by(mention, unit, seen, "relayed")
        return False

    def _issued(self, mention: EventMention, seen: SentenceView) -> bool:
        """Read ``بلاغ لوزارة الصحة``: the speaker follows the noun."""
        following = seen.words[mention.last] if mention.last < len(seen.words) else ""
        after = first_unit(seen, mention.last)
        following = unmelted(following)  # بلاغ للوزارة
        if self._cast.is_of_body(following) and (after is None or after.head > mention.last):
            body = self._cast.body(following)  # بيان الوزارة
            return body is not None and self._spoken_by(mention, body, seen, "stands for")
        body = issuer(mention, seen) or issuer_of_text(seen, mention.first) or sender(mention, seen)
        return body is not None and self._spoken_by(mention, body, seen, "communiqué")

    def _spoken_by(self, mention: EventMention, unit: Unit, seen: SentenceView, rule: str) -> bool:
        named = self._cast.named(unit, seen)
        if named.entity is None and mention.trigger.name in speech().continuing:
            named = self._cast.last_person() or named  # وأضاف رئيس الجمعية
        group = [
            u for u in seen.units if u.kind == "actor" and not u.inside and u.group == unit.group
        ]
        self._cast.speakers = (named is unit and group) or [named]
        return self._same(mention, rule)

    def _same(self, mention: EventMention, rule: str) -> bool:
        for unit in self._cast.speakers:
            if unit.entity is not None and unit.entity.type == "MISC":
                continue
            mention.fillers.append(Filler("participant", unit, "speaker", rule, 0))
        return bool(mention.fillers)

    def _complete(self, mention: EventMention, seen: SentenceView) -> None:
        """Add date and addressee, which stand before what is said, on either side of the verb."""
        if mention.match.tense == "adjective":
            return
        start = content_before(seen, mention.first)
        stop = content_after(seen, mention.last)
        for unit in seen.units:
            if not start <= unit.first < stop:
                continue
            if unit.kind == "date" and unit.date is not None and unit.date.type == "DATE":
                if not mention.of_slot("date"):
                    mention.fillers.append(Filler("date", unit, "", "before content", 0))
            elif is_told(unit, seen):
                mention.fillers.append(Filler("participant", unit, "addressee", "told", 0))
        called = addressed(mention, seen, stop)
        if called is not None and mention.is_verb:
            mention.fillers.append(Filler("participant", called, "addressee", "called", 0))


def _is_revealed_by_name(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether a named person reveals something: ``كشف سعيد الخير مساعي ناديه``."""
    if mention.trigger.name not in speech().revealing:
        return False
    unit = first_unit(seen, mention.last)
    person = unit is not None and unit.entity is not None and unit.entity.type == "PER"
    return unit is not None and person and unit.head == mention.last and unit.marker in UNMARKED


def _is_adverbial(mention: EventMention, verb: EventMention, seen: SentenceView) -> bool:
    """Say whether a noun only tells how a verb said it: ``دعت الوزيرة في تغريدة الحكومة إلى``."""
    if mention.match.tense != "noun" or not verb.is_verb or mention.first - verb.first > REACH:
        return False
    unit = first_unit(seen, mention.last)
    within = markers().phrases.get((seen.words[mention.first - 1],)) == "in"
    return within and unit is not None and unit.head == mention.last and unit.marker == "bare"
