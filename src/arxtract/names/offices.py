"""Offices: who holds which post, and in which body or state.

:func:`find` reads the offices of an article with the persons that they stand beside (``وزير
الخارجية، ناصر بوريطة``); :func:`resolve` gives later mentions (``الوزير``) to the one person of
the article that they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arxtract.document import Document
from arxtract.names.phrases import Grammar, Phrase
from arxtract.names.titles import Gender, GrammaticalNumber, TitleKind
from arxtract.names.units import Unit, sentence_units
from arxtract.records import Entity
from arxtract.text.clitics import lexical

_REACH = 14  # units between a person and the office that somebody names him to


class Office(NamedTuple):
    """An office in the text. ``start`` and ``end`` are clean offsets, proclitics outside."""

    start: int
    end: int
    head: str
    """The title, masculine singular."""
    gender: Gender
    number: GrammaticalNumber
    kind: TitleKind
    definite: bool
    """Whether the phrase says which one (وزير النقل, not مسؤول أمني)."""
    holder: str | None = None
    """Id of the holder's mention; None where nobody is named."""
    affiliation: tuple[int, int] | None = None
    """Clean offsets of the body or state that it names, by name or by adjective."""


class _Claim(NamedTuple):
    """A person beside an office; the lower ``cost``, the likelier."""

    cost: int
    person: int
    """Unit index."""


def find(document: Document, entities: Sequence[Entity]) -> list[Office]:
    """Return the offices of the body in order: held by a named person, or definite.

    A plural title before several names yields one office for each of them.
    """
    offices: list[Office] = []
    grammar = Grammar()
    for units in sentence_units(document, entities):
        offices.extend(_Sentence(grammar, units, entities).offices())
    return _named_bodies(document, entities, _without_lesser(offices))


class _Sentence:
    """The offices of one sentence."""

    def __init__(self, grammar: Grammar, units: list[Unit], entities: Sequence[Entity]) -> None:
        self.grammar = grammar
        self.units = units
        self.entities = entities
        self.taken: dict[int, int] = {}  # unit of a person to the phrase before or after it

    def offices(self) -> list[Office]:
        phrases = self._phrases()
        found: list[Office] = []
        previous: tuple[Phrase, tuple[int, ...]] | None = None
        for phrase in phrases:
            holders = self._holders(phrase, previous)
            for holder in holders:
                self.taken[holder] = phrase.first
            previous = (phrase, holders)
            found.extend(self._office(phrase, holder) for holder in holders)
            if not holders and self._stands_alone(phrase):
                found.append(self._office(phrase, None))
        return found

    def _phrases(self) -> list[Phrase]:
        phrases: list[Phrase] = []
        i = 0
        while i < len(self.units):
            phrase = self.grammar.phrase(self.units, i)
            if phrase:
                phrases.append(phrase)
                i = max(i + 1, phrase.end)
            else:
                i += 1
        return phrases

    def _holders(
        self, phrase: Phrase, previous: tuple[Phrase, tuple[int, ...]] | None
    ) -> tuple[int, ...]:
        title = phrase.head.title
        if title.kind == "honorific":
            return ()
        after = self.grammar.person_after(self.units, phrase.end)
        if title.number == "plural":
            return self._people(after[0]) if after else ()
        if phrase.head.accusative:
            named = self._named_to(phrase)
            return (named,) if named is not None else ()
        claims = []
        if after and after[0] not in self.taken:
            claims.append(_Claim(2 if after[1] else 0, after[0]))
        before = self.grammar.person_before(self.units, phrase.first)
        if before and not phrase.head.conjunction and before[0] not in self.taken:
            direct = not before[1]
            if not direct or not phrase.head.definite or self.grammar.tight(self.units, phrase.end):
                claims.append(_Claim(3 if direct else 1, before[0]))
        if claims and title.kind != "rank":
            return (min(claims).person,)
        if claims and claims[0].cost == 0:
            return (claims[0].person,)
        if (
            previous and phrase.head.conjunction and previous[1]
            and previous[0].end == phrase.first and previous[1][0] < previous[0].first
            and previous[0].head.title.number == "singular"
        ):  # fmt: skip
            return previous[1][:1]
        return ()

    def _people(self, i: int) -> tuple[int, ...]:
        """Return the persons of the list that begins at ``i``."""
        people = [i]
        i += 1
        while i < len(self.units):
            unit = self.units[i]
            if unit.kind == "PER" and (unit.conjunction or i - people[-1] == 2):
                people.append(i)
            elif not (unit.kind == "punct" and unit.base in ("\u060c", ",")):
                break
            i += 1
        return tuple(people)

    def _named_to(self, phrase: Phrase) -> int | None:
        """Return the person who is named to an office in the accusative."""
        person, appointed = None, False
        words = self.grammar.words.appointing
        for i in range(phrase.first - 1, max(-1, phrase.first - _REACH), -1):
            unit = self.units[i]
            if unit.kind == "PER" and person is None:
                person = i
            appointed = appointed or unit.base in words or lexical(unit.whole) in words
        return person if appointed else None

    def _stands_alone(self, phrase: Phrase) -> bool:
        """Whether an office without a named holder is definite enough to stand for him."""
        title = phrase.head.title
        if not phrase.definite or title.number == "plural":
            return False
        if title.kind in ("office", "noble"):
            return True
        return title.kind == "weak" and any(
            unit.kind in ("ORG", "LOC") or unit.base in self.grammar.words.bodies
            for unit in self.units[phrase.first + 1 : phrase.end]
        )

    def _office(self, phrase: Phrase, holder: int | None) -> Office:
        title = phrase.head.title
        return Office(
            phrase.head.start,
            self.units[phrase.end - 1].end,
            title.lemma,
            title.gender,
            title.number,
            title.kind,
            phrase.definite,
            self.entities[self.units[holder].entity].id if holder is not None else None,
            self._affiliation(phrase),
        )

    def _affiliation(self, phrase: Phrase) -> tuple[int, int] | None:
        """Return the body or state that the phrase names."""
        units, words = self.units, self.grammar.words
        body = state = None
        joint = ""
        starts = dict(phrase.objects)
        for i in range(phrase.first + 1, phrase.end):
            unit = units[i]
            joint = starts.get(i, joint)
            if unit.kind == "ORG" and body is None:
                body = (unit.start, unit.end)
            elif state is None and (
                (unit.kind == "LOC" and joint in ("", "\u0644"))
                or (unit.kind == "word" and unit.definite and unit.base in words.nisbas)
            ):
                state = (unit.start, unit.end)
        return body or self._unnamed_body(phrase) or state

    def _unnamed_body(self, phrase: Phrase) -> tuple[int, int] | None:
        """Return the body that the recogniser has not marked: from its first word to the end."""
        units, words = self.units, self.grammar.words
        for start, joint in phrase.objects:
            unit = units[start]
            if unit.base in words.bodies and joint in ("", "\u0644", "\u0628", "\u0644\u062f\u064a"):
                end = self.grammar.noun_phrase(units, start)
                if end:
                    return (unit.start, units[min(end, phrase.end) - 1].end)
        return None


def _without_lesser(offices: list[Office]) -> list[Office]:
    """Drop ranks and professions of persons who hold an office beside them."""
    held = {o.holder for o in offices if o.holder and o.kind not in ("rank", "profession")}
    return [o for o in offices if o.holder not in held or o.kind not in ("rank", "profession")]


def _named_bodies(
    document: Document, entities: Sequence[Entity], offices: list[Office]
) -> list[Office]:
    """Trace a bare definite body (رئيس المركز) to the last full name before it, if there is one."""
    words = Grammar().words
    names: dict[str, list[tuple[int, int]]] = {}
    for entity in entities:
        if entity.type == "ORG":
            start, end = document.clean_range(entity)
            first = lexical(document.clean[start:end]).split(" ", 1)[0]
            names.setdefault(first.removeprefix("\u0627\u0644"), []).append((start, end))
    traced: list[Office] = []
    for office in offices:
        if office.affiliation:
            start, end = office.affiliation
            base = lexical(document.clean[start:end]).removeprefix("\u0627\u0644")
            base = base.removeprefix("\u0644")
            if base in words.bodies:
                known = [n for n in names.get(base, ()) if n[0] < office.start]
                office = office._replace(affiliation=known[-1] if known else None)
        traced.append(office)
    return traced


def resolve(
    document: Document, entities: Sequence[Entity], offices: Sequence[Office]
) -> list[Office]:
    """Give each office without a holder to the one person of the article that it fits.

    It fits a person who holds an office with the same title and gender whose phrase has all of
    its words; it stays without a holder where two persons fit, or none does.
    """
    chains = {entity.id: entity.chain or entity.name or entity.id for entity in entities}
    held: dict[tuple[str, str], list[tuple[frozenset[str], str, str]]] = {}
    for office in offices:
        if office.holder and office.holder in chains:
            key = (office.head, office.gender)
            held.setdefault(key, []).append(
                (_content(document, office), chains[office.holder], office.holder)
            )
    resolved: list[Office] = []
    for office in offices:
        if office.holder is None and office.number == "singular":
            words = _content(document, office)
            fits = [h for h in held.get((office.head, office.gender), ()) if words <= h[0]]
            if len({chain for _, chain, _ in fits}) == 1:
                office = office._replace(holder=fits[0][2])
        resolved.append(office)
    return resolved


def _content(document: Document, office: Office) -> frozenset[str]:
    """Return the words of an office after its title, without particles and the article."""
    words = lexical(document.clean[office.start : office.end]).split()[1:]
    return frozenset(
        w.lstrip("\u0648\u0628\u0644").removeprefix("\u0627\u0644").removeprefix("\u0644")
        for w in words
    )
