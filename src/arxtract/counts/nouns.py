"""The nouns that news counts: their plurals and duals, and a name for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast, get_args

from arxtract.counts import affixes
from arxtract.errors import DataError
from arxtract.records import UnitClass
from arxtract.resources import lexicon, read_tsv
from arxtract.text.clitics import edges
from arxtract.text.normalise import fold

_COLUMNS = ("singular", "plurals", "class", "dual")
_NOT_COUNTED = ("time", "times")
_LEAST_STEM = 3
IN_CONSTRUCT = ("person", "object", "event")
"""Classes whose duals count before a genitive; إقليمي الناظور وبركان counts none."""


class Noun(NamedTuple):
    """A countable noun as it is handed out."""

    singular: str
    unit_class: UnitClass
    counts: bool = True
    """Whether it makes a quantity: spans of time and words for how often do not."""
    has_sound_plural: bool = False


class Cut(NamedTuple):
    """A noun and how many letters of its form are proclitics."""

    noun: Noun
    skip: int


class Nouns(NamedTuple):
    """Forms in search spelling, without proclitics; duals with them."""

    singulars: dict[str, Noun]
    plurals: dict[str, Noun]
    duals: dict[str, Cut]
    construct_duals: dict[str, Cut]
    """Duals that have lost their ن before a genitive: طائرتي, شقيقي."""


@lru_cache(maxsize=1)
def load() -> Nouns:
    """Read ``lexicon/plurals.tsv``; of two readings of one form the first row counts."""
    letters = affixes.load()
    no_alef = tuple(fold(ending) for ending in letters.no_accusative_alef)
    singulars: dict[str, Noun] = {}
    plurals: dict[str, Noun] = {}
    duals: dict[str, Cut] = {}
    constructs: dict[str, Cut] = {}
    rows = list(read_tsv(lexicon("plurals.tsv"), _COLUMNS))
    for row in rows:
        noun = _noun(row)
        singular = fold(noun.singular)
        singulars.setdefault(singular, noun)
        for plural in row["plurals"].split():
            plurals.setdefault(fold(plural), noun)
        if not singular.endswith(no_alef):
            singulars.setdefault(singular + letters.accusative, noun)
        if "+" in row["dual"]:  # ناد: نادي, ناديا
            for ending in ("", letters.accusative):
                singulars.setdefault(singular + letters.weak + ending, noun)
        for table, made in (
            (duals, _duals(noun, row["dual"])),
            (constructs, _construct_duals(noun, row["dual"])),
        ):
            for form in made:
                for opening in affixes.openings():
                    table.setdefault(opening + form, Cut(noun, len(opening)))
    whole = {form for row in rows for form in _all_duals(row["singular"])}
    for table in (duals, constructs):
        for form, cut in list(table.items()):
            taken = form in singulars or form in plurals or (cut.skip and form in whole)
            if taken or affixes.article(form) is not None:
                del table[form]
    return Nouns(singulars, plurals, duals, constructs)


def _noun(row: dict[str, str]) -> Noun:
    unit_class = row["class"]
    sound = row["singular"] + affixes.load().sound_plurals[0] in row["plurals"].split()
    if unit_class in _NOT_COUNTED:
        return Noun(row["singular"], "other", False, sound)
    if unit_class not in get_args(UnitClass):
        raise DataError(f"{lexicon('plurals.tsv')}: {row['singular']}: no class {unit_class!r}")
    return Noun(row["singular"], cast(UnitClass, unit_class), True, sound)


def _stem(singular: str) -> str:
    """Return what dual endings hang on: طائرت of طائرة."""
    letters = affixes.load()
    if singular.endswith(letters.feminine):
        return fold(singular[: -len(letters.feminine)]) + letters.feminine_before_ending
    return fold(singular)


def _all_duals(singular: str) -> Iterator[str]:
    """Yield every dual of a noun, counted or not, so that فكرتين is not read as ف and كرتين."""
    letters = affixes.load()
    stem = _stem(singular)
    yield stem + letters.dual_nominative
    yield stem + letters.dual_oblique
    if singular.endswith(letters.feminine):
        yield stem + letters.construct_oblique
        yield stem + letters.construct_nominative


def _duals(noun: Noun, flag: str) -> Iterator[str]:
    if flag == "no" or not noun.counts:
        return
    letters = affixes.load()
    stem = _stem(noun.singular) + (letters.weak if "+" in flag else "")
    yield stem + letters.dual_nominative
    if not noun.has_sound_plural:
        yield stem + letters.dual_oblique


def _construct_duals(noun: Noun, flag: str) -> Iterator[str]:
    if flag == "no" or noun.unit_class not in IN_CONSTRUCT or not noun.counts:
        return
    letters = affixes.load()
    stem = _stem(noun.singular)
    if noun.unit_class == "event" and not noun.singular.endswith(letters.feminine):
        return
    if noun.singular.endswith(letters.feminine):
        yield stem + letters.construct_oblique
        yield stem + letters.construct_nominative
    elif "+" in flag:
        yield stem + letters.weak + letters.construct_oblique
    elif "-" in flag:
        yield stem + letters.construct_oblique


def has_proclitic(clean: str) -> bool:
    """Whether a word rather begins with و, ف, ب, ل or ك than is one that begins so."""
    return clean.startswith(affixes.single_letters()) and edges(clean)[0] > 0


def is_definite(text: str) -> bool:
    """Whether a word in search form begins with the article."""
    return affixes.article(text) is not None


def few(text: str) -> Noun | None:
    """Return the noun of which ``text``, before a genitive or not, is a plural: قادة, لاعبي."""
    plurals = load().plurals
    return plurals.get(text) or plurals.get(text + affixes.load().nun)


def construct_few(text: str) -> Cut | None:
    """Return the noun of an indefinite plural, perhaps with proclitics: وأبناء, لدول."""
    for opening in affixes.openings():
        if text.startswith(opening):
            noun = few(text[len(opening) :])
            if noun is not None:
                return Cut(noun, len(opening))
    return None


def without_article(text: str) -> str:
    """Return a word in search form without its article, an empty string where it has none."""
    found = affixes.article(text)
    return text[len(found[0]) :] if found is not None else ""


def counted(text: str, value: int | float) -> Noun | None:
    """Return the noun that ``text`` names after a number: after 3 to 10 rather a plural (كتاب is
    writers there), and else a singular (and a book)."""
    singular = load().singulars.get(text)
    if singular is not None and not 3 <= value <= 10:
        return singular
    dual = load().duals.get(text) if value == 2 else None
    if dual is not None and dual.skip == 0:
        return dual.noun
    return few(text) or singular


def definite_few(clean: str) -> Noun | None:
    """Return the noun of which ``clean`` is a definite or possessed plural: الدول, أعضائها."""
    text = fold(clean)
    found = affixes.article(text)
    if found is not None:
        noun = load().plurals.get(text[len(found[0]) :])
        if noun is not None:
            return noun
    possessed_plural = possessed(clean)
    return possessed_plural.noun if possessed_plural is not None else None


def possessed(clean: str, *, mine: bool = False) -> Cut | None:
    """Return the noun of a plural with a pronoun (``mine``: my), and its proclitics' length.

    ``clean`` is as printed: نسبة is no plural with ه.
    """
    if clean.endswith(affixes.load().feminine):
        return None
    text = fold(clean)
    for opening in affixes.openings():
        if text.startswith(opening):
            noun = _possessed(text[len(opening) :], mine)
            if noun is not None:
                return Cut(noun, len(opening))
    return None


def _possessed(text: str, mine: bool) -> Noun | None:
    letters = affixes.load()
    for pronoun in (letters.weak,) if mine else letters.pronouns:
        stem = text[: -len(pronoun)] if text.endswith(pronoun) else ""
        if len(stem) < _LEAST_STEM:
            continue
        for seat, hamza in letters.hamza_seats.items():
            stem = stem.removesuffix(seat) + hamza if stem.endswith(seat) else stem
        noun = few(stem)
        if noun is None and stem.endswith(letters.feminine_before_ending):
            noun = few(stem[:-1] + letters.feminine_folded)
        if noun is not None:
            return noun
    return None


def unknown(clean: str, value: int | float, masculine: bool | None = None) -> str | None:
    """Return the singular of a noun outside the lexicon, if its ending fits the number.

    ``clean`` is the word as printed, right after the number; ``masculine`` says what the
    gender of a number in words shows of the noun (خمسة is said of masculines).
    """
    letters = affixes.load()
    if affixes.article(clean) is not None or has_proclitic(clean):
        return None
    if isinstance(value, int) and 3 <= value <= 10:
        if clean.endswith(letters.feminine_plural):
            return singular_of_feminine_plural(clean, masculine)
        sound = next((e for e in letters.sound_plurals if clean.endswith(e)), "")
        return clean[: -len(sound)] if sound and len(clean) > len(sound) + 2 else None
    if clean.endswith(letters.feminine):
        return clean
    if clean.endswith(letters.accusative) and not clean.endswith(letters.plural_verb):
        return clean[:-1]
    if value >= 100 and clean.startswith(letters.participle):
        plural = clean.endswith((*letters.sound_plurals, letters.feminine_plural))
        return None if plural else clean
    return None


def singular_of_feminine_plural(clean: str, masculine: bool | None) -> str:
    """Return the singular of a plural in ات, masculine for masdars: إعدامات, خمسة اجتماعات."""
    letters = affixes.load()
    stem = clean[: -len(letters.feminine_plural)]
    if masculine is None:
        masculine = stem.startswith(letters.masdar) and stem[-2:-1] == letters.accusative
    return stem if masculine else stem + letters.feminine


def definite_people(clean: str) -> str | None:
    """Return the singular of a definite plural in ين outside the lexicon: الرابحين."""
    found = affixes.article(clean)
    sound = next((e for e in affixes.load().sound_plurals if clean.endswith(e)), None)
    if found is None or sound is None:
        return None
    stem = clean[len(found[0]) : -len(sound)]
    if without_article(fold(clean)) in load().singulars:  # القانون
        return None
    return stem if len(stem) > _LEAST_STEM else None


def definite_unknown(clean: str, masculine: bool | None) -> str | None:
    """Return the singular of a definite plural in ات outside the lexicon: الخشبات الثلاث."""
    letters = affixes.load()
    found = affixes.article(clean)
    if found is None or not clean.endswith(letters.feminine_plural):
        return None
    stem = clean[len(found[0]) :]
    if len(stem) < _LEAST_STEM + len(letters.feminine_plural):
        return None
    return singular_of_feminine_plural(stem, masculine)
