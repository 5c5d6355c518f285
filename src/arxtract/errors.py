"""What can go wrong by a user's doing; each message names the place and the remedy."""

from __future__ import annotations


class ArxtractError(Exception):
    """The base of all errors that a user can cause and mend."""


class ReadError(ArxtractError):
    """An input that cannot be read as an article."""


class DataError(ArxtractError):
    """A data file (lexicon, ontology, gold, model pack) with a fault in it."""


class MissingExtra(ArxtractError):
    """A feature whose optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an extra: pip install 'arxtract[{extra}]'")
