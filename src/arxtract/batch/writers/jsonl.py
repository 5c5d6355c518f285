"""Records as JSONL: one a line, UTF-8, on disk as soon as they are there."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import regex

from arxtract.batch.remote import path_of
from arxtract.errors import ArxtractError
from arxtract.records import ArticleRecord

_BLOCK = 65536
_ID = regex.compile(rb'\{"schema":"arxtract/1","id":("(?:[^"\\]|\\.)*+")')


class JsonLines:
    """A JSONL file of records, one a line, written as they come; ``-`` is standard output.

    With ``append`` the records follow those already there; half a line at the end, left by a run
    that was killed, is cut off first. ``durable=False`` writes in larger blocks, which is quicker
    where all can be made again.
    """

    def __init__(self, target: str | Path, *, append: bool = False, durable: bool = True) -> None:
        self._durable = durable
        self._own = str(target) != "-"
        try:
            if append:
                _cut_half_line(Path(target))
            self._file: BinaryIO = (
                open(target, "ab" if append else "wb")  # noqa: SIM115
                if self._own
                else getattr(sys.stdout, "buffer", None) or open(1, "wb", closefd=False)  # noqa: SIM115
            )
        except OSError as error:
            raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Write a record and hand it to the operating system: a killed process keeps it."""
        self._file.write(record.to_json().encode("utf-8") + b"\n")
        if self._durable:
            self._file.flush()

    def close(self) -> None:
        self._file.flush()
        if self._own:
            if self._file.seekable():
                _sync(self._file)
            self._file.close()

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _sync(file: BinaryIO) -> None:
    """Have a file written to its disk; a device such as the null device has none."""
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def _cut_half_line(path: Path) -> None:
    """Cut off what stands behind the last line end."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - _BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                file.truncate(start + found + 1)
                return
            end = start
        file.truncate(0)


def records(path: str | Path) -> Iterator[ArticleRecord]:
    """Yield the records of a file.

    Raises:
        ArxtractError: a line is no record; the message names it.
    """
    with path_of(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield ArticleRecord.model_validate_json(line)
            except ValueError as error:
                raise ArxtractError(f"{path}:{number}: no arxtract record: {error}") from error


def ids(path: str | Path) -> Iterator[str]:
    """Yield the ids of the records of a file, half a line at its end left out."""
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            found = _ID.match(line)
            if found is None:
                raise ArxtractError(f"{path}:{number}: no arxtract record; use --overwrite")
            yield json.loads(found[1])
