"""Numbers, what they count, and how exactly the text says it.

:func:`find` reads a text, :func:`find_in` a document, :func:`numbers` every cardinal number.
"""

from __future__ import annotations

from arxtract.counts.numbers import Number, scan
from arxtract.counts.quantities import find_in
from arxtract.document import Document
from arxtract.records import DateMention, Quantity
from arxtract.text.normalise import mend_surrogates
from arxtract.text.reader import plain

__all__ = ["Number", "find", "find_in", "numbers"]


def find(text: str) -> list[Quantity]:
    """Return the quantities of ``text``, with its offsets; what belongs to a date is none."""
    document = plain(mend_surrogates(text)[0], tokens=False)
    return find_in(document, _dates(document))


def numbers(text: str) -> list[Number]:
    """Return every cardinal number of ``text``, with its offsets, whether it counts or not."""
    document = plain(mend_surrogates(text)[0], tokens=False)
    found = []
    for number in scan(document):
        start, end = document.text.raw_range(number.start, number.end)
        found.append(number._replace(start=start, end=end))
    return found


def _dates(document: Document) -> list[DateMention]:
    try:
        from arxtract import times
    except ImportError:
        return []
    find_dates = getattr(times, "find_in", None)
    return list(find_dates(document)) if find_dates is not None else []
