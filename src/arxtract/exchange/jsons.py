"""Reading what JSON of other tools holds, with errors that say where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from arxtract.errors import ArxtractError, DataError


def load(text: str, where: str) -> Any:
    """Return the value of a JSON text."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise DataError(f"{where}: no JSON: {error}") from error


def read_text(path: Path) -> str:
    """Return the text of a file, line ends as they stand."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def write_text(path: Path, text: str) -> None:
    """Write a file and the folders that it lies in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise ArxtractError(f"{path}: cannot be written: {error.strerror}") from error


def field(value: Any, name: str, kind: type, where: str) -> Any:
    """Return a field of a mapping, which must be of a kind."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(found, kind):
        raise DataError(f"{where}: {name!r} is missing or no {kind.__name__}")
    return found
