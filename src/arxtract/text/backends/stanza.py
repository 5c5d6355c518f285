"""The back end ``stanza``: its Arabic tokenizer, and how to open a pipeline of local models."""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from arxtract.errors import DataError, MissingExtra
from arxtract.text.backends import Parts, Tokenizer

LANGUAGE = "ar"
_BETWEEN = "\n\n"  # what stanza takes for a sentence's end where it is to find none itself


def default_folder(feature: str) -> Path:
    """Return stanza's own resource folder; ``feature`` is what needs stanza."""
    try:
        from stanza.resources.common import DEFAULT_MODEL_DIR
    except ImportError as error:
        raise MissingExtra(feature, "stanza") from error
    return Path(DEFAULT_MODEL_DIR)


def model(folder: Path, kind: str, usual: str) -> Path | None:
    """Return a model's file of one kind: ``usual`` or else the first in the kind's folder."""
    for base in (folder / LANGUAGE / kind, folder / kind):
        found = sorted(base.glob("*.pt"))
        if found:
            return next((path for path in found if path.name == usual), found[0])
    return None


def missing(folder: Path, what: str, processors: str) -> DataError:
    """Return the error that says how to download what isn't in ``folder``."""
    return DataError(
        f"{folder}: no Arabic {what} of stanza's here; download it with: "
        f"python -c \"import stanza; stanza.download('ar', model_dir='{folder}', "
        f"processors='{processors}')\""
    )


def pipeline(folder: Path, processors: str, threads: int, **settings: Any) -> Any:
    """Open a stanza pipeline of models that ``settings`` name by path.

    So the folder need not hold the ``resources.json`` that stanza looks up names in.
    """
    import stanza
    import torch

    torch.set_num_threads(threads)
    with tempfile.TemporaryDirectory() as scratch:
        resources = Path(scratch) / "resources.json"
        resources.write_text(json.dumps({}), encoding="utf-8")
        try:
            return stanza.Pipeline(
                LANGUAGE,
                dir=str(folder),
                processors=processors,
                resources_filepath=str(resources),
                allow_unknown_language=True,
                download_method=None,
                use_gpu=False,
                logging_level="ERROR",
                **settings,
            )
        except Exception as error:  # stanza and torch raise all sorts on a damaged file
            raise DataError(f"{folder}: stanza can't load its models: {error}") from error


def tokenizer(folder: Path | None, threads: int) -> Tokenizer:
    """Return the tokenizer of the folder, or of stanza's own resource folder."""
    return _StanzaTokenizer(folder or default_folder("tokenizer='stanza'"), threads)


class _StanzaTokenizer:
    """Stanza's tokenizer and its expander of multi-word tokens, which are words with clitics."""

    def __init__(self, folder: Path, threads: int) -> None:
        default_folder("tokenizer='stanza'")
        splitter, expander = (model(folder, kind, "padt.pt") for kind in ("tokenize", "mwt"))
        if splitter is None or expander is None:
            raise missing(folder, "tokenizer", "tokenize,mwt")
        self._pipeline = pipeline(
            folder,
            "tokenize,mwt",
            threads,
            tokenize_model_path=str(splitter),
            tokenize_no_ssplit=True,
            mwt_model_path=str(expander),
        )

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Parts]]:
        text = _BETWEEN.join(" ".join(words) for words in sentences)
        starts: list[int] = []
        place = 0
        for words in sentences:
            for word in words:
                starts.append(place)
                place += len(word) + 1
            place += len(_BETWEEN) - 1
        pieces: list[list[str]] = [[] for _ in starts]
        for sentence in self._pipeline(text).sentences if starts else ():
            for token in sentence.tokens:
                index = bisect_right(starts, token.start_char) - 1
                pieces[index].extend(word.text for word in token.words)
        found = iter(pieces)
        return [[_parts(word, next(found)) for word in words] for words in sentences]


def _parts(word: str, pieces: list[str]) -> Parts:
    """Return the parts of a word; the longest is the stem."""
    pieces = pieces or [word]
    return Parts(pieces, max(range(len(pieces)), key=lambda n: len(pieces[n])))
