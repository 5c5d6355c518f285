"""The cue phrases of ``boilerplate.yaml``, and which of them a line shows.

Lines and phrases are compared as sequences of words: letters alone, folded, without marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

import regex
from pydantic import BaseModel, ConfigDict

from arxtract.document import CleanText
from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import normalise

CueKind = Literal[
    "widget",
    "label",
    "opening",
    "notice",
    "address",
    "topic",
    "inline",
    "related",
    "comments",
]

_WORD = regex.compile(r"[\p{L}]++")
_LONGEST_LABEL = 160  # characters of a line that a label or an opening can begin
_LONG_NOTICE = 250  # characters of a line that a single phrase doesn't make a notice
_LONGEST_NOTICE = 1_000  # characters of a line that can be a notice
_PROCLITICS = "\u0648\u0641\u0628\u0644"
_LONG_MENU = 6  # words
_MENU_SHARE = 0.65  # share of them that are items known from other menus
_HEADERS: tuple[CueKind, ...] = ("comments", "related", "inline", "label")
_AFTER_LABEL = ":|/\u00bb\u203a>(*\u2190\u2026-"


class Cue(BaseModel):
    """A group of phrases of one kind; see the head of ``boilerplate.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: CueKind
    more: int = 0
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Boilerplate(BaseModel):
    """``boilerplate.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cues: tuple[Cue, ...]
    media: tuple[str, ...]
    labels: tuple[str, ...]
    weekdays: tuple[str, ...]
    dateline: tuple[str, ...]


def words(search: str) -> list[str]:
    """Return the words of folded text, lower-cased, without numbers and marks."""
    found: list[str] = _WORD.findall(search.lower())
    return found


@lru_cache(maxsize=1)
def boilerplate() -> Boilerplate:
    """Return the cues that ship with the package."""
    return read_yaml(lexicon("boilerplate.yaml"), Boilerplate)


@lru_cache(maxsize=4)
def vocabulary(name: Literal["media", "labels", "weekdays", "dateline"]) -> frozenset[str]:
    """Return one of the word lists of ``boilerplate.yaml``, folded."""
    listed: Iterable[str] = getattr(boilerplate(), name)
    return frozenset(word for entry in listed for word in words(normalise(entry).search))


class _Phrases:
    """The phrases of some kinds, found by their first word."""

    def __init__(self, kinds: Sequence[CueKind]) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
        for cue in boilerplate().cues:
            if cue.kind in kinds:
                for phrase in cue.phrases:
                    split = tuple(words(normalise(phrase).search))
                    self.by_first.setdefault(split[0], []).append((split, cue))
        for listed in self.by_first.values():
            listed.sort(key=lambda entry: (-len(entry[0]), -entry[1].more))

    def at(self, line: Sequence[str], place: int) -> tuple[int, Cue] | None:
        """Return the longest phrase at a place, its length in words and its cue."""
        for phrase, cue in self.by_first.get(line[place], ()):
            if tuple(line[place : place + len(phrase)]) == phrase:
                return len(phrase), cue
        return None

    def within(self, line: Sequence[str]) -> set[CueKind]:
        """Return the kinds of all phrases anywhere in the line, a proclitic before them or none."""
        bare = [word[1:] if word[0] in _PROCLITICS else word for word in line]
        hits = [self.at(line, place) for place in range(len(line))]
        hits += [self.at([bare[i], *line[i + 1 : i + 8]], 0) for i in range(len(line)) if bare[i]]
        return {hit[1].kind for hit in hits if hit}


@lru_cache(maxsize=16)
def _phrases(*kinds: CueKind) -> _Phrases:
    return _Phrases(kinds)


def classify(text: CleanText, start: int, end: int) -> CueKind | None:
    """Say what kind of boilerplate the line in clean ``[start, end)`` is, if any.

    The answer is one of ``comments``, ``related``, ``inline`` (what follows is affected too),
    ``label``, ``opening``, ``widget`` and ``notice`` (the line alone is out).
    """
    length = end - start
    if length > _LONGEST_NOTICE:
        return None
    line = words(text.search[start:end])
    if not line:
        return None
    if length <= _LONGEST_LABEL:
        header = _header(text, start, end, line)
        if header:
            return header
        if _is_tiled(line):
            return "widget"
        if _phrases("opening").at(line, 0):
            return "opening"
    kinds = _phrases("notice", "address", "topic").within(line)
    if "notice" in kinds and (length <= _LONG_NOTICE or len(kinds) > 1):
        return "notice"
    return "notice" if {"address", "topic"} <= kinds else None


def _header(text: CleanText, start: int, end: int, line: Sequence[str]) -> CueKind | None:
    """Return the kind of a header that the line begins with, alone or before a colon."""
    hit = _phrases(*_HEADERS).at(line, 0)
    if not hit:
        return None
    length, cue = hit
    if len(line) <= length + cue.more:
        return cue.kind
    matches = _WORD.finditer(text.search, start, end)
    last = next(match for place, match in enumerate(matches, 1) if place == length)
    after = text.search[last.end() : end].lstrip()
    return cue.kind if after and after[0] in _AFTER_LABEL else None


def _is_tiled(line: Sequence[str]) -> bool:
    """Say whether the line consists of phrases of widgets and headers.

    In a longer line, such as a menu, some words may be unknown.
    """
    phrases = _phrases("widget", *_HEADERS)
    place = known = 0
    while place < len(line):
        hit = phrases.at(line, place)
        known += hit[0] if hit else 0
        place += hit[0] if hit else 1
    return known == len(line) or (len(line) >= _LONG_MENU and known >= _MENU_SHARE * len(line))
