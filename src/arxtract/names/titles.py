"""The lexicon of offices: the words that name them and the words that go on with them."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.errors import DataError
from arxtract.resources import lexicon, read_tsv, read_yaml
from arxtract.text.clitics import lexical

TitleKind = Literal["office", "weak", "post", "profession", "rank", "noble", "honorific"]
Gender = Literal["m", "f"]
GrammaticalNumber = Literal["singular", "plural"]

_KINDS: tuple[TitleKind, ...] = (
    "office", "weak", "post", "profession", "rank", "noble", "honorific",
)  # fmt: skip
COUNTRY_COLUMNS = ("iso", "names", "official", "nisba", "plurals", "lat", "lon")
_COLUMNS = ("lemma", "feminine", "plurals", "kind", "takes", "example")


class Title(NamedTuple):
    """A word of ``titles.tsv`` in one of its forms."""

    lemma: str
    """Masculine singular, as printed."""
    gender: Gender
    number: GrammaticalNumber
    kind: TitleKind
    takes: frozenset[str]
    """Prepositions whose phrase belongs to the office, in lexical spelling."""


class _Words(BaseModel):
    """``offices.yaml`` as it stands in the file; each list is explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adjectives: tuple[str, ...]
    not_adjectives: tuple[str, ...]
    portfolios: tuple[str, ...]
    bodies: tuple[str, ...]
    stops: tuple[str, ...]
    not_titles: tuple[str, ...]
    titles_beside_names: tuple[str, ...]
    honours: tuple[str, ...]
    prepositions: tuple[str, ...]
    governing: tuple[str, ...]
    media: tuple[str, ...]
    media_heads: tuple[str, ...]
    appointing: tuple[str, ...]
    local_heads: tuple[str, ...]
    local_adjectives: tuple[str, ...]
    fields: tuple[str, ...]
    complementisers: tuple[str, ...]
    seats: tuple[str, ...]
    lone_heads: tuple[str, ...]
    not_lone: tuple[str, ...]
    doubling: tuple[str, ...]
    only_right_before: dict[str, tuple[str, ...]]
    copulas: tuple[str, ...]
    headed: tuple[str, ...]
    players: tuple[str, ...]
    one_of: tuple[str, ...]
    actors: tuple[str, ...]
    alike: dict[str, str]


class Lexicon(NamedTuple):
    """All of ``titles.tsv`` and ``offices.yaml`` by lexical spelling, and the nisbas of states."""

    titles: dict[str, Title]
    adjectives: frozenset[str]
    not_adjectives: frozenset[str]
    portfolios: frozenset[str]
    bodies: frozenset[str]
    stops: frozenset[str]
    not_titles: frozenset[str]
    titles_beside_names: frozenset[str]
    honours: dict[str, tuple[tuple[str, ...], ...]]
    """First word of each phrase of honour to the phrases, longest first."""
    prepositions: frozenset[str]
    governing: frozenset[str]
    media: frozenset[str]
    media_heads: frozenset[str]
    appointing: frozenset[str]
    local_heads: frozenset[str]
    local_adjectives: frozenset[str]
    fields: frozenset[str]
    complementisers: frozenset[str]
    seats: frozenset[str]
    lone_heads: frozenset[str]
    not_lone: frozenset[str]
    doubling: frozenset[str]
    only_right_before: dict[str, frozenset[str]]
    copulas: frozenset[str]
    headed: frozenset[str]
    players: frozenset[str]
    one_of: frozenset[str]
    actors: frozenset[str]
    alike: dict[str, str]
    nisbas: dict[str, str]
    """Nationality adjectives, both genders, to ISO 3166-1 alpha-2."""


def _titles() -> dict[str, Title]:
    path = lexicon("titles.tsv")
    titles: dict[str, Title] = {}
    for row in read_tsv(path, _COLUMNS):
        kind = next((k for k in _KINDS if k == row["kind"]), None)
        if kind is None:
            raise DataError(f"{path}: {row['lemma']}: kind is one of {', '.join(_KINDS)}")
        takes = frozenset(lexical(word) for word in row["takes"].split())
        lemma = row["lemma"]
        singular = Title(lemma, "m", "singular", kind, takes)
        titles.setdefault(lexical(lemma), singular)
        if row["feminine"] not in ("", "-"):
            titles.setdefault(lexical(row["feminine"]), singular._replace(gender="f"))
        for plural in row["plurals"].split():
            titles.setdefault(lexical(plural), singular._replace(number="plural"))
    return titles


def _nisbas() -> dict[str, str]:
    nisbas: dict[str, str] = {}
    for row in read_tsv(lexicon("countries.tsv"), COUNTRY_COLUMNS):
        for nisba in filter(None, row["nisba"].split("|")):
            nisbas.setdefault(lexical(nisba), row["iso"])
            nisbas.setdefault(lexical(nisba) + "\u0629", row["iso"])  # feminine: ta marbuta
    return nisbas


@lru_cache(maxsize=1)
def offices_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    words = read_yaml(lexicon("offices.yaml"), _Words)

    def folded(forms: tuple[str, ...]) -> frozenset[str]:
        return frozenset(map(lexical, forms))

    honours: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words.honours:
        parts = tuple(lexical(phrase).split())
        honours.setdefault(parts[0], []).append(parts)
    return Lexicon(
        titles=_titles(),
        adjectives=folded(words.adjectives),
        not_adjectives=folded(words.not_adjectives),
        portfolios=folded(words.portfolios),
        bodies=folded(words.bodies),
        stops=folded(words.stops),
        not_titles=frozenset(words.not_titles),
        titles_beside_names=frozenset(words.titles_beside_names),
        honours={k: tuple(sorted(v, key=len, reverse=True)) for k, v in honours.items()},
        prepositions=folded(words.prepositions),
        governing=folded(words.governing),
        media=folded(words.media),
        media_heads=folded(words.media_heads),
        appointing=folded(words.appointing),
        local_heads=folded(words.local_heads),
        local_adjectives=folded(words.local_adjectives),
        fields=folded(words.fields),
        complementisers=folded(words.complementisers),
        seats=folded(words.seats),
        lone_heads=folded(words.lone_heads),
        not_lone=folded(words.not_lone),
        doubling=folded(words.doubling),
        only_right_before={
            lexical(title): folded(between) for title, between in words.only_right_before.items()
        },
        copulas=folded(words.copulas),
        headed=folded(words.headed),
        players=folded(words.players),
        one_of=folded(words.one_of),
        actors=folded(words.actors),
        alike={lexical(a): lexical(b) for a, b in words.alike.items()},
        nisbas=_nisbas(),
    )
