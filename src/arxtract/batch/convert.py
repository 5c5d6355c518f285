"""Records from one format into another."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from arxtract.batch import remote
from arxtract.batch.writers import format_of, records
from arxtract.errors import ArxtractError


def convert(source: str | Path, target: str | Path, *, overwrite: bool = False) -> int:
    """Write the records of a file in the format of another, and return how many they were.

    Either may be elsewhere, as ``s3://bucket/records.jsonl``.

    Raises:
        ArxtractError: ``source`` holds no records; ``target`` exists and ``overwrite`` is false.
    """
    made = format_of(target)
    found = records(source)
    if remote.filled(target) and not overwrite:
        raise ArxtractError(f"{target}: exists already; write over it with --overwrite")
    options: dict[str, Any] = {"durable": False} if made.resumes else {}
    number = 0
    try:
        with remote.delivered(target) as path, closing(made.create(path, **options)) as writer:
            for record in found:
                writer.write(record)
                number += 1
    except OSError as error:
        raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
    return number
