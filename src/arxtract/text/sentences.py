"""The sentence splitter: line ends, stops, glued paragraphs; quotes, decimals, abbreviations kept.

One pass over the candidates (line ends, runs of stops), each judged by what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex
from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_CLOSING = "\"'\u201d\u2019\u00bb)\\]"
_CANDIDATE = regex.compile(
    rf"(?P<line>\n)|(?P<quote>[{_QUOTES}])|(?P<stop>[.!?\u061f\u2026\u06d4]++)(?P<close>[{_CLOSING}]*+)"
)
_LIST_NUMBER = regex.compile(r"\s*+(?:\d{1,2}|\p{L})")
_CONJUNCTION = "\u0648"
_LONGEST_QUOTE = 400  # characters; a quotation mark left open says nothing beyond that
_LONGEST_ABBREVIATION = 8
_LONGEST = 3_000  # characters; nobody writes a longer sentence, but some leave the full stops out
_COMMA = "\u060c"
_SURE_WORD = 3  # letters of a word that is no abbreviation before a number
_AFTER_NUMBERS = (
    '0123456789\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669%)"\u00bb\u201d'
)


class Abbreviations(BaseModel):
    """``abbreviations.yaml``: words whose full stop ends no sentence."""

    model_config = ConfigDict(extra="forbid")

    words: list[str]


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(read_yaml(lexicon("abbreviations.yaml"), Abbreviations).words)


def split(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of clean ``[start, end)`` as ranges without outer white space."""
    begin = start
    quote: int | None = None  # where the quotation that we are in began
    for match in _CANDIDATE.finditer(clean, start, end):
        if match["line"]:
            yield from _trimmed(clean, begin, match.start())
            begin, quote = match.end(), None
            continue
        if match["quote"]:
            quote = match.start() if quote is None or match[0] in "\u00ab\u201c" else None
            continue
        quoted = quote is not None and match.start() - quote < _LONGEST_QUOTE
        if _ends_sentence(clean, begin, end, match, quoted):
            yield from _trimmed(clean, begin, match.end())
            begin = match.end()
        if any(mark in _QUOTES for mark in match["close"]):
            quote = None
    yield from _trimmed(clean, begin, end)


def _trimmed(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = _break(clean, start)
        yield start, len(clean[start:cut].rstrip()) + start
        start = cut
        while clean[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _break(clean: str, start: int) -> int:
    """Return where to cut a sentence that is too long: behind a comma, a blank, or anywhere."""
    middle, last = start + _LONGEST // 2, start + _LONGEST
    for mark in (_COMMA, " "):
        place = clean.rfind(mark, middle, last)
        if place >= 0:
            return place + 1
    return last


def _ends_sentence(clean: str, begin: int, end: int, match: regex.Match[str], quoted: bool) -> bool:
    """Judge a run of stops by its neighbours."""
    stop, after = match["stop"], match.end()
    following = clean[after] if after < end else "\n"
    if following == "\n":
        return True
    before = clean[match.start() - 1] if match.start() > begin else " "
    if before in "([":  # "(!)" is a remark, not an end
        return False
    if stop in ("!", "?", "\u061f") and match["close"]:
        return False  # a short question in quotes or brackets, the clause goes on
    if (len(stop) > 1 and "." in stop) or stop == "\u2026":  # dots that part or trail off
        return following.isspace() and not quoted
    if stop == ".":
        return _full_stop(clean, begin, match.start(), before, following)
    return following.isspace() or following.isalpha()


def _full_stop(clean: str, begin: int, dot: int, before: str, following: str) -> bool:
    """Judge a single full stop with something after it on its line."""
    first = dot
    while first > begin and dot - first <= _LONGEST_ABBREVIATION and clean[first - 1].isalpha():
        first -= 1
    letters = dot - first
    if not following.isspace():  # no decimal, domain name, or stop before a comma or dash
        if not (_is_arabic(before) or before in _AFTER_NUMBERS):
            return False
        if not (_is_arabic(following) or (following.isdigit() and letters >= _SURE_WORD)):
            return False
    if letters and first > begin and clean[first - 1].isdigit():
        return True  # an era sign or unit glued to its number
    if letters == 1 or clean[first:dot] in _abbreviations() or _is_initial(clean, first, dot):
        return False
    return not (dot - begin <= 3 and _LIST_NUMBER.fullmatch(clean, begin, dot))


def _is_initial(clean: str, start: int, dot: int) -> bool:
    """Say whether a conjunction and a letter stand before a letter and no more: the initials of a
    second person, as in the second of "M.B and A.S"."""
    return (
        dot - start == 2
        and clean[start] == _CONJUNCTION
        and clean[dot + 1 : dot + 2].isalpha()
        and not clean[dot + 2 : dot + 3].isalpha()
    )


def _is_arabic(letter: str) -> bool:
    return letter.isalpha() and "\u0600" <= letter <= "\u08ff"
