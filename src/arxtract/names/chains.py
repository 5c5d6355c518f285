"""Chains: which mentions name one entity, and the fullest name that the article gives it.

Mentions of one type are joined, in this order, where they are spelt alike (hamza, ta marbuta,
quotes aside); where a table says that they name one state or body; where an acronym stands in
brackets after the full name; and where the words of one are some of the words of the other and of
no third. A mention that two entities fit stays alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.names.titles import COUNTRY_COLUMNS
from arxtract.records import Entity
from arxtract.resources import lexicon, read_tsv
from arxtract.text.clitics import frequencies, lexical

_ARTICLE = "\u0627\u0644"
_LAM = "\u0644"
_TA_MARBUTA, _HA = "\u0629", "\u0647"
_PREFIXES = "\u0628\u0644\u0648"  # bi-, li-, wa-, joined to a word inside a name
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_OPENS = regex.compile(r"\s*+[(\[\"'«“]++\s*+")
_CLOSES = regex.compile(r"\s*+[)\]\"'»”]")
_QUOTED = regex.compile(r"""["'«“][^"'«»“”]++["'»”]""")
_LONGEST_GAP = 40
_MOST = 500  # names that share a word: more are not compared
_FUZZY_LENGTH = 5  # letters; shorter words are never taken for misspellings of each other

Words = tuple[str, ...]


class _Table(NamedTuple):
    """``acronyms.tsv`` and the states of ``countries.tsv``, in folded spelling."""

    bodies: dict[Words, int]
    states: dict[Words, str]
    tokens: dict[str, str]
    joined: frozenset[str]
    tails: frozenset[str]
    dropped: frozenset[str]
    aliases: frozenset[str]


class _Mention(NamedTuple):
    """A mention on its way into a chain."""

    place: int
    """Index of the entity."""
    start: int
    end: int
    name: str
    words: Words


def _fold(text: str) -> str:
    return lexical(text).replace(_TA_MARBUTA, _HA)


def _split(text: str) -> Words:
    return tuple(_WORDS.findall(_fold(text)))


@lru_cache(maxsize=1)
def _table() -> _Table:
    path = lexicon("acronyms.tsv")
    rows: dict[str, list[list[str]]] = {
        kind: [] for kind in ("body", "token", "joined", "tail", "dropped", "alias")
    }
    for row in read_tsv(path, ("kind", "forms", "note")):
        if row["kind"] not in rows:
            raise DataError(f"{path}: {row['kind']}: kind is one of {', '.join(rows)}")
        rows[row["kind"]].append(row["forms"].split("|"))
    bodies: dict[Words, int] = {}
    for number, forms in enumerate(rows["body"]):
        for form in forms:
            bodies.setdefault(_bare(_split(form)), number)
    states: dict[Words, str] = {}
    for row in read_tsv(lexicon("countries.tsv"), COUNTRY_COLUMNS):
        for form in filter(None, f"{row['names']}|{row['official']}".split("|")):
            states.setdefault(_bare(_split(form)), row["iso"])
    return _Table(
        bodies,
        states,
        {_fold(form): _fold(forms[0]) for forms in rows["token"] for form in forms},
        frozenset(_fold(form) for forms in rows["joined"] for form in forms),
        frozenset(_fold(form) for forms in rows["tail"] for form in forms),
        frozenset(_fold(form) for forms in rows["dropped"] for form in forms),
        frozenset(_fold(form) for forms in rows["alias"] for form in forms),
    )


def _bare(words: Iterable[str]) -> Words:
    """Return the words without the article."""
    return tuple(word.removeprefix(_ARTICLE) or word for word in words)


def link(document: Document, entities: Sequence[Entity]) -> list[Entity]:
    """Return the entities, in their order, with ``name`` and ``chain`` filled in.

    ``name`` is the fullest form of the name in the article, ``chain`` the same string for all
    mentions of one entity and for no other's. Linear in the number of mentions but for mentions
    that share a word.
    """
    groups = _Groups(len(entities))
    by_type: dict[str, list[_Mention]] = {}
    for index, entity in enumerate(entities):
        start, end = document.clean_range(entity)
        name = _name(document.clean, start, end)
        mention = _Mention(index, start, end, name, _split(name))
        by_type.setdefault(entity.type, []).append(mention)
    for kind, mentions in by_type.items():
        _join_equal(kind, mentions, entities, groups)
        _join_neighbours(kind, document.clean, mentions, groups)
        if kind == "PER":
            _join_persons(mentions, groups)
        elif kind != "LOC":
            _join_bodies(mentions, groups)
    return _filled(entities, by_type, groups)


class _Groups:
    """Disjoint sets of mentions; the smallest index stands for its set."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        i, j = sorted((self.find(i), self.find(j)))
        self._parent[j] = i


def _name(clean: str, start: int, end: int) -> str:
    """Return the clean text of a mention, with the article written out where لل swallowed it."""
    name = " ".join(clean[start:end].split())
    if _QUOTED.fullmatch(name):
        name = name[1:-1].strip()
    if name.startswith(_LAM) and start and clean[start - 1] == _LAM and len(name) > 2:
        first, known = _first_word(lexical(name)), frequencies()
        if known.get(first, 0) <= known.get(first[1:], 0) and _bare((_fold(first),)) not in (
            _table().states
        ):
            return _ARTICLE + name[1:]
    return name


def _first_word(text: str) -> str:
    found = _WORDS.search(text)
    return found[0] if found else text


def _join_equal(
    kind: str, mentions: list[_Mention], entities: Sequence[Entity], groups: _Groups
) -> None:
    """Join mentions that are spelt alike, or that a table says to be one."""
    table = _table()
    seen: dict[object, int] = {}
    for mention in mentions:
        bare = _bare(mention.words)
        keys: list[object] = [bare, "".join(bare)]
        if kind == "ORG" and bare in table.bodies:
            keys.append(table.bodies[bare])
        place = entities[mention.place].place
        if kind == "LOC" and bare in table.states:
            keys.append("state " + table.states[bare])
        elif kind == "LOC" and place and place.kind == "country" and place.country:
            keys.append("state " + place.country)
        for key in keys:
            groups.join(mention.place, seen.setdefault(key, mention.place))


def _join_neighbours(kind: str, clean: str, mentions: list[_Mention], groups: _Groups) -> None:
    """Join an acronym in brackets, or an alias, to the name right before it."""
    aliases = _table().aliases
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    for first, second in pairwise(ordered):
        if not 0 < second.start - first.end <= _LONGEST_GAP:
            continue
        gap = clean[first.end : second.start]
        bracketed = _OPENS.fullmatch(gap) and _CLOSES.match(clean, second.end)
        if kind == "PER":
            if _fold(gap).strip(" \"'«“(،,") in aliases:
                groups.join(first.place, second.place)
        elif kind != "LOC" and bracketed and len(second.words) <= 2 < len(second.name):
            groups.join(first.place, second.place)


# -- persons --------------------------------------------------------------------------------


def _person_words(words: Words) -> Words:
    """Return the words of a person's name, عبد الله as one, بن and ابن as one."""
    table = _table()
    joined: list[str] = []
    pending = ""
    for word in words:
        plain = table.tokens.get(word, word)
        if word in table.joined:
            pending += plain
        elif word in table.tails and joined and not pending:
            joined[-1] += plain
        else:
            joined.append(pending + plain if pending else plain.removeprefix(_ARTICLE) or plain)
            pending = ""
    if pending:
        joined.append(pending)
    return tuple(joined)


def _join_persons(mentions: list[_Mention], groups: _Groups) -> None:
    forms: dict[Words, int] = {}
    for mention in mentions:
        words = _person_words(mention.words)
        if words:
            groups.join(mention.place, forms.setdefault(words, mention.place))
    holders: dict[str, list[Words]] = {}
    for words in forms:
        for word in dict.fromkeys(words):
            holders.setdefault(word, []).append(words)
    _join_misspelt(forms, groups)
    for words in sorted(forms, key=len, reverse=True):
        longer = [w for w in _sharing(words, holders)[:_MOST] if len(w) > len(words)]
        for fits in (_is_surname, _is_part):
            matches = [w for w in longer if fits(words, w)]
            if matches:
                roots = {groups.find(forms[w]) for w in matches}
                if len(roots) == 1:
                    groups.join(forms[words], forms[matches[0]])
                break


def _sharing(words: Words, holders: dict[str, list[Words]]) -> list[Words]:
    """Return the forms that hold the rarest of the words."""
    return min((holders[word] for word in words), key=len)


def _is_surname(short: Words, full: Words) -> bool:
    return full[-len(short) :] == short


def _is_part(short: Words, full: Words) -> bool:
    """Whether ``full`` has the words of ``short`` in order, and the first or the last in common."""
    rest = iter(full)
    return all(word in rest for word in short) and (short[0] == full[0] or short[-1] == full[-1])


def _join_misspelt(forms: dict[Words, int], groups: _Groups) -> None:
    """Join full names that differ by one letter of one long word.

    Two such words are alike once the letter is struck out, so names are met by all the spellings
    that have one letter of one word struck out (Garbe's symmetric deletion).
    """
    met: dict[tuple[Words, int, str], Words] = {}
    for words in forms:
        if len(words) < 2:
            continue
        for i, word in enumerate(words):
            if len(word) < _FUZZY_LENGTH or not word.isalpha():
                continue
            others = words[:i] + words[i + 1 :]
            for struck in dict.fromkeys(
                [word, *(word[:j] + word[j + 1 :] for j in range(len(word)))]
            ):
                other = met.setdefault((others, i, struck), words)
                if other != words and _one_letter_apart(word, other[i]):
                    groups.join(forms[words], forms[other])


def _one_letter_apart(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _FUZZY_LENGTH or abs(len(a) - len(b)) > 1:
        return False
    front = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    if len(a) == len(b):
        return a[front + 1 :] == b[front + 1 :]
    return longer[front + 1 :] == shorter[front:]


# -- bodies ---------------------------------------------------------------------------------


def _join_bodies(mentions: list[_Mention], groups: _Groups) -> None:
    """Join the short forms of bodies and works to the full ones that they can only stand for."""
    dropped = _table().dropped
    forms: dict[Words, int] = {}
    for mention in mentions:
        words = _bare(mention.words)
        if words:
            groups.join(mention.place, forms.setdefault(words, mention.place))
    index: dict[str, list[Words]] = {}
    for words in forms:
        index.setdefault(words[0], []).append(words)
        for key in _openings(words, dropped):
            index.setdefault(key, []).append(words)
    for words in sorted(forms, key=len, reverse=True):
        fits = [
            w
            for w in index.get(words[0], [])[:_MOST]
            if _stands_for(words, w, dropped) and not _told_apart(words, w)
        ]
        if fits and len({groups.find(forms[w]) for w in fits}) == 1:
            groups.join(forms[words], forms[fits[0]])


def _openings(words: Words, dropped: frozenset[str]) -> Iterator[str]:
    """Yield the words that a shortened form may begin with: those after the dropped nouns."""
    i = 0
    while i + 1 < len(words) and words[i] in dropped:
        i += 1
        yield words[i]


def _told_apart(short: Words, full: Words) -> bool:
    """Whether the table has both, as two bodies (the UN and its fund for children)."""
    bodies = _table().bodies
    return short in bodies and full in bodies and bodies[short] != bodies[full]


def _stands_for(short: Words, full: Words, dropped: frozenset[str]) -> bool:
    if len(short) >= len(full):
        return False
    if short[0] == full[0]:
        rest = iter(_loosened(full))
        return len(short) > 1 and all(
            any(word in forms for forms in rest) for word in _with_prefixes(short)
        )
    cut = len(full) - len(short)
    return full[cut:] == short and all(word in dropped for word in full[:cut])


def _with_prefixes(words: Words) -> Iterator[str]:
    yield from (_loose(word) for word in words)


def _loosened(words: Words) -> Iterator[tuple[str, str]]:
    for word in words:
        yield word, _loose(word)


def _loose(word: str) -> str:
    """Return a word without a joined particle and the article (للشؤون, بوجدة)."""
    if len(word) > 3 and word[0] in _PREFIXES:
        rest = word[1:].removeprefix(_ARTICLE)
        return rest.removeprefix(_LAM) if len(rest) > 3 and word[0] == _LAM else rest
    return word


# -- result ---------------------------------------------------------------------------------


def _filled(
    entities: Sequence[Entity], by_type: dict[str, list[_Mention]], groups: _Groups
) -> list[Entity]:
    fullest: dict[int, _Mention] = {}
    for mention in sorted((m for ms in by_type.values() for m in ms), key=lambda m: m.start):
        root = groups.find(mention.place)
        best = fullest.get(root)
        if best is None or _fullness(mention) > _fullness(best):
            fullest[root] = mention
    chains: dict[int, str] = {}
    taken: set[str] = set()
    for root in sorted(fullest, key=lambda r: fullest[r].start):
        name = fullest[root].name
        chain = name if name not in taken else f"{name} ({entities[root].type})"
        number = 2
        while chain in taken:
            chain = f"{name} ({entities[root].type} {number})"
            number += 1
        taken.add(chain)
        chains[root] = chain
    return [
        entity.model_copy(
            update={"name": fullest[groups.find(i)].name, "chain": chains[groups.find(i)]}
        )
        for i, entity in enumerate(entities)
    ]


def _fullness(mention: _Mention) -> tuple[int, int]:
    return len(mention.words), len(mention.name)
