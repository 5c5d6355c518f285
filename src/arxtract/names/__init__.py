"""Names: recognisers behind one small protocol, chains of mentions, offices and affiliations."""

from arxtract.names.recogniser import Recogniser, load

__all__ = ["Recogniser", "load"]
