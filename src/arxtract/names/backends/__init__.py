"""Recognisers of other projects behind the protocol of :mod:`arxtract.names.recogniser`.

``camel``          the recogniser of camel-tools, as ``camel_data`` has installed it
``camel:FOLDER``   a Hugging Face token classifier on disk, such as CAMeLBERT's
``stanza``         stanza's Arabic recogniser, from stanza's own resource folder
``stanza:FOLDER``  the same from another folder, or from one ``.pt`` file in it

Each needs the extra of its name. Nothing is downloaded: what is missing is an error that says how
to get it.
"""

from __future__ import annotations

from pathlib import Path

from arxtract.names.recogniser import Recogniser


def load(name: str, threads: int = 1) -> Recogniser:
    """Load the back end ``name``, one of the forms above, on ``threads`` processor threads.

    Raises :class:`~arxtract.errors.MissingExtra` where its library is not installed, and
    :class:`~arxtract.errors.DataError` where its model is missing or of no use.
    """
    from arxtract.names.backends.tagger import TaggerRecogniser

    kind, _, place = name.partition(":")
    folder = Path(place).expanduser() if place else None
    if kind == "camel":
        from arxtract.names.backends import camel

        return TaggerRecogniser(name, camel.tagger(folder, threads))
    from arxtract.names.backends import stanza

    return TaggerRecogniser(name, stanza.tagger(folder, threads))
