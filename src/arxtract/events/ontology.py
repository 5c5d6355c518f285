"""The ontology: event types, their roles, triggers and frames, read from YAML.

One file a type in ``ontology/``; a user's file has the same form and may add a type or add to
one. Whoever wants to know what the library finds reads those files; ``docs/ontology.md``
explains them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arxtract.events.lexemes import (
    Form,
    Tense,
    adjective_forms,
    conjugation,
    noun_forms,
    pronouns,
    readings,
    verb_forms,
    without_article,
)
from arxtract.records import EntityType, Quantity, Status, UnitClass
from arxtract.resources import REMEMBERED
from arxtract.text.normalise import fold


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Strict):
    """A role of a type: which kinds of participant may fill it."""

    accepts: tuple[EntityType, ...] = ("PER", "ORG", "LOC")
    typical: tuple[str, ...] = Field(
        default=(), description="words of which a body holds one to fill the role by mere nearness"
    )
    never: tuple[str, ...] = Field(
        default=(), description="beginnings of words of which no filler of the role holds one"
    )
    elsewhere: tuple[str, ...] = Field(
        default=(), description="what the role is called in the types that this one joins"
    )
    opposes: str | None = Field(
        default=None, description="what the other side is: who stands beside a loser has won"
    )
    about: str = ""


class Listing(_Strict):
    """How lists tell of events of a type without a trigger: ``الرجاء – الوداد``."""

    role: str = Field(description="of both names")
    between: tuple[str, ...] = Field(description="what may stand between them beside a score")


class Example(_Strict):
    """A sentence in the notation of the gold, and what must be read from it."""

    say: str
    gives: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)


class Trigger(_Strict):
    """A verb, noun, adjective or phrase that names events of the type."""

    verb: str | None = Field(default=None, description="perfect and imperfect, third person")
    noun: str | None = None
    plural: tuple[str, ...] = ()
    adjective: str | None = None
    phrase: str | None = Field(
        default=None,
        description="words as written; ‹…› stands for up to six words between, "
        "‹ألقى/يلقي› for a verb and ‹سراح+› for a noun in all forms, ‹مصرعه+› for any pronoun",
    )
    frame: dict[str, str] = Field(default_factory=dict, description="marker → role")
    status: Status | None = None
    weak: bool = Field(default=False, description="adds to an event named otherwise; makes none")
    yields: tuple[str, ...] = Field(
        default=(), description="types: named behind it in its clause, they are what it is about"
    )
    needs: tuple[str, ...] = Field(default=(), description="one of these stands in the sentence")
    unless: tuple[str, ...] = Field(default=(), description="none of these stands around it")
    fills: tuple[str, ...] = Field(
        default=(), description="roles, location, date: without them in its sentence it is none"
    )
    gloss: str = ""

    @model_validator(mode="after")
    def _one_lexeme(self) -> Trigger:
        given = [x for x in (self.verb, self.noun, self.adjective, self.phrase) if x]
        if len(given) != 1:
            raise ValueError("give exactly one of verb, noun, adjective, phrase")
        if self.verb and len(self.verb.split()) != 2:
            raise ValueError(f"verb wants its perfect and its imperfect: {self.verb!r}")
        for word in (self.phrase or "").split():
            if _VERB_SPLIT in word and not all(word.partition(_VERB_SPLIT)):
                raise ValueError(f"a verb of a phrase wants both its forms: {word!r}")
        return self

    @property
    def name(self) -> str:
        """The lexeme as the ontology writes it."""
        return self.verb or self.noun or self.adjective or self.phrase or ""


class EventType(_Strict):
    """One type of event and all that is known of how the press reports it."""

    type: str
    about: str = ""
    ace: str | None = None
    plover: str | None = None
    roles: dict[str, Role] = Field(default_factory=dict)
    frame: dict[str, str] = Field(
        default_factory=dict, description="marker → role, where a trigger's own frame is silent"
    )
    place: Literal["location", "participant", "none"] = Field(
        default="location", description="what a place is that stands in the genitive of a trigger"
    )
    counts: tuple[UnitClass, ...] = Field(default=(), description="what its quantities may count")
    units: dict[str, str] = Field(
        default_factory=dict, description="unit → role of the count; none: it counts nothing here"
    )
    merge: Literal["one", "participants"] = Field(
        default="one",
        description="one: mentions in an article are one event unless date or place differ; "
        "participants: those that share nobody are different events",
    )
    distinct: tuple[str, ...] = Field(
        default=(), description="roles that tell its events apart: two players are two transfers"
    )
    pairs: bool = Field(
        default=False, description="whom one sees first and whom next are two meetings"
    )
    listed: Listing | None = Field(
        default=None, description="names told in pairs, where the article tells of the type"
    )
    posts: tuple[str, ...] = Field(
        default=(), description="what one becomes: a name right before it is `named` in frames"
    )
    occasion: bool = Field(default=False, description="what is said there takes its date and place")
    lasting: bool = Field(default=False, description="it may be begun and not yet over")
    same_day: bool = Field(
        default=False, description="it happens on the day of its story's nearest event"
    )
    story: str | None = Field(
        default=None, description="events of one story share place and people when told together"
    )
    joins: tuple[str, ...] = Field(
        default=(), description="types that these mentions add to, where the article has one"
    )
    otherwise: str | None = Field(default=None, description="type of a mention that joins none")
    triggers: tuple[Trigger, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def is_typical(self, role: str, words: Sequence[str]) -> bool:
        """Say whether a unit of these words may fill a role by nearness alone."""
        typical = self.roles[role].typical if role in self.roles else ()
        return not typical or _begins(words, typical)

    def is_barred(self, role: str, words: Sequence[str]) -> bool:
        """Say whether a unit of these words never fills a role: no judge is a defendant."""
        return role in self.roles and _begins(words, self.roles[role].never)

    def count_role(self, quantity: Quantity) -> str | None:
        """Return the role of a quantity as a count of this type: empty where the type only
        counts things of its class, None where it does not measure the event."""
        named = self.units.get(quantity.unit or "")
        if named is not None:
            return None if named == "none" else named
        return "" if quantity.unit_class in self.counts else None


def _begins(words: Sequence[str], starts: Sequence[str]) -> bool:
    """Say whether a word, its proclitics cut, begins with one of ``starts``.

    A start may run on into the next words, whose article does not count: ``اتحاد دولي`` bars
    ``الاتحاد الدولي``.
    """
    return bool(starts) and _begins_with(tuple(words), tuple(starts))


@lru_cache(maxsize=4096)
def _begins_with(words: tuple[str, ...], starts: tuple[str, ...]) -> bool:
    folded = tuple(map(fold, starts))
    return any(
        " ".join([rest, *(without_article(w) for w in words[index + 1 :])]).startswith(folded)
        for index, word in enumerate(words)
        for rest, _, _, _ in readings(word)
    )


class Match(NamedTuple):
    """A trigger found at a token."""

    type: EventType
    trigger: Trigger
    tense: Tense
    future: bool
    offset: int
    """Letters of proclitics before it."""
    tokens: int
    """How many tokens it covers."""


class _Word(NamedTuple):
    """A word of a phrase: the ways to write it, in search spelling."""

    forms: frozenset[str]
    is_verb: bool = False


class _Phrase(NamedTuple):
    words: tuple[_Word, ...]
    gaps: tuple[bool, ...]
    """Whether words may stand before word i."""
    type: EventType
    trigger: Trigger


class _Starts(NamedTuple):
    """What may begin with a word, whatever stands around it."""

    phrases: tuple[tuple[_Phrase, int, bool], ...]
    """Each with the letters of proclitics before it, and whether it is in the future."""
    words: tuple[Match, ...]


_NO_STARTS = _Starts((), ())
_GAP = "…"
_MOST_BETWEEN = 6


class Ontology:
    """All types with an index from written forms to triggers."""

    def __init__(self, types: Sequence[EventType]) -> None:
        self.types = {t.type: t for t in types}
        self._forms: dict[str, list[tuple[Tense, EventType, Trigger]]] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        self._starts = lru_cache(maxsize=REMEMBERED)(self._look_up)
        for event_type in self.types.values():
            for trigger in event_type.triggers:
                self._index(event_type, trigger)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p.words))

    def _index(self, event_type: EventType, trigger: Trigger) -> None:
        if trigger.phrase:
            words: list[_Word] = []
            gaps: list[bool] = []
            gap = False
            for word in trigger.phrase.split():
                if word == _GAP:
                    gap = True
                else:
                    words.append(_word(word))
                    gaps.append(gap)
                    gap = False
            phrase = _Phrase(tuple(words), tuple(gaps), event_type, trigger)
            for form in words[0].forms:
                self._phrases.setdefault(form, []).append(phrase)
            return
        if trigger.verb:
            forms = verb_forms(*trigger.verb.split())
        elif trigger.noun:
            forms = noun_forms(trigger.noun, trigger.plural)
        else:
            forms = adjective_forms(trigger.adjective or "")
        seen: set[str] = set()
        for text, tense in forms:
            if text not in seen:
                seen.add(text)
                self._forms.setdefault(text, []).append((tense, event_type, trigger))

    def match(
        self, words: Sequence[str], index: int, feminine: frozenset[int] = frozenset()
    ) -> list[Match]:
        """Return the triggers that begin at token ``index`` of a sentence in search spelling.

        ``feminine`` are the tokens that are written with a final ة, and so are no verbs.
        The longest phrases come first, then single words in the order of the ontology: the
        first of a type whose cues allow it is the one to take.
        """
        starts = self._starts(words[index], index in feminine)
        found: list[Match] = []
        for phrase, offset, future in starts.phrases:
            length = _phrase_length(phrase, words, index)
            if length:
                found.append(Match(phrase.type, phrase.trigger, "phrase", future, offset, length))
        found.extend(starts.words)
        return found

    def _look_up(self, word: str, feminine: bool) -> _Starts:
        """Return what a word may begin, written with a final ة or not."""
        phrases: list[tuple[_Phrase, int, bool]] = []
        matches: list[Match] = []
        for rest, offset, future, definite in readings(word):
            noun = definite or feminine or _noun_only(word, offset)
            for phrase in self._phrases.get(rest, ()):
                if not (noun and phrase.words[0].is_verb):
                    phrases.append((phrase, offset, future))
            for tense, event_type, trigger in self._forms.get(rest, ()):
                if noun and tense in ("perfect", "imperfect"):
                    continue
                if tense == "definite" and feminine:  # معارضة is not معارض with ـه
                    continue
                if future and tense != "imperfect":
                    continue
                shown: Tense = "future" if future else tense
                if definite and tense == "noun":
                    shown = "definite"
                matches.append(Match(event_type, trigger, shown, future, offset, 1))
        return _Starts(tuple(phrases), tuple(matches)) if phrases or matches else _NO_STARTS


_VERB_SPLIT = "/"
_ANY_FORM = "+"
_PRONOUN = "ه"


def _word(written: str) -> _Word:
    """Read a word of a phrase: as it is, or in other forms too.

    ``ألقى/يلقي`` is a verb in all its forms, ``سراح+`` a noun in all its forms, ``مصرعه+`` a noun
    with any possessive pronoun.
    """
    if _VERB_SPLIT in written:
        return _Word(_texts(verb_forms(*written.split(_VERB_SPLIT))), is_verb=True)
    if not written.endswith(_ANY_FORM):
        return _Word(frozenset([fold(written)]))
    noun = written.removesuffix(_ANY_FORM)
    if noun.endswith(_PRONOUN):
        return _Word(frozenset(fold(noun)[:-1] + pronoun for pronoun in pronouns()))
    return _Word(_texts(noun_forms(noun)))


def _texts(forms: Iterable[Form]) -> frozenset[str]:
    return frozenset(form.text for form in forms)


def _noun_only(word: str, offset: int) -> bool:
    """Say whether the proclitic that was cut stands before nouns alone: بحثا is no حثا."""
    return word[:offset].endswith(tuple(conjugation().proclitics.nominal))


def _phrase_length(phrase: _Phrase, words: Sequence[str], index: int) -> int:
    """Return how many tokens the phrase covers from ``index`` on, 0 if it does not match."""
    place = index + 1
    for word, gap in zip(phrase.words[1:], phrase.gaps[1:], strict=True):
        reach = place + (_MOST_BETWEEN if gap else 0)
        while place < len(words) and not _same(words[place], word):
            place += 1
            if place > reach:
                return 0
        if place >= len(words):
            return 0
        place += 1
    return place - index


def _same(word: str, wanted: _Word) -> bool:
    return word in wanted.forms or not wanted.forms.isdisjoint(_rests(word, wanted.is_verb))


@lru_cache(maxsize=REMEMBERED)
def _rests(word: str, verbal: bool) -> tuple[str, ...]:
    """Return what is left of a word without its proclitics, the article not if it is a verb."""
    return tuple(rest for rest, _, _, definite in readings(word)[1:] if not (verbal and definite))
