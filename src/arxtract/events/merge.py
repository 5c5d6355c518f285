"""From mentions to real-world events: what is told twice is one record.

Mentions of one type in one article are one event unless something keeps them apart: dates that
exclude each other, places that are neither the same nor within one another, or, for types that
say so, different people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from arxtract.events.clauses import Unit
from arxtract.events.lexemes import is_definite, unmelted, without_article, without_conjunction
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler
from arxtract.events.ontology import EventType, Ontology
from arxtract.events.speakers import speaker_key
from arxtract.events.statements import STATEMENT
from arxtract.places.gazetteer import nationalities
from arxtract.text.normalise import fold

_SIDES = 2
"""Sides of a match."""
_NEAR = 20
"""Cost up to which a date counts as standing at the trigger."""


@dataclass(slots=True, eq=False)
class Draft:
    """An event in the making: its mentions in text order."""

    type: EventType
    mentions: list[EventMention] = field(default_factory=list)
    when: Filler | None = None
    """The date chosen for it."""
    where: list[Filler] = field(default_factory=list)
    """The places chosen for it."""
    who: list[Filler] | None = None
    """The participants chosen for it; None: those that the rules found."""
    measures: list[Filler] | None = None
    """The counts chosen for it; None: those that the rules found."""

    def fillers(self, slot: str) -> Iterable[Filler]:
        return (f for m in self.mentions for f in m.fillers if f.slot == slot)

    def participants(self) -> Iterable[Filler]:
        return self.fillers("participant") if self.who is None else self.who

    def counts(self) -> Iterable[Filler]:
        return self.fillers("count") if self.measures is None else self.measures

    def keys(self, slot: str) -> set[str]:
        return {unit_key(f.unit) for f in self.fillers(slot)}

    def date(self) -> Filler | None:
        """Return what the rules take for its date: the first near a trigger, else the nearest."""
        found = [(m.seen.index, f) for m in self.mentions for f in m.fillers if f.slot == "date"]
        if not found:
            return None
        return min(found, key=lambda x: (x[1].cost > _NEAR, x[0], x[1].cost))[1]


def unit_key(unit: Unit) -> str:
    """Return what makes two units the same thing."""
    if unit.kind == "actor":
        return speaker_key(unit)
    return f"{unit.kind} {unit.start}"


def merge(mentions: Sequence[EventMention], ontology: Ontology) -> list[Draft]:
    """Put the mentions of an article together; drafts come in order of their first mention."""
    drafts: list[Draft] = []
    main = [m for m in mentions if not m.type.joins]
    for mention in main:
        if not mention.weak or mention.type.type == STATEMENT:
            _place(drafts, mention)
    drafts = _regathered(drafts)
    for mention in main:
        if mention.weak and mention.type.type != STATEMENT:
            _add_weak(drafts, mention)
    for mention in mentions:
        if mention.type.joins:
            _join(drafts, mention, ontology)
    drafts = [d for d in drafts if not _is_told_as_other(d, drafts)]
    for draft in drafts:
        draft.mentions.sort(key=lambda m: m.start)
    drafts.sort(key=lambda d: (d.mentions[0].start, d.type.type))
    return drafts


def _place(drafts: list[Draft], mention: EventMention) -> None:
    same = [d for d in drafts if d.type is mention.type]
    if mention.is_another and mention.type.merge == "one" and mention.type.type != STATEMENT:
        firsts = [(d, d.mentions[0]) for d in same]
        fitting = [d for d, m in firsts if m.is_another and m.seen is mention.seen]
    else:
        fitting = [d for d in same if not _apart(d, mention)]
    if fitting:
        max(fitting, key=lambda d: _kinship(d, mention)).mentions.append(mention)
    else:
        drafts.append(Draft(mention.type, [mention]))


def _is_told_as_other(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Say whether a draft is by another word an event of the article: ``لقاء`` of two clubs.

    Each of its words may name the other type too, and a body takes part in both.
    """
    others = [d for d in drafts if all(d.type.type in m.trigger.yields for m in draft.mentions)]
    bodies = [
        f
        for f in draft.fillers("participant")
        if f.unit.entity is not None and f.unit.entity.type == "ORG"
    ]
    people = [f for m in draft.mentions for f in _people(m) if f.rule != "subject"]
    nouns = not any(m.is_verb for m in draft.mentions)
    return (
        nouns
        and not people
        and any(in_common(bodies, list(d.fillers("participant"))) for d in others)
    )


def _regathered(drafts: Sequence[Draft]) -> list[Draft]:
    """Put drafts together that later mentions have shown to be one match.

    The headline names one side, the lead the other: only a sentence with both joins them.
    """
    kept: list[Draft] = []
    for draft in drafts:
        fitting = [
            d
            for d in kept
            if d.type is draft.type
            and d.type.merge == "participants"
            and not any(_apart(d, m) for m in draft.mentions)
        ]
        if fitting and draft.keys("participant"):
            fitting[-1].mentions += draft.mentions
        else:
            kept.append(draft)
    return kept


def _kinship(draft: Draft, mention: EventMention) -> tuple[bool, int, int]:
    """Rank the drafts that a mention fits: named by the same word, told at length, told last."""
    same_word = any(m.trigger is mention.trigger for m in draft.mentions)
    return same_word, len(draft.mentions), draft.mentions[-1].start


def _add_weak(drafts: list[Draft], mention: EventMention) -> None:
    """Add a mention that makes no event of its own to the nearest one of its type."""
    same = [d for d in drafts if d.type is mention.type and not _apart(d, mention)]
    if same:
        nearest = min(same, key=lambda d: min(abs(m.start - mention.start) for m in d.mentions))
        nearest.mentions.append(mention)


def _join(drafts: list[Draft], mention: EventMention, ontology: Ontology) -> None:
    """Add casualties and the like to the event that caused them, or let them stand alone."""
    causes = [d for d in drafts if d.type.type in mention.type.joins and not _apart(d, mention)]
    if causes:
        nearest = min(causes, key=lambda d: min(abs(m.start - mention.start) for m in d.mentions))
        _adopt(nearest, mention)
        return
    if mention.type.otherwise is None or mention.weak:
        return
    own = ontology.types[mention.type.otherwise]
    same = [d for d in drafts if d.type is own and not _apart(d, mention)]
    if same:
        _adopt(same[-1], mention)
    else:
        drafts.append(Draft(own))
        _adopt(drafts[-1], mention)


def _adopt(draft: Draft, mention: EventMention) -> None:
    """Add a mention of another type: its roles take the names they have in the draft's type."""
    if any(m.start == mention.start for m in draft.mentions):
        return
    kept: list[Filler] = []
    for filler in mention.fillers:
        if filler.slot == "participant" and filler.role not in draft.type.roles:
            names = mention.type.roles[filler.role].elsewhere
            filler.role = next((name for name in names if name in draft.type.roles), "")
            if not filler.role:
                continue
        kept.append(filler)
    mention.fillers = kept
    draft.mentions.append(mention)


def _apart(draft: Draft, mention: EventMention) -> bool:
    """Say whether something keeps a mention out of a draft."""
    if draft.type.type == STATEMENT or draft.type.merge == "participants":
        own, known = _who(mention.of_slot("participant")), _who(draft.fillers("participant"))
        common = in_common(own, known)
        if own and known and not common and not _is_the_one(draft, mention, own, known):
            return True
        if draft.type.type == STATEMENT:
            return False
        if _is_pair(own) and _is_pair(known) and common < _SIDES:
            return True
    headline = mention.seen.is_title or all(m.seen.is_title for m in draft.mentions)
    if not headline and _told_apart(draft, mention):
        return True  # a headline says روسيا for الحكومة الروسية
    if _dates_exclude(draft, mention):
        return True
    if _named_apart(draft, mention) and not _is_of_one_phrase(draft, mention):
        return True
    if draft.type.pairs and _paired_apart(draft, mention):
        return True
    if headline or mention.match.tense == "definite":
        return False
    return _places_exclude(draft, mention)


def _is_the_one(
    draft: Draft, mention: EventMention, own: Sequence[Filler], known: Sequence[Filler]
) -> bool:
    """Say whether a mention adds the other side: ``مباراة الفريق مع أ … خلال المباراة، … ب``."""
    if draft.type.merge != "participants" or mention.match.tense != "definite":
        return False
    return not (_is_pair(own) or _is_pair(known)) and is_definite(_bare(mention))


def _bare(mention: EventMention) -> str:
    """Return the trigger's first word without what hangs before it, its article kept."""
    return unmelted(without_conjunction(mention.seen.words[mention.first]))


def _who(fillers: Iterable[Filler]) -> list[Filler]:
    """Return the participants that tell events apart: not the one to whom something is said."""
    return [f for f in fillers if f.role != "addressee"]


def _told_apart(draft: Draft, mention: EventMention) -> bool:
    """Say whether others fill a role that tells the type's events apart: another player's deal."""
    for role in draft.type.distinct:
        own = [f for f in mention.of_slot("participant") if f.role == role]
        known = [f for f in draft.fillers("participant") if f.role == role]
        if own and known and not in_common(own, known):
            return True
    return False


def in_common(own: Sequence[Filler], known: Sequence[Filler]) -> int:
    """Return how many of the first are among the second, by chain or by part of a name.

    ``بلعيد`` is ``بسمة بلعيد``, and ``السعودية`` is ``منتخب السعودية``.
    """
    keys = {unit_key(f.unit) for f in known}
    names = [words for f in known if (words := name_words(f))]
    found = set()
    for filler in own:
        key, words = unit_key(filler.unit), name_words(filler)
        if key in keys or any(words and (words <= name or name <= words) for name in names):
            found.add(key)
    return len(found)


def name_words(filler: Filler) -> frozenset[str]:
    """Return the words of a name that others may hold or be part of, but for those of its kind."""
    entity = filler.unit.entity
    if entity is None or filler.role == "addressee":
        return frozenset()
    if filler.role == "speaker" and entity.type == "LOC":
        return frozenset()
    words = [fold(word) for word in entity.name.split()]
    told = {without_article(w) for w in words if w not in markers().actor_nouns}
    if entity.type == "ORG" and told <= _nationalities():  # الحكومة اليمنية, and its agency
        return frozenset(without_article(w) for w in words)
    return frozenset(told)


@cache
def _nationalities() -> frozenset[str]:
    """Return the adjectives of nationality in search spelling, without the article."""
    return frozenset(without_article(fold(word)) for word in nationalities())


def _named_apart(draft: Draft, mention: EventMention) -> bool:
    """Say whether a mention lies in an event's own name that is none of the draft's.

    ``القمة العربية ال 31`` is another meeting than the one the article is about, if it comes with
    a date of its own.
    """
    own = _name_of(mention)
    if own is None or not mention.of_slot("date"):
        return False
    names = {_name_of(m) for m in draft.mentions}
    return own not in names and (draft.date() is not None or names != {None})


def _name_of(mention: EventMention) -> str | None:
    for unit in mention.seen.units:
        if unit.entity is not None and unit.start <= mention.start < unit.end:
            return unit.entity.chain
    return None


_PHRASE = 3


def _is_of_one_phrase(draft: Draft, mention: EventMention) -> bool:
    """Say whether a noun right before a mention is of the draft: ``الحفل لافتتاح مهرجان …``."""
    return any(
        m.seen is mention.seen
        and 0 <= mention.first - m.last <= _PHRASE
        and m.seen.distance(m.first, mention.first)[1] == 0
        for m in draft.mentions
    )


def _paired_apart(draft: Draft, mention: EventMention) -> bool:
    """Say whether two people meet of whom no one pair of the draft's meets.

    ``التقى الوزير نظيره الروسي، كما التقى الرئيس``; a headline names them all at once.
    """
    own = _people(mention)
    if mention.seen.is_title or not (mention.is_verb or any(f.rule == "with" for f in own)):
        return False
    if len({unit_key(f.unit) for f in own}) != _SIDES:
        return False
    told = [_people(m) for m in draft.mentions if not m.seen.is_title]
    pairs = [known for known in told if len({unit_key(f.unit) for f in known}) == _SIDES]
    return bool(pairs) and all(in_common(own, known) < _SIDES for known in pairs)


def _people(mention: EventMention) -> list[Filler]:
    return [
        f
        for f in mention.of_slot("participant")
        if f.unit.entity is not None and f.unit.entity.type == "PER"
    ]


def _is_pair(fillers: Iterable[Filler]) -> bool:
    """Say whether there are two sides: a club's matches are told apart by the opponent."""
    known = list(fillers)
    return any(not in_common([f], known[:1]) for f in known[1:])


_AFFAIR_SLACK = timedelta(days=1)


def _dates_exclude(draft: Draft, mention: EventMention) -> bool:
    own = next(iter(mention.of_slot("date")), None)
    known = draft.date() if own is not None else None
    if known is None or own is None:
        return False
    a, b = known.unit.date, own.unit.date
    if a is None or b is None or a.earliest is None or b.earliest is None:
        return False
    if a.latest is None or b.latest is None:
        return False
    # An affair runs into the night, and is told of again by the day of its report.
    slack = _AFFAIR_SLACK if draft.type.story else timedelta(0)
    return a.latest + slack < b.earliest or b.latest + slack < a.earliest


def _places_exclude(draft: Draft, mention: EventMention) -> bool:
    """Say whether both have towns or venues and none in common."""
    own = _precise(mention.of_slot("location"))
    if not own:
        return False
    known = _precise(draft.fillers("location"))
    return bool(known) and not own & known


def _precise(fillers: Iterable[Filler]) -> set[str]:
    found = set()
    for filler in fillers:
        entity = filler.unit.entity
        if entity is not None and entity.place is not None and entity.place.kind == "city":
            found.add(entity.chain)
    return found
