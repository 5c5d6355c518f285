"""The lexicon of number words: each written form with its proclitics, and what it may stand for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold

Kind = Literal[
    "unit", "bound_unit", "ten", "tens", "hundreds", "one", "dual", "either", "many",
    "fraction", "denominator", "figure",
]  # fmt: skip


class Numeral(NamedTuple):
    """What one written form stands for."""

    kind: Kind
    value: int | float | Fraction
    joined: bool = False
    """Whether it begins with و."""
    definite: bool = False
    skip: int = 0
    """How many letters of the form are proclitics outside the number."""


class _Proclitics(BaseModel):
    model_config = ConfigDict(extra="forbid")
    plain: list[str]
    joining: list[str]
    definite: list[str]
    definite_joining: list[str]
    definite_melted: list[str]
    definite_melted_joining: list[str]


class _Scale(BaseModel):
    model_config = ConfigDict(extra="forbid")
    one: list[str]
    dual: list[str]
    either: list[str]
    many: list[str]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")
    proclitics: _Proclitics
    units: dict[int, list[str]]
    only_in_compounds: dict[int, list[str]]
    ten: list[str]
    tens: dict[int, list[str]]
    hundreds: dict[int, list[str]]
    scales: dict[int, _Scale]
    fractions: dict[str, list[str]]
    denominators: dict[int, list[str]]
    ordinals: list[list[str]]
    not_numbers: list[str]
    not_numbers_as_written: list[str]
    not_fractions_before: list[str]
    function_words: list[str]
    not_numbers_after: list[str]
    decimal_letter: str
    decimal_words: list[str]
    shadda: str


class Prefix(NamedTuple):
    """A string of proclitics: what it says of the number that it hangs on."""

    text: str
    joined: bool
    definite: bool
    skip: int


class Lexicon(NamedTuple):
    """All that :mod:`arxtract.counts.numbers` looks up, in search form."""

    numerals: dict[str, Numeral]
    prefixes: dict[str, Prefix]
    ordinals: frozenset[str]
    not_numbers_as_written: frozenset[str]
    not_fractions_before: frozenset[str]
    function_words: frozenset[str]
    not_numbers_after: frozenset[str]
    decimal_letter: str
    decimal_words: frozenset[str]
    shadda: str


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read ``lexicon/numbers.yaml`` and spell out every form with every proclitic."""
    data = read_yaml(lexicon("numbers.yaml"), _Data)
    prefixes = {prefix.text: prefix for prefix in _prefixes(data.proclitics)}
    bare: dict[str, Numeral] = {}
    for form, numeral in _forms(data):
        bare.setdefault(fold(form), numeral)
    barred = {fold(word) for word in data.not_numbers}
    numerals = dict(bare)
    for form, numeral in bare.items():
        for prefix in prefixes.values():
            whole = prefix.text + form
            if whole not in barred:
                numerals.setdefault(
                    whole,
                    numeral._replace(
                        joined=prefix.joined, definite=prefix.definite, skip=prefix.skip
                    ),
                )
    ordinals = {fold(word) for row in data.ordinals for word in row}
    with_article = {p.text + word for word in ordinals for p in prefixes.values() if p.definite}
    return Lexicon(
        numerals=numerals,
        prefixes=prefixes,
        ordinals=frozenset(with_article | ordinals),
        not_numbers_as_written=frozenset(data.not_numbers_as_written),
        not_fractions_before=frozenset(fold(word) for word in data.not_fractions_before),
        function_words=frozenset(fold(word) for word in data.function_words),
        not_numbers_after=frozenset(fold(word) for word in data.not_numbers_after),
        decimal_letter=data.decimal_letter,
        decimal_words=frozenset(fold(word) for word in data.decimal_words),
        shadda=data.shadda,
    )


def _prefixes(data: _Proclitics) -> Iterator[Prefix]:
    for text in data.plain:
        yield Prefix(text, False, False, len(text))
    for text in data.joining:
        yield Prefix(text, True, False, len(text))
    for text in data.definite:
        yield Prefix(text, False, True, len(text) - 2)
    for text in data.definite_joining:
        yield Prefix(text, True, True, len(text) - 2)
    for text in data.definite_melted:
        yield Prefix(text, False, True, len(text) - 1)
    for text in data.definite_melted_joining:
        yield Prefix(text, True, True, len(text) - 1)


def _forms(data: _Data) -> Iterator[tuple[str, Numeral]]:
    """Yield each bare form with its meaning; of two meanings of one form the first counts."""
    tables: list[tuple[Kind, dict[int, list[str]]]] = [
        ("unit", data.units),
        ("bound_unit", data.only_in_compounds),
        ("tens", data.tens),
        ("hundreds", data.hundreds),
        ("denominator", data.denominators),
    ]
    for kind, table in tables:
        for value, forms in table.items():
            for form in forms:
                yield form, Numeral(kind, value)
    for form in data.ten:
        yield form, Numeral("ten", 10)
    for value, scale in data.scales.items():
        named: list[tuple[Kind, list[str]]] = [
            ("one", scale.one), ("dual", scale.dual), ("either", scale.either), ("many", scale.many)
        ]  # fmt: skip
        for kind, forms in named:
            for form in forms:
                yield form, Numeral(kind, value)
    for ratio, forms in data.fractions.items():
        for form in forms:
            yield form, Numeral("fraction", Fraction(ratio))
