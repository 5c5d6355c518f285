"""The words of date expressions, read from ``lexicon/times*.yaml``, ``months.tsv``, ``feasts.tsv``.

Month names come from Unicode CLDR through babel and from ``months.tsv``; everything else is in
``times.yaml``. All forms are folded to search text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from babel import Locale
from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_tsv, read_yaml
from arxtract.text.normalise import fold

LOCALES = ("ar", "ar_MA", "ar_DZ", "ar_TN", "ar_MR", "ar_LB", "ar_IQ", "ar_EG", "ar_SA")
ARTICLE = "\u0627\u0644"
CONJUNCTIONS = ("\u0648", "\u0641")
PERFECT = ("\u062a", "\u0648\u0627", "\u062a\u0627", "\u0627")
"""Endings of the perfect: she, they, the two of them."""
IMPERFECT = ("\u064a", "\u062a")
"""First letters of the imperfect: he, she."""
OBJECTS = ("\u0647\u0627", "\u0647\u0645", "\u0647")
"""Pronouns that a verb has as its object."""
LONG = ("\u0627", "\u0648", "\u064a")
"""Long vowels, after which a last t is no ending of the perfect."""
WEAK = ("\u064a", "\u0627")
"""Last letters that go before an ending."""


class Month(NamedTuple):
    """A month of a calendar; ``sure`` is False for a word that may also be something else."""

    number: int
    sure: bool


class Feast(NamedTuple):
    """A named day in its calendar."""

    hijri: bool
    month: int | None
    day: int | None


class Cues(BaseModel):
    """Words that say which way from the day of publication a day lies."""

    model_config = ConfigDict(extra="forbid")
    future: list[str]
    future_prefix: list[str]
    not_future: list[str]
    past: list[str]
    past_verbs: list[str]
    past_nouns: list[str]
    nowadays: list[str]
    imperfect_verbs: list[str]
    not_imperfect: list[str]


class Vocabulary(BaseModel):
    """``times.yaml`` as it stands in the file."""

    model_config = ConfigDict(extra="forbid")
    both: list[str]
    words: dict[str, dict[int | float | str, list[str]]]
    cues: Cues
    not_year_before: list[str]
    not_year_after: list[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms by their first word, longest first: ``(words, {kind: value})``."""

    forms: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]]
    future: frozenset[str]
    future_prefix: tuple[str, ...]
    not_future: frozenset[str]
    past: frozenset[str]
    past_verbs: frozenset[str]
    past_nouns: frozenset[str]
    nowadays: frozenset[str]
    imperfect_verbs: frozenset[str]
    not_imperfect: frozenset[str]
    not_year_before: frozenset[str]
    not_year_after: frozenset[str]
    conjunctions: tuple[str, ...] = CONJUNCTIONS
    imperfect: tuple[str, ...] = IMPERFECT
    objects: tuple[str, ...] = OBJECTS
    she: str = PERFECT[0]
    they: str = PERFECT[1]
    long: tuple[str, ...] = LONG

    @property
    def combinations(self) -> list[tuple[str, ...]]:
        """All sets of kinds that some form has, in a fixed order."""
        return sorted({tuple(sorted(k)) for rows in self.forms.values() for _, k in rows})


def _with_article(form: str) -> str:
    return " ".join(w if w.startswith(ARTICLE) else ARTICLE + w for w in form.split())


def _add(table: dict[tuple[str, ...], dict[str, Any]], form: str, kind: str, value: Any) -> None:
    table.setdefault(tuple(fold(form).split()), {})[kind] = value


def _add_months(table: dict[tuple[str, ...], dict[str, Any]]) -> None:
    rows = list(read_tsv(lexicon("months.tsv"), ("calendar", "number", "name", "sure")))
    unsure = {fold(row["name"]) for row in rows if row["sure"] == "no"}
    for row in rows:
        kind = "month" if row["calendar"] == "gregorian" else "hmonth"
        _add(table, row["name"], kind, Month(int(row["number"]), row["sure"] == "yes"))
    for locale in LOCALES:
        for number, name in Locale.parse(locale).months["format"]["wide"].items():
            _add(table, name, "month", Month(number, fold(name) not in unsure))


def _add_feasts(table: dict[tuple[str, ...], dict[str, Any]]) -> None:
    columns = ("name", "calendar", "month", "day", "needs_year")
    for row in read_tsv(lexicon("feasts.tsv"), columns):
        month, day = (int(row[name] or 0) or None for name in ("month", "day"))
        feast = Feast(row["calendar"] == "hijri", month, day)
        _add(table, row["name"], "feast", feast)


def _perfects(cues: Cues) -> Iterator[str]:
    """Yield the forms of the perfect verbs; of the noun-like ones only those with an ending."""
    nouns = {fold(word) for word in cues.past_nouns}
    for base in sorted({*map(fold, cues.past_verbs), *nouns}):
        if base not in nouns:
            yield base
        stem = base[:-1] if base.endswith(WEAK) and len(base) > 3 else base
        yield from (stem + ending for ending in PERFECT)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read all data of the times room; once a process."""
    vocabulary = read_yaml(lexicon("times.yaml"), Vocabulary)
    table: dict[tuple[str, ...], dict[str, Any]] = {}
    for kind, values in vocabulary.words.items():
        for value, forms in values.items():
            for form in forms:
                _add(table, form, kind, value)
                if kind in vocabulary.both:
                    _add(table, _with_article(form), kind, value)
                    _add(table, form if form.startswith(ARTICLE) else ARTICLE + form, kind, value)
    _add_months(table)
    _add_feasts(table)
    forms_by_word: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]] = {}
    for words in sorted(table, key=lambda w: (-len(w), w)):
        forms_by_word.setdefault(words[0], []).append((words, table[words]))

    def folded(words: list[str]) -> frozenset[str]:
        return frozenset(fold(w) for w in words)

    perfects = frozenset(_perfects(vocabulary.cues))
    return Lexicon(
        forms=forms_by_word,
        future=folded(vocabulary.cues.future),
        future_prefix=tuple(fold(w) for w in vocabulary.cues.future_prefix),
        not_future=folded(vocabulary.cues.not_future),
        past=folded(vocabulary.cues.past) | perfects,
        past_verbs=perfects,
        past_nouns=folded(vocabulary.cues.past_nouns),
        nowadays=folded(vocabulary.cues.nowadays),
        imperfect_verbs=folded(vocabulary.cues.imperfect_verbs),
        not_imperfect=folded(vocabulary.cues.not_imperfect),
        not_year_before=folded(vocabulary.not_year_before),
        not_year_after=folded(vocabulary.not_year_after),
    )
