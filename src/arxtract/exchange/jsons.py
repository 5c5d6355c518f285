"""Files of other tools: read and written as they stand, their JSON checked by a model."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from arxtract.errors import ArxtractError, DataError

Read = TypeVar("Read")


class Foreign(BaseModel):
    """What is needed of another tool's JSON; the rest of it is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def load(text: str, form: type[Read], where: str) -> Read:
    """Return what a JSON text holds.

    Raises:
        DataError: it is no JSON, or not of this form; the message says where.
    """
    try:
        return TypeAdapter(form).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{where}: {place + ': ' if place else ''}{first['msg']}") from error


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
