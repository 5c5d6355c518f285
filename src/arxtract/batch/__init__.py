"""Many articles: readers, the runner, writers."""

from arxtract.batch.article import Options, Unread
from arxtract.batch.output import Output, done
from arxtract.batch.readers import read
from arxtract.batch.reading import Reading
from arxtract.batch.state import made_by
from arxtract.batch.writers import JsonLines, records

__all__ = [
    "JsonLines",
    "Options",
    "Output",
    "Reading",
    "Unread",
    "done",
    "made_by",
    "read",
    "records",
]
