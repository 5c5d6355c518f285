"""Event mentions: the triggers of a sentence.

A mention is what one trigger says in one sentence; ``slots.py`` fills its slots, ``merge.py`` makes
records of mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.lexemes import conjugation, without_conjunction
from arxtract.events.markers import markers
from arxtract.events.ontology import EventType, Match, Ontology, Trigger
from arxtract.records import EntityType, Status
from arxtract.resources import REMEMBERED
from arxtract.text.normalise import fold

Slot = Literal["participant", "location", "date", "count"]

_OPENING = 4
"""Tokens of a sentence before which words that open it stand."""
_TOLD_REACH = 14
"""Cost up to which what stands behind a charge tells of the deed."""
_AROUND = 5
"""Tokens on either side of a trigger where an ``unless`` cue forbids it."""


@dataclass(slots=True, eq=False)
class Filler:
    """A unit in a slot of an event, with the rule that put it there."""

    slot: Slot
    unit: Unit
    role: str
    rule: str
    cost: int


@dataclass(slots=True, eq=False)
class EventMention:
    """One trigger in one sentence."""

    type: EventType
    match: Match
    seen: SentenceView
    first: int
    """Index of the trigger's first token in the sentence."""
    start: int
    end: int
    fillers: list[Filler] = field(default_factory=list)
    status: Status = "occurred"
    status_cue: tuple[int, int] | None = None
    charged: bool = False
    """Whether it is what someone is charged with: ``بتهمة الرشوة``."""

    @property
    def trigger(self) -> Trigger:
        return self.match.trigger

    @property
    def frames(self) -> tuple[dict[str, str], dict[str, str]]:
        """What marks which role: by the trigger, and by its type."""
        return self.trigger.frame, self.type.frame

    def role_of(self, label: str, kind: str) -> str | None:
        """Return the role that a label gives to an entity of that type, by the frames."""
        keys = (f"{label} {kind}", label)
        return next((f[key] for key in keys for f in self.frames if key in f), None)

    @property
    def last(self) -> int:
        """Index after the trigger's last token."""
        return self.first + self.match.tokens

    @property
    def weak(self) -> bool:
        """Whether it adds to an event named otherwise, and makes none of its own."""
        return self.trigger.weak and not _is_sure(self.seen, self.first, self.match)

    @property
    def is_verb(self) -> bool:
        return self.match.tense in ("perfect", "imperfect", "future")

    @property
    def is_filled(self) -> bool:
        """Say whether the roles (or the location) are filled that its trigger asks for."""
        return {f.role or f.slot for f in self.fillers}.issuperset(self.trigger.fills)

    @property
    def is_another(self) -> bool:
        """Say whether words tell of another event: ``هجوم آخر``, ``وفي حادث منفصل …``."""
        known, words = markers(), self.seen.words
        if not self.is_verb and self.last < len(words) and words[self.last] in known.others:
            return True
        return any(
            without_conjunction(words[i]) in known.during
            and words[i + 1] in known.acts
            and words[i + 2] in known.others
            for i in range(min(self.first - 2, _OPENING))
        )

    @property
    def is_bare_charge(self) -> bool:
        """Say whether it is a charge of which neither place nor date nor count is told."""
        behind = (f for f in self.fillers if f.unit.head >= self.last and f.cost < _TOLD_REACH)
        return self.charged and all(f.slot == "participant" for f in behind)

    def of_slot(self, slot: Slot) -> list[Filler]:
        return [f for f in self.fillers if f.slot == slot]


def find(ontology: Ontology, seen: SentenceView) -> list[EventMention]:
    """Return the event mentions of a sentence in order of their triggers, slots still empty."""
    hidden = _named_tokens(seen)
    covered: dict[str, int] = {}
    found: list[EventMention] = []
    for index in range(len(seen.words)):
        if seen.tokens[index].kind != "word" or index in hidden:
            continue
        for match in ontology.match(seen.words, index, seen.feminine):
            name = match.type.type
            if covered.get(name, 0) > index:
                continue
            if not (_allowed(match.trigger, seen, index, match) or _is_sure(seen, index, match)):
                continue
            covered[name] = index + match.tokens
            start = seen.tokens[index].start + match.offset
            end = seen.tokens[index + match.tokens - 1].end
            found.append(EventMention(match.type, match, seen, index, start, end))
    return [m for m in found if not _yields(m, found)]


_YIELD_REACH = 14


def _yields(mention: EventMention, found: Sequence[EventMention]) -> bool:
    """Say whether a trigger only introduces the event that is named behind it, or by itself.

    One word may name either of two types (``لقاء``, a match or a meeting): the one that yields
    goes. Words that make no event of their own take nothing away.
    """
    return any(
        other.type.type in mention.trigger.yields
        and not other.weak
        and 0 <= other.first - mention.first <= _YIELD_REACH
        and mention.seen.distance(mention.first, other.first)[1] == 0
        for other in found
    )


def _named_tokens(seen: SentenceView) -> frozenset[int]:
    """Return the tokens that lie inside a name or an office, where no trigger counts."""
    return frozenset(
        index
        for unit in seen.units
        if unit.kind == "date"
        or (unit.kind == "actor" and not (unit.entity and unit.entity.type == "MISC"))
        for index in range(unit.first, unit.last)
    )


_SURE = 2.0
"""Log-odds of the hints from which a trigger counts whatever its cues say."""


def _is_sure(seen: SentenceView, index: int, match: Match) -> bool:
    return seen.tells(index, index + match.tokens, match.type.type) > _SURE


def _allowed(trigger: Trigger, seen: SentenceView, index: int, match: Match) -> bool:
    """Check a trigger's ``needs`` and ``unless`` cues."""
    if trigger.unless:
        low = max(index - _AROUND, 0)
        near = _spaced(seen.words[low : index + match.tokens + _AROUND])
        if any(cue in near for cue in _cues(trigger.unless)):
            return False
    if trigger.needs:
        return any(cue in _whole(seen) for cue in _cues(trigger.needs))
    return True


def _spaced(words: Sequence[str]) -> str:
    """Return words between spaces, then again without their proclitics."""
    return " ".join(["", *words, "|", *map(_without_proclitics, words), ""])


@lru_cache(maxsize=1)
def _whole(seen: SentenceView) -> str:
    """Return the words of a sentence, whose triggers are looked at one after the other."""
    return _spaced(seen.words)


@lru_cache(maxsize=REMEMBERED)
def _without_proclitics(word: str) -> str:
    """Cut a conjunction and a preposition off a word that is long enough to have them."""
    rules = conjugation().proclitics
    word = without_conjunction(word, 4)
    if word.startswith(rules.melted[0]) and len(word) > 4:
        return rules.article[0] + word[1:]
    return word[1:] if word[:1] in rules.prepositions and len(word) > 4 else word


@cache
def _cues(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return cues in search spelling between spaces, as they are looked for."""
    return tuple(f" {fold(cue)} " for cue in words)


def entity_type(unit: Unit) -> EntityType:
    """Return the type of the participant that a unit would be; an office is a person."""
    return unit.entity.type if unit.entity else "PER"


def unit_words(seen: SentenceView, unit: Unit) -> list[str]:
    """Return the words of a unit in search spelling."""
    return seen.words[unit.first : unit.last]
