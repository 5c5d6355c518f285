"""Seeing records: the page of a run, and a record in a notebook."""

from arxtract.view.notebook import Html, html, load_ipython_extension
from arxtract.view.report import page

__all__ = ["Html", "html", "load_ipython_extension", "page"]
