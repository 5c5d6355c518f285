"""The nouns that news counts: their plurals and duals, and a name for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, cast, get_args

from arxtract.errors import DataError
from arxtract.records import UnitClass
from arxtract.resources import lexicon, read_tsv
from arxtract.text.normalise import fold

Grammar = Literal["one", "two", "few"]

_COLUMNS = ("singular", "plurals", "class", "dual")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "وبال", "لل", "ولل", "فلل")
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "ه")
_LEAST_STEM = 3
_NOT_COUNTED = ("time", "times")


class Noun(NamedTuple):
    """A countable noun as it is handed out."""

    singular: str
    unit_class: UnitClass
    counts: bool = True
    """Whether it makes a quantity: spans of time and words for how often do not."""
    has_sound_plural: bool = False


class Form(NamedTuple):
    """What a written form is of a noun."""

    noun: Noun
    grammar: Grammar


class Nouns(NamedTuple):
    """Forms in search spelling, without proclitics; duals with them."""

    forms: dict[str, Form]
    duals: dict[str, tuple[Noun, int]]
    """The noun, and how many letters are proclitics."""
    construct_duals: dict[str, tuple[Noun, int]]
    """Duals that have lost their ن before a genitive: طائرتي, شقيقي."""


@lru_cache(maxsize=1)
def load() -> Nouns:
    """Read ``lexicon/plurals.tsv``; of two readings of one form the first row counts."""
    forms: dict[str, Form] = {}
    duals: dict[str, tuple[Noun, int]] = {}
    constructs: dict[str, tuple[Noun, int]] = {}
    for row in read_tsv(lexicon("plurals.tsv"), _COLUMNS):
        noun = _noun(row)
        singular = fold(noun.singular)
        forms.setdefault(singular, Form(noun, "one"))
        for plural in row["plurals"].split():
            forms.setdefault(fold(plural), Form(noun, "few"))
        if not singular.endswith(("ه", "ا", "اء")):
            forms.setdefault(singular + "ا", Form(noun, "one"))
        for form in _duals(noun, row["dual"]):
            for proclitic in _PROCLITICS:
                duals.setdefault(proclitic + form, (noun, len(proclitic)))
        for form in _construct_duals(noun, row["dual"]):
            for proclitic in _PROCLITICS:
                constructs.setdefault(proclitic + form, (noun, len(proclitic)))
    barred = {
        form for form in (*duals, *constructs) if form.startswith(("ال", "لل", "وال", "بال", "كال"))
    }
    for form in (*forms, *sorted(barred)):
        duals.pop(form, None)
        constructs.pop(form, None)
    return Nouns(forms, duals, constructs)


def _noun(row: dict[str, str]) -> Noun:
    unit_class = row["class"]
    sound = row["singular"] + "ين" in row["plurals"].split()
    if unit_class in _NOT_COUNTED:
        return Noun(row["singular"], "other", False, sound)
    if unit_class not in get_args(UnitClass):
        raise DataError(f"{lexicon('plurals.tsv')}: {row['singular']}: no class {unit_class!r}")
    return Noun(row["singular"], cast(UnitClass, unit_class), True, sound)


def _stem(singular: str) -> str:
    """Return what dual endings hang on: طائرت of طائرة, صحراو of صحراء is not attempted."""
    return singular[:-1] + "ت" if singular.endswith("ة") else singular


def _duals(noun: Noun, flag: str) -> Iterator[str]:
    if flag == "no" or not noun.counts:
        return
    stem = fold(_stem(noun.singular))
    if "+ي" in flag:
        stem += "ي"
    yield stem + "ان"
    if not noun.has_sound_plural:
        yield stem + "ين"


def _construct_duals(noun: Noun, flag: str) -> Iterator[str]:
    if flag == "no" or not noun.counts:
        return
    stem = fold(_stem(noun.singular))
    if noun.singular.endswith("ة"):
        yield stem + "ي"
        yield stem + "ا"
    elif "+ي" in flag:
        yield stem + "يي"
    elif "-ي" in flag:
        yield stem + "ي"


def is_definite(text: str) -> bool:
    """Whether a word in search form begins with the article."""
    return text.startswith(_ARTICLES)


def definite_few(text: str) -> Noun | None:
    """Return the noun of which ``text`` is a definite or possessed plural: الدول, أعضائها."""
    nouns = load()
    for article in _ARTICLES:
        if text.startswith(article):
            form = nouns.forms.get(text[len(article) :])
            if form is not None and form.grammar == "few":
                return form.noun
    return possessed_few(text)


def possessed_few(text: str) -> Noun | None:
    """Return the noun of which ``text`` is a plural with a pronoun: قياداته, أعضائها."""
    forms = load().forms
    for pronoun in _PRONOUNS:
        stem = text[: -len(pronoun)] if text.endswith(pronoun) else ""
        if len(stem) < _LEAST_STEM:
            continue
        if stem.endswith(("ائ", "اؤ")):
            stem = stem[:-1] + "ء"
        for form in (stem, stem[:-1] + "ه" if stem.endswith("ت") else stem, stem + "ن"):
            found = forms.get(form)
            if found is not None and found.grammar == "few":
                return found.noun
    return None


def construct_few(text: str) -> Noun | None:
    """Return the noun of which ``text`` is a plural before a genitive: قادة, لاعبي."""
    forms = load().forms
    for form in (text, text + "ن"):
        found = forms.get(form)
        if found is not None and found.grammar == "few":
            return found.noun
    return None
