"""Which place a name stands for: by its unit, its neighbours, the article's countries, its size."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from arxtract.document import Document
from arxtract.places.cues import cues
from arxtract.places.gazetteer import Candidate, gazetteer, place
from arxtract.places.matching import Match, Words, believed, unit_kinds
from arxtract.records import Entity, Place, PlaceKind

_NEAR = 40
"""Characters within which a neighbouring place says where a name is."""

_SMALL = 50_000
"""People below which a town is doubted when its country goes unnamed."""

_KIND_WEIGHT = {"country": 6.0, "area": 3.6, "venue": 2.0, "region": 1.6, "city": 0.0}
_UNIT_AGREES, _UNIT_DIFFERS = 5.0, -2.5
_HOLDER, _SAME_COUNTRY, _ARTICLE, _SAID, _SIGN = 4.0, 1.2, 4.0, 2.0, 20.0


class Context(NamedTuple):
    """What an article says of the countries it is about, and the places it names."""

    document: Document
    text: str
    """Clean text in the gazetteer's search form."""
    matches: list[Match]
    starts: list[int]
    shares: dict[str, float]
    """ISO 3166-1 code -> its share, 0 to 1, of the places and nationalities of the article."""
    weight: float
    """How much there is to go by, 0 to 1."""

    def share(self, country: str | None) -> float:
        return self.shares.get(country, 0.0) * self.weight if country else 0.0


def contains(outer: Candidate, inner: Candidate) -> bool:
    """Whether ``inner`` lies in ``outer`` by the gazetteer: a city in its region or country."""
    if outer.kind == "country":
        return inner.id != outer.id and inner.country == outer.country
    return any(unit.id == outer.id for unit in parents(inner))


def parents(inner: Candidate) -> tuple[Candidate, ...]:
    """Return the units that hold a place, the smallest first, its country last."""
    found: list[Candidate] = []
    current: Candidate | None = place(inner.parent) if inner.parent else None
    while current is not None and all(current.id != unit.id for unit in found):
        found.append(current)
        current = place(current.parent) if current.parent else None
    return tuple(found)


def context(document: Document) -> Context:
    """Gather the places and nationalities of the whole document."""
    words = Words(document)
    found = believed(words)
    votes: Counter[str] = Counter()
    for match in found:
        countries = {c.country for c in match.candidates}
        if len(countries) == 1 and (country := countries.pop()):
            votes[country] += 2
    votes.update(reading.country for _, reading in words.readings if reading.country)
    total = votes.total()
    shares = {country: count / total for country, count in votes.items()}
    starts = [match.start for match in found]
    return Context(document, words.text, found, starts, shares, min(1.0, total / 4))


class Linker:
    """Links the names of one document."""

    def __init__(self, document: Document) -> None:
        self.context = context(document)
        self.text = self.context.text
        self._settled: dict[str, str | None] = {}

    def link(self, start: int, end: int) -> Place | None:
        """Return the place that the name at clean ``[start, end)`` stands for, if known."""
        candidates = self._candidates(start, end)
        if candidates:
            best = self.best(start, end, candidates)
            if not self._unlikely(best):
                return best.record()
        else:
            typo = self._misspelt(start, end)
            if typo is not None:
                return typo.record()
        return self._unknown(start, end)

    def best(self, start: int, end: int, candidates: Sequence[Candidate]) -> Candidate:
        """Return the candidate that the words around the name speak for."""
        if len(candidates) == 1:
            return candidates[0]
        scores = self._scores(start, end, candidates)
        said = self._said(self.text[start:end])
        return max(candidates, key=lambda c: (scores[c.id] + _SAID * (c.country == said), c.id))

    def _scores(self, start: int, end: int, candidates: Sequence[Candidate]) -> dict[str, float]:
        units = self._units(start)
        near = list(self._neighbours(start, end))
        signed = self._signed(start, end)
        return {
            c.id: self._score(c, units, near) + _SIGN * (signed is not None and c.country == signed)
            for c in candidates
        }

    def _said(self, form: str) -> str | None:
        """Return the country for which all mentions of a name in the article together speak."""
        if form not in self._settled:
            totals: dict[str, float] = {}
            for match in self.context.matches:
                if match.form == form:
                    scores = self._scores(match.start, match.end, match.candidates)
                    for country in {c.country or "" for c in match.candidates}:
                        of_country = (c for c in match.candidates if (c.country or "") == country)
                        best = max(scores[c.id] for c in of_country)
                        totals[country] = totals.get(country, 0.0) + best
            top = max(totals, key=lambda c: (totals[c], c), default=None)
            self._settled[form] = top or None
        return self._settled[form]

    def _unlikely(self, best: Candidate) -> bool:
        """Whether a small town is one of a country that the article has nothing of."""
        shares = self.context.shares
        return (
            best.kind == "city"
            and best.population < _SMALL
            and best.country not in shares
            and self.context.weight == 1.0
            and max(shares.values()) > 0.5
        )

    def _misspelt(self, start: int, end: int) -> Candidate | None:
        """Return the place named elsewhere in the article that is one slip of the pen away."""
        form = self.text[start:end]
        if len(form) < 5:
            return None
        for match in self.context.matches:
            if _one_slip(form, match.form):
                return self.best(match.start, match.end, match.candidates)
        return None

    def _candidates(self, start: int, end: int) -> tuple[Candidate, ...]:
        """Look the name up whole, then without a unit's name before it."""
        form = _squeezed(self.text[start:end])
        known = gazetteer()
        article, merged = cues().article, cues().merged_article
        if form.startswith(merged) and self.text[max(0, start - 1) : start] == merged:
            found = known.candidates(article[0] + form)
            if found:
                return found
        found = known.candidates(form)
        if found:
            return found
        head, _, rest = form.partition(" ")
        kinds = unit_kinds(head) if rest else frozenset()
        if kinds and head not in cues().heads:
            return tuple(c for c in known.candidates(rest) if c.kind in kinds)
        return ()

    def _score(
        self, candidate: Candidate, units: frozenset[PlaceKind], near: Sequence[tuple[Match, bool]]
    ) -> float:
        score = _KIND_WEIGHT[candidate.kind]
        if candidate.kind == "city":
            score += 1.1 * math.log10(candidate.population + 30) - 1.5
        if units:
            score += _UNIT_AGREES if candidate.kind in units else _UNIT_DIFFERS
        score += _ARTICLE * self.context.share(candidate.country)
        held = alike = 0.0
        for match, holds in near:
            for other in match.candidates:
                if holds and contains(other, candidate):
                    held = _HOLDER
                if other.country == candidate.country and other.id != candidate.id:
                    alike = _SAME_COUNTRY
        return score + held + alike

    def _units(self, start: int) -> frozenset[PlaceKind]:
        """Return the kinds that the noun before the name announces: بمدينة, ولاية."""
        before = self.text[max(0, start - 24) : start]
        stripped = before.rstrip(" \"'(")
        if not stripped or stripped == before:
            return frozenset()
        return unit_kinds(stripped.rpartition("\n")[2].rpartition(" ")[2])

    def _neighbours(self, start: int, end: int) -> Iterator[tuple[Match, bool]]:
        """Yield the places named nearby, and whether the words between let one hold the other."""
        at = bisect_left(self.context.starts, start)
        for match in self.context.matches[max(0, at - 2) : at + 3]:
            if match.start < end and start < match.end:
                continue
            low, high = (end, match.start) if match.start >= end else (match.end, start)
            if high - low > _NEAR or "\n" in self.text[low:high]:
                continue
            words = self.text[low:high].replace("\u060c", " ").replace(",", " ").split()
            yield match, all(word in cues().holders or len(word) == 1 for word in words)

    def _signed(self, start: int, end: int) -> str | None:
        """Return the country that a vowel sign of the raw text decides for."""
        form = self.text[start:end]
        for vowel in cues().vowels:
            if form == vowel.form:
                letter = self.context.document.span(start + vowel.letter, start + vowel.letter + 1)
                if any(sign in letter.text for sign in vowel.signs):
                    return vowel.country
        return None

    def _unknown(self, start: int, end: int) -> Place | None:
        """Say what the text itself tells of a place that the gazetteer has not."""
        words = self.text[start:end].split()
        kind = cues().heads.get(words[0]) if len(words) > 1 else None
        if kind is None:
            kind = min(self._units(start), default=None)
        if kind is None:
            return None
        return Place(kind=kind, country=self._country_around(start, end, words))

    def _country_around(self, start: int, end: int, words: list[str]) -> str | None:
        """Return the one country of the places inside or right beside an unknown name."""
        inside = [
            m
            for m in self.context.matches
            if start <= m.start
            and m.end <= end
            and len(self.text[m.start : m.end].split()) < len(words)
        ]
        beside = [m for m, holds in self._neighbours(start, end) if holds]
        for matches in (inside, beside):
            countries = {self.best(m.start, m.end, m.candidates).country for m in matches}
            if len(countries) == 1:
                return countries.pop()
        shares = self.context.shares
        leading = max(shares, key=lambda c: (shares[c], c), default=None)
        return leading if leading and self.context.share(leading) > 0.6 else None


def _one_slip(one: str, other: str) -> bool:
    """Whether two forms differ by one letter changed, left out, or put before its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if first is None:
        return True
    rest, tail = one[first:], other[first:]
    if len(rest) > 1 and rest[1::-1] + rest[2:] == tail:
        return True
    return rest[1:] == tail[1:] or rest[1:] == tail or rest == tail[1:]


def _squeezed(form: str) -> str:
    """Write the hyphens and slashes of a name as single spaces, as the gazetteer does."""
    return " ".join(form.replace("-", " ").replace("/", " ").replace('"', " ").split())


def link(document: Document, entities: Sequence[Entity]) -> list[Entity]:
    """Set ``place`` on those entities of type LOC that can be placed; return all, in order.

    Names that the gazetteer has not get a kind from their own words (مطار, وادي) or the noun
    before them and a country from the places beside them; where neither speaks, null.
    """
    if not any(entity.type == "LOC" for entity in entities):
        return list(entities)
    linker = Linker(document)
    linked: list[Entity] = []
    for entity in entities:
        found = linker.link(*document.clean_range(entity)) if entity.type == "LOC" else None
        linked.append(entity if found is None else entity.model_copy(update={"place": found}))
    return linked
