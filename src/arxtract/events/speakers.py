"""Who may be the one that speaks: noun phrases around a verb of speech.

A speaker is a unit of the sentence, or one that is made here of common nouns that say who it is
without a name: ``حارس المدرسة``, ``وزراء خارجية هذه الدول``.
"""

from __future__ import annotations

from functools import lru_cache

from arxtract.events.clauses import COMMAS, SentenceView, Unit
from arxtract.events.lexemes import is_definite, without_article
from arxtract.events.markers import markers
from arxtract.events.speech import speech
from arxtract.names.titles import Title, offices_lexicon
from arxtract.text.normalise import fold

QUOTES = ('"', ":")
MARK = '"'
SPEAKER_REACH = 9
WORDS_BETWEEN = {"PER": 4, "ORG": 2, "LOC": 1}
"""Words that may part a verb from its subject: titles that nobody lists before a person."""
_SPEECH_QUOTED = 5
"""Words from which on a quotation is somebody's words and not a name or a title."""


def speaker_key(unit: Unit) -> str:
    """Return what tells one speaker from another: the chain, or the office's words."""
    if unit.entity is not None:
        return unit.entity.chain
    return f"office {unit.start}" if unit.office is None else f"office {unit.office.head}"


@lru_cache(maxsize=1)
def _titles() -> dict[str, Title]:
    """Return the titles by search spelling."""
    return {fold(form): title for form, title in offices_lexicon().titles.items()}


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    return frozenset(map(fold, offices_lexicon().bodies))


@lru_cache(maxsize=1)
def media() -> frozenset[str]:
    """Return the words that the names of media begin with, in search spelling."""
    return frozenset(map(fold, offices_lexicon().media))


def title_of(word: str) -> Title | None:
    """Return the title that a word in search spelling is, with or without the article."""
    return _titles().get(word) or _titles().get(without_article(word))


def is_person_noun(word: str) -> bool:
    """Say whether a definite noun stands for somebody: ``الحارس``, ``المعلمة``."""
    title = _titles().get(without_article(word)) if is_definite(word) else None
    return title is not None and title.number == "singular" and title.kind not in _NO_PERSON


_NO_PERSON = ("honorific", "noble")


def is_body_noun(word: str) -> bool:
    """Say whether a noun, with or without the article, is that of a body: ``إدارة``."""
    return without_article(word) in _bodies()


def acts(word: str) -> bool:
    """Say whether a common noun may stand before the name of who acts: ``إدارة``, ``رئيس``."""
    known = markers()
    bare = without_article(word)
    return (
        bare in _bodies()
        or bare in _titles()
        or word in known.actor_nouns
        or word in speech().same_speaker
        or word in speech().voices
        or word in speech().acting
    )


def is_body(unit: Unit) -> bool:
    """Say whether a unit names a body."""
    return unit.entity is not None and unit.entity.type == "ORG"


def first_unit(seen: SentenceView, index: int) -> Unit | None:
    """Return the first actor whose phrase begins at or behind token ``index``."""
    return next(
        (u for u in seen.units if u.kind == "actor" and not u.inside and u.head >= index), None
    )


def quoted(seen: SentenceView) -> frozenset[int]:
    """Return the tokens that lie in what somebody says, between marks of quotation."""
    marks = [i for i, word in enumerate(seen.words) if word == MARK]
    if len(marks) % 2:
        return frozenset()
    found: set[int] = set()
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if closing - opening > _SPEECH_QUOTED:
            found.update(range(opening + 1, closing))
    return frozenset(found)


def is_name_mark(seen: SentenceView, index: int) -> bool:
    """Say whether a quotation mark only encloses a name: ``لـ«هسبريس»``."""
    marks = [i for i, word in enumerate(seen.words) if word == MARK]
    if index not in marks:
        return False
    place = marks.index(index)
    opening = place - place % 2
    if opening + 1 >= len(marks):
        return False
    first, last = marks[opening] + 1, marks[opening + 1]
    if last - first > _SPEECH_QUOTED:
        return False
    return any(u.kind == "actor" and first <= u.first and u.last <= last for u in seen.units)


def plain_words(seen: SentenceView, start: int, end: int) -> list[str]:
    """Return the words between two tokens that belong to no date and are no commas."""
    dated = {i for u in seen.units if u.kind == "date" for i in range(u.first, u.last)}
    words = [(i, seen.words[i]) for i in range(start, end)]
    return [word for i, word in words if i not in dated and word not in COMMAS]


def opens_quotation(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit begins a quotation, and does not just follow the end of one."""
    if unit.last < len(seen.words) and seen.words[unit.last] == MARK:
        return False  # أضاف «إيرنست»: a name alone
    marks = sum(word == MARK for word in seen.words[: unit.first])
    return unit.quoted and not (seen.words[unit.first - 1] == MARK and marks % 2 == 0)


def antecedent(seen: SentenceView, relative: int) -> Unit | None:
    """Return the actor that the relative pronoun at token ``relative`` takes up."""
    for unit in reversed(seen.units):
        if unit.kind != "actor" or unit.inside or unit.last > relative:
            continue
        if unit.marker == "in" and unit.entity is not None and unit.entity.type == "LOC":
            continue
        between = [w for w in seen.words[unit.last : relative] if w not in (*COMMAS, MARK)]
        return unit if len(between) <= 1 else None
    return None


def nominal(seen: SentenceView, index: int) -> Unit | None:
    """Return a speaker without a name that begins at token ``index``, made of common nouns.

    Somebody's post with what it belongs to (``حارس المدرسة``, ``مهاجم إشبيلية``), the holders
    of an office (``وزراء خارجية هذه الدول``), or a body (``الشرطة المحلية``, ``إدارة النادي``).
    """
    if index >= len(seen.words):
        return None
    word = seen.words[index]
    title = _titles().get(word)
    if word in speech().anonymous or word in speech().voices:
        return None
    if title is not None:
        if title.kind in _NO_PERSON or (title.number == "plural" and title.kind != "office"):
            return None
    elif not is_body_noun(word) and word not in speech().groups:
        return None
    last = _complement(seen, index + 1, 1 if is_definite(word) else _COMPLEMENT)
    if last is None:
        return None
    start, end = seen.tokens[index].start, seen.tokens[last - 1].end
    group = -(seen.index + 1) * _GROUPS - index
    return Unit("actor", start, end, index, last, marker="bare", head=index, group=group)


_GROUPS = 10_000
_COMPLEMENT = 3


def _complement(seen: SentenceView, index: int, most: int) -> int | None:
    """Return the index after the definite noun or name that completes the noun before it.

    ``most`` is how many definite words it may have.
    """
    end = index
    for unit in seen.units:
        if unit.kind == "actor" and unit.head == index and unit.marker in ("bare", "for"):
            return unit.last
    if index < len(seen.words) and seen.words[index] in _portfolios():
        index += 1
        end = index
    if index < len(seen.words) and seen.words[index] in speech().these:
        index += 1
    while index < len(seen.words) and index - end < most and _is_definite(seen.words[index]):
        index += 1
    return index if index > end else None


@lru_cache(maxsize=1)
def _portfolios() -> frozenset[str]:
    """Return what ministers are ministers of, in search spelling."""
    return frozenset(map(fold, offices_lexicon().portfolios))


def _is_definite(word: str) -> bool:
    return is_definite(word) and len(word) > 4
