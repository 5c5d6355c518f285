"""Statements: who says something, by verb, by communiqué, by a headline's colon.

A statement differs from other events in that its speaker is nearly always the grammatical
subject, is carried from sentence to sentence (``وأضاف أن``), and that all it says is one record.
The verbs and nouns are the triggers of ``ontology/statement.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.events.clauses import UNMARKED, SentenceView, Unit
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler
from arxtract.events.speakers import (
    ARTICLE,
    COMMAS,
    QUOTES,
    acts,
    antecedent,
    is_body_noun,
    is_person_noun,
    nominal,
    opens_quotation,
    quoted,
    title_of,
)
from arxtract.events.speech import speech
from arxtract.text.normalise import fold

STATEMENT = "STATEMENT"
_SPEAKER_REACH = 9


def speaker_key(unit: Unit) -> str:
    """Return what tells one speaker from another: the chain, or the office's words."""
    if unit.entity is not None:
        return unit.entity.chain
    return f"office {unit.start}" if unit.office is None else f"office {unit.office.head}"


class Turns:
    """Reads the statements of an article sentence by sentence, keeping who spoke last."""

    def __init__(self) -> None:
        self._speakers: list[Unit] = []
        self._bodies: list[tuple[frozenset[str], Unit]] = []
        self._people: list[tuple[frozenset[str], Unit]] = []
        self._told_of = 0

    def read(self, mentions: Sequence[EventMention], seen: SentenceView) -> list[EventMention]:
        """Return the statements among ``mentions`` of one sentence, with their speakers."""
        found = []
        within = quoted(seen)
        for mention in mentions:
            if mention.first in within:
                continue
            self._remember(seen, mention.first)
            if mention.type.type == STATEMENT and self._speakers_of(mention, seen):
                self._complete(mention, seen)
                found.append(mention)
        self._remember(seen, len(seen.words))
        return found

    def _remember(self, seen: SentenceView, end: int) -> None:
        """Keep the actors before token ``end`` for the nouns that stand for them later."""
        for unit in seen.units:
            if unit.kind != "actor" or unit.inside or unit.entity is None:
                continue
            if unit.last > end or unit.start < self._told_of:
                continue
            self._told_of = unit.end
            if unit.entity.type == "ORG":
                words = seen.words[min(unit.head, unit.first) : unit.last]
                if not unit.told:
                    self._bodies.append((frozenset(words), unit))
            elif unit.entity.type == "PER":
                self._people.append((_phrase_words(unit, seen), unit))

    def _stands_for(self, word: str) -> list[Unit]:
        """Return whom a noun like ``الشركة`` or ``اللاعب`` stands for, or nobody.

        A body whose name holds the noun, the last named; a person, the last speaker or the last
        named, where the noun is no body's.
        """
        named = self._body(word)
        if named is not None:
            return [named]
        people = [u for u in self._speakers if u.entity is None or u.entity.type == "PER"]
        if people or word in speech().issued_again:
            return self._speakers
        return [u for _, u in self._people[-1:]] if word in speech().persons else self._speakers

    def _named(self, unnamed: Unit, seen: SentenceView) -> Unit:
        """Return the person that a speaker without a name is.

        One whose name stands behind in apposition, one introduced by the same nouns, or the last
        speaker, told of by what he plays (``نجم المنتخب``) or by other words of his office.
        """
        if unnamed.entity is not None:
            return unnamed
        apposed = _apposed(unnamed, seen)
        if apposed is not None:
            return apposed
        words = {w.removeprefix(ARTICLE) for w in seen.words[unnamed.first : unnamed.last]}
        for introduced, unit in reversed(self._people):
            if len(words) > 1 and words <= introduced:
                return unit
        last = self._speakers[0] if len(self._speakers) == 1 else None
        if last is None or last.entity is None or last.entity.type != "PER":
            return unnamed
        if seen.words[unnamed.first] in speech().epithets:
            return last
        told = (w for w, u in self._people if speaker_key(u) == speaker_key(last))
        known: frozenset[str] = frozenset().union(*told)
        return last if _fits_office(unnamed, known, seen) else unnamed

    def _is_of_body(self, word: str) -> bool:
        """Say whether a definite noun stands for a body named before."""
        if not word.startswith(ARTICLE) or not is_body_noun(word):
            return False
        spoke = any(_is_body(unit) for unit in self._speakers)
        return spoke or self._body(word) is not None

    def _body(self, word: str) -> Unit | None:
        """Return the last body named whose name holds the noun."""
        noun = word.removeprefix(ARTICLE)
        for words, unit in reversed(self._bodies):
            if noun in words or word in words:
                return unit
        return None

    def _speakers_of(self, mention: EventMention, seen: SentenceView) -> bool:
        """Find the speakers of one trigger; False where it has none."""
        known = speech()
        if mention.first > 0 and _bare(seen.words[mention.first - 1]) in known.unsaid:
            return False
        if _is_purpose(mention, seen) or _is_of_other(mention, seen):
            return False
        tense = mention.match.tense
        if mention.trigger.name in known.according:
            return self._according(mention, seen)
        if mention.trigger.name in known.relayed:
            return self._relayed(mention, seen)
        if tense == "adjective":
            return _is_adjunct(mention, seen) and self._same(mention, "participle")
        if tense in ("noun", "definite"):
            return self._issued(mention, seen, mention.first)
        return self._verb(mention, seen)

    def _verb(self, mention: EventMention, seen: SentenceView) -> bool:
        """Find who is the subject of a finite verb: by name, by a noun, or carried on."""
        known = speech()
        if mention.trigger.weak and not (
            _has_content(seen, mention.last) or _is_cited(seen, mention.first)
        ):
            return False
        before = _subject_before(seen, mention)
        if before is not None and _is_plural(mention, seen) and not _are_many(before, seen):
            before = None  # أنصار الرجاء يطالبون
        if before is not None and _heads_headline(before, mention, seen):
            return self._spoken_by(mention, before, seen, "subject before")
        if self._speakers and _is_again(seen, _after_verb(mention)):
            return self._same(mention, "stands for")
        if self._subject_after(mention, seen):
            return bool(mention.fillers)
        before = before or _relative_subject(seen, mention) or _subject_of_sabaqa(seen, mention)
        if before is not None:
            return self._spoken_by(mention, before, seen, "subject before")
        if _is_impersonal(mention, seen):
            return False
        start = _after_verb(mention)
        following = seen.words[start] if start < len(seen.words) else ""
        if following in known.anonymous:
            self._speakers = []
            return False
        if _is_plural(mention, seen):
            return len(self._speakers) > 1 and self._same(mention, "carried")
        complement = seen.words[start + 1] if start + 1 < len(seen.words) else ""
        body = self._body(complement) if is_body_noun(following) else None
        if body is not None and is_body_noun(complement):  # إدارة النادي
            return self._spoken_by(mention, body, seen, "stands for")
        unnamed = None if self._is_of_body(following) else nominal(seen, start)
        if unnamed is not None:
            return self._spoken_by(mention, unnamed, seen, "subject")
        if following in known.same_speaker or is_person_noun(following):
            self._speakers = self._stands_for(following)
            return self._same(mention, "stands for")
        led = mention.first > 0 and seen.words[mention.first - 1] in markers().strong
        led = led and not following.startswith(ARTICLE)
        topic = _topic(seen, mention) if mention.match.offset or led else None
        if topic is not None:  # joined by و: the subject of the sentence goes on
            return self._spoken_by(mention, topic, seen, "topic")
        if following in known.content or following in QUOTES:
            return self._same(mention, "carried")
        if following in known.governed and not mention.trigger.weak:  # أعرب عن
            return self._same(mention, "carried")
        return _has_content(seen, mention.last, reach=3) and self._same(mention, "carried")

    def _subject_after(self, mention: EventMention, seen: SentenceView) -> bool:
        """Take the actor behind the verb as its speaker; False if it is none."""
        known = speech()
        if _is_plural(mention, seen):
            return False
        start = _past_addressee(seen, _after_verb(mention))
        after = _candidate(seen, start)
        if after is None or after.head - start > _SPEAKER_REACH:
            return False
        between = _plain_words(seen, start, after.head)
        told = start > _after_verb(mention)
        if told and between[:1] == ['"']:
            del between[0]  # the end of the addressee's name
        opened = any(w in known.content or w in QUOTES for w in between)
        if opened or (opens_quotation(seen, after) and not _is_body(after)):
            return False
        if _is_issued(seen, mention, between, after):
            return self._spoken_by(mention, after, seen, "communiqué")
        noun = between[0] if between else seen.words[after.head]
        if noun in known.voices and after.marker in _OF_VOICES:
            return self._spoken_by(mention, after, seen, "subject")
        if after.told or _through_reporter(seen, after):
            return False
        if noun in known.same_speaker and after.entity is None:
            self._same(mention, "carried")
            return True
        kind = after.entity.type if after.entity is not None else None
        anonymous = kind != "PER" and any(w in known.anonymous for w in between[:2])
        parted = bool(between) and _is_parted(seen, start, after)
        if anonymous or parted or not (told or _is_unmarked(after, mention)):
            return False
        if kind == "LOC" and not _has_content(seen, after.last, reach=_UNTIL):
            return False
        unknown = [w for w in between if title_of(w) is None]
        near = len(unknown) <= _WORDS_BETWEEN.get(kind or "", 2)
        while between and between[0] in known.resumed:  # كشف عنه الناطق
            del between[0]
        strange = bool(between) and not acts(between[0]) and len(between[0]) > 1
        if strange and kind in ("ORG", "LOC"):
            return False  # ثمن دور رجال حرس الحدود
        if strange and not between[0].startswith(ARTICLE) and not _says(seen, after.last):
            return False  # استبعدت تولي سامباولي
        if kind == "LOC" and between and between[-1].startswith(ARTICLE):
            return False  # طالب الوزراء إسرائيل
        if (
            kind == "ORG"
            and between
            and title_of(between[0])
            and not title_of(seen.words[after.head])
        ):
            unnamed = nominal(seen, start)
            if unnamed is not None:  # مهاجم إشبيلية
                return self._spoken_by(mention, unnamed, seen, "subject")
        return near and self._spoken_by(mention, after, seen, "subject")

    def _according(self, mention: EventMention, seen: SentenceView) -> bool:
        """Read ``حسب وزارة الصحة``, ``وفق موقع هسبريس``: who is named right behind."""
        after = _first_unit(seen, mention.last)
        if after is None or after.entity is None or after.entity.type not in ("PER", "ORG"):
            return False
        between = [w for w in seen.words[mention.last : after.head] if w != '"']
        if any(word in speech().anonymous for word in between):
            return False
        if between and not acts(between[0]):
            return False
        near = len(between) <= (_WORDS_BETWEEN["PER"] if after.entity.type == "PER" else 1)
        turn = self._speakers
        found = near and self._spoken_by(mention, after, seen, "according")
        if mention.first > 0:
            self._speakers = turn  # whom the end of a sentence cites does not go on speaking
        return found

    def _relayed(self, mention: EventMention, seen: SentenceView) -> bool:
        """Read ``نقلت الوكالة عن الوزير قوله``: who spoke follows عن; the medium is none."""
        for unit in seen.units:
            if unit.kind == "actor" and not unit.inside and unit.head > mention.last:
                if unit.head - mention.last > _UNTIL:
                    return False
                if seen.words[unit.head - 1] in speech().relayed_from and _has_content(
                    seen, unit.last, reach=_UNTIL
                ):
                    return self._spoken_by(mention, unit, seen, "relayed")
        return False

    def _issued(self, mention: EventMention, seen: SentenceView, index: int) -> bool:
        """Read ``بلاغ لوزارة الصحة``: the speaker follows the noun."""
        following = seen.words[mention.last] if mention.last < len(seen.words) else ""
        after = _first_unit(seen, mention.last)
        if self._is_of_body(following) and (after is None or after.head > mention.last):
            body = self._body(following)  # بيان الوزارة
            return body is not None and self._spoken_by(mention, body, seen, "stands for")
        if after is None or after.head - mention.last > 3:
            return False
        adjacent = after.head - mention.last <= 1
        named = after.marker == "for" or (after.marker == "bare" and _is_body(after))
        if _through_reporter(seen, after):
            return False
        if after.marker == "by" or (named and adjacent):
            kind = "communiqué"
            told = after.marker == "for" and _bare(seen.words[index]) in speech().told
            return not told and self._spoken_by(mention, after, seen, kind)
        return False

    def _spoken_by(self, mention: EventMention, unit: Unit, seen: SentenceView, rule: str) -> bool:
        named = self._named(unit, seen)
        group = [
            u for u in seen.units if u.kind == "actor" and not u.inside and u.group == unit.group
        ]
        self._speakers = (named is unit and group) or [named]
        return self._same(mention, rule)

    def _same(self, mention: EventMention, rule: str) -> bool:
        for unit in self._speakers:
            if unit.entity is not None and unit.entity.type == "MISC":
                continue
            mention.fillers.append(Filler("participant", unit, "speaker", rule, 0))
        return bool(mention.fillers)

    def _complete(self, mention: EventMention, seen: SentenceView) -> None:
        """Add date and addressee, which stand before what is said, on either side of the verb."""
        if mention.match.tense == "adjective":
            return
        start = _content_before(seen, mention.first)
        stop = _content_after(seen, mention.last)
        for unit in seen.units:
            if not start <= unit.first < stop:
                continue
            if unit.kind == "date" and unit.date is not None and unit.date.type == "DATE":
                if not mention.of_slot("date"):
                    mention.fillers.append(Filler("date", unit, "", "before content", 0))
            elif _told(unit, seen):
                mention.fillers.append(Filler("participant", unit, "addressee", "told", 0))


_AROUND = 8
_UNTIL = 12


def _content_after(seen: SentenceView, index: int) -> int:
    """Return where what is said begins, at or behind token ``index``."""
    for place in range(index, min(index + 3 * _UNTIL, len(seen.words))):
        if seen.words[place] in speech().content or seen.words[place] in QUOTES:
            return place
    return index + _UNTIL


def _content_before(seen: SentenceView, index: int) -> int:
    """Return the first token before ``index`` that is not part of what somebody said."""
    for place in range(index - 1, max(index - _AROUND, 0) - 1, -1):
        if seen.words[place] in speech().content:
            return place + 1
    return max(index - _AROUND, 0)


def _told(unit: Unit, seen: SentenceView) -> bool:
    """Say whether ل or مع and a word of speech before it make a named unit the one spoken to."""
    if unit.kind != "actor" or unit.head == 0 or unit.entity is None:
        return False
    if _through_reporter(seen, unit):
        return _bare(seen.words[unit.head - 2]) in speech().told
    if unit.marker not in ("for", "with"):
        return False
    before = seen.words[max(unit.head - 2, 0) : unit.head]
    return any(_bare(word) in speech().told for word in before)


def _through_reporter(seen: SentenceView, unit: Unit) -> bool:
    """Say whether the unit is a medium spoken to through its reporter: ``لمراسل الجوهرة``."""
    word = seen.words[unit.head - 1] if unit.head > 1 else ""
    return unit.marker == "bare" and word.startswith(_TO) and title_of(word[1:]) is not None


_TO = "ل"


def _bare(word: str) -> str:
    """Take one-letter proclitics off a word: ``ببلاغ``, ``وتصريح``."""
    known = speech()
    for rest in (word, word[1:], word[2:]):
        if rest in known.issued or rest in known.told or rest in known.unsaid:
            return rest
    return word


_OF_ISSUED = ("for", "of", "by", "from", "bare")
_WORDS_BETWEEN = {"PER": 4, "ORG": 2, "LOC": 1}
"""Words that may part a verb from its subject: titles that nobody lists before a person."""


def _plain_words(seen: SentenceView, start: int, end: int) -> list[str]:
    """Return the words between two tokens that belong to no date and are no commas."""
    dated = {i for u in seen.units if u.kind == "date" for i in range(u.first, u.last)}
    words = [(i, seen.words[i]) for i in range(start, end)]
    return [word for i, word in words if i not in dated and word not in ("،", ",")]


def _is_parted(seen: SentenceView, start: int, unit: Unit) -> bool:
    """Say whether a comma behind another noun parts a verb from a name: ``ناشد رواده، وزير …``.

    The name of who was called by what he is stands between two commas, and what he said follows:
    ``قال ولي أحد المحتجين، طاهر عافي، إن``.
    """
    words = _plain_words(seen, start, start + 1)
    if not words or not any(w in COMMAS for w in seen.words[start + 1 : unit.head]):
        return False
    apposed = seen.words[unit.head - 1] in COMMAS and unit.office is None
    return not (apposed and _has_content(seen, unit.last, reach=2))


def _is_unmarked(unit: Unit, mention: EventMention) -> bool:
    """Say whether no word marks the unit, unless it is the verb itself (``أوردته الوكالة``)."""
    if unit.marker in UNMARKED:
        return True
    marked = unit.marker_range
    return marked is not None and mention.start <= marked[0] and marked[1] <= mention.end


def _says(seen: SentenceView, index: int) -> bool:
    return _has_content(seen, index, reach=3)


def _candidate(seen: SentenceView, start: int) -> Unit | None:
    """Return the first actor behind a verb, or the person whose body is named before him.

    ``كشف الصحفي المقرب من نادي تشلسي مات لو``.
    """
    first = _first_unit(seen, start)
    if first is None or first.entity is None or first.entity.type == "PER":
        return first
    if first.head == start or title_of(seen.words[start]) is None or first.marker in UNMARKED:
        return first
    behind = _first_unit(seen, first.last)
    person = behind is not None and behind.entity is not None and behind.entity.type == "PER"
    return behind if behind is not None and person and behind.head == first.last else first


def _is_plural(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the verb is plural, so that its subject does not follow: ``يطالبون``."""
    return mention.is_verb and seen.words[mention.first].endswith(_PLURAL)


_PLURAL = ("ون", "وا")


def _are_many(unit: Unit, seen: SentenceView) -> bool:
    group = [u for u in seen.units if u.group == unit.group and u.kind == "actor" and not u.inside]
    return len(group) > 1 or unit.entity is None


def _phrase_words(unit: Unit, seen: SentenceView) -> frozenset[str]:
    """Return the words of a person's name and office, without the article."""
    office = unit.office
    found = set(seen.words[unit.head : unit.last])
    if office is not None:
        inside = (t for t in enumerate(seen.tokens) if office.start <= t[1].start < office.end)
        found.update(seen.words[i] for i, _ in inside)
    for place in range(unit.last, min(unit.last + _UNTIL, len(seen.words))):
        word = seen.words[place]
        if word in COMMAS or word in QUOTES or word in speech().content or word == ".":
            break
        found.add(word)
    return frozenset(word.removeprefix(ARTICLE) for word in found) | _plain(list(found))


def _after_verb(mention: EventMention) -> int:
    """Return where the subject of a verb is looked for; ``عبر … عن`` has it within."""
    return mention.first + 1 if mention.match.tense == "phrase" else mention.last


def _is_issued(seen: SentenceView, mention: EventMention, between: list[str], unit: Unit) -> bool:
    """Say whether the subject is what a body issued: ``أفاد بلاغ لوزارة الصحة``."""
    if unit.marker not in _OF_ISSUED or _through_reporter(seen, unit):
        return False
    issued = speech().issued
    if any(_bare(w) in issued for w in seen.words[mention.first + 1 : mention.last]):
        return True
    place = next((i for i, w in enumerate(between[:2]) if _bare(w) in issued), None)
    if place is None or (unit.told and _bare(between[place]) in speech().told):
        return False
    made = seen.words[unit.head - 1] in speech().made  # الدراسة التي أنجزتها الجامعة
    if unit.marker == "from" and len(between) - place > _ISSUED_REACH:
        return False  # دراسة أشرف عليها باحثون من أميركا
    return made or unit.marker not in UNMARKED or len(between) - place <= _ISSUED_REACH


_ISSUED_REACH = 2
_OF_VOICES = ("behalf", "for", "bare")


def _relative_subject(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return whom a relative clause tells of: ``توريس، الذي أعلن أن``."""
    index = mention.first - 1
    if index < 1 or seen.words[index] not in markers().relatives or mention.match.offset:
        return None
    return antecedent(seen, index)


def _subject_of_sabaqa(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return who stands between سبق and the verb: ``سبق لحزب الاستقلال أن طالب``."""
    low = max(mention.first - _UNTIL, 0)
    if mention.first == 0 or seen.words[mention.first - 1] not in speech().content:
        return None
    for index in range(low, mention.first):
        if seen.words[index].removeprefix("و") in speech().before:
            return next(
                (
                    u
                    for u in seen.units
                    if u.kind == "actor" and index < u.head < mention.first and u.marker == "for"
                ),
                None,
            )
    return None


def _heads_headline(unit: Unit, mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the actor stands right before the verb, as in ``بوريطة يعبر عن تفاؤله``."""
    opens = unit.head == 0 or seen.is_title
    return unit.last == mention.first and (opens or mention.match.tense in ("imperfect", "phrase"))


def _is_body(unit: Unit) -> bool:
    return unit.entity is not None and unit.entity.type == "ORG"


def _is_purpose(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether the verb follows ل: ``ليؤكد``, which nobody has said yet."""
    word = seen.words[mention.first]
    return mention.is_verb and mention.match.offset > 0 and word[mention.match.offset - 1] == "ل"


def _is_adjunct(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether a participle adds to what was said (``، مشيرا إلى``) or describes a noun."""
    before = seen.words[mention.first - 1] if mention.first else ""
    after = seen.words[mention.last] if mention.last < len(seen.words) else ""
    cut = seen.words[mention.first][: mention.match.offset]
    if cut.endswith((ARTICLE, ARTICLE[1:])):
        return False  # الإصابات المعلن عنها
    if not seen.words[mention.first].endswith(_CIRCUMSTANCE):
        return False
    opens = before in ("", "،", ",", '"', ")", ".") or bool(cut)
    return opens or after in speech().content or after in QUOTES


_CIRCUMSTANCE = ("ا", "ه", "ين", "ان")
"""Endings of a participle that says what somebody does meanwhile: قائلا, مضيفة, مؤكدين."""


def _is_of_other(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether reports or a text are the subject: ``تقارير تفيد``, ``بيان نشرته الوكالة``."""
    if not mention.is_verb or mention.first == 0 or mention.match.offset:
        return False
    place = mention.first - 1
    if place > 0 and seen.words[place] in speech().particles:
        place -= 1  # تقارير قد استبعدت
    before = _bare(seen.words[place])
    return before in speech().anonymous or before in speech().issued


def _is_cited(seen: SentenceView, index: int) -> bool:
    """Say whether what is said stands before: ``حسب ما كشفت عنه الوزارة``."""
    before = seen.words[max(index - 2, 0) : index]
    return any(w in speech().cited for w in before)


_EARLY = 4


def _topic(seen: SentenceView, mention: EventMention) -> Unit | None:
    """Return the person or body that the sentence begins with, unless the verb is its first."""
    for unit in seen.units:
        if unit.kind == "actor" and not unit.inside:
            early = unit.head <= _EARLY and unit.last < mention.first and not unit.told
            if _is_body(unit):  # but not مهاجم إشبيلية
                early = early and title_of(seen.words[unit.head - 1]) is None
                early = early and all(acts(w) for w in seen.words[1 : unit.head])
            named = unit.entity is None or unit.entity.type in ("PER", "ORG")
            return unit if early and named and unit.marker in UNMARKED else None
    return None


def _has_content(seen: SentenceView, index: int, reach: int = 25) -> bool:
    """Say whether something said follows in the clause: أن, a colon, a quotation."""
    known = speech()
    for place in range(index, min(index + reach, len(seen.words))):
        word = seen.words[place]
        if word in known.content or word in QUOTES:
            return True
        if word in markers().strong:
            return False
    return False


def _first_unit(seen: SentenceView, index: int) -> Unit | None:
    """Return the first actor whose phrase begins at or behind token ``index``."""
    return next(
        (u for u in seen.units if u.kind == "actor" and not u.inside and u.head >= index), None
    )


def _past_addressee(seen: SentenceView, index: int) -> int:
    """Return the token behind who is spoken to right at ``index``: ``أوضح لـ«الوطن» المدير``."""
    unit = _first_unit(seen, index)
    if unit is None or not unit.told or unit.head - index > 1 or unit.last >= len(seen.words):
        return index
    return unit.last


def _subject_before(seen: SentenceView, mention: EventMention) -> Unit | None:
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
    if word[:1] in ("و", "ف") and mention.match.offset:
        return None
    return None if best is not None and _disagrees(best, mention, word) else best


def _disagrees(unit: Unit, mention: EventMention, word: str) -> bool:
    """Say whether a verb is feminine and a man stands before it: ``توجيهات الأمير تؤكد``."""
    man = unit.office is not None and (unit.office.gender, unit.office.number) == ("m", "singular")
    person = unit.entity is None or unit.entity.type == "PER"
    return man and person and mention.match.tense == "imperfect" and word.startswith("ت")


def _is_again(seen: SentenceView, index: int) -> bool:
    """Say whether the noun at ``index`` is called the same as before: ``الفاعل عينه``."""
    noun, behind = [*seen.words[index : index + 2], "", ""][:2]
    person = noun.startswith(ARTICLE) and not is_body_noun(noun)
    return person and behind in speech().again


def _is_impersonal(mention: EventMention, seen: SentenceView) -> bool:
    """Say whether a verb is passive and what is said its subject: ``يتوقع أن``, ``يشار إلى``."""
    behind = seen.words[mention.last] if mention.last < len(seen.words) else ""
    if behind not in speech().content and behind not in speech().governed:
        return False
    return seen.words[mention.first][mention.match.offset :] in speech().impersonal


def _apposed(unnamed: Unit, seen: SentenceView) -> Unit | None:
    """Return the person whose name ends a speaker's description, before what he says.

    ``قال مدير التنسيق في سوق عكاظ فهد الحارثي إن``, ``انتقد وكيل أسفار تونسي، لطفي كبير، …``.
    """
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside or unit.head < unnamed.last:
            continue
        if unit.entity is None or unit.entity.type != "PER":
            continue
        between = seen.words[unnamed.last : unit.head]
        if len(between) > _SPEAKER_REACH or not (
            unit.marker in ("bare", "start") or seen.words[unit.head - 1] in COMMAS
        ):
            return None
        known = markers()
        parted = any(w in known.strong or known.phrases.get((w,), "in") != "in" for w in between)
        if parted or any(w in speech().content or w in QUOTES for w in between):
            return None
        behind = seen.words[unit.last] if unit.last < len(seen.words) else ""
        commas = sum(w in COMMAS for w in between)
        if commas:
            enclosed = commas == 1 and between[-1] in COMMAS and behind in COMMAS
            return unit if enclosed else None
        return unit if behind in speech().content or behind in QUOTES else None
    return None


def _fits_office(unnamed: Unit, known: frozenset[str], seen: SentenceView) -> bool:
    """Say whether an office is told of by the words that introduced somebody, if not all."""
    title = title_of(seen.words[unnamed.first])
    titles = {t.lemma for t in map(title_of, known) if t is not None and t.number == "singular"}
    if title is None or title.number != "singular" or title.lemma not in titles:
        return False
    inside = [u.entity for u in seen.units if unnamed.first < u.first < unnamed.last]
    names = [_plain(fold(entity.name).split()) for entity in inside if entity is not None]
    if names:
        told = {w for w in known if w not in markers().actor_nouns and not is_body_noun(w)}
        return all(name & told for name in names)
    others = _plain(seen.words[unnamed.first + 1 : unnamed.last])
    return 2 * len(others & known) >= len(others) > 0


def _plain(words: Sequence[str]) -> frozenset[str]:
    """Return words without the article and the letter before it."""
    return frozenset(
        w.removeprefix("لل").removeprefix("و" + ARTICLE).removeprefix("ب" + ARTICLE)
        .removeprefix(ARTICLE).removeprefix("ل")
        for w in words
    )  # fmt: skip
