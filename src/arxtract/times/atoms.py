"""Clean text to atoms: the words, figures and marks that the grammar of dates is written over.

Each atom carries all the kinds that its word may have; a string with one private character an
atom, standing for its set of kinds, is what the compiled rules run on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from arxtract.times.lexicon import ARTICLE, load

WAW, FA = "\u0648", "\u0641"
LAM = "\u0644"
PREPOSITIONS = "\u0628\u0644\u0643"  # bi, li, ka

_TOKEN = re.compile(
    r"(?P<ndate>(?<![\d/.\-])(?:\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2}))"
    r"(?![\d]|[/.\-:]\d))"
    r"|(?P<clock>(?<![\d:.])\d{1,2}[:hH]\d{2}(?::\d{2})?(?![\d:]))"
    r"|(?P<decimal>\d+(?:[.,:]\d+)++)"
    r"|(?P<figure>\d+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>\S)"
)

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

    def value(self, kind: str) -> Any:
        return self.kinds[kind]


_OTHER: Mapping[str, Any] = MappingProxyType({"other": None})
_AND: Mapping[str, Any] = MappingProxyType({"and": None})
_PREP: Mapping[str, Any] = MappingProxyType({"prep": None})
_ARTICLE: Mapping[str, Any] = MappingProxyType({"article": None})
_MARK_KINDS = {mark: MappingProxyType({kind: None}) for mark, kind in _MARKS.items()}


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


def encode(atoms: Sequence[Atom]) -> str:
    """Return the string of private characters that stands for ``atoms``."""
    table = alphabet()
    other = table["other",]
    return "".join(
        [
            other
            if atom.kinds is _OTHER
            else table[tuple(atom.kinds) if len(atom.kinds) == 1 else tuple(sorted(atom.kinds))]
            for atom in atoms
        ]
    )


def _figure_kinds(text: str) -> Mapping[str, Any]:
    if len(text) <= 2:
        return {"figure": int(text)}
    if len(text) == 3:
        return {"figure3": int(text)}
    if len(text) == 4 and 1000 <= int(text) < 2200:
        return {"year": int(text)}
    return {"bignum": int(text) if len(text) <= LONGEST else None}


_NUMBERS = {"card", "ord", "ordunit"}
LONGEST = 12
"""Digits of the longest figure that is read as a number."""
Rows = list[tuple[list[str], dict[str, Any]]]
"""Forms, longest first: the words after the first, and the kinds."""
REMEMBERED = 100_000
_KNOWN: dict[str, Mapping[str, Any]] = {}
"""Words that are one atom whatever follows, with its kinds: a cache, for speed alone."""


class _Scanner:
    """Turns the tokens of one stretch of search text into atoms."""

    def __init__(self, search: str, start: int, end: int) -> None:
        self.tokens = list(_TOKEN.finditer(search, start, end))
        self.texts = [token[0] for token in self.tokens]
        self.atoms: list[Atom] = []
        self.numbers: list[int] = []
        """Where number words stand among the atoms."""

    def run(self) -> list[Atom]:
        place = 0
        tokens, atoms, known = self.tokens, self.atoms, _KNOWN
        count = len(tokens)
        while place < count:
            token = tokens[place]
            text = self.texts[place]
            whole = known.get(text)
            if whole is not None:
                atoms.append(Atom(whole, token.start(), token.end(), text))
                place += 1
                continue
            kind = token.lastgroup or ""
            if kind == "word":
                place = self._word(place)
                continue
            kinds: Mapping[str, Any]
            start, end = token.span()
            if kind == "figure":
                kinds = _figure_kinds(text)
            elif kind in ("mark", "newline"):
                kinds = _MARK_KINDS.get(text, _OTHER)
            else:
                kinds = {kind: text}
            self.atoms.append(Atom(kinds, start, end, text))
            place += 1
        return self.atoms

    def _word(self, place: int) -> int:
        """Add the atoms of the word at ``place`` and return the index of the token after it."""
        token = self.tokens[place]
        text = self.texts[place]
        start, end = token.span()
        if text == ARTICLE:
            self.atoms.append(Atom(_ARTICLE, start, end, text))
            return place + 1
        readings = _readings(text)
        for cut, first, rows in readings:
            found = self._longest(place, rows)
            if found is None:
                continue
            count, kinds = found
            for n, letter in enumerate(text[:cut]):
                clitic = _AND if letter in (WAW, FA) else _PREP
                self.atoms.append(Atom(clitic, start + n, start + n + 1, letter))
            last = self.tokens[place + count - 1].end()
            if _NUMBERS & kinds.keys():
                self.numbers.append(len(self.atoms))
            self.atoms.append(Atom(kinds, start + cut, last, first))
            alone = not cut and len(rows) == count == 1 and not _NUMBERS & kinds.keys()
            if alone and len(_KNOWN) < REMEMBERED:
                _KNOWN[text] = kinds
            return place + count
        if text in (WAW, FA):
            self.atoms.append(Atom(_AND, start, end, text))
        elif text in PREPOSITIONS:
            self.atoms.append(Atom(_PREP, start, end, text))
        elif text[1:] == ARTICLE and text[0] in (WAW, FA, *PREPOSITIONS):
            clitic = _AND if text[0] in (WAW, FA) else _PREP
            self.atoms.append(Atom(clitic, start, start + 1, text[0]))
            self.atoms.append(Atom(_ARTICLE, start + 1, end, ARTICLE))
        elif text == LAM + LAM:
            self.atoms.append(Atom(_PREP, start, start + 1, LAM))
            self.atoms.append(Atom(_ARTICLE, start + 1, end, LAM))
        else:
            self.atoms.append(Atom(_OTHER, start, end, text))
            if not readings and len(_KNOWN) < REMEMBERED:
                _KNOWN[text] = _OTHER
        return place + 1

    def _longest(self, place: int, rows: Rows) -> tuple[int, Mapping[str, Any]] | None:
        for rest, kinds in rows:
            if not rest or self.texts[place + 1 : place + 1 + len(rest)] == rest:
                return len(rest) + 1, kinds
        return None


@lru_cache(maxsize=REMEMBERED)
def _readings(text: str) -> list[tuple[int, str, Rows]]:
    """List the ways to read a word, with the forms of the lexicon that begin with what is left."""
    forms = load().forms
    ways = [(cut, first, forms.get(first)) for cut, first in _splits(text)]
    return [
        (cut, first, [(list(words[1:]), kinds) for words, kinds in rows])
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
        if text[cut] in PREPOSITIONS:
            ways.append((cut + 1, text[cut + 1 :]))
        if text[cut] == LAM and text[cut + 1] == LAM:
            ways.append((cut + 1, ARTICLE + text[cut + 2 :]))
    return ways


def atomise(search: str, start: int = 0, end: int | None = None) -> list[Atom]:
    """Cut ``search[start:end]`` into atoms, number words of several words joined."""
    scanner = _Scanner(search, start, len(search) if end is None else end)
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
    return Atom({kind: value}, first.start, atoms[end - 1].end, first.text), end


def _adds(value: int, more: int) -> bool:
    """Say whether `value and more` is one number: 5 and 20, 100 and 25, 56 and 700, not 3 and 4."""
    if more in (20, 30, 40, 50, 60, 70, 80, 90):
        return value % 100 in range(1, 10) or value % 100 == 0
    if 100 <= more < 1000:
        return value < 100 or value % 1000 == 0
    return value >= 100 and value % 100 == 0 and more < 100
