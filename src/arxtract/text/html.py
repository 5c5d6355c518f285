"""HTML to text, through trafilatura (extra ``html``)."""

from __future__ import annotations

from datetime import date

from arxtract.errors import MissingExtra
from arxtract.text.normalise import fold


def to_text(html: str) -> tuple[str, str | None, date | None]:
    """Return the article of an HTML page as text, with its title and day of publication.

    The text begins with the title, where the page has one; it is what spans of the record count
    in. Title and day come from the page's own metadata and are None where it gives none. The text
    is empty where trafilatura finds no article. Raises :class:`~arxtract.errors.MissingExtra`
    if trafilatura is not installed.
    """
    try:
        import trafilatura
        from trafilatura.metadata import extract_metadata
    except ImportError as error:
        raise MissingExtra("reading HTML", "html") from error
    text = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    metadata = extract_metadata(html, extensive=False)
    title = " ".join(((metadata.title if metadata else None) or "").split()) or None
    if title and not fold(text).startswith(fold(title)):
        text = f"{title}\n\n{text}" if text else title
    return text, title, _day(metadata.date if metadata else None)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
