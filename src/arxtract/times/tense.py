"""Which way a day without a date lies: read from the words before it in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from arxtract.times.atoms import Atom
from arxtract.times.lexicon import load

REACH = 25  # atoms back
UNTIL_REACH = 6  # atoms back before `until`, which looks ahead by itself
AHEAD = 4  # atoms on, for a date at the head of its clause
MINIMUM = 5  # letters of a future verb with its prefix

Tense = Literal["past", "future"]


def _cue(text: str) -> Tense | None:
    lexicon = load()
    if text in lexicon.future:
        return "future"
    if text in lexicon.past:
        return "past"
    if len(text) > 2 and text[0] in lexicon.conjunctions and text[1:] in lexicon.past:
        return "past"
    if len(text) > 2 and text[0] in lexicon.conjunctions and text[1:] in lexicon.future:
        return "future"
    return "future" if _will(text) else None


def _will(text: str) -> bool:
    """Say whether ``text`` looks like a verb with the prefix of the future."""
    lexicon = load()
    if len(text) < MINIMUM or not text.startswith(lexicon.future_prefix):
        return False
    return text[text[0] in lexicon.conjunctions :] not in lexicon.not_future


def tense_at(atoms: Sequence[Atom], first: int, last: int) -> Tense | None:
    """Return the tense that the nearest cue gives to the mention of atoms ``[first, last)``."""
    before = atoms[first - 1].kinds if first else {}
    if "since" in before:
        return "past"
    if last < len(atoms) and _will(atoms[last].text):
        return "future"
    until = "until" in before
    for place in range(first - 1, max(-1, first - 1 - (UNTIL_REACH if until else REACH)), -1):
        if _ends(atoms[place]):
            break
        cue = _cue(atoms[place].text)
        if cue is not None:
            return cue
    if until:
        return "future"
    for place in range(last, min(len(atoms), last + AHEAD)):
        if _ends(atoms[place]):
            return None
        if _will(atoms[place].text):
            return "future"
    return None


def _ends(atom: Atom) -> bool:
    return "newline" in atom.kinds or "stop" in atom.kinds
