"""One article from the bytes of a text or of a page."""

from __future__ import annotations

from typing import IO

from arxtract.batch import limits
from arxtract.batch.article import Options, Unread
from arxtract.batch.decode import decode
from arxtract.errors import ReadError
from arxtract.pipeline import Article


def read_text(file: IO[bytes], name: str, options: Options) -> Article | Unread:
    """Return the article of a plain text."""
    try:
        text, warnings = decode(limits.read_all(file))
    except ReadError as error:
        return Unread(name, str(error))
    return Article(text, name, options.published, None, warnings)


def read_page(file: IO[bytes], name: str, options: Options) -> Article | Unread:
    """Return the article of an HTML page; needs the extra ``html``."""
    from arxtract.text.html import to_text

    given = read_text(file, name, options)
    if isinstance(given, Unread):
        return given
    text, title, day = to_text(given.text)
    return given._replace(text=text, published=options.published or day, title=title)
