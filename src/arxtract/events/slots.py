"""What fills the slots of an event mention: participants, places, dates, counts.

Each unit of the sentence gets a label (its marker, or subject, object, of, before, during, near
by its place), and the frames of trigger and type turn the label into a role.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.events.clauses import COMMAS, UNMARKED, SentenceView, Unit
from arxtract.events.lexemes import without_conjunction
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, Filler, entity_type, unit_words
from arxtract.events.possessors import possessor
from arxtract.events.support import antecedent, subject_of_relative, subject_of_support, supported
from arxtract.text.normalise import fold


def is_venue(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a body's name is a venue here: ``بمقر وزارة الخارجية``."""
    venues = markers().venue_nouns
    return any(
        word in venues or word[1:] in venues for word in seen.words[unit.head : unit.first + 1]
    )


def attach(mention: EventMention, others: Sequence[EventMention]) -> None:
    """Fill the slots of a mention from the units of its sentence.

    ``others`` are the sentence's other mentions: what stands nearer to one of them, across a
    clause boundary, is theirs.
    """
    rivals = [o for o in others if not o.weak and o.type is not mention.type]
    twins = [o for o in others if o.type is mention.type and not o.weak]
    _attach_actors(mention, rivals, twins)
    attach_dates(mention, rivals)
    _attach_counts(mention, rivals)


def cost_of(mention: EventMention, unit: Unit) -> int:
    """Return how far a unit is from a trigger: tokens, and eight for each clause boundary."""
    if unit.head >= mention.last:
        tokens, breaks = mention.seen.distance(mention.last - 1, unit.head)
    else:
        tokens, breaks = mention.seen.distance(unit.last - 1, mention.first)
        if unit.kind == "actor":
            breaks += sum(w in COMMAS for w in mention.seen.words[unit.last : mention.first])
    return tokens + 8 * breaks


def _plain_cost(mention: EventMention, unit: Unit) -> int:
    """Return the cost of a unit behind a verb, the words of other units between left out."""
    covered = {
        i
        for u in mention.seen.units
        if u is not unit and mention.last <= u.head
        for i in range(u.head, min(u.last, unit.head))
    }
    return cost_of(mention, unit) - len(covered)


def _nearest(mention: EventMention, unit: Unit, others: Sequence[EventMention]) -> bool:
    """Say whether no other trigger claims the unit with better right."""
    own = cost_of(mention, unit)
    return all(cost_of(other, unit) >= own for other in others)


OPPOSED = ("with", "against")
"""Markers of an opponent, who belongs to one of several matches."""


def _is_of_twin(mention: EventMention, unit: Unit, twins: Sequence[EventMention]) -> bool:
    """Say whether a unit belongs to a nearer event of the type.

    Places always do (``هذا الاجتماع بعد القمة بالجزائر``), opponents where the type keeps its
    events apart by who takes part (``يلاقي … مع أ ثم يلعب مع ب``).
    """
    apart = mention.type.merge == "participants" and unit.marker in OPPOSED
    if unit.marker != "in" and not apart:
        return False
    cost = cost_of(mention, unit)
    return any(cost_of(twin, unit) < cost for twin in twins)


def _attach_actors(
    mention: EventMention, others: Sequence[EventMention], twins: Sequence[EventMention]
) -> None:
    taken: set[int] = set()
    units = [u for u in mention.seen.units if u.kind == "actor" and not (u.inside or u.told)]
    units = [u for u in units if not _is_of_twin(mention, u, twins)]
    support = supported(mention)
    doer = subject_of_support(mention, units, support[1]) if support else []
    for unit in doer:
        filler = _filler(mention, unit, support[0] if support else "", others)
        if filler is not None:
            mention.fillers.append(filler)
    if not doer:
        doer = subject_of_relative(mention, units)
        for unit in doer:
            filler = _filler(mention, unit, "subject", others)
            if filler is not None:
                mention.fillers.append(filler)
    units = [u for u in units if u not in doer]
    owner = None if doer else possessor(mention, units)
    if owner is not None:
        filler = _filler(mention, owner, "possessor", others)
        if filler is not None:
            mention.fillers.append(filler)
            units = [u for u in units if u is not owner]
    subject_matter = antecedent(mention, units)
    if subject_matter is not None:
        filler = _filler(mention, subject_matter, "object", others)
        if filler is not None:
            filler.rule = "antecedent"
            mention.fillers.append(filler)
        units.remove(subject_matter)
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


_FRONTED = 3


def _is_during(mention: EventMention) -> bool:
    """Say whether the noun tells when something else was done: ``صادق المجلس في جلسة``."""
    word = mention.seen.words[mention.first - 1] if mention.first else ""
    return word in markers().during or without_conjunction(word) in markers().during


_SUBJECT_REACH = 12
_REACH = 40
_MARKED_REACH = 26
_LOOSE_REACH = 14
_FAR = ("with", "for", "from", "to", "against")
_PLACE_REACH = 200
_COUNT_REACH = 90


def _reaches_far(mention: EventMention, unit: Unit, others: Sequence[EventMention]) -> bool:
    """Say whether a place, or a list of who attended, counts wherever it stands."""
    if unit.marker != "attended":
        return unit.marker == "in"
    attended = [o for o in others if unit.marker in o.type.frame or unit.marker in o.trigger.frame]
    return _nearest(mention, unit, attended)


def _label_of_noun(mention: EventMention, unit: Unit, cost: int, gap: int) -> str:
    """Return what an unmarked unit before a noun is to it."""
    if cost <= _SUBJECT_REACH and _is_during(mention):
        return "during"
    if gap <= 2 and (mention.trigger.adjective or not mention.match.offset):
        colon = mention.seen.is_title and ":" in mention.seen.words[unit.last : mention.first]
        return "subject" if colon else "before"
    return "near"


def _label(
    mention: EventMention, unit: Unit, taken: set[int], others: Sequence[EventMention]
) -> str | None:
    """Return what a unit is to a trigger: a marker's label, subject, object, of, or None."""
    cost = cost_of(mention, unit)
    if cost > (_PLACE_REACH if _reaches_far(mention, unit, others) else _REACH):
        return None
    if _is_whose(mention, unit):
        return "whose"
    if unit.marker not in UNMARKED:
        return unit.marker
    if mention.type.posts and mention.last <= unit.head and _is_named(mention, unit):
        return "named"
    within = mention.first < unit.head < mention.last
    if within and any(key.startswith("of") for key in mention.trigger.frame):
        return "of"  # اختيار المغرب لعقد
    after = unit.head >= mention.last
    gap = unit.head - mention.last if after else mention.first - unit.last
    if not mention.is_verb:
        if after:
            return "of" if gap <= (unit.marker == "bare") else "near"
        return _label_of_noun(mention, unit, cost, gap)
    given = {f.rule for f in mention.fillers}
    if not after:
        if gap <= 4 and cost < 12 and "subject" not in given:
            return "subject"
        return "near"
    if unit.group in {f.unit.group for f in mention.fillers if f.rule == "subject"}:
        return "subject"
    between = any(mention.last <= o.first < unit.head and o.is_verb for o in others)
    if _plain_cost(mention, unit) <= _SUBJECT_REACH and not between:
        return "object" if "subject" in given else "subject"
    return "near"


_WHOSE_REACH = 4


def _is_whose(mention: EventMention, unit: Unit) -> bool:
    """Say whether ل and a name stand for the genitive: ``جلسة عامة لمجلس النواب``."""
    if mention.is_verb or unit.marker != "for":
        return False
    keys = {key.split()[0] for f in mention.frames for key in f}
    between = mention.seen.words[mention.last : unit.head]
    adjectives = all(markers().phrases.get((word,)) is None for word in between)
    near = 0 <= unit.head - mention.last <= _WHOSE_REACH
    return "whose" in keys and near and adjectives


_BRACKETED = 6
"""Words in brackets behind a name: ``إليزابيث بورن (61 عاما) رئيسة``."""


def _is_named(mention: EventMention, unit: Unit) -> bool:
    """Say whether what somebody becomes stands right behind the name: ``عين علي وزيرا``."""
    words, place = mention.seen.words, unit.last
    if words[place : place + 1] == ["("] and ")" in words[place : place + _BRACKETED]:
        place = words.index(")", place) + 1
    return " ".join(words[place : place + 1]) in map(fold, mention.type.posts)


def _filler(
    mention: EventMention, unit: Unit, label: str, others: Sequence[EventMention]
) -> Filler | None:
    """Turn a labelled unit into a filler by the frames of trigger and type."""
    kind = entity_type(unit)
    cost = cost_of(mention, unit)
    if label in _FAR and cost > _MARKED_REACH:
        return None
    role = mention.role_of(label, kind)
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
        role = next((f[kind] for f in mention.frames if kind in f), None)
        if role is None or label in ("about", "according", "despite", "in", "to", "from"):
            return None
        if role == "none" or not _nearest(mention, unit, others) or cost > _LOOSE_REACH:
            return None
        if not mention.type.is_typical(role, unit_words(mention.seen, unit)):
            return None
        label = kind
    if role == "location":
        return Filler("location", unit, "", label, cost) if kind == "LOC" else None
    if mention.type.is_barred(role, unit_words(mention.seen, unit)):
        return None
    return Filler("participant", unit, role, label, cost)


def _shares(mention: EventMention, unit: Unit, others: Sequence[EventMention]) -> bool:
    """Say whether a place belongs to the trigger: its clause, or nearest, or it has no other.

    A place before a verb and parted from it by a comma is another clause's, unless it opens the
    sentence.
    """
    if mention.is_verb and _FRONTED < unit.head < mention.first:
        between = mention.seen.words[unit.last : mention.first]
        if any(word in COMMAS for word in between):
            return False
    cost = cost_of(mention, unit)
    place = unit.entity.place if unit.entity else None
    if place is not None and place.kind == "area" and cost > _AREA_REACH:
        return False
    if cost > _AT_HAND and any(cost_of(other, unit) <= _AT_HAND for other in others):
        return False
    return cost < _SAME_CLAUSE or _nearest(mention, unit, others)


_AREA_REACH = 6
"""An area (the Sahel) is where an event took place only if it stands close."""
_AT_HAND = 3
_SAME_CLAUSE = 20


def attach_dates(mention: EventMention, others: Sequence[EventMention]) -> None:
    """Give the mention the nearest date of its clause, one that the text fixes before others."""
    dates = [u for u in mention.seen.units if u.date is not None and u.date.type == "DATE"]
    alone = _LONE_DATE_REACH if len(dates) == 1 else 0
    fitting: list[tuple[bool, int, Unit]] = []
    for unit in dates:
        cost = cost_of(mention, unit)
        near = cost < max(_DATE_REACH, alone) or _nearest(mention, unit, others)
        if unit.marker in ("until", "born") or _is_season(unit):
            continue
        if cost <= _REACH and near:
            fitting.append((unit.date is None or unit.date.value is None, cost, unit))
    if fitting:
        _, cost, unit = min(fitting, key=lambda f: f[:2])
        mention.fillers.append(Filler("date", unit, "", "nearest", cost))


def _is_season(unit: Unit) -> bool:
    """Say whether a date spans more than a year, as a season does: no event's date."""
    date = unit.date
    if date is None or date.earliest is None or date.latest is None:
        return False
    return (date.latest - date.earliest).days > _YEAR


_YEAR = 366
_DATE_REACH = 14
_LONE_DATE_REACH = 24


def _attach_counts(mention: EventMention, others: Sequence[EventMention]) -> None:
    """Give the mention the quantities that it measures and no other trigger has a better right to.

    Of two triggers the nearer has it, but a type that names the unit comes before one that only
    counts things of its class: ``صادق المجلس في جلسة عامة بأغلبية 29 نائبا``.
    """
    for unit in mention.seen.units:
        quantity = unit.quantity
        if quantity is None:
            continue
        role = mention.type.count_role(quantity)
        if role is None:
            continue
        rivals = [o for o in others if o.type.count_role(quantity) is not None]
        cost = cost_of(mention, unit)
        if not role and cost > _AT_HAND:
            named = [o for o in rivals if o.type.count_role(quantity)]
            if any(cost_of(other, unit) <= _COUNT_REACH for other in named):
                continue
        elif role:
            rivals = [
                o for o in rivals if o.type.count_role(quantity) or cost_of(o, unit) <= _AT_HAND
            ]
        if cost <= _COUNT_REACH and _nearest(mention, unit, rivals):
            mention.fillers.append(Filler("count", unit, role, "nearest", cost))
