"""Measures and money: what a number is a number of, when it is no thing that one counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex
from pydantic import RootModel

from arxtract.counts import affixes
from arxtract.counts.line import Line
from arxtract.document import Document
from arxtract.resources import lexicon, read_tsv, read_yaml
from arxtract.text.normalise import fold

_LETTERS = regex.compile(r"[^\W\d_]++")
ANY_COUNTRY = "*"
_LEAD = 1.5  # how often the leading country must be named for each time the next one is


class Measure(NamedTuple):
    """A unit of measure; ``size`` is in the dimension's base unit."""

    name: str
    dimension: str
    size: float
    dual: bool = False


class Currency(NamedTuple):
    """A currency's ISO 4217 code, or the name of a coin that has none."""

    code: str | None
    coin: str | None = None


class _Name(NamedTuple):
    """What a currency word may stand for: codes by country, and by the adjective after it."""

    by_country: dict[str, str]
    by_adjective: dict[str, str]
    coin: str | None
    dual: bool


class _Clues(RootModel[dict[str, list[str]]]):
    """Words that show a country, by ISO 3166-1 code."""


# -- measures --------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _measures() -> dict[str, list[tuple[tuple[str, ...], Measure]]]:
    """Index the forms of measures by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Measure]]] = {}
    for row in read_tsv(lexicon("units.tsv"), ("unit", "dimension", "size", "forms")):
        forms = row["forms"].split()
        for form in forms:
            words = tuple(fold(form).split("_"))
            dual = _is_dual(form, forms[0])
            measure = Measure(row["unit"], row["dimension"], float(row["size"]), dual)
            index.setdefault(words[0], []).append((words, measure))
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    return index


def measure(line: Line, i: int) -> tuple[Measure, int] | None:
    """Return the unit of measure that begins with word ``i``, and the index after it.

    A letter alone (غ for غرام) takes no article: بالغ is an adult.
    """
    text = line.text(i)
    index = _measures()
    bare = _without_article(text)
    for words, found in index.get(text) or (len(bare) > 1 and index.get(bare)) or ():
        if all(
            line.text(i + n) == word and line.near(i + n) for n, word in enumerate(words[1:], 1)
        ):
            return found, i + len(words)
    return None


def _is_dual(form: str, name: str) -> bool:
    """Whether a form of ``name`` is its dual (فدان and ين are names, أطنان is a plural)."""
    begins = form.startswith(name[:2])
    return begins and form != name and form.endswith(affixes.load().duals)


def _without_article(text: str) -> str:
    found = affixes.article(text)
    return text[len(found[0]) :] if found is not None else ""


# -- money -----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _currencies() -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    columns = ("forms", "adjectives", "code", "country")
    for row in read_tsv(lexicon("currencies.tsv"), columns):
        forms = row["forms"].split()
        for form in forms:
            coin = forms[0] if row["code"] == "-" else None
            folded = fold(form)
            dual = _is_dual(form, forms[0])
            name = names.setdefault(folded, _Name({}, {}, coin, dual))
            if row["code"] == "-":
                continue
            if row["country"] != "-":
                name.by_country.setdefault(row["country"], row["code"])
            for adjective in row["adjectives"].split():
                name.by_adjective.setdefault(fold(adjective), row["code"])
    return names


def first_words() -> Iterator[tuple[str, bool]]:
    """Yield the first word of every measure and currency, and whether it is a dual."""
    for word, entries in _measures().items():
        yield word, any(found.dual for _, found in entries)
    for word, name in _currencies().items():
        yield word, name.dual


def dual(text: str) -> Measure | bool:
    """Return the measure that a word is the dual of, or whether it is that of a currency."""
    for words, found in _measures().get(text, ()):
        if len(words) == 1 and found.dual:
            return found
    name = _currencies().get(text)
    return name is not None and name.dual


class Purse:
    """The currencies of one document: what an ambiguous name means there.

    The country is worked out when the first ambiguous name asks for it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._countries: Counter[str] | None = None

    def symbol(self, text: str) -> str | None:
        """Return the code of a sign ($, €, £)."""
        name = _currencies().get(text)
        return name.by_country.get(ANY_COUNTRY) if name is not None else None

    def currency(self, line: Line, i: int, stem: str | None = None) -> tuple[Currency, int] | None:
        """Return the currency named at word ``i``, and the index after it.

        ``stem`` is the word without its proclitics, where it has some.
        """
        text = line.text(i) if stem is None else stem
        name = _currencies().get(text) or _currencies().get(_without_article(text))
        if name is None:
            return None
        if line.near(i + 1):
            adjective = line.text(i + 1)
            code = name.by_adjective.get(adjective) or name.by_adjective.get(
                _without_article(adjective)
            )
            if code is not None:
                return Currency(code), i + 2
        if ANY_COUNTRY in name.by_country:
            return Currency(name.by_country[ANY_COUNTRY]), i + 1
        if not name.by_country:
            return Currency(None, name.coin), i + 1
        return Currency(self._at_home(name.by_country)), i + 1

    def _at_home(self, by_country: dict[str, str]) -> str | None:
        """Return the code of the country that clearly leads in the document, of those that fit."""
        if self._countries is None:
            self._countries = _count_clues(self._document)
        countries = self._countries
        first, *rest = sorted(by_country, key=lambda country: -countries[country])
        second = countries[rest[0]] if rest else 0
        clear = countries[first] > 0 and countries[first] >= _LEAD * second
        return by_country[first] if clear else None


@lru_cache(maxsize=1)
def _clues() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the countries of clues of one word, with every proclitic, and of several words."""
    single: dict[str, set[str]] = {}
    several: dict[str, set[str]] = {}
    for country, words in read_yaml(lexicon("currency_countries.yaml"), _Clues).root.items():
        for word in words:
            folded = fold(word)
            if " " in folded:
                several.setdefault(folded, set()).add(country)
                continue
            for prefix in (*affixes.openings(), *affixes.load().articles):
                single.setdefault(prefix + folded, set()).add(country)
            plain = _without_article(folded)
            for prefix in affixes.load().articles if plain else ():
                single.setdefault(prefix + plain, set()).add(country)
    return single, several


def _count_clues(document: Document) -> Counter[str]:
    """Count the clues of each country in the text, and its places among the linked names."""
    single, several = _clues()
    search = document.search
    counts: Counter[str] = Counter()
    for match in _LETTERS.finditer(search):
        counts.update(single.get(match[0], ()))
    for words, countries in several.items():
        times = search.count(words)
        counts.update(dict.fromkeys(countries, times))
    for entity in document.entities:
        if entity.place is not None and entity.place.country is not None:
            counts[entity.place.country] += 1
    return counts
