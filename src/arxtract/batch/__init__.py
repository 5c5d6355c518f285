"""Many articles: readers, the runner, writers."""

from arxtract.batch.readers import Unread, read
from arxtract.batch.writers import JsonLines

__all__ = ["JsonLines", "Unread", "read"]
