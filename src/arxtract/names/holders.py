"""Who holds an office that stands without a name: ``الوزير``, ``مدرب الفريق``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from arxtract.document import Document
from arxtract.names.offices import Office
from arxtract.names.titles import offices_lexicon
from arxtract.records import Entity
from arxtract.text.clitics import lexical

_ARTICLE = "\u0627\u0644"
_PARTICLES = "\u0648\u0628\u0644"


def resolve(
    document: Document, entities: Sequence[Entity], offices: Sequence[Office]
) -> list[Office]:
    """Give each office without a holder to the one person of the article that it fits.

    It fits a person who holds an office with the same title and gender whose phrase has all of
    its words, in the same body where both name one. It stays without a holder where two persons
    fit, or none does; a title alone (المتحدث) that fits nobody is left out.
    """
    chains = {entity.id: entity.chain or entity.name or entity.id for entity in entities}
    held: dict[tuple[str, str], list[_Held]] = {}
    for office in offices:
        if office.holder and office.holder in chains:
            one = _Held(
                _content(document, office), _body(document, office), chains[office.holder],
                office.holder,
            )  # fmt: skip
            held.setdefault((office.head, office.gender), []).append(one)
    lone = offices_lexicon().lone_heads
    resolved: list[Office] = []
    for office in offices:
        if office.holder is None and office.number == "singular":
            words, body = _content(document, office), _body(document, office)
            same_title = held.get((office.head, office.gender), ())
            fits = [h for h in same_title if _fits(h, words, body)]
            exact = [h for h in fits if h.words == words]
            fits = exact or fits  # رئيس جمهورية الشيشان, not رئيس البرلمان في جمهورية الشيشان
            home = words - offices_lexicon().nisbas.keys()
            if not fits and home:  # وزير الخارجية المغربي, elsewhere وزير الخارجية
                fits = [h for h in same_title if _fits(h, home, body)]
            if not fits and lexical(office.head) in offices_lexicon().players:
                fits = [h for h in same_title if not h.words]  # مدرب النادي, elsewhere المدرب فلان
            if len({h.chain for h in fits}) == 1:
                office = office._replace(holder=fits[0].mention)
            elif not words and lexical(office.head) not in lone:
                continue
        resolved.append(office)
    return resolved


class _Held(NamedTuple):
    """An office with a named holder."""

    words: frozenset[str]
    body: frozenset[str]
    chain: str
    mention: str


def _fits(held: _Held, words: frozenset[str], body: frozenset[str]) -> bool:
    """Say whether an office's words and body are those of one that somebody holds."""
    bare = not words and bool(held.words & offices_lexicon().not_lone)
    same_body = not body or not held.body or body <= held.body or held.body <= body
    return words <= held.words and not bare and same_body


def _body(document: Document, office: Office) -> frozenset[str]:
    """Return the words of the body or state that an office names; none of an adjective's."""
    if not office.affiliation:
        return frozenset()
    words = _plain(document.clean[slice(*office.affiliation)])
    return frozenset() if words & offices_lexicon().nisbas.keys() == words else words


def _content(document: Document, office: Office) -> frozenset[str]:
    """Return the words of an office after its title."""
    return _plain(document.clean[office.start : office.end].partition(" ")[2])


def _plain(text: str) -> frozenset[str]:
    """Return the words of a phrase without particles and the article."""
    return frozenset(
        word.lstrip(_PARTICLES).removeprefix(_ARTICLE).removeprefix(_ARTICLE[1])
        for word in lexical(text).split()
    )
