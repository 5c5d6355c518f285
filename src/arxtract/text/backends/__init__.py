"""Clitic tokenizers of other projects, to find proclitics and enclitics instead of our own.

``arxtract``         our own: :mod:`arxtract.text.clitics`
``camel``            the morphological tokenizer of camel-tools, as ``camel_data`` has installed it
``stanza``           stanza's Arabic tokenizer, from stanza's own resource folder
``stanza:FOLDER``    the same from another folder

Tokens stay ours (letters, a number, a mark): rooms further on count on them. What the other says
of a word's parts is laid on its letters as they stand in the text. Each needs the extra of its
name, and nothing is downloaded: what is missing is an error that says how to get it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from arxtract.document import Document, Token
from arxtract.errors import DataError
from arxtract.text.clitics import edges, inventory, lexical

OWN = "arxtract"


class Parts(NamedTuple):
    """A word's parts as a tokenizer spells them; ``stem`` is the index of the stem."""

    pieces: Sequence[str]
    stem: int


class Tokenizer(Protocol):
    """Cuts words: the one thing that a back end has to do."""

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Parts]]:
        """Return the parts of every word of sentences."""
        ...


def load(name: str, threads: int = 1) -> Tokenizer | None:
    """Load the tokenizer ``name``, one of the forms above; None for our own.

    Raises :class:`~arxtract.errors.MissingExtra` where its library is not installed, and
    :class:`~arxtract.errors.DataError` for another name, or where its data are missing.
    """
    kind, _, place = name.partition(":")
    if name == OWN:
        return None
    if name == "camel":
        from arxtract.text.backends import camel

        return camel.tokenizer()
    if kind == "stanza":
        from arxtract.text.backends import stanza

        return stanza.tokenizer(Path(place).expanduser() if place else None, threads)
    raise DataError(
        f"tokenizer={name!r}: no such tokenizer; known are {OWN}, camel, stanza and stanza:FOLDER"
    )


def cut(document: Document, tokenizer: Tokenizer) -> None:
    """Set the stems of a document's words by a tokenizer."""
    clean, tokens = document.clean, document.tokens
    sentences = [tokens[s.first : s.last] for s in document.sentences]
    found = tokenizer([[clean[t.start : t.end] for t in sentence] for sentence in sentences])
    document.tokens = [
        _cut(clean, token, parts) if token.kind == "word" else token
        for sentence, words in zip(sentences, found, strict=True)
        for token, parts in zip(sentence, words, strict=True)
    ]


def _cut(clean: str, token: Token, parts: Parts) -> Token:
    front, back = clitics_of(clean[token.start : token.end], parts)
    return token._replace(stem=token.start + front, tail=token.end - back)


def clitics_of(word: str, parts: Parts) -> tuple[int, int]:
    """Return how many letters of a word are proclitics and how many an enclitic.

    A tokenizer spells parts as they stand alone (ل + ال + مغرب of للمغرب): of a proclitic, what
    the word has of its end counts; an enclitic must be there whole.
    """
    form = lexical(word)
    stem = parts.pieces[parts.stem]
    article = _article() if stem.startswith(_article()) and edges(stem)[0] else ""
    front = 0
    for piece in (*parts.pieces[: parts.stem], article):
        spelt = lexical(piece)
        ends = (spelt[start:] for start in range(len(spelt)))
        front += next((len(end) for end in ends if form.startswith(end, front)), 0)
    back = 0
    for piece in reversed(parts.pieces[parts.stem + 1 :]):
        if not form.endswith(lexical(piece), 0, len(form) - back):
            break
        back += len(piece)
    return (front, back) if front + back < len(word) else (0, 0)


@lru_cache(maxsize=1)
def _article() -> str:
    """Return the article alone, the commonest string of proclitics; stanza leaves it on stems."""
    return max((p for p in inventory().proclitics if p.article), key=lambda p: p.rate).form
