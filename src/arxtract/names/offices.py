"""Offices: who holds which post, and in which body or state.

:func:`find` reads the offices of an article with the persons that they stand beside (``وزير
الخارجية، ناصر بوريطة``); :func:`arxtract.names.holders.resolve` gives later mentions
(``الوزير``) to the one person of the article that they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arxtract.document import Document
from arxtract.names.phrases import Grammar, Phrase, grammar
from arxtract.names.titles import Gender, GrammaticalNumber, TitleKind, offices_lexicon
from arxtract.names.units import Unit, sentence_units
from arxtract.records import Entity
from arxtract.text.clitics import lexical

_ARTICLE = "\u0627\u0644"
_PLACING = ("\u0628", "\u0641\u064a", "\u0644\u062f\u064a", "\u0627\u0644\u064a")  # in, at, to
_ELSEWHERE = ("\u0641\u064a", "\u0627\u0644\u064a")
_COMMAS = (",", "\u060c")
_HIS = "\u0647"
_KA = "\u0643"  # as
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
    for units in sentence_units(document, entities):
        offices.extend(_Sentence(grammar(), units, entities).offices())
    return _named_bodies(document, entities, _without_lesser(offices))


class _Sentence:
    """The offices of one sentence."""

    def __init__(self, grammar: Grammar, units: list[Unit], entities: Sequence[Entity]) -> None:
        self.grammar = grammar
        self.units = units
        self.entities = entities
        self.taken: dict[int, Phrase] = {}  # unit of a person to the phrase beside it

    def offices(self) -> list[Office]:
        phrases = self._phrases()
        held: list[tuple[int, ...]] = []
        for i, phrase in enumerate(phrases):
            holders = self._holders(phrase, (phrases[i - 1], held[-1]) if held else None)
            for holder in holders:
                self.taken[holder] = phrase
            held.append(holders)
            for k in range(i if holders else 0, 0, -1):  # the offices run up to the name
                if held[k - 1] or not self._runs_on(phrases[k - 1], phrases[k]):
                    break
                held[k - 1] = holders[:1]
        between = {
            i
            for phrase, holders in zip(phrases, held, strict=True)
            for i in range(phrase.end, min(holders, default=0))
        }
        found: list[Office] = []
        for i, (phrase, holders) in enumerate(zip(phrases, held, strict=True)):
            if i and self._is_title(phrases[i - 1], phrase) and holders == held[i - 1]:
                continue
            found.extend(self._office(phrase, holder) for holder in holders)
            if not holders and self._stands_alone(phrase) and phrase.first not in between:
                found.append(self._office(phrase, None))
        return found

    @staticmethod
    def _is_title(first: Phrase, second: Phrase) -> bool:
        """Whether a title alone goes between an office and its name (خادم الحرمين الملك فلان)."""
        bare = second.end == second.first + 1 and second.head.definite
        return bare and first.end == second.first and first.end > first.first + 1

    @staticmethod
    def _runs_on(first: Phrase, second: Phrase) -> bool:
        """Whether two offices before a name are one person's, side by side or joined by و."""
        return (
            first.end == second.first
            and first.definite
            and (first.head.title.gender, first.head.title.number)
            == (second.head.title.gender, "singular")
            and not (first.head.conjunction and second.head.conjunction)
            and second.head.title.kind != "rank"
            and first.head.title.kind not in ("honorific", "rank")
        )

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
        if title.kind == "honorific" and not phrase.objects:
            return ()
        after = self.grammar.person_after(self.units, phrase.end)
        first = phrase.first
        one_of = first > 0 and self.units[first - 1].base in self.grammar.words.one_of
        if one_of:  # أحد مؤسسي الشركة
            first -= 1
        elif title.number == "plural":
            people = self._people(after[0]) if after else ()
            return people if len(people) > 1 else ()
        direct = after is not None and not after[1]
        if phrase.head.accusative or (self._is_seat(phrase) and not direct):
            named = self._named_to(phrase)
            return (named,) if named is not None else ()
        shared = self._shared(phrase, previous)
        if shared and phrase.end > phrase.first + 1 and direct and self._ends_in_title(phrase):
            return shared
        claims: list[_Claim] = []
        if after and after[0] not in self.taken:
            claims.append(_Claim(2 if after[1] else 0, after[0]))
        before = self.grammar.person_before(self.units, first)
        attached = phrase.head.conjunction or phrase.head.preposition
        if before and not attached and self._is_free(before[0], phrase, before[1]):
            direct = not before[1]
            if (
                not direct or not phrase.head.definite or phrase.objects
                or self.grammar.tight(self.units, phrase.end)
            ):  # fmt: skip
                claims.append(_Claim(3 if direct else 1, before[0]))
        if claims and title.kind != "rank":
            return (min(claims).person,)
        if claims and claims[0].cost == 0:
            return (claims[0].person,)
        return shared

    def _ends_in_title(self, phrase: Phrase) -> bool:
        """Whether a name right after belongs to the last word (مدير مكتب الرئيس بوتفليقة)."""
        last = self.grammar.head(self.units, phrase.end - 1)
        return last is not None and last.definite

    def _shared(
        self, phrase: Phrase, previous: tuple[Phrase, tuple[int, ...]] | None
    ) -> tuple[int, ...]:
        """Return the person who stands before the office before: X، رئيس … وعضو … ."""
        if not previous or not previous[1] or previous[0].head.title.number == "plural":
            return ()
        before, holders = previous
        joined = before.end == phrase.first and not phrase.head.preposition
        comma = before.end == phrase.first - 1 and self.units[before.end].base in _COMMAS
        return holders[:1] if (joined or comma) and holders[0] < before.first else ()

    def _is_free(self, person: int, phrase: Phrase, parted: bool) -> bool:
        """Whether the person may hold the office that follows, beside one that went before.

        He may where none did, where that was a title alone (السفير … مساعد الوزير), or where this
        one stands between commas (الدولي المغربي …، ظهير الفريق، …).
        """
        taken = self.taken.get(person)
        if taken is None:
            return True
        if taken.first > person:
            return False
        alone = taken.end == taken.first + 1
        return alone or (parted and self.grammar.tight(self.units, phrase.end))

    def _is_seat(self, phrase: Phrase) -> bool:
        """Whether the office is one that somebody is said to hold, get or leave."""
        if phrase.head.preposition == _KA:
            return True
        return phrase.first > 0 and self.units[phrase.first - 1].base in self.grammar.words.seats

    def _people(self, i: int) -> tuple[int, ...]:
        """Return the persons of the list that begins at ``i``."""
        people = [i]
        i += 1
        while i < len(self.units):
            unit = self.units[i]
            if unit.kind == "PER" and (unit.conjunction or i - people[-1] == 2):
                people.append(i)
            elif not (unit.kind == "punct" and unit.base in _COMMAS):
                break
            i += 1
        return tuple(people)

    def _named_to(self, phrase: Phrase) -> int | None:
        """Return the person who is named to an office in the accusative."""
        person, appointed = None, False
        as_one = phrase.head.preposition == _KA
        words = self.grammar.words.appointing
        for i in range(phrase.first - 1, max(-1, phrase.first - _REACH), -1):
            unit = self.units[i]
            if unit.kind == "PER" and person is not None and as_one:
                return None
            if unit.kind == "PER" and person is None:
                person = i
            forms = (unit.base, lexical(unit.whole), unit.base.removesuffix(_HIS))
            appointed = appointed or not words.isdisjoint(forms)
        return person if appointed or self._is_seat(phrase) else None

    def _stands_alone(self, phrase: Phrase) -> bool:
        """Whether an office without a named holder is definite enough to stand for him."""
        title = phrase.head.title
        if not phrase.definite or title.number == "plural":
            return False
        if title.kind in ("office", "noble"):
            return True
        return title.kind == "weak" and any(
            unit.is_name or unit.base in self.grammar.words.bodies
            for unit in self.units[phrase.first + 1 : phrase.end]
        )

    def _office(self, phrase: Phrase, holder: int | None) -> Office:
        title, words = phrase.head.title, self.grammar.words
        acts = lexical(title.lemma) in words.actors and all(
            unit.base in words.nisbas for unit in self.units[phrase.first + 1 : phrase.end]
        )
        return Office(
            phrase.head.start,
            self.units[phrase.end - 1].end,
            title.lemma,
            title.gender,
            title.number,
            "profession" if acts else title.kind,
            phrase.definite,
            self.entities[self.units[holder].entity].id if holder is not None else None,
            self._affiliation(phrase),
        )

    def _affiliation(self, phrase: Phrase) -> tuple[int, int] | None:
        """Return the body or state that the phrase names: by name, by noun, by adjective."""
        units, words = self.units, self.grammar.words
        body = state = nisba = None
        joints = dict(phrase.objects)
        joint, business = "", False
        for i in range(phrase.first + 1, phrase.end):
            unit = units[i]
            if i in joints or unit.preposition:
                joint = unit.preposition or joints[i]
                business = unit.base in words.portfolios
            if unit.kind == "ORG":
                body = body or (unit.start, unit.end)
            elif unit.kind == "LOC" and not (joint in _PLACING or (joint and business)):
                state = state or (unit.start, unit.end)
            elif unit.kind == "word" and unit.definite and unit.base in words.nisbas:
                nisba = nisba or (unit.start, unit.end)
        title = phrase.head.title
        if title.kind == "profession" or lexical(title.lemma) in words.players:
            nisba = None  # where somebody is from
        return body or state or self._unnamed_body(phrase) or nisba

    def _unnamed_body(self, phrase: Phrase) -> tuple[int, int] | None:
        """Return the body that the recogniser has not marked: its first noun to the phrase's end.

        A body of one definite word goes first, since it may be traced to a full name.
        """
        bodies: list[tuple[int, int]] = []
        for start, joint in phrase.objects:
            unit = self.units[start]
            words = self.grammar.words
            if unit.base in words.bodies and (joint not in _ELSEWHERE or unit.base in words.headed):
                end = min(self.grammar.noun_phrase(self.units, start), phrase.end)
                if end == start + 1:
                    return unit.start, unit.end
                if end:
                    bodies.append((unit.start, self.units[end - 1].end))
        return bodies[0] if bodies else None


def _without_lesser(offices: list[Office]) -> list[Office]:
    """Drop ranks, professions and mere titles of nobility of persons who hold an office too."""
    held = {o.holder for o in offices if o.holder and not _is_lesser(o)}
    return [o for o in offices if o.holder not in held or not _is_lesser(o)]


def _is_lesser(office: Office) -> bool:
    titular = office.kind == "noble" and office.affiliation is None and office.definite
    return titular or office.kind in ("rank", "profession")


def _named_bodies(
    document: Document, entities: Sequence[Entity], offices: list[Office]
) -> list[Office]:
    """Trace a bare definite body (رئيس المركز) to the last full name before it, if there is one."""
    words = offices_lexicon()
    names: dict[str, list[tuple[int, int]]] = {}
    for entity in entities:
        if entity.type == "ORG":
            start, end = document.clean_range(entity)
            first = lexical(document.clean[start:end]).split(" ", 1)[0].removeprefix(_ARTICLE)
            names.setdefault(words.alike.get(first, first), []).append((start, end))
    traced: list[Office] = []
    for office in offices:
        if office.affiliation:
            base = lexical(document.clean[slice(*office.affiliation)])
            base = base.removeprefix(_ARTICLE).removeprefix(_ARTICLE[1])
            if base in words.bodies:
                known = [
                    n for n in names.get(words.alike.get(base, base), ()) if n[0] < office.start
                ]
                office = office._replace(affiliation=known[-1] if known else None)
        traced.append(office)
    return traced
