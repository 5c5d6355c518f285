"""Which way a day without a date lies: read from the words before it in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from arxtract.times.atoms import Atom
from arxtract.times.lexicon import load

REACH = 25  # atoms back
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
    if len(text) >= MINIMUM and text.startswith(lexicon.future_prefix):
        bare = text[1:] if text[0] in lexicon.conjunctions else text
        if bare not in lexicon.not_future:
            return "future"
    return None


def tense_at(atoms: Sequence[Atom], first: int, last: int) -> Tense | None:
    """Return the tense that the nearest cue gives to the mention of atoms ``[first, last)``."""
    for place in range(first - 1, max(-1, first - 1 - REACH), -1):
        kinds = atoms[place].kinds
        if "newline" in kinds or "stop" in kinds:
            break
        cue = _cue(atoms[place].text)
        if cue is not None:
            return cue
    for place in range(last, min(len(atoms), last + AHEAD)):
        kinds = atoms[place].kinds
        if "newline" in kinds or "stop" in kinds:
            return None
        cue = _cue(atoms[place].text)
        if cue is not None:
            return cue
    return None
