"""Records from one format into another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arxtract.batch.writers import format_of, records
from arxtract.errors import ArxtractError


def convert(source: str | Path, target: str | Path, *, overwrite: bool = False) -> int:
    """Write the records of a file in the format of another, and return how many they were.

    Raises:
        ArxtractError: ``source`` holds no records; ``target`` exists and ``overwrite`` is false.
    """
    made = format_of(target)
    found = records(source)
    path = Path(target)
    if path.is_file() and path.stat().st_size > 0 and not overwrite:
        raise ArxtractError(f"{target}: exists already; write over it with --overwrite")
    options: dict[str, Any] = {"durable": False} if made.resumes else {}
    number = 0
    try:
        writer = made.create(target, **options)
        try:
            for record in found:
                writer.write(record)
                number += 1
        finally:
            writer.close()
    except OSError as error:
        raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
    return number
