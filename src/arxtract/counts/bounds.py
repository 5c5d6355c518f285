"""How exactly a number is meant: the words before it, after it, and verbs further back."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.counts import affixes
from arxtract.counts.context import Phrase, phrases
from arxtract.counts.line import Line
from arxtract.records import Bound
from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold

_REACH = 12  # words between a verb and its number


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")
    before: dict[Bound, list[str]]
    verbs: dict[Bound, list[str]]
    measured: list[str]
    after: dict[Bound, list[str]]


class _Bounds(NamedTuple):
    before: dict[str, list[tuple[Phrase, Bound]]]
    """By the phrase's last word, the longest first."""
    verbs: dict[str, list[tuple[Phrase, Bound]]]
    measured: frozenset[str]
    after: dict[str, list[tuple[Phrase, Bound]]]
    """By the phrase's first word."""


class Found(NamedTuple):
    """A bound and the clean offset where its words begin (or, after a noun, end)."""

    bound: Bound
    edge: int
    first: int
    """Index of the phrase's first word (after a noun: after its last)."""


@lru_cache(maxsize=1)
def _load() -> _Bounds:
    data = read_yaml(lexicon("bounds.yaml"), _Data)
    return _Bounds(
        before=_by_word(data.before, -1),
        verbs=_by_word(data.verbs, -1),
        measured=frozenset(fold(word) for word in data.measured),
        after=_by_word(data.after, 0),
    )


def _by_word(table: dict[Bound, list[str]], which: int) -> dict[str, list[tuple[Phrase, Bound]]]:
    """Index phrases by their first or last word, with every proclitic of a lone word."""
    index: dict[str, list[tuple[Phrase, Bound]]] = {}
    for bound, texts in table.items():
        for phrase in phrases(texts):
            keys = [phrase[which]]
            if len(phrase) == 1 and which == -1:
                keys = [prefix + phrase[0] for prefix in _prefixes(phrase[0])]
            for key in keys:
                index.setdefault(key, []).append((phrase, bound))
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    return index


def _prefixes(word: str) -> tuple[str, ...]:
    """Return what may hang before a word of bounds; before an imperfect also that of the future."""
    openings, letters = affixes.openings(), affixes.load()
    if not word.startswith(letters.imperfect):
        return openings
    return (*openings, *(opening + letters.future for opening in openings))


def before(line: Line, i: int) -> Found | None:
    """Return the bound whose words end right before word ``i``."""
    if not line.near(i):
        return None
    return _ending_at(line, i - 1, _load().before)


def verb_before(line: Line, i: int) -> Found | None:
    """Return the bounding verb before word ``i`` whose subject is a number: يتجاوز عددها 80."""
    known = _load()
    for j in range(i, max(0, i - _REACH), -1):
        if not line.near(j, '"()') or line.text(j - 1)[0].isdigit():
            return None
        if line.text(j - 1) in known.measured and line.near(j - 1):
            return _ending_at(line, j - 2, known.verbs)
    return None


def after(line: Line, i: int) -> Found | None:
    """Return the bound whose words begin with word ``i``."""
    if not line.near(i):
        return None
    for phrase, bound in _load().after.get(line.text(i), ()):
        last = i + len(phrase)
        other = _ending_at(line, last, _load().before)
        if other is not None and other.first < last:
            continue  # it bounds the next number: وأكثر من 40
        if all(line.text(i + n) == word and line.near(i + n) for n, word in enumerate(phrase)):
            return Found(bound, line.words[last - 1].end, last)
    return None


def _ending_at(line: Line, i: int, index: dict[str, list[tuple[Phrase, Bound]]]) -> Found | None:
    if i < 0:
        return None
    for phrase, bound in index.get(line.text(i), ()):
        first = i - len(phrase) + 1
        if first < 0 or not all(line.near(n) for n in range(first + 1, i + 1)):
            continue
        if any(line.text(first + n) != word for n, word in enumerate(phrase) if n):
            continue
        head = line.text(first)
        if head.endswith(phrase[0]) and head[: -len(phrase[0])] in _prefixes(phrase[0]):
            skip = len(head) - len(phrase[0])
            return Found(bound, line.words[first].start + skip, first)
    return None
