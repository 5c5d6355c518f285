"""From raw text to a working document: the façade of this room."""

from __future__ import annotations

from datetime import date

import regex

from arxtract.document import Document, Sentence, Token
from arxtract.text.backends import Tokenizer, cut
from arxtract.text.body import Layout, find_body
from arxtract.text.dateline import find_date
from arxtract.text.normalise import normalise
from arxtract.text.sentences import split
from arxtract.text.tokens import tokenise

_ARABIC = regex.compile(r"[\p{Script=Arabic}&&\p{L}]", regex.V1)


def plain(
    raw: str, published: date | None = None, id: str = "", *, tokens: bool = True
) -> Document:
    """Return the document of a text that is all body: no title, no dateline, nothing left out.

    ``tokens`` False leaves the tokens out, whose clitics take most of the time to find.
    ``raw`` holds no lone surrogates (see :func:`~arxtract.text.normalise.mend_surrogates`).
    """
    document = _start(raw, id, published)
    document.body = [(0, len(document.clean))] if document.clean.strip() else []
    _cut(document, tokens)
    return document


def read(
    raw: str,
    *,
    id: str = "",
    published: date | None = None,
    title: str | None = None,
    tokenizer: Tokenizer | None = None,
) -> Document:
    """Return the document of an article as scraped: body, title and day of publication found.

    ``published`` and ``title`` are what the caller knows; they win over what the text says, the
    title where it stands in the text. ``raw`` holds no lone surrogates. ``tokenizer`` finds the
    clitics, where they are not to be found by our own.
    """
    document = _start(raw, id, published)
    layout = find_body(document.text)
    document.body = layout.body
    document.title = _given(document, title) or layout.title
    if published is None:
        _date(document, layout)
    if not layout.body and document.clean.strip():
        document.warnings.append("no article found on the page")
    if layout.body and document.published is None:
        document.warnings.append("no day of publication: relative dates stay open")
    _cut(document)
    if tokenizer is not None:
        cut(document, tokenizer)
    return document


def _start(raw: str, id: str, published: date | None) -> Document:
    document = Document(normalise(raw), id=id, published=published)
    document.published_from = "caller" if published else None
    if not document.clean.strip():
        document.warnings.append("empty text")
    elif not _ARABIC.search(document.clean):
        document.warnings.append("no Arabic letters in the text")
    return document


def _given(document: Document, title: str | None) -> tuple[int, int] | None:
    """Return where the caller's title stands in the text, the last time above or in the body."""
    wanted = normalise(title or "").search.strip()
    if not wanted:
        return None
    for start, end in document.body:
        place = document.search.find(wanted, start, end)
        if place >= 0:
            return place, place + len(wanted)
    return None


def _date(document: Document, layout: Layout) -> None:
    for start, end in layout.dates:
        day = find_date(document.text, start, end)
        if day:
            document.published, document.published_from = day, "text"
            return


def _cut(document: Document, with_tokens: bool = True) -> None:
    """Fill in the sentences of the body, and their tokens."""
    tokens: list[Token] = []
    for start, end in document.body:
        for first, last in split(document.clean, start, end):
            index = len(tokens)
            if with_tokens:
                tokens.extend(tokenise(document.text, first, last))
            document.sentences.append(Sentence(first, last, index, len(tokens)))
    document.tokens = tokens
