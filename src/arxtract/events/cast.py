"""The people and bodies that an article has named so far, and the last who spoke.

A noun stands for one of them later: ``الشركة``, ``اللاعب``, ``نجم المنتخب``.
"""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.events.clauses import COMMAS, SentenceView, Unit
from arxtract.events.lexemes import is_definite, without_article
from arxtract.events.markers import markers
from arxtract.events.said import REACH
from arxtract.events.speakers import (
    QUOTES,
    SPEAKER_REACH,
    is_body,
    is_body_noun,
    speaker_key,
    title_of,
)
from arxtract.events.speech import speech
from arxtract.text.normalise import fold


class Cast:
    """Who has been named in an article, sentence by sentence, and who spoke last."""

    def __init__(self) -> None:
        self.speakers: list[Unit] = []
        self._bodies: list[tuple[frozenset[str], Unit]] = []
        self._people: list[tuple[frozenset[str], Unit]] = []
        self._read_up_to = 0

    def remember(self, seen: SentenceView, end: int) -> None:
        """Keep the actors before token ``end`` for the nouns that stand for them later."""
        for unit in seen.units:
            if unit.kind != "actor" or unit.inside or unit.entity is None:
                continue
            if unit.last > end or unit.start < self._read_up_to:
                continue
            self._read_up_to = unit.end
            if unit.entity.type == "ORG":
                words = seen.words[min(unit.head, unit.first) : unit.last]
                if not unit.told:
                    self._bodies.append((frozenset(words), unit))
            elif unit.entity.type == "PER":
                self._people.append((_phrase_words(unit, seen), unit))

    def stands_for(self, word: str) -> list[Unit]:
        """Return whom a noun like ``الشركة`` or ``اللاعب`` stands for, or nobody.

        A body whose name holds the noun, the last named; a person, the last speaker or the last
        named, where the noun is no body's.
        """
        named = self.body(word)
        if named is not None:
            return [named]
        people = [u for u in self.speakers if u.entity is None or u.entity.type == "PER"]
        if people or word in speech().issued_again:
            return self.speakers
        return [u for _, u in self._people[-1:]] if word in speech().persons else self.speakers

    def named(self, unnamed: Unit, seen: SentenceView) -> Unit:
        """Return the person that a speaker without a name is.

        One whose name stands behind in apposition, one introduced by the same nouns, or the last
        speaker, told of by what he plays (``نجم المنتخب``) or by other words of his office.
        """
        if unnamed.entity is not None:
            return unnamed
        apposed = _apposed(unnamed, seen)
        if apposed is not None:
            return apposed
        words = {without_article(w) for w in seen.words[unnamed.first : unnamed.last]}
        for introduced, unit in reversed(self._people):
            if len(words) > 1 and words <= introduced:
                return unit
        last = self.last_person()
        if last is None:
            return unnamed
        if seen.words[unnamed.first] in speech().epithets:
            return last
        told = (w for w, u in self._people if speaker_key(u) == speaker_key(last))
        known: frozenset[str] = frozenset().union(*told)
        return last if _fits_office(unnamed, known, seen) else unnamed

    def last_person(self) -> Unit | None:
        """Return the last speaker if it was one person with a name."""
        last = self.speakers[0] if len(self.speakers) == 1 else None
        named = last is not None and last.entity is not None and last.entity.type == "PER"
        return last if named else None

    def is_of_body(self, word: str) -> bool:
        """Say whether a definite noun stands for a body named before."""
        if not is_definite(word) or not is_body_noun(word):
            return False
        spoke = any(is_body(unit) for unit in self.speakers)
        return spoke or self.body(word) is not None

    def body(self, word: str) -> Unit | None:
        """Return the last body named whose name holds the noun."""
        noun = without_article(word)
        for words, unit in reversed(self._bodies):
            if noun in words or word in words:
                return unit
        return None


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
        if len(between) > SPEAKER_REACH or not (
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
        if behind in COMMAS and unit.last + 1 < len(seen.words):
            behind = seen.words[unit.last + 1]
        return unit if behind in speech().content or behind in QUOTES else None
    return None


def _fits_office(unnamed: Unit, known: frozenset[str], seen: SentenceView) -> bool:
    """Say whether an office is told of by the words that introduced somebody, if not all."""
    title = title_of(seen.words[unnamed.first])
    titles = {t.lemma for t in map(title_of, known) if t is not None and t.number == "singular"}
    if title is None or title.number != "singular" or title.lemma not in titles:
        return False
    inside = [u.entity for u in seen.units if unnamed.first < u.first < unnamed.last]
    names = [_stems(fold(entity.name).split()) for entity in inside if entity is not None]
    if names:
        told = {w for w in known if w not in markers().actor_nouns and not is_body_noun(w)}
        return all(name & told for name in names)
    others = _stems(seen.words[unnamed.first + 1 : unnamed.last])
    return 2 * len(others & known) >= len(others) > 0


def _phrase_words(unit: Unit, seen: SentenceView) -> frozenset[str]:
    """Return the words of a person's name and office, without the article."""
    office = unit.office
    found = set(seen.words[unit.head : unit.last])
    if office is not None:
        inside = (t for t in enumerate(seen.tokens) if office.start <= t[1].start < office.end)
        found.update(seen.words[i] for i, _ in inside)
    for place in range(unit.last, min(unit.last + REACH, len(seen.words))):
        word = seen.words[place]
        if word in COMMAS or word in QUOTES or word in speech().content or word == ".":
            break
        found.add(word)
    return frozenset(without_article(word) for word in found) | _stems(list(found))


def _stems(words: Sequence[str]) -> frozenset[str]:
    """Return words without the article and the letter before it."""
    found = []
    for word in words:
        for prefix in speech().before_noun:
            word = word.removeprefix(prefix)
        found.append(word)
    return frozenset(found)
