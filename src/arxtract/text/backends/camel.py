"""The back end ``camel``: the morphological tokenizer of camel-tools, and where its data lie."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from arxtract.errors import DataError, MissingExtra
from arxtract.text.backends import Parts, Tokenizer

_INSTALL = "install it with: camel_data -i disambig-mle-calima-msa-r13"
_SCHEME = "d3tok"  # every clitic apart, the article too
_JOINT = "_"
_CLITIC = "+"  # at the end of a proclitic, at the beginning of an enclitic


def catalogue(feature: str, install: str) -> Path:
    """Return the catalogue of camel-tools' data, without importing camel-tools.

    camel-tools downloads its catalogue when imported without one; we never do. ``install`` says
    how to get what ``feature`` needs.
    """
    try:
        import camel_tools
    except ImportError as error:
        raise MissingExtra(feature, "camel") from error
    del camel_tools
    path = _data_folder() / "catalogue.json"
    if not path.is_file():
        raise DataError(f"{path}: camel-tools has no data here; {install}")
    return path


def _data_folder() -> Path:
    """Return where camel-tools keeps its data, by the rule of ``camel_tools.data.catalogue``."""
    if chosen := os.environ.get("CAMELTOOLS_DATA"):
        return Path(chosen).expanduser().absolute()
    home = "AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools"
    return Path.home() / home


def tokenizer() -> Tokenizer:
    """Return the tokenizer over camel-tools' default disambiguator and database."""
    return _CamelTokenizer()


class _CamelTokenizer:
    def __init__(self) -> None:
        path = catalogue("tokenizer='camel'", _INSTALL)
        from camel_tools.disambig.mle import MLEDisambiguator
        from camel_tools.tokenizers.morphological import MorphologicalTokenizer

        try:
            disambiguator = MLEDisambiguator.pretrained()
        except (KeyError, OSError, ValueError) as error:
            raise DataError(
                f"{path.parent}: the tokenizer of camel-tools can't be loaded; {_INSTALL}"
            ) from error
        self._tokenizer = MorphologicalTokenizer(disambiguator, scheme=_SCHEME, split=False)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Parts]]:
        return [
            [_parts(word) for word in self._tokenizer.tokenize(list(words))] for words in sentences
        ]


def _parts(tokenised: str) -> Parts:
    pieces = [piece for piece in tokenised.split(_JOINT) if piece] or [tokenised]
    stem = sum(piece.endswith(_CLITIC) for piece in pieces)
    bare = [piece.strip(_CLITIC) for piece in pieces]
    return Parts(bare, min(stem, len(bare) - 1))
