"""Seeing records: the page of a run, and a record in a notebook."""

from arxtract.view.notebook import Html, html
from arxtract.view.report import page

__all__ = ["Html", "html", "page"]
