"""The gazetteer: places by their names as people write them, countries by their nationality words.

Its rows stand in ``lexicon/places.tsv``, built by ``scripts/build_gazetteer.py`` from GeoNames
and others (see ``NOTICE``). They are read at the first look-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from arxtract.errors import DataError
from arxtract.places.cues import cues
from arxtract.records import Place, PlaceKind
from arxtract.resources import lexicon, read_tsv
from arxtract.text.normalise import fold

Trust = Literal["", "?", "!", "x"]
"""Whether a form is believed to be a place in running text: at sight; after a preposition of
place; after a unit's name; never (but a recogniser may say so)."""

_SEEN_ALIKE = (
    ("\u0624", "\u0648"),  # hamza on waw
    ("\u0626", "\u064a"),  # hamza on ya
    ("\u06ad", "\u0643"),  # ng of Morocco
    ("\u0763", "\u0643"),  # kaf with three dots, Amazigh g
    ("\u06af", "\u0643"),  # gaf
    ("\u06a4", "\u0641"),  # veh
    ("\u067e", "\u0628"),  # peh
    ("\u0686", "\u062c"),  # tcheh
)
_HEADER = "id\tkind\tcountry\tparent\tpopulation\tlat\tlon\tname\tforms"


class Candidate(NamedTuple):
    """A place that a name may stand for."""

    id: str
    kind: PlaceKind
    country: str | None
    """ISO 3166-1 alpha-2; null where no state or several have it (a sea, a conflict zone)."""
    parent: str
    """Id of the unit that it lies in: a region or a country; empty for countries."""
    population: int
    lat: float | None
    lon: float | None
    name: str
    """Preferred Arabic name."""
    trust: Trust

    def record(self) -> Place:
        """Return what a record says of the place."""
        return Place(
            kind=self.kind, country=self.country, lat=self.lat, lon=self.lon, source_id=self.id
        )


def deepen(search: str) -> str:
    """Fold search text further, letter for letter: hamza seats, letters of Maghrebi spelling."""
    for letter, plain in _SEEN_ALIKE:
        search = search.replace(letter, plain)
    return search


def search_form(name: str) -> str:
    """Return the form under which ``name`` (clean text) is looked up, letter for letter as long."""
    return deepen(fold(name))


class Gazetteer:
    """The rows in memory: lines unparsed until asked for, an index of forms to line numbers."""

    __slots__ = ("_found", "_ids", "_lines", "_parsed", "index", "openers")

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._parsed: dict[int, Candidate] = {}
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._ids: dict[str, int] = {}
        self.index: dict[str, list[int]] = {}
        self.openers: dict[str, int] = {}
        """First words of names of several words -> how many words the longest has."""
        index, openers, ids = self.index, self.openers, self._ids
        for number, line in enumerate(lines):
            ids[line[: line.index("\t")]] = number
            for form in line[line.rindex("\t") + 1 :].split("|"):
                if form[0] in "?!x":
                    form = form[1:]
                if form in index:
                    index[form].append(number)
                    continue
                index[form] = [number]
                if " " in form:
                    words = form.split(" ")
                    if openers.get(words[0], 0) < len(words):
                        openers[words[0]] = len(words)

    def candidates(self, form: str) -> tuple[Candidate, ...]:
        """Return the places that the search form may stand for, in the order of the file."""
        found = self._found.get(form)
        if found is None:
            numbers = self.index.get(form)
            if numbers is None:
                return ()
            found = self._found[form] = tuple(self._candidate(n, form) for n in numbers)
        return found

    def by_id(self, place_id: str) -> Candidate | None:
        number = self._ids.get(place_id)
        return None if number is None else self._row(number)

    def _row(self, number: int) -> Candidate:
        row = self._parsed.get(number)
        if row is None:
            cells = self._lines[number].split("\t")
            row = self._parsed[number] = Candidate(
                id=cells[0],
                kind=cast(PlaceKind, cells[1]),
                country=cells[2] or None,
                parent=cells[3],
                population=int(cells[4] or 0),
                lat=float(cells[5]) if cells[5] else None,
                lon=float(cells[6]) if cells[6] else None,
                name=cells[7],
                trust="",
            )
        return row

    def _candidate(self, number: int, form: str) -> Candidate:
        row = self._row(number)
        for written in self._lines[number].rpartition("\t")[2].split("|"):
            if written[0] in "?!x" and written[1:] == form:
                return row._replace(trust=cast(Trust, written[0]))
        return row


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once (a tenth of a second)."""
    path = lexicon("places.tsv")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    if _HEADER not in lines[:9]:
        raise DataError(f"{path}:1: expected the columns {_HEADER.replace(chr(9), ', ')}")
    return Gazetteer(lines[lines.index(_HEADER) + 1 :])


def lookup(form: str) -> tuple[Candidate, ...]:
    """Return the places that the whole of ``form`` may name, none if it is no place's name.

    ``form`` is a name without proclitics, in search form (that of a document will do).
    """
    return gazetteer().candidates(search_form(form))


def place(place_id: str) -> Candidate | None:
    """Return the row of the gazetteer with that id (``source_id`` of a record)."""
    return gazetteer().by_id(place_id)


@lru_cache(maxsize=1)
def nationalities() -> dict[str, str]:
    """Search forms of nationality adjectives, all genders and numbers, bare and with the article,
    to ISO 3166-1 codes."""
    found: dict[str, str] = {}
    columns = ("iso", "names", "official", "nisba", "plurals", "lat", "lon")
    for row in read_tsv(lexicon("countries.tsv"), columns):
        for form in _inflected(row["nisba"].split("|"), row["plurals"].split("|")):
            found.setdefault(search_form(form), row["iso"])
    return found


def _inflected(adjectives: list[str], plurals: list[str]) -> Iterator[str]:
    """Yield the forms of nationality adjectives, those of several words inflected throughout."""
    known = cues()
    bare = [plural for plural in plurals if plural]
    for nisba in filter(None, adjectives):
        vague = nisba[0] == "?"
        first, *rest = nisba.removeprefix("?").split(" ")
        for ending in known.vague_nisba_endings if vague else known.nisba_endings:
            inflected = [word + ending for word in rest]
            for form in dict.fromkeys((first + ending, first if rest else first + ending)):
                if vague and not ending:
                    yield " ".join([form, *inflected])
                else:
                    bare.append(" ".join([form, *inflected]))
    for form in bare:
        yield form
        yield " ".join(known.article + word for word in form.split(" "))


@lru_cache(maxsize=4096)
def country_of(word: str) -> str | None:
    """Return the ISO 3166-1 code of the country that ``word`` names or is the nationality of.

    Takes a country's name, short or official, and nationality adjectives and nouns in any gender
    and number, with or without article and proclitics; null for anything else.
    """
    from arxtract.places.matching import cuts

    form = search_form(word)
    for cut in cuts(form):
        found = nationalities().get(cut.form)
        if found is None:
            countries = [c for c in lookup(cut.form) if c.kind == "country"]
            found = countries[0].country if countries else None
        if found is not None:
            return found
    return None
