"""Packed streams: gzip and Zstandard, both unpacked within the limits."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import IO, Any

from arxtract.batch import limits
from arxtract.errors import MissingExtra, ReadError

_BLOCK = 2**17


def unpacked(file: IO[bytes], suffix: str, packed: Callable[[], int]) -> IO[bytes]:
    """Return the unpacked bytes of a packed file.

    Args:
        file: the packed bytes.
        suffix: a key of :data:`PACKINGS`.
        packed: says how many packed bytes were read so far, or there are.

    Raises:
        MissingExtra: the library that unpacks it is not installed.
    """
    return io.BufferedReader(limits.Unpacked(PACKINGS[suffix](file), packed), _BLOCK)


def limited(file: IO[bytes], packed: int) -> tuple[IO[bytes], Callable[[], int]]:
    """Return a member of an archive within the limits, and what says how much of it was read."""
    outer = limits.Unpacked(file, lambda: packed)
    return io.BufferedReader(outer, _BLOCK), lambda: outer.given


def _gzip(file: IO[bytes]) -> Any:
    return gzip.GzipFile(fileobj=file)


def _zstandard(file: IO[bytes]) -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtra("reading .zst", "zst") from error
    stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
    return _Zstandard(stream, zstandard.ZstdError)


class _Zstandard:
    """A stream whose faults are :class:`ReadError`."""

    def __init__(self, stream: IO[bytes], fault: type[Exception]) -> None:
        self._stream = stream
        self._fault = fault

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except self._fault as error:
            raise ReadError(f"damaged: {error}") from error


PACKINGS: dict[str, Callable[[IO[bytes]], Any]] = {".gz": _gzip, ".zst": _zstandard}
"""What unpacks a file, by suffix."""
