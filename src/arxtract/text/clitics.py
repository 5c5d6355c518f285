"""Clitic segmentation: a word into proclitics, stem and enclitic, by frequencies of stems.

All cuts that the inventory of ``clitics.yaml`` allows are weighed, the uncut word among them: rate
of the proclitics, times rate of the enclitic, times frequency of what remains (``words.tsv``). What
wins is kept, so that a name which looks like a cut word stays whole where it is a common word
itself, or where what would remain is none. This is a unigram word model, as in Creutz and Lagus's
Morfessor, with a closed list of affixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from arxtract.errors import DataError
from arxtract.resources import REMEMBERED, lexicon, read_yaml

_LEXICAL = str.maketrans(
    {
        "\u0622": "\u0627",  # alef forms to bare alef
        "\u0623": "\u0627",
        "\u0625": "\u0627",
        "\u0671": "\u0627",
        "\u0649": "\u064a",  # alef maqsura to ya
    }
)
_LONGEST = 24  # letters; a longer run is words glued together, and is not cut
_SHORTEST_STEM = 2
TANWIN = 0.03  # share of a noun's accusative, written with a final alef that is no clitic
_ALEF = "\u0627"
_LISTED = 1000.0  # the least frequency of a word that clitics.yaml lists as whole
_UNKNOWN_WHOLE = 0.05  # frequencies given to what words.tsv doesn't have
_UNKNOWN_DEFINITE = 1.0  # ... after the article, which is a sure sign


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Proclitics(_Model):
    """A string of proclitics; see the head of ``clitics.yaml``."""

    form: str
    rate: float = Field(gt=0, le=1)
    article: bool = False
    before: str = ""


class Enclitic(_Model):
    """A pronoun at a word's end."""

    form: str
    rate: float = Field(gt=0, le=1)
    shortest: int = 2


class Respelling(_Model):
    joined: str = Field(min_length=1, max_length=1)
    alone: str


class Inventory(_Model):
    """``clitics.yaml``."""

    proclitics: tuple[Proclitics, ...]
    enclitics: tuple[Enclitic, ...]
    respelt: tuple[Respelling, ...]
    whole: frozenset[str]
    cut: tuple[tuple[str, str], ...]


class Cut(NamedTuple):
    """A possible cut: the lengths of what comes off, the rate of that, and what remains."""

    front: int
    back: int
    rate: float
    stem: str
    article: bool


def lexical(text: str) -> str:
    """Fold clean text, letter for letter, to the spelling of ``words.tsv``."""
    return text.translate(_LEXICAL)


@lru_cache(maxsize=1)
def inventory() -> Inventory:
    """Return the clitics that ship with the package."""
    return read_yaml(lexicon("clitics.yaml"), Inventory)


@lru_cache(maxsize=1)
def frequencies() -> dict[str, int]:
    """Return the stems of ``words.tsv`` with their counts."""
    path = lexicon("words.tsv")
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        word, _, count = line.partition("\t")
        if count.isdecimal():
            counts[word] = int(count)
        elif line and line[0] != "#" and line != "word\tcount":
            raise DataError(f"{path}:{number}: expected a word, a tab and a whole number")
    return counts


@lru_cache(maxsize=1)
def _by_letter() -> tuple[dict[str, list[Proclitics]], dict[str, list[Enclitic]]]:
    """Return the proclitics by their first letter and the enclitics by their last."""
    fronts: dict[str, list[Proclitics]] = {}
    ends: dict[str, list[Enclitic]] = {}
    for proclitics in inventory().proclitics:
        fronts.setdefault(proclitics.form[0], []).append(proclitics)
    for enclitic in inventory().enclitics:
        ends.setdefault(enclitic.form[-1], []).append(enclitic)
    return fronts, ends


def cuts(form: str) -> Iterator[Cut]:
    """Yield each way to cut ``form`` (lexical spelling) that takes something off."""
    proclitics_by_letter, enclitics_by_letter = _by_letter()
    ends = [e for e in enclitics_by_letter.get(form[-1:], ()) if form.endswith(e.form)]
    fronts = [p for p in proclitics_by_letter.get(form[:1], ()) if form.startswith(p.form)]
    for proclitics in (None, *fronts):
        front, rate, article = 0, 1.0, False
        if proclitics:
            front, rate, article = len(proclitics.form), proclitics.rate, proclitics.article
            if len(form) - front < _SHORTEST_STEM:
                continue
            if proclitics.before and form[front] not in proclitics.before:
                continue
            yield Cut(front, 0, rate, form[front:], article)
        if article:
            continue
        for enclitic in ends:
            back = len(enclitic.form)
            if len(form) - front - back >= enclitic.shortest:
                yield Cut(front, back, rate * enclitic.rate, form[front:-back], article)


def spellings(stem: str) -> Iterator[str]:
    """Yield how a stem that an enclitic came off may be spelt when it stands alone."""
    yield stem
    for respelling in inventory().respelt:
        if stem.endswith(respelling.joined):
            yield stem[:-1] + respelling.alone


@lru_cache(maxsize=REMEMBERED)
def edges(word: str) -> tuple[int, int]:
    """Return how many letters of ``word`` are proclitics and how many are an enclitic."""
    return (0, 0) if len(word) > _LONGEST else _edges(lexical(word))


@lru_cache(maxsize=1)
def _always_cut() -> dict[str, tuple[int, int]]:
    return {front + stem: (len(front), 0) for front, stem in inventory().cut}


def _edges(form: str) -> tuple[int, int]:
    always = _always_cut().get(form)
    if always:
        return always
    if form in inventory().whole:
        return 0, 0
    best, most = (0, 0), max(frequency(form), _UNKNOWN_WHOLE)
    for cut in cuts(form):
        if cut.back:
            weight = sum(frequency(spelt) for spelt in spellings(cut.stem))
        else:
            weight = frequency(cut.stem) or (_UNKNOWN_DEFINITE if cut.article else 0.0)
        if cut.rate * weight > most:
            best, most = (cut.front, cut.back), cut.rate * weight
    return best


def frequency(stem: str) -> float:
    """Return how frequent a stem is; 0 for an unknown one."""
    known = frequencies()
    count = float(known.get(stem, 0))
    if stem.endswith(_ALEF):
        count += TANWIN * known.get(stem[:-1], 0)
    return max(count, _LISTED) if stem in inventory().whole else count
