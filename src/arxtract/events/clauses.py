"""A light analysis of a sentence: its words, its clauses, and what marks each name in them.

No tree is built. A *unit* is a noun phrase that holds a name, a date, a quantity or a bare
office; its *marker* says how it hangs in the clause (``by``, ``in``, ``with``, …: the words
before it, looked up in ``lexicon/markers.yaml``) and its place says the rest. The cost is linear
in the number of tokens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeVar

from arxtract.document import Document, Sentence, Token
from arxtract.events.lexemes import conjugation, without_conjunction
from arxtract.events.markers import markers
from arxtract.events.placing import after_colon, mark_places
from arxtract.names.hints import Hints
from arxtract.names.offices import Office
from arxtract.places.gazetteer import nationalities
from arxtract.records import DateMention, Entity, Quantity

Kind = Literal["actor", "date", "quantity"]
COMMAS = ("،", ",")
UNMARKED = ("bare", "start", "joined")
"""Markers of units that no word marks."""
M = TypeVar("M", Entity, DateMention, Quantity)


@dataclass(slots=True, eq=False)
class Unit:
    """A noun phrase that matters, as token indices ``[first, last)`` of its sentence."""

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    entity: Entity | None = None
    office: Office | None = None
    date: DateMention | None = None
    quantity: Quantity | None = None
    marker: str = ""
    """Label of the words before it; ``start``, ``noun`` or ``bare`` where there are none."""
    marker_range: tuple[int, int] | None = None
    head: int = 0
    """Index of the first token of the whole phrase, common nouns before the name included."""
    group: int = 0
    """The same number, unlike any other of the article, for units joined by و or a comma."""
    quoted: bool = False
    """Whether a quotation mark or bracket opens right before the name."""
    told: bool = False
    """Who is spoken to (في تصريح لهسبريس) or reports (a dateline's agency): in no event."""
    inside: bool = False
    """Within another unit's title or name, so no participant of its own."""


_LIST_HEADS = 8
"""First members of a list that speak for all of it."""


@dataclass(slots=True, eq=False)
class SentenceView:
    """A sentence with its words in search spelling, units and clause boundaries."""

    index: int
    sentence: Sentence
    tokens: Sequence[Token]
    words: list[str]
    units: list[Unit]
    breaks: list[int] = field(default_factory=list)
    """Token indices where a new clause begins, rising; strong ones twice."""
    is_title: bool = False
    feminine: frozenset[int] = frozenset()
    """Words that end in ة, which no verb does."""
    hints: Hints | None = None
    _lists: dict[int, list[Unit]] = field(default_factory=dict)

    def joined(self, unit: Unit) -> Sequence[Unit]:
        """Return the units of the list that a unit is a member of, in text order."""
        if not unit.group:
            return (unit,)
        if not self._lists:
            for one in self.units:
                self._lists.setdefault(one.group, []).append(one)
        return self._lists.get(unit.group, (unit,))

    def voices(self, unit: Unit) -> Sequence[Unit]:
        """Return a unit and the heads of the list that it is in, which speak for it too."""
        joined = self.joined(unit)
        heads = joined[:_LIST_HEADS]
        return heads if len(joined) <= _LIST_HEADS or unit in heads else (*heads, unit)

    def tells(self, first: int, last: int, kind: str) -> float:
        """Return the log-odds by the hints that tokens [first, last) tell of a type of event."""
        if self.hints is None:
            return 0.0
        return max(self.hints.event(token.start, kind) for token in self.tokens[first:last])

    def fills(self, unit: Unit, slot: str) -> float:
        """Return the log-odds by the hints that a unit fills a slot, of whatever event."""
        if self.hints is None:
            return 0.0
        return max([self.hints.slot(one.start, slot) for one in self.voices(unit)])

    def distance(self, a: int, b: int) -> tuple[int, int]:
        """Return tokens and clause boundaries between two token indices."""
        low, high = (a, b) if a <= b else (b, a)
        return high - low, bisect_right(self.breaks, high) - bisect_right(self.breaks, low)


def view(
    document: Document, index: int, offices: Sequence[Office], people: Mapping[str, Entity]
) -> SentenceView:
    """Analyse sentence ``index`` of the document.

    ``offices`` are those that lie in it; ``people`` are all entities of the document by id.
    """
    sentence = document.sentences[index]
    tokens = document.tokens[sentence.first : sentence.last]
    search = document.search
    words = [search[t.start : t.end] for t in tokens]
    seen = SentenceView(index, sentence, tokens, words, [], hints=document.hints)
    title = document.title
    seen.feminine = frozenset(i for i, t in enumerate(tokens) if document.clean[t.end - 1] == "ة")
    seen.is_title = title is not None and title[0] <= sentence.start < title[1]
    seen.units = _units(document, seen, offices, people)
    for unit in seen.units:
        _mark(seen, unit)
        unit.told = _is_told(seen, unit)
    _head_of_title(seen)
    _join(seen)
    _include(seen)
    mark_places(seen)
    _break(seen)
    return seen


def _units(
    document: Document,
    seen: SentenceView,
    offices: Sequence[Office],
    people: Mapping[str, Entity],
) -> list[Unit]:
    """Make the units of a sentence, in order of their start."""
    starts = [t.start for t in seen.tokens]
    units: list[Unit] = []

    def add(kind: Kind, start: int, end: int, **given: object) -> None:
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_left(starts, end), first + 1)
        units.append(Unit(kind, start, end, first, last, **given))  # type: ignore[arg-type]

    low, high = seen.sentence.start, seen.sentence.end
    local = dict(_within_by_id(document, low, high))
    holders = {o.holder: o for o in offices if o.holder in local}
    for entity, (start, end) in local.values():
        office = holders.get(entity.id)
        inside = any(o.start <= start and end <= o.end for o in offices if o is not office)
        add("actor", start, end, entity=entity, office=office, inside=inside)
    for office in offices:
        holder = office.holder or ""
        if holders.get(holder) is not office:
            add("actor", office.start, office.end, office=office, entity=people.get(holder))
    for date, (start, end) in _within(document, document.dates, low, high):
        add("date", start, end, date=date)
    for quantity, (start, end) in _within(document, document.quantities, low, high):
        add("quantity", start, end, quantity=quantity)
    units.sort(key=lambda u: (u.start, -u.end))
    return units


def _within_by_id(
    document: Document, low: int, high: int
) -> list[tuple[str, tuple[Entity, tuple[int, int]]]]:
    return [(e.id, (e, r)) for e, r in _within(document, document.entities, low, high)]


def _within(
    document: Document, mentions: Sequence[M], low: int, high: int
) -> list[tuple[M, tuple[int, int]]]:
    """Return the mentions, which are in order, that lie in clean ``[low, high)``."""
    raw_low, raw_high = document.text.raw_range(low, high)
    first = bisect_left(mentions, raw_low, key=lambda m: m.start)
    last = bisect_left(mentions, raw_high, key=lambda m: m.start)
    return [(m, document.clean_range(m)) for m in mentions[first:last]]


@cache
def _words_before_people() -> frozenset[str]:
    """Return the nouns and nationalities that stand before a name: ``على البلجيكي جوفان``."""
    known = markers()
    return frozenset((*known.place_nouns, *known.actor_nouns, *nationalities()))


def _mark(seen: SentenceView, unit: Unit) -> None:
    """Find the words that mark the unit, walking left over its common nouns."""
    known = markers()
    start = unit.start
    index = unit.first
    if unit.office is not None and unit.office.start < start:
        start = unit.office.start
        while index > 0 and seen.tokens[index].start > start:
            index -= 1
    nouns = known.place_nouns | known.actor_nouns if unit.kind == "actor" else frozenset()
    if unit.entity is not None and unit.entity.type == "PER":
        nouns = _words_before_people()
    steps = 0
    while True:
        unit.head = index
        letters = seen.words[index][: max(start - seen.tokens[index].start, 0)]
        label = known.letters.get(letters[-1:]) if letters else None
        if label:
            unit.marker = label
            unit.marker_range = (start - 1, start)
            _widen(seen, unit, index, letters[-1])
            return
        if letters:  # و or ف
            unit.marker = "joined"
            return
        if index == 0:
            unit.marker = "start"
            return
        found = _phrase_before(seen, index)
        if found:
            unit.marker, unit.marker_range = found
            return
        previous = seen.tokens[index - 1]
        word = seen.words[index - 1]
        if previous.kind == "punct":
            if word in ('"', "'", "(", "«") and steps < 4:
                unit.quoted = True
                index -= 1
                start = previous.start
                steps += 1
                continue
            unit.marker = "start"
            return
        bare = seen.words[index - 1]
        article = conjugation().proclitics.article
        cut = 0
        if bare not in nouns and bare[1:] in nouns:
            cut = 1
        elif bare not in nouns and bare[2:] in nouns and bare[:2] != article:
            cut = 2
        elif bare not in nouns:
            unit.marker = "bare"
            return
        index -= 1
        start = previous.start + cut
        steps += 1
        if steps > 4:
            unit.marker = "bare"
            return


def _is_told(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit is spoken to (ل after a word of speech) or a dateline's agency."""
    if unit.kind != "actor" or unit.entity is None or unit.entity.type != "ORG":
        return False
    before = seen.words[max(unit.head - 3, 0) : unit.head]
    if unit.marker == "for" and any(w in markers().told or w[1:] in markers().told for w in before):
        return True
    bracketed = seen.words[unit.first - 1 : unit.first] == ["("]  # but not دورية (لانسيت)
    return bracketed and unit.first <= _DATELINE and unit.head >= unit.first - 1


def _widen(seen: SentenceView, unit: Unit, index: int, letter: str) -> None:
    """Let a phrase that ends in a proclitic (``خلفا ل``) win over the bare letter."""
    known = markers()
    for length in range(known.longest - 1, 0, -1):
        if index - length < 0:
            continue
        before = (*seen.words[index - length : index], letter)
        label = known.phrases.get(before)
        if label:
            unit.marker = label
            unit.marker_range = (seen.tokens[index - length].start, unit.start)
            return


def _phrase_before(seen: SentenceView, index: int) -> tuple[str, tuple[int, int]] | None:
    """Return label and clean range of the longest marker that ends right before ``index``."""
    known = markers()
    for length in range(min(known.longest, index), 0, -1):
        before = tuple(seen.words[index - length : index])
        label = known.phrases.get(before)
        if label is None:
            label = known.phrases.get((without_conjunction(before[0]), *before[1:]))
        if label:
            return label, (seen.tokens[index - length].start, seen.tokens[index - 1].end)
    return None


def _head_of_title(seen: SentenceView) -> None:
    """Read ``مراكش: تحالف دولي …``: a place before a headline's colon is where it happens."""
    if seen.is_title and seen.units and len(seen.words) > seen.units[0].last:
        unit = seen.units[0]
        place = unit.entity is not None and unit.entity.type == "LOC"
        if place and unit.first == 0 and seen.words[unit.last] in _HEADLINE_STOPS:
            unit.marker = "in"


_HEADLINE_STOPS = frozenset((":", "…", "..", "...", "-"))


def _include(seen: SentenceView) -> None:
    """Give the members of a list (``من بينها المغرب``, ``هي: …``) the marker of the whole."""
    label: tuple[str, tuple[int, int] | None] | None = None
    position = 0
    for unit in seen.units:
        if unit.kind == "date":
            continue
        if unit.marker == "including" or (unit.marker == "start" and after_colon(seen, unit)):
            found = _last_of(seen, position, unit.head)
            if found is not None:
                label = found
            if label is not None:
                for other in seen.units:
                    if other.group == unit.group and other.kind == "actor":
                        other.marker, other.marker_range = label
        elif unit.marker in _WHOLES:
            label = unit.marker, unit.marker_range


_WHOLES = ("attended", "by", "with", "between")


def _last_of(seen: SentenceView, start: int, end: int) -> tuple[str, tuple[int, int] | None] | None:
    """Return the last marker of a whole between two token indices."""
    for index in range(end, start, -1):
        found = _phrase_before(seen, index)
        if found is not None and found[0] in _WHOLES:
            return found
    return None


_GROUPS = 100_000
_DATELINE = 6


def _join(seen: SentenceView) -> None:
    """Let a unit that is joined to the one before it share that one's marker and group."""
    group = (seen.index + 1) * _GROUPS
    previous: Unit | None = None
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside:
            continue
        joined = False
        if previous is not None and previous.last <= unit.head + 1:
            between = seen.words[previous.last : unit.head]
            only_commas = all(w in ("،", ",", "و", '"', "'", "(", ")") for w in between)
            near = only_commas and len(between) <= 3
            conjunction = unit.marker == "joined" or (unit.marker == "bare" and "و" in between)
            comma = unit.marker == "start" and "،" in between and previous.group == group
            joined = near and (conjunction or comma)
        if joined and previous is not None:
            unit.group = previous.group
            if unit.marker in ("joined", "start", "bare"):
                unit.marker = previous.marker
                unit.marker_range = previous.marker_range
        else:
            group += 1
            unit.group = group
            if unit.marker == "joined":
                unit.marker = "start"
        previous = unit


def _break(seen: SentenceView) -> None:
    """Note where clauses begin."""
    known = markers()
    for index, word in enumerate(seen.words):
        rest = without_conjunction(word)
        if word in ("؛", ";", ":") or word in known.strong or rest in known.strong:
            seen.breaks += [index, index]
        elif (
            word in known.weak
            or rest in known.weak
            or (word in COMMAS and _verb_like(seen, index + 1))
        ):
            seen.breaks.append(index)


def _verb_like(seen: SentenceView, index: int) -> bool:
    """Say whether the word after a comma opens a clause: و or ف with a verb-shaped word."""
    if index >= len(seen.words):
        return False
    word = seen.words[index]
    rest = without_conjunction(word, 4)
    return rest != word and rest[0] in markers().verb_letters
