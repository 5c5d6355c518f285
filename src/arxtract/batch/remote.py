"""Places elsewhere, such as ``s3://bucket/articles/``: needs the extra ``remote``.

fsspec reaches them (S3 by s3fs; another store by its own package) and universal-pathlib gives them
the methods of ``pathlib``, so the readers are the same as for files of this machine.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from arxtract.errors import ArxtractError, MissingExtra, ReadError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")
_BLOCK = 2**17
_BUCKETS = ("s3", "s3a", "gs", "gcs")
_CREDENTIALS = (
    "no credentials for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; "
    "FSSPEC_S3_ANON=true reads a public bucket"
)


def is_remote(place: object) -> bool:
    """Say whether a place is not on this machine; ``file://`` is."""
    address = str(place)
    return _ADDRESS.match(address) is not None and not address.startswith("file://")


def is_pattern(place: object) -> bool:
    """Say whether a place elsewhere stands for several; here the shell puts them in."""
    return is_remote(place) and any(mark in str(place) for mark in "*?[")


def is_among(place: str, inputs: list[str]) -> bool:
    """Say whether a place elsewhere is one of the inputs, or meant by a pattern of theirs."""
    return any(place == source or fnmatchcase(place, source) for source in inputs)


def path_of(place: str | Path) -> Path:
    """Return the path of a place, here or elsewhere; it has the methods of a :class:`Path`.

    Raises:
        MissingExtra: what reaches places elsewhere is not installed.
        ArxtractError: nothing that is known reaches such a place.
    """
    address = str(place)
    if not is_remote(place):
        if address.startswith("file://"):
            return Path(url2pathname(urlsplit(address).path))
        return Path(place)
    try:
        from upath import UPath
    except ImportError as error:
        raise MissingExtra("reading and writing elsewhere", "remote") from error
    try:
        path: Any = UPath(address)
        _ = path.fs  # made now, so that a package that is missing is told
    except ImportError as error:
        scheme = address.partition("://")[0]
        if scheme in _BUCKETS[:2]:
            raise MissingExtra("reading and writing elsewhere", "remote") from error
        raise ArxtractError(f"{address}: needs a package of its own: {error}") from error
    except ValueError as error:
        raise ArxtractError(f"{address}: no such kind of place: {error}") from error
    found: Path = path
    return found


def exists(path: Path) -> bool:
    """Say whether a file or folder is there.

    Raises:
        ReadError: its bucket is not there, there are no credentials, or they do not suffice.
    """
    if not is_remote(path):
        return path.exists()
    with told(path):
        place: Any = path
        try:
            place.fs.info(place.path)
        except FileNotFoundError:
            bucket = place.path.partition("/")[0]
            if place.protocol in _BUCKETS and not place.fs.exists(bucket):
                raise ReadError(f"{path}: no such bucket: {bucket}") from None
            return False
        return True


def open_bytes(path: Path) -> IO[bytes]:
    """Return the bytes of a file; what a store gives lacks some of what readers ask for."""
    file: Any = path.open("rb")
    return io.BufferedReader(file, _BLOCK) if is_remote(path) else file


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder, each with its path within it, with ``/``."""
    if not is_remote(folder):
        for path in folder.rglob("*"):
            if not path.is_dir():
                yield path.relative_to(folder).as_posix(), path
        return
    place: Any = folder
    with told(folder):
        top = place.path.rstrip("/") + "/"
        found = place.fs.find(place.path)  # one listing, where rglob asks for each
    for name in found:
        inside = name.removeprefix(top)
        yield inside, folder / inside


def matches(pattern: str) -> list[Path]:
    """Return the files elsewhere that a pattern such as ``s3://bucket/in/*.jsonl`` means, sorted.

    Raises:
        ReadError: there are none.
    """
    place: Any = path_of(pattern)
    with told(pattern):
        listed = place.fs.glob(place.path, detail=True)
        found = sorted(name for name, what in listed.items() if what["type"] == "file")
    if not found:
        raise ReadError(f"{pattern}: no file of such a name")
    return [path_of(place.fs.unstrip_protocol(name)) for name in found]


@contextmanager
def told(place: str | Path) -> Iterator[None]:
    """Turn what a store elsewhere raises into a :class:`ReadError`; each has faults of its own."""
    try:
        yield
    except ArxtractError:
        raise
    except Exception as error:
        if not is_remote(place):
            raise
        raise ReadError(f"{place}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if "Credentials" in type(error).__name__:
        return _CREDENTIALS
    if isinstance(error, FileNotFoundError):
        return "no such file, folder or bucket"
    if isinstance(error, PermissionError):
        return f"not allowed: {error}"
    return f"cannot be reached: {str(error) or type(error).__name__}"


def filled(target: str | Path) -> bool:
    """Say whether something stands already where records are to be written.

    Raises:
        ArxtractError: it names no file; its bucket is not there, or not to be reached.
    """
    path = path_of(target)
    if not is_remote(target):
        return path.is_file() and path.stat().st_size > 0
    if str(target).endswith("/"):
        raise ArxtractError(f"{target}: a folder; name a file in it, as {target}records.jsonl")
    return exists(path)


@contextmanager
def delivered(target: str | Path) -> Iterator[Path]:
    """Give a file of this machine to write; what is to be elsewhere is put there at the end.

    So nothing half ever stands elsewhere. If the block raises, nothing is put there.

    Raises:
        ArxtractError: it cannot be put there; the message says where it was kept.
    """
    place: Any = path_of(target)
    if not is_remote(target):
        yield place
        return
    folder = Path(tempfile.mkdtemp(prefix="arxtract-"))
    file = folder / place.name
    try:
        yield file
    except BaseException:
        shutil.rmtree(folder)
        raise
    try:
        with told(target):
            place.fs.put_file(str(file), place.path)
    except ReadError as error:
        raise ArxtractError(f"{error}; the records are kept in {file}") from error
    shutil.rmtree(folder)
