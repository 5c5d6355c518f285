"""Typed event records from Arabic news: what happened, when, where, who took part, how many.

``arxtract.extract(text)`` reads one article, ``arxtract.Pipeline()`` many.

Everything heavy is loaded at first use, so importing the package is quick.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from arxtract._version import __version__

if TYPE_CHECKING:
    from arxtract.errors import ArxtractError
    from arxtract.pipeline import Article, Pipeline
    from arxtract.records import ArticleRecord, json_schema

__all__ = [
    "Article",
    "ArticleRecord",
    "ArxtractError",
    "Pipeline",
    "__version__",
    "extract",
    "json_schema",
]

_HOMES = {
    "Article": "arxtract.pipeline",
    "ArticleRecord": "arxtract.records",
    "ArxtractError": "arxtract.errors",
    "Pipeline": "arxtract.pipeline",
    "json_schema": "arxtract.records",
}
_ROOMS = ("counts", "evaluate", "events", "names", "places", "text", "times")


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _ROOMS:
        return import_module(f"arxtract.{name}")
    raise AttributeError(f"module 'arxtract' has no attribute {name!r}")


def extract(
    text: str,
    published: date | str | None = None,
    id: str | None = None,
    title: str | None = None,
) -> ArticleRecord:
    """Return the record of one article, read by the default pipeline.

    Args:
        text: the raw text as scraped.
        published: the day of publication, a date or ``YYYY-MM-DD``, if the caller knows it.
        id: what the record is to be called.
        title: the headline, if the caller knows it.

    Raises:
        ArxtractError: ``published`` is no date.
    """
    return _default()(text, published, id, title)


@lru_cache(maxsize=1)
def _default() -> Pipeline:
    from arxtract.pipeline import Pipeline

    return Pipeline()
