"""Event mentions: the triggers of a sentence.

A mention is what one trigger says in one sentence; ``slots.py`` fills its slots, ``merge.py`` makes
records of mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from arxtract.events.clauses import SentenceView, Unit
from arxtract.events.ontology import EventType, Match, Ontology, Trigger
from arxtract.records import EntityType, Status
from arxtract.text.normalise import fold

Slot = Literal["participant", "location", "date", "count"]

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

    @property
    def trigger(self) -> Trigger:
        return self.match.trigger

    @property
    def last(self) -> int:
        """Index after the trigger's last token."""
        return self.first + self.match.tokens

    @property
    def is_verb(self) -> bool:
        return self.match.tense in ("perfect", "imperfect", "future")

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
            if covered.get(name, 0) > index or not _allowed(match.trigger, seen, index, match):
                continue
            covered[name] = index + match.tokens
            start = seen.tokens[index].start + match.offset
            end = seen.tokens[index + match.tokens - 1].end
            found.append(EventMention(match.type, match, seen, index, start, end))
    return [m for m in found if not _yields(m, found)]


_YIELD_REACH = 14


def _yields(mention: EventMention, found: Sequence[EventMention]) -> bool:
    """Say whether a trigger only introduces the event that is named behind it."""
    return any(
        other.type.type in mention.trigger.yields
        and 0 < other.first - mention.first <= _YIELD_REACH
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


def _allowed(trigger: Trigger, seen: SentenceView, index: int, match: Match) -> bool:
    """Check a trigger's ``needs`` and ``unless`` cues."""
    if trigger.unless:
        low = max(index - _AROUND, 0)
        near = " ".join(["", *seen.words[low : index + match.tokens + _AROUND], ""])
        if any(f" {fold(cue)} " in near for cue in trigger.unless):
            return False
    if trigger.needs:
        whole = " ".join(["", *seen.words, ""])
        return any(f" {fold(cue)} " in whole for cue in trigger.needs)
    return True


def entity_type(unit: Unit) -> EntityType:
    """Return the type of the participant that a unit would be; an office is a person."""
    return unit.entity.type if unit.entity else "PER"


def unit_words(seen: SentenceView, unit: Unit) -> list[str]:
    """Return the words of a unit in search spelling."""
    return seen.words[unit.first : unit.last]


def is_venue(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a body's name is a venue here: ``بمقر وزارة الخارجية``."""
    venues = markers().venue_nouns
    return any(word in venues or word[1:] in venues for word in seen.words[unit.head : unit.first])


def attach(mention: EventMention, others: Sequence[EventMention]) -> None:
    """Fill the slots of a mention from the units of its sentence.

    ``others`` are the sentence's other mentions: what stands nearer to one of them, across a
    clause boundary, is theirs.
    """
    rivals = [o for o in others if not o.trigger.weak and o.type is not mention.type]
    _attach_actors(mention, rivals)
    _attach_dates(mention, rivals)
    _attach_counts(mention, rivals)


class _Support(BaseModel):
    model_config = ConfigDict(extra="forbid")
    active: list[str]
    passive: list[str]


@lru_cache(maxsize=1)
def _support() -> dict[str, str]:
    """Return the forms of the support verbs with the label that they give their subject."""
    data = read_yaml(lexicon("support.yaml"), _Support)
    labels = {"subject": data.active, "object": data.passive}
    return {
        form.text: label
        for label, verbs in labels.items()
        for verb in verbs
        for form in verb_forms(*verb.split())
    }


_SUPPORT_REACH = 25


def _supported(mention: EventMention) -> tuple[str, int] | None:
    """Return label and index of the support verb that governs a noun trigger, if one does."""
    if mention.is_verb:
        return None
    forms = _support()
    low = max(mention.first - _SUPPORT_REACH, 0)
    for index in range(mention.first - 1, low - 1, -1):
        if mention.seen.distance(index + 1, mention.first)[1] > 1:
            return None
        for rest, _, _, definite in readings(mention.seen.words[index]):
            label = forms.get(rest)
            if label and not definite and index not in mention.seen.feminine:
                return label, index
    return None


def _cost(mention: EventMention, unit: Unit) -> int:
    """Return how far a unit is from a trigger: tokens, and eight for each clause boundary."""
    if unit.head >= mention.last:
        tokens, breaks = mention.seen.distance(mention.last - 1, unit.head)
    else:
        tokens, breaks = mention.seen.distance(unit.last - 1, mention.first)
        if unit.kind == "actor":
            breaks += sum(w in _COMMAS for w in mention.seen.words[unit.last : mention.first])
    return tokens + 8 * breaks


def _nearest(mention: EventMention, unit: Unit, others: Sequence[EventMention]) -> bool:
    """Say whether no other trigger claims the unit with better right."""
    own = _cost(mention, unit)
    return all(_cost(other, unit) >= own for other in others)


def _attach_actors(mention: EventMention, others: Sequence[EventMention]) -> None:
    taken: set[int] = set()
    units = [u for u in mention.seen.units if u.kind == "actor" and not (u.inside or u.told)]
    support = _supported(mention)
    doer = _subject_of_support(mention, units, support[1]) if support else []
    for unit in doer:
        filler = _filler(mention, unit, support[0] if support else "", others)
        if filler is not None:
            mention.fillers.append(filler)
    units = [u for u in units if u not in doer]
    antecedent = _antecedent(mention, units)
    if antecedent is not None:
        filler = _filler(mention, antecedent, "object", others)
        if filler is not None:
            filler.rule = "antecedent"
            mention.fillers.append(filler)
        units.remove(antecedent)
    for unit in units:
        label = _label(mention, unit, taken, others)
        if label is None:
            continue
        filler = _filler(mention, unit, label, others)
        if filler is not None:
            mention.fillers.append(filler)
            if label in ("subject", "object"):
                taken.add(unit.group)
                mention.fillers[-1].rule = label


def _antecedent(mention: EventMention, units: Sequence[Unit]) -> Unit | None:
    """Return what a relative clause with its pronoun is about: ``المكتب الذي تم افتتاحه``."""
    word = mention.seen.words[mention.first + mention.match.tokens - 1]
    if not word.endswith(tuple(pronouns())):
        return None
    for index in range(mention.first - 1, max(mention.first - 4, -1), -1):
        if mention.seen.words[index] in markers().relatives:
            before = [u for u in units if u.last <= index and index - u.last <= 2]
            return before[-1] if before else None
    return None


def _is_service(event_type: EventType, words: Sequence[str]) -> bool:
    """Say whether ``المصالح الأمنية ل`` and a name together are a body that typically acts."""
    return any(role.typical and event_type.is_typical(name, words)
               for name, role in event_type.roles.items())  # fmt: skip


def _subject_of_support(mention: EventMention, units: Sequence[Unit], verb: int) -> list[Unit]:
    """Return the subject of a support verb: the first group behind it, or the one before it."""
    after = [u for u in units if verb < u.head < mention.first]
    for unit in after[:1]:
        words = mention.seen.words[verb + 1 : unit.last]
        service = unit.marker in ("in", "for") and _is_service(mention.type, words)
        if unit.head - verb <= 5 and (unit.marker in _UNMARKED or service):
            return [u for u in after if u.group == unit.group]
    before = [u for u in units if u.last <= verb and verb - u.last <= 2 and u.marker in _UNMARKED]
    return before[-1:]


_FRONTED = 3
_COMMAS = ("،", ",")


def _is_during(mention: EventMention) -> bool:
    """Say whether the noun tells when something else was done: ``صادق المجلس في جلسة``."""
    word = mention.seen.words[mention.first - 1] if mention.first else ""
    return word in markers().during or (word[:1] == "و" and word[1:] in markers().during)


_UNMARKED = ("bare", "start", "joined", "noun")
_SUBJECT_REACH = 12
_REACH = 40
_MARKED_REACH = 26
_LOOSE_REACH = 14
_FAR = ("with", "for", "from", "to", "against")
_PLACE_REACH = 200
_COUNT_REACH = 90


def _label(
    mention: EventMention, unit: Unit, taken: set[int], others: Sequence[EventMention]
) -> str | None:
    """Return what a unit is to a trigger: a marker's label, subject, object, of, or None."""
    cost = _cost(mention, unit)
    far = unit.marker == "in" or (unit.marker == "attended" and _nearest(mention, unit, others))
    if cost > (_PLACE_REACH if far else _REACH):
        return None
    if unit.marker not in _UNMARKED:
        return unit.marker
    after = unit.head >= mention.last
    gap = unit.head - mention.last if after else mention.first - unit.last
    if not mention.is_verb:
        if after and (gap <= 0 or (gap == 1 and unit.marker == "bare")):
            return "of"
        if not after and gap <= 2 and not mention.match.offset:
            colon = mention.seen.is_title and ":" in mention.seen.words[unit.last : mention.first]
            return "subject" if colon else "before"
        if not after and cost <= _SUBJECT_REACH and _is_during(mention):
            return "during"
        return "near"
    given = {f.rule for f in mention.fillers}
    if not after:
        if gap <= 4 and cost < 12 and "subject" not in given:
            return "subject"
        return "near"
    if unit.group in {f.unit.group for f in mention.fillers if f.rule == "subject"}:
        return "subject"
    between = any(mention.last <= o.first < unit.head and o.is_verb for o in others)
    if cost <= _SUBJECT_REACH and not between:
        return "object" if "subject" in given else "subject"
    return "near"


def _filler(
    mention: EventMention, unit: Unit, label: str, others: Sequence[EventMention]
) -> Filler | None:
    """Turn a labelled unit into a filler by the frames of trigger and type."""
    kind = entity_type(unit)
    frames = (mention.trigger.frame, mention.type.frame)
    cost = _cost(mention, unit)
    if label in _FAR and cost > _MARKED_REACH:
        return None
    keys = (f"{label} {kind}", label)
    role = next((f[key] for key in keys for f in frames if key in f), None)
    if role not in (None, "location", "none") and kind not in mention.type.roles[role].accepts:
        role = None
    if role == "none":
        return None
    words = unit_words(mention.seen, unit)
    if label == "near" and role is not None and not mention.type.is_typical(role, words):
        return None
    venue = kind == "ORG" and label == "in" and is_venue(mention.seen, unit)
    if role == "location" or venue or (role is None and kind == "LOC" and label == "in"):
        if not (kind == "LOC" or venue) or not _shares(mention, unit, others):
            return None
        return Filler("location", unit, "", label, cost)
    if role is None and kind == "LOC" and label == "of" and mention.type.place == "location":
        return Filler("location", unit, "", "of", cost)
    if role is None:
        role = next((f[kind] for f in frames if kind in f), None)
        if role is None or label in ("about", "according", "despite", "in", "to", "from"):
            return None
        if role == "none" or not _nearest(mention, unit, others) or cost > _LOOSE_REACH:
            return None
        if not mention.type.is_typical(role, unit_words(mention.seen, unit)):
            return None
        label = kind
    if role == "location":
        return Filler("location", unit, "", label, cost) if kind == "LOC" else None
    return Filler("participant", unit, role, label, cost)


def _shares(mention: EventMention, unit: Unit, others: Sequence[EventMention]) -> bool:
    """Say whether a place belongs to the trigger: its clause, or nearest, or it has no other.

    A place before a verb and parted from it by a comma is another clause's, unless it opens the
    sentence.
    """
    if mention.is_verb and _FRONTED < unit.head < mention.first:
        between = mention.seen.words[unit.last : mention.first]
        if any(word in _COMMAS for word in between):
            return False
    return _cost(mention, unit) < 20 or _nearest(mention, unit, others)


def _attach_dates(mention: EventMention, others: Sequence[EventMention]) -> None:
    """Give the mention the date of its clause: the nearest, those behind it first."""
    best: tuple[int, Unit] | None = None
    dates = [u for u in mention.seen.units if u.date is not None and u.date.type == "DATE"]
    alone = 24 if len(dates) == 1 else 0
    for unit in mention.seen.units:
        if unit.kind != "date" or unit.date is None or unit.date.type not in ("DATE", "DURATION"):
            continue
        if unit.date.type == "DURATION" or unit.marker == "until":
            continue
        cost = _cost(mention, unit)
        if cost > _REACH or not (_nearest(mention, unit, others) or cost < 14 or cost < alone):
            continue
        if best is None or cost < best[0]:
            best = cost, unit
    if best is not None:
        mention.fillers.append(Filler("date", best[1], "", "nearest", best[0]))


def _attach_counts(mention: EventMention, others: Sequence[EventMention]) -> None:
    rivals = [o for o in others if o.type.counts]
    for unit in mention.seen.units:
        quantity = unit.quantity
        if quantity is None:
            continue
        role = mention.type.units.get(quantity.unit or "")
        if role is None and quantity.unit_class not in mention.type.counts:
            continue
        cost = _cost(mention, unit)
        if cost <= _COUNT_REACH and _nearest(mention, unit, rivals):
            mention.fillers.append(Filler("count", unit, role or "", "nearest", cost))
