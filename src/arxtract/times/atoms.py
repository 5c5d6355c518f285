"""Clean text to atoms: the words, figures and marks that the grammar of dates is written over.

Each atom carries all the kinds that its word may have, and one private character that stands for
this set of kinds: a string of these is what the compiled rules run on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from itertools import accumulate
from operator import add
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from arxtract.resources import REMEMBERED
from arxtract.times.lexicon import ARTICLE, load

WAW, FA = "\u0648", "\u0641"
LAM = "\u0644"
PREPOSITIONS = "\u0628\u0644\u0643"  # bi, li, ka

_FIGURE = (
    r"(?P<ndate>(?<![\d/.\-])(?:\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2}))"
    r"(?![\d]|[/.\-:]\d))"
    r"|(?P<clock>(?<![\d:.])\d{1,2}[:hH]\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<decimal>\d+(?:[.,:]\d+)++|\d+\u0631\d+)"
)
_COMPOUND = re.compile(_FIGURE)
_PIECE = re.compile(
    rf"(?:[^\W\d_]+|(?=\d)(?:{re.sub('[?]P<[a-z]+>', '?:', _FIGURE)}|\d+)|\S|\n)[^\S\n]*"
)
"""A word, figure, mark or line end with the spaces after it: pieces leave nothing out."""

_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "-": "dash",
        "/": "slash",
        ":": "colon",
        ",": "comma",
        "\u060c": "comma",
        '"': "quote",
        "'": "quote",
        "(": "open",
        "[": "open",
        "{": "open",
        ")": "close",
        "]": "close",
        "}": "close",
        "\n": "newline",
        ".": "stop",
        "\u061b": "stop",
        "!": "stop",
        "?": "stop",
        "\u061f": "stop",
        ";": "stop",
        "%": "percent",
    }
)
_BASE_KINDS = (
    "other", "and", "prep", "article", "figure", "figure3", "year", "bignum", "ndate", "clock",
    "decimal", "dash", "slash", "colon", "comma", "quote", "open", "close", "newline", "stop",
    "percent",
)  # fmt: skip


class Atom(NamedTuple):
    """A word, figure or mark in clean offsets, proclitics cut off into atoms of their own."""

    kinds: Mapping[str, Any]
    start: int
    end: int
    text: str
    char: str
    """The private character of its set of kinds."""

    def value(self, kind: str) -> Any:
        return self.kinds[kind]


_make = cast(Callable[[Iterable[Any]], Atom], partial(tuple.__new__, Atom))
"""Make an atom of its fields in order, without a call of Python code."""


@lru_cache(maxsize=1)
def alphabet() -> dict[tuple[str, ...], str]:
    """Map each set of kinds, sorted, to its private character."""
    singles = [(kind,) for kind in _BASE_KINDS]
    sets = sorted({*singles, *load().combinations})
    return {kinds: chr(0xE000 + n) for n, kinds in enumerate(sets)}


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Map each kind to the characters of all sets that it is in."""
    table: dict[str, str] = {}
    for kinds, char in alphabet().items():
        for kind in kinds:
            table[kind] = table.get(kind, "") + char
    return table


_NUMBERS = {"card", "ord", "ordunit"}


class Kinds(NamedTuple):
    """A set of kinds with their values, its private character, and whether it is of a number."""

    kinds: Mapping[str, Any]
    char: str
    number: bool = False


def _kinds(kinds: Mapping[str, Any]) -> Kinds:
    return Kinds(kinds, alphabet()[tuple(sorted(kinds))], not _NUMBERS.isdisjoint(kinds))


@lru_cache(maxsize=32)
def _only(kind: str) -> Kinds:
    """Return the set of one kind without a value."""
    return _kinds(MappingProxyType({kind: None}))


def line_break() -> Atom:
    """Return the line end that parts one stretch of text from the next."""
    return Atom(_only("newline").kinds, 0, 0, "\n", _only("newline").char)


def _figure_kinds(text: str) -> Mapping[str, Any]:
    if len(text) <= 2:
        return {"figure": int(text)}
    if len(text) == 3:
        return {"figure3": int(text)}
    if len(text) == 4 and 1000 <= int(text) < 2200:
        return {"year": int(text)}
    return {"bignum": int(text) if len(text) <= LONGEST else None}


LONGEST = 12
"""Digits of the longest figure that is read as a number."""
Rows = list[tuple[tuple[str, ...], Kinds]]
"""Forms, longest first: the words after the first, and the kinds."""
_LONGEST_REMEMBERED = 24  # letters
_OPEN, _MAYBE = "\0", "\1"
"""Stand for a piece that may be several atoms, and for one that some followers join."""


_UNSURE = re.compile(f"[{_OPEN}{_MAYBE}]")


class _Shape(NamedTuple):
    """What a piece is, whatever stands around it: the fields of its atom but for its place."""

    kinds: Mapping[str, Any]
    length: int
    text: str
    char: str
    code: str
    """Its private character again, or that it is open, or may be."""
    followers: frozenset[str]
    """The words that may make one atom with it."""


class _Shapes(dict[str, _Shape]):
    """The shapes of pieces met so far: a cache, for speed alone."""

    def __missing__(self, piece: str) -> _Shape:
        text = piece.rstrip() or "\n"
        kinds, char, _ = _settled(text)
        followers = _followers(text) if char != _OPEN else frozenset()
        code = _MAYBE if followers else char
        shape = _Shape(kinds, len(text), text, char, code, followers)
        if len(self) < REMEMBERED and len(piece) <= _LONGEST_REMEMBERED:
            self[piece] = shape
        return shape


_SHAPES = _Shapes()
_UNSETTLED = Kinds({}, _OPEN)


def _settled(text: str) -> Kinds:
    """Return the kinds of a piece that is one atom where no follower joins, else the open kind."""
    if text[0].isdecimal():
        return _kinds(_figure_kinds(text)) if text.isdecimal() else _UNSETTLED
    if not text[0].isalnum():
        return _only(_MARKS.get(text, "other"))
    for cut, _, rows in _readings(text):
        for rest, kinds in rows:
            if not rest:
                return _UNSETTLED if cut or kinds.number else kinds
    parts = _unread(text)
    return parts[0][0] if len(parts) == 1 else _UNSETTLED


def _followers(text: str) -> frozenset[str]:
    """Return the words that may make one atom with the piece ``text`` before them."""
    if not text[0].isalpha():
        return frozenset()
    return frozenset(rest[0] for _, _, rows in _readings(text) for rest, _ in rows if rest)


def _unread(text: str) -> list[tuple[Kinds, str]]:
    """List the atoms of a word that the lexicon does not have: proclitics, an article, or none."""
    if text == ARTICLE:
        return [(_only("article"), text)]
    if text in (WAW, FA):
        return [(_only("and"), text)]
    if text in PREPOSITIONS:
        return [(_only("prep"), text)]
    if text == LAM + LAM:
        return [(_only("prep"), LAM), (_only("article"), LAM)]
    if text[1:] == ARTICLE and text[0] in (WAW, FA, *PREPOSITIONS):
        return [(_clitic(text[0]), text[0]), (_only("article"), ARTICLE)]
    return [(_only("other"), text)]


def _clitic(letter: str) -> Kinds:
    return _only("and" if letter in (WAW, FA) else "prep")


class _Scanner:
    """Turns one stretch of search text into atoms."""

    def __init__(self, search: str, end: int, pieces: list[str]) -> None:
        shapes = zip(*map(_SHAPES.__getitem__, pieces), strict=True)
        kinds, lengths, texts, chars, codes, self.followers = shapes
        begin = end - sum(map(len, pieces))  # only spaces stand before the first piece
        starts = list(accumulate(map(len, pieces[:-1]), initial=begin))
        self.search = search
        self.starts, self.texts, self.coded = starts, texts, "".join(codes)
        fields = zip(kinds, starts, map(add, starts, lengths), texts, chars, strict=True)
        self.alone: list[Atom] = list(map(_make, fields))
        self.atoms: list[Atom] = []
        self.numbers: list[int] = []
        """Where number words stand among the atoms."""

    def run(self) -> list[Atom]:
        place = 0
        following = (*self.texts[1:], "")
        for match in _UNSURE.finditer(self.coded):
            at = match.start()
            if at < place or (match[0] == _MAYBE and following[at] not in self.followers[at]):
                continue
            self.atoms += self.alone[place:at]
            place = self._open(at)
        self.atoms += self.alone[place:]
        return self.atoms

    def _open(self, place: int) -> int:
        """Add the atoms of the open piece at ``place``; return the index of the piece after it."""
        text, start = self.texts[place], self.starts[place]
        if text[0].isdecimal():
            match = _COMPOUND.match(self.search, start)
            kind = match.lastgroup if match else None
            assert kind is not None
            self._add(Kinds({kind: text}, _only(kind).char), start, start + len(text), text)
            return place + 1
        following = self.texts[place + 1] if place + 1 < len(self.texts) else ""
        for cut, first, rows in _readings(text):
            for rest, kinds in rows:
                last = place + len(rest)
                if rest and (following != rest[0] or self.texts[place + 1 : last + 1] != rest):
                    continue
                for n, letter in enumerate(text[:cut]):
                    self._add(_clitic(letter), start + n, start + n + 1, letter)
                if kinds.number:
                    self.numbers.append(len(self.atoms))
                end = self.starts[last] + len(self.texts[last])
                self._add(kinds, start + cut, end, first)
                return last + 1
        for kinds, part in _unread(text):
            self._add(kinds, start, start + len(part), part)
            start += len(part)
        return place + 1

    def _add(self, kinds: Kinds, start: int, end: int, text: str) -> None:
        self.atoms.append(_make((kinds.kinds, start, end, text, kinds.char)))


@lru_cache(maxsize=REMEMBERED)
def _readings(text: str) -> list[tuple[int, str, Rows]]:
    """List the ways to read a word, with the forms of the lexicon that begin with what is left."""
    forms = load().forms
    ways = [(cut, first, forms.get(first)) for cut, first in _splits(text)]
    return [
        (cut, first, [(words[1:], _kinds(kinds)) for words, kinds in rows])
        for cut, first, rows in ways
        if rows
    ]


def _splits(text: str) -> list[tuple[int, str]]:
    """List the ways to read ``text``: letters to cut off, and the word that is left."""
    ways = [(0, text)]
    cut = 0
    if text[0] in (WAW, FA) and len(text) > 2:
        ways.append((1, text[1:]))
        cut = 1
    if len(text) > cut + 2:
        if text[cut] == LAM and text[cut + 1] == LAM:
            ways.append((cut + 1, ARTICLE + text[cut + 2 :]))
        if text[cut] in PREPOSITIONS:
            ways.append((cut + 1, text[cut + 1 :]))
    return ways


def atomise(search: str, start: int = 0, end: int | None = None) -> list[Atom]:
    """Cut ``search[start:end]`` into atoms, number words of several words joined."""
    end = len(search) if end is None else end
    pieces = _PIECE.findall(search, start, end)
    if not pieces:
        return []
    scanner = _Scanner(search, end, pieces)
    atoms = scanner.run()
    return _join_numbers(atoms, scanner.numbers)


def _join_numbers(atoms: list[Atom], numbers: list[int]) -> list[Atom]:
    """Join `unit and tens`, `hundred and the rest`; ``numbers`` is where number words stand."""
    out: list[Atom] = []
    place = 0
    for number in numbers:
        if number < place:
            continue
        out.extend(atoms[place:number])
        atom, place = _number(atoms, number)
        out.append(atom)
    out.extend(atoms[place:])
    return out


def _number(atoms: list[Atom], place: int) -> tuple[Atom, int]:
    first = atoms[place]
    kind = "card" if "card" in first.kinds else "ord"
    value = first.kinds.get(kind, first.kinds.get("ordunit"))
    end = place + 1
    while end + 1 < len(atoms) and "and" in atoms[end].kinds:
        following = atoms[end + 1].kinds
        more = following.get("card", following.get("ord") if kind == "ord" else None)
        if kind == "ord" and not atoms[end + 1].text.startswith(ARTICLE):
            break
        if more is None or not _adds(value, more):
            break
        value += more
        end += 2
    if end == place + 1:
        return first, end
    char = _only(kind).char
    return Atom({kind: value}, first.start, atoms[end - 1].end, first.text, char), end


def _adds(value: int, more: int) -> bool:
    """Say whether `value and more` is one number: 5 and 20, 100 and 25, 56 and 700, not 3 and 4."""
    if more in (20, 30, 40, 50, 60, 70, 80, 90):
        return value % 100 in range(1, 10) or value % 100 == 0
    if 100 <= more < 1000:
        return value < 100 or value % 1000 == 0
    return value >= 100 and value % 100 == 0 and more < 100
