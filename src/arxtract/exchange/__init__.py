"""Gold in the formats of other tools, out and in; and event codes that other schemes use.

A format is a module with ``write(sheets, target)``, which returns what the format cannot hold, and
``read(source, texts)``, which returns the articles and what could not be made sure of. Every
offset is checked against the words that it is said to bound. A new format is a line in
:data:`FORMATS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from arxtract.errors import ArxtractError
from arxtract.evaluate.sheet import Sheet

__all__ = ["FORMATS", "Exchange", "Imported", "format_of"]

Losses = Counter[str]
"""How many of what did not come through."""


class Imported(NamedTuple):
    """Articles read from a format of another tool, and what is missing or unsure in them."""

    sheets: list[Sheet]
    losses: Losses


class Exchange(Protocol):
    """A format of another tool."""

    def write(self, sheets: Iterable[Sheet], target: Path) -> Losses:
        """Write articles to a file or folder; return what the format cannot hold."""
        ...

    def read(self, source: Path, texts: Path | None = None) -> Imported:
        """Read articles; ``texts`` is the folder of the ``.txt`` files, where they are apart."""
        ...


FORMATS = {
    "brat": "brat",
    "conll": "conll",
    "docbin": "docbin",
    "doccano": "doccano",
    "label-studio": "label_studio",
}
"""The formats by name, and their modules."""


def format_of(name: str) -> Exchange:
    """Return the format of a name.

    Raises:
        ArxtractError: there is none of this name.
    """
    if name not in FORMATS:
        raise ArxtractError(f"{name}: no such format; known are {', '.join(FORMATS)}")
    return cast(Exchange, import_module(f"{__name__}.{FORMATS[name]}"))
