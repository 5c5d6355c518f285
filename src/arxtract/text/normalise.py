"""The normaliser: raw text to clean and search text, letter by letter traceable.

What is opened, dropped and folded is Unicode's own knowledge (compatibility decompositions,
combining classes, format characters), so it stands here and not in a lexicon.
"""

from __future__ import annotations

import unicodedata
from array import array
from functools import lru_cache

import regex

from arxtract.document import CleanText

_SURROGATE = regex.compile(r"[\ud800-\udfff]")

_SPACES = (
    "\t \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_TATWEEL = "\u0640"
_COMPOSING = "\u0653\u0654\u0655"  # madda above, hamza above, hamza below
_LETTER_VARIANTS = {"\u06a9": "\u0643", "\u06cc": "\u064a", "\u06c0": "\u0629", "\u06be": "\u0647"}

# One match for each stretch that is not carried over one to one.
_SPECIAL = regex.compile(
    r"\r\n"
    r"|(?P<mark>[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u08d3-\u08ff\u0640\ufe20-\ufe2f\ufe70-\ufe7f\ufc5e-\ufc63])"
    r"|(?P<gone>[\p{Cf}\p{Cc}--[\t\n\r\x0b\x0c\x85]])"
    r"|(?P<form>[\ufb50-\ufdff\ufe80-\ufefc\uff01-\uff5e])",
    regex.V1,
)


def _build_clean_table() -> dict[int, str]:
    table = {ord(c): " " for c in _SPACES}
    table.update({ord(c): "\n" for c in _LINE_ENDS})
    table.update({ord(c): d for c, d in _LETTER_VARIANTS.items()})
    return table


def _build_search_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for zero in ("\u0660", "\u06f0"):
        table.update({ord(zero) + n: str(n) for n in range(10)})
    for folded, letters in {
        "\u0627": "\u0622\u0623\u0625\u0671",  # alef forms
        "\u064a": "\u0649",  # alef maqsura
        "\u0647": "\u0629",  # ta marbuta
        '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u275d\u275e",
        "'": "\u2018\u2019\u201a\u201b\u2032\u2039\u203a`\u00b4",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
        ".": "\u066b",
        ",": "\u066c",
        "%": "\u066a",
    }.items():
        table.update({ord(letter): folded for letter in letters})
    return table


_CLEAN = _build_clean_table()
_SEARCH = _build_search_table()
_COUNTED = 1 << 17
"""Offsets that are kept ready: more than an article has code points."""
_LONG = 160
"""Letters from which on a replacement for each entry is faster than one look-up a letter."""


def _translate(text: str, table: dict[int, str]) -> str:
    """Do what ``text.translate(table)`` does; no entry of a table yields a letter of another."""
    if len(text) < _LONG:
        return text.translate(table)
    for letter, other in table.items():
        text = text.replace(chr(letter), other)
    return text


@lru_cache(maxsize=1024)
def _opened(form: str) -> str:
    """Open a presentation form or full-width character, without its marks."""
    return "".join(c for c in unicodedata.normalize("NFKC", form) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Fold clean text to its search form, letter for letter."""
    return _translate(text, _SEARCH)


def mend_surrogates(raw: str) -> tuple[str, int]:
    """Replace each lone surrogate by U+FFFD and return how many there were."""
    mended, number = _SURROGATE.subn("\ufffd", raw)
    return mended, number


@lru_cache(maxsize=1)
def _offsets() -> array[int]:
    """Return 0, 1, 2 and so on, of which slices are copied; texts may be longer."""
    return array("q", range(_COUNTED))


def _count(start: int, end: int) -> array[int]:
    """Return the offsets from ``start`` to ``end``."""
    return _offsets()[start:end] if end <= _COUNTED else array("q", range(start, end))


def normalise(raw: str) -> CleanText:
    """Return the clean and the search form of ``raw``, aligned with it; linear in its length."""
    parts: list[str] = []
    starts = array("q")
    ends = array("q")
    last: str | None = None  # the letter that a following mark belongs to
    place = 0
    identical = True
    for match in _SPECIAL.finditer(raw):
        start, end = match.span()
        identical = False
        if start > place:
            plain = _translate(raw[place:start], _CLEAN)
            parts.append(plain)
            starts += _count(place, start)
            ends += _count(place + 1, start + 1)
            last = plain[-1]
        place = end
        kind = match.lastgroup
        if kind == "mark":
            mark = match[0]
            if last is None or last.isspace():
                continue
            ends[-1] = end
            if mark in _COMPOSING:
                composed = unicodedata.normalize("NFC", last + mark)
                if len(composed) == 1:
                    parts[-1] = parts[-1][:-1] + composed
                    last = composed
        elif kind == "form":
            letters = _opened(match[0])
            if letters:
                parts.append(letters)
                starts.extend([start] * len(letters))
                ends.extend([end] * len(letters))
                last = letters[-1]
        elif kind is None:  # CR LF
            parts.append("\n")
            starts.append(start)
            ends.append(end)
            last = "\n"
    rest = _translate(raw[place:], _CLEAN)
    if identical:
        return CleanText(raw, rest, fold(rest), range(len(raw)), range(1, len(raw) + 1))
    parts.append(rest)
    starts += _count(place, len(raw))
    ends += _count(place + 1, len(raw) + 1)
    clean = "".join(parts)
    return CleanText(raw, clean, fold(clean), starts, ends)
