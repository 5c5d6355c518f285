"""Bounds on what is unpacked, so that no archive fills memory or time (a "zip bomb")."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO

from arxtract.errors import ReadError

TEXT = 64 * 2**20
"""Most bytes of one article, and of one line of a table."""
RATIO = 200
"""How many times its packed size a file may unpack to; text packs some 3 to 10 times."""
FREE = 4 * 2**20
"""Bytes that may be unpacked whatever their ratio."""


class Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that ends with a :class:`ReadError` when it swells too much.

    Args:
        inner: the unpacking stream.
        packed: says how many packed bytes were read so far, or there are.
    """

    def __init__(self, inner: IO[bytes], packed: Callable[[], int]) -> None:
        self._inner = inner
        self._packed = packed
        self.given = 0
        """Bytes given out so far."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self.given += len(data)
        if self.given > max(FREE, RATIO * self._packed()):
            raise ReadError(f"unpacks to more than {RATIO} times its size: not read on")
        buffer[: len(data)] = data
        return len(data)


def read_all(file: IO[bytes]) -> bytes:
    """Return the bytes of one article; raises :class:`ReadError` where they are too many."""
    data = file.read(TEXT + 1)
    if len(data) > TEXT:
        raise ReadError(f"longer than {TEXT // 2**20} MB: no article")
    return data


def line_of(file: IO[bytes]) -> bytes:
    """Return the next line, empty at the end; raises :class:`ReadError` where it is too long."""
    line = file.readline(TEXT + 1)
    if len(line) > TEXT:
        raise ReadError(f"a line longer than {TEXT // 2**20} MB: no table of articles")
    return line
