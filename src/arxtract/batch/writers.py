"""Writing records."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord


class JsonLines:
    """A JSONL file of records, one a line, written as they come; ``-`` is standard output."""

    def __init__(self, target: str | Path) -> None:
        self._own = str(target) != "-"
        try:
            self._file: TextIO = (
                open(target, "w", encoding="utf-8", newline="\n")  # noqa: SIM115
                if self._own
                else sys.stdout
            )
        except OSError as error:
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        self._file.write(record.to_json() + "\n")

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own:
            self._file.close()
        else:
            self._file.flush()


def read_records(path: str | Path) -> list[ArticleRecord]:
    """Read a JSONL file of records back.

    Raises:
        ArxtractError: a line is no record; the message names it.
    """
    records = []
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                records.append(ArticleRecord.model_validate_json(line))
            except ValueError as error:
                raise ArxtractError(f"{path}:{number}: no arxtract record: {error}") from error
    return records
