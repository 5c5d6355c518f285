"""Raw text to a working document: normaliser, body finder, sentences, tokens, clitics."""

from arxtract.text.reader import plain, read

__all__ = ["plain", "read"]
