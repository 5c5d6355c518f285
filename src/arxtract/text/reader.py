"""From raw text to a working document: the façade of this room."""

from __future__ import annotations

from datetime import date

from arxtract.document import Document, Sentence, Token
from arxtract.text.normalise import normalise
from arxtract.text.sentences import split
from arxtract.text.tokens import tokenise


def plain(raw: str, published: date | None = None, id: str = "") -> Document:
    """Return the document of a text that is all body: no title, no dateline, nothing left out.

    ``raw`` holds no lone surrogates (see :func:`~arxtract.text.normalise.mend_surrogates`).
    """
    document = Document(normalise(raw), id=id, published=published)
    document.published_from = "caller" if published else None
    document.body = [(0, len(document.clean))] if document.clean.strip() else []
    _cut(document)
    return document


def read(
    raw: str, *, id: str = "", published: date | None = None, title: str | None = None
) -> Document:
    """Return the document of a scraped article."""
    return plain(raw, published, id)


def _cut(document: Document) -> None:
    """Fill in the sentences and tokens of the body."""
    tokens: list[Token] = []
    for start, end in document.body:
        for first, last in split(document.clean, start, end):
            index = len(tokens)
            tokens.extend(tokenise(document.text, first, last))
            document.sentences.append(Sentence(first, last, index, len(tokens)))
    document.tokens = tokens
