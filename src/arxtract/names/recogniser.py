"""The one small protocol behind which every recogniser of names stands, and how to load one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.records import Entity

SHIPPED = ("base", "small")
"""Sizes of the packs that ship."""


@runtime_checkable
class Recogniser(Protocol):
    """Finds the names of documents, and tags words for evaluation."""

    @property
    def name(self) -> str:
        """What the recogniser was loaded as."""
        ...

    def recognise(self, documents: Sequence[Document]) -> list[list[Entity]]:
        """Return the mentions of each document in text order, with ids ``n1``, ``n2``, …

        Spans are raw, proclitics outside; ``name`` and ``chain`` are the cleaned text of the
        span, for the chains to refine; ``score`` is the probability of just this span and type.
        """
        ...

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return BIO tags for sentences of given words, clitics attached as they stand."""
        ...


def load(name: str = "base", *, threads: int = 1) -> Recogniser:
    """Load a recogniser.

    ``base``, ``small``  the packs that ship with the package, by arxtract's own rules for names
    ``base-anercorp``    the same network by ANERcorp's rules, for comparison with others; and
    ``small-anercorp``   so the small one
    a path               a pack folder of your own; ``path#head`` chooses one of its conventions
    ``camel``, ``stanza``, either with ``:FOLDER``: see :mod:`arxtract.names.backends`

    ``threads`` is the number of processor threads of one inference. Raises
    :class:`~arxtract.errors.DataError` for an unknown name or a damaged pack. Loading the same
    again gives the same object.
    """
    return _load(name, threads)


@lru_cache(maxsize=4)
def _load(name: str, threads: int) -> Recogniser:
    from arxtract.names.embedded import EmbeddedRecogniser
    from arxtract.names.pack import find_pack, open_pack

    size, _, head = name.partition("-")
    if size in SHIPPED:
        return EmbeddedRecogniser(open_pack(find_pack(f"ner-{size}")), head or None, name, threads)
    if name.partition(":")[0] in ("camel", "stanza"):
        from arxtract.names import backends

        return backends.load(name, threads)
    folder, _, wanted = name.partition("#")
    if (Path(folder) / "meta.json").is_file():
        return EmbeddedRecogniser(open_pack(Path(folder)), wanted or None, name, threads)
    raise DataError(
        f"ner={name!r}: no such recogniser; known are base, small, each with -anercorp, the path "
        "of a pack, camel, camel:FOLDER, stanza and stanza:FOLDER"
    )
