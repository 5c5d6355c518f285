"""Tokens: runs of Arabic letters, numbers, Latin words, single marks."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from arxtract.document import CleanText, Token, TokenKind
from arxtract.text.clitics import edges

ARABIC_LETTER = r"[\p{Script=Arabic}&&\p{L}]"

_TOKEN = regex.compile(
    rf"(?P<word>{ARABIC_LETTER}++)"
    r"|(?P<number>\d++(?:[.,/]\d++)*+)"  # 2.8, 1,200, 21/78 are one token each
    r"|(?P<latin>[\p{L}--\p{Script=Arabic}][[\p{L}\p{M}]--\p{Script=Arabic}]*+)"
    r"|(?P<punct>\S)",
    regex.V1,
)


def tokenise(text: CleanText, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of clean ``[start, end)``, in order, none overlapping; linear."""
    clean = text.clean
    for match in _TOKEN.finditer(text.search, start, end):
        first, last = match.span()
        kind: TokenKind = match.lastgroup
        if kind == "word":
            front, back = edges(clean[first:last])
            yield Token(first, last, first + front, last - back, "word")
        else:
            yield Token(first, last, first, last, kind)
