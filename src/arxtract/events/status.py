"""Status of an event mention: occurred, ongoing, planned, possible or negated.

Cues act as in ConText (Harkema et al., 2009): a direction, a reach in words, and a clause
boundary that ends the scope. The date of the event against the day of publication decides
where the words do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from arxtract.events.clauses import COMMAS, SentenceView
from arxtract.events.lexemes import without_conjunction
from arxtract.events.mentions import EventMention
from arxtract.records import Status
from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold


class _Cue(BaseModel):
    model_config = ConfigDict(extra="forbid")
    status: Status | None = None
    tense: Literal["imperfect"] | None = None
    charges: list[str] = []
    side: Literal["before", "after"]
    reach: int
    words: list[str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    cues: list[_Cue]
    general: _Cue
    future: list[str]
    no_future: list[str]


@dataclass(frozen=True)
class Cue:
    """A cue in search spelling."""

    status: Status | None
    tense: str | None
    charges: tuple[str, ...]
    """Types that are charges behind it; if any, it says nothing of others."""
    side: str
    reach: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Cues:
    by_first: dict[str, tuple[Cue, ...]]
    future: tuple[str, ...]
    no_future: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    data = read_yaml(lexicon("status.yaml"), _File)
    by_first: dict[str, list[Cue]] = {}
    for group in [*data.cues, data.general]:
        for words in group.words:
            cue = Cue(
                group.status,
                group.tense,
                tuple(group.charges),
                group.side,
                group.reach,
                tuple(fold(words).split()),
            )
            by_first.setdefault(cue.words[0], []).append(cue)
    by_word = {word: tuple(cues) for word, cues in by_first.items()}
    return _Cues(by_word, tuple(data.future), frozenset(map(fold, data.no_future)))


def cues_of(seen: SentenceView) -> list[tuple[int, int, Cue]]:
    """Return the cues of a sentence as (first token, index after the last, cue)."""
    found = []
    by_first = _cues().by_first
    named = {i for u in seen.units if u.entity for i in range(u.first, u.last)}
    for index, word in enumerate(seen.words):
        if index in named:
            continue
        bare = without_conjunction(word, 2)
        for cut in (word,) if bare == word else (word, bare):
            for cue in by_first.get(cut, ()):
                end = index + len(cue.words)
                if tuple(seen.words[index + 1 : end]) == cue.words[1:]:
                    found.append((index, end, cue))
    return found


def judge(mention: EventMention, cues: Iterable[tuple[int, int, Cue]]) -> bool:
    """Set the status of a mention; False where the words make it no event at all."""
    mention.status = "planned" if mention.match.future else "occurred"
    if mention.trigger.status:
        mention.status = mention.trigger.status
    if _is_future(mention):
        mention.status = "planned"
    for first, end, cue in cues:
        if first <= mention.first < end or cue.tense not in (None, mention.match.tense):
            continue
        if cue.charges:
            mention.charged = mention.charged or mention.type.type in cue.charges
            continue
        gap = mention.first - end if cue.side == "before" else first - mention.last
        if not 0 <= gap < cue.reach:
            continue
        place = end if cue.side == "before" else first
        if mention.seen.distance(place, mention.first)[1] > (1 if cue.reach > 4 else 0):
            continue
        if cue.status is None and mention.match.tense == "adjective":
            continue  # مكافحة الإرهاب المعتمدة: the participle tells of what precedes it all
        if cue.status is None:
            return False
        tokens = mention.seen.tokens
        mention.status = cue.status
        mention.status_cue = tokens[first].start, tokens[end - 1].end
    return True


_SUBJECT_WORDS = 3


def _is_future(mention: EventMention) -> bool:
    """Say whether a noun is the subject of a verb in the future: ``هذا الاجتماع سيتدارس``."""
    if mention.is_verb:
        return False
    words = mention.seen.words[mention.last : mention.last + _SUBJECT_WORDS]
    for word in words:
        if word in (*COMMAS, "."):
            return False
        rest = without_conjunction(word)
        if rest.startswith(_cues().future) and len(rest) > 4 and rest not in _cues().no_future:
            return True
    return False


def settle(
    statuses: list[Status], earliest: date | None, published: date | None, *, lasting: bool
) -> Status:
    """Return the status of a record from those of its mentions and its first day.

    What lasts (a meeting) is ongoing if some mentions say that it began and others what it will
    do, and so is what the text begins by telling of as going on.
    """
    if published is not None and earliest is not None:
        if earliest > published and "negated" not in statuses:
            return "planned"
        if earliest < published and statuses[0] == "planned":
            return "occurred"
    if lasting and "occurred" in statuses and {"planned", "ongoing"} & set(statuses):
        return "ongoing"
    if statuses[0] == "ongoing":
        return "ongoing"
    if statuses[0] != "occurred":
        counted = sorted(set(statuses), key=lambda s: (-statuses.count(s), statuses.index(s)))
        return counted[0]
    return "occurred"
