"""Which way a day without a date lies: read from the words before it in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from arxtract.times.atoms import Atom
from arxtract.times.lexicon import ARTICLE, load

REACH = 25  # atoms back
UNTIL_REACH = 6  # atoms back before `until`, which looks ahead by itself
AHEAD = 4  # atoms on, for a date at the head of its clause
MINIMUM = 5  # letters of a future verb with its prefix
NEAR = 3  # atoms back for a word of nowadays
LINE = 12  # atoms of half a headline
NOMINAL = ("\u0647", "\u0627\u062a")
"""Endings that a word which begins like an imperfect has as a noun."""

Tense = Literal["past", "future"]


def _cue(text: str) -> Tense | None:
    lexicon = load()
    bare = _bare(text)
    if text in lexicon.future or bare in lexicon.future:
        return "future"
    if text in lexicon.past or bare in lexicon.past or _perfect(bare):
        return "past"
    return "future" if _will(text) else None


def _perfect(text: str) -> bool:
    """Say whether a word that is not listed looks like a perfect: of a woman, or with an object."""
    lexicon = load()
    for ending in lexicon.objects:
        if not text.endswith(ending):
            continue
        stem = text[: -len(ending)]
        if len(stem) > 4 - len(ending) and stem in lexicon.past_verbs:
            return True
        if stem.endswith(lexicon.they[:-1]) and stem + lexicon.they[-1] in lexicon.past_verbs:
            return True
    she = text.endswith(lexicon.she) and text[-2:-1] not in lexicon.long
    return she and len(text) >= MINIMUM - 1 and not text.startswith(ARTICLE)


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
    if last < len(atoms) and _will_plainly(atoms[last].text):
        return "future"
    until = "until" in before
    for place in range(first - 1, max(-1, first - 1 - (UNTIL_REACH if until else REACH)), -1):
        if _ends(atoms[place]):
            break
        cue = _cue(atoms[place].text)
        if cue is None and _opens(atoms, place) and atoms[place].text in load().past_nouns:
            cue = "past"
        if cue is not None:
            return cue
    if until:
        return "future"
    for place in range(last, min(len(atoms), last + AHEAD)):
        if _ends(atoms[place]):
            return None
        if _will_plainly(atoms[place].text):
            return "future"
    return None


def _will_plainly(text: str) -> bool:
    """Say whether ``text`` is a future verb that no conjunction ties to another clause."""
    return text[0] not in load().conjunctions and _will(text)


def nowadays(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Say whether `today` at atoms ``[first, last)`` means these days: by the verbs around it."""
    before = atoms[first - 1] if first else None
    if _closes_headline(atoms, first, last):
        return False
    after = atoms[last] if last < len(atoms) else None
    if (
        before is not None
        and after is not None
        and "comma" in before.kinds
        and "comma" in after.kinds
    ):
        return False
    if _headline(atoms, first, last) or (before is not None and "ofday" in before.kinds):
        return False
    ahead = atoms[last : last + 2]
    happened = any(_cue(a.text) == "past" for a in ahead)
    plain = before is not None and "other" in before.kinds and _cue(before.text) is None
    if plain and _imperfect(atoms[first - 1].text):
        return not _opens(atoms, first - 1)
    if before is not None and "and" in before.kinds and _clause(atoms, first - 1):
        return not happened
    near = [*atoms[max(0, first - NEAR) : first], *ahead]
    if any(_bare(a.text) in load().nowadays for a in near):
        return True
    return not happened and tense_at(atoms, first, last) is None and not _lead(atoms, first)


def _lead(atoms: Sequence[Atom], first: int) -> bool:
    """Say whether the sentence opens a paragraph with a verb in the imperfect, as a lead may."""
    for place in range(first - 1, max(-1, first - 1 - LINE), -1):
        if place == 0 or "newline" in atoms[place - 1].kinds:
            opens = atoms[place].text
            return opens[0] not in load().conjunctions and _imperfect(opens)
        if _ends(atoms[place]):
            return False
    return False


def _clause(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether the atom at ``place`` begins a clause or a sentence."""
    return _opens(atoms, place) or "comma" in atoms[place - 1].kinds


def _bare(text: str) -> str:
    return text[1:] if text[0] in load().conjunctions and len(text) > MINIMUM - 2 else text


def _imperfect(text: str) -> bool:
    """Say whether a word that is no cue looks like a verb in the imperfect."""
    text, lexicon = _bare(text), load()
    if len(text) < MINIMUM - 1 or text[0] not in lexicon.imperfect:
        return False
    if text in lexicon.imperfect_verbs or text in lexicon.not_imperfect:
        return text in lexicon.imperfect_verbs
    masdar = len(text) >= MINIMUM and text[-2] == load().imperfect[0]
    return not text.endswith(NOMINAL) and not masdar


def _headline(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Say whether the line is as short as a headline, and no whole sentence."""
    start = max(0, first - LINE)
    opens = start == 0 or any("newline" in a.kinds for a in atoms[start:first])
    after = atoms[last : last + LINE]
    return opens and len(after) == LINE and any("newline" in a.kinds for a in after)


def _closes_headline(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Say whether the word stands alone after two dots, at the end of its line."""
    dots = first > 1 and all("stop" in a.kinds for a in atoms[first - 2 : first])
    return dots and (last == len(atoms) or "newline" in atoms[last].kinds)


def _opens(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether the atom at ``place`` begins its sentence."""
    return place == 0 or _ends(atoms[place - 1])


def _ends(atom: Atom) -> bool:
    return "newline" in atom.kinds or "stop" in atom.kinds
