"""Web archives (WARC, as Common Crawl gives them): needs warcio (the extra ``warc``).

An article is a page that was fetched (a ``response`` with status 200, or a ``resource``), or a text
that was made of one (a ``conversion``, as in WET files). Its id is its address. All else (requests,
pictures, redirections) is passed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any

from arxtract.batch.article import Options, Unread
from arxtract.batch.single import read_page, read_text
from arxtract.errors import ArxtractError, MissingExtra, ReadError
from arxtract.pipeline import Article

_READERS = {
    "text/html": read_page,
    "application/xhtml+xml": read_page,
    "text/plain": read_text,
}
_BLOCK = 65536
_BEGINNINGS = (b"WARC/", b"filedesc:")


def read_warc(file: IO[bytes], options: Options) -> Iterator[Article | Unread]:
    """Yield the articles of an unpacked WARC file, in their order.

    Raises:
        ReadError: it is no WARC file, or damaged from some record on.
        MissingExtra: warcio is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra("reading WARC", "warc") from error
    beginning = file.read(16)
    if not beginning:
        return
    if not beginning.startswith(_BEGINNINGS):
        raise ReadError("no WARC file; one that is packed is called .warc.gz")
    records = ArchiveIterator(_Joined(beginning, file))
    try:
        for record in records:
            if records.err_count:
                raise ReadError("damaged: a record is not as long as it says")
            reader = _READERS.get(_kind(record))
            if reader is not None:
                yield _article(reader, record, options)
                if _cut_off(record):
                    raise ReadError("damaged: cut off within its last article")
    except (ArchiveLoadFailed, ValueError, AttributeError) as error:
        raise ReadError(f"damaged: {error}") from error


class _Joined:
    """A file whose beginning was read already."""

    def __init__(self, beginning: bytes, rest: IO[bytes]) -> None:
        self._beginning = beginning
        self._rest = rest
        self._given = 0

    def read(self, size: int) -> bytes:
        data, self._beginning = self._beginning or self._rest.read(size), b""
        self._given += len(data)
        return data

    def tell(self) -> int:
        return self._given


def _kind(record: Any) -> str:
    """Return the media type of a record that may be an article, else nothing."""
    if record.rec_type == "response":
        head = record.http_headers
        if head is None or head.get_statuscode() != "200":
            return ""
    elif record.rec_type in ("resource", "conversion"):
        head = record.rec_headers
    else:
        return ""
    return (head.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _cut_off(record: Any) -> bool:
    """Say whether the file ends before the record does."""
    rest = record.raw_stream
    while rest.read(_BLOCK):
        pass
    return getattr(rest, "limit", 0) > 0


def _article(reader: Any, record: Any, options: Options) -> Article | Unread:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        found: Article | Unread = reader(record.content_stream(), address, options)
    except zlib.error as error:
        return Unread(address, f"damaged: {error}")
    except ArxtractError as error:
        return Unread(address, str(error))
    return found
