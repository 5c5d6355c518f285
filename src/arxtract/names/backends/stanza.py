"""The back end ``stanza``: an Arabic recogniser of stanza's from a model folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from arxtract.errors import DataError, MissingExtra
from arxtract.names.backends.tagger import Tag, Tagger, knows_names

_LANGUAGE = "ar"
_USUAL = "aqmar_charlm.pt"  # stanza's default for Arabic
_PARTS = {
    "ner_pretrain_path": "pretrain",
    "ner_forward_charlm_path": "forward_charlm",
    "ner_backward_charlm_path": "backward_charlm",
}
"""What a recogniser may need beside itself: the pipeline's setting, and the folder it is in."""


def tagger(folder: Path | None, threads: int) -> Tagger:
    """Return the tagger of the folder, or of stanza's own resource folder."""
    return _StanzaTagger(folder, threads)


class _StanzaTagger:
    """A stanza pipeline that takes our words as they are (``tokenize_pretokenized``).

    The models are named to the pipeline by path, so that the folder need not hold the
    ``resources.json`` that stanza looks up names in.
    """

    def __init__(self, folder: Path | None, threads: int) -> None:
        try:
            import stanza
            import torch
            from stanza.resources.common import DEFAULT_MODEL_DIR
        except ImportError as error:
            raise MissingExtra("ner='stanza'", "stanza") from error
        torch.set_num_threads(threads)
        folder = folder or Path(DEFAULT_MODEL_DIR)
        model = _model(folder)
        root = model.parent.parent
        parts = {
            setting: str(found)
            for setting, kind in _PARTS.items()
            if (found := next(iter(sorted((root / kind).glob("*.pt"))), None))
        }
        with tempfile.TemporaryDirectory() as scratch:
            resources = Path(scratch) / "resources.json"
            resources.write_text(json.dumps({}), encoding="utf-8")
            try:
                self._pipeline = stanza.Pipeline(
                    _LANGUAGE,
                    dir=str(root.parent),
                    processors="tokenize,ner",
                    tokenize_pretokenized=True,
                    ner_model_path=str(model),
                    resources_filepath=str(resources),
                    allow_unknown_language=True,
                    download_method=None,
                    use_gpu=False,
                    logging_level="ERROR",
                    **parts,
                )
            except Exception as error:  # stanza and torch raise all sorts on a damaged file
                raise DataError(f"{model}: stanza can't load it: {error}") from error
        labels = self._pipeline.processors["ner"].get_known_tags()
        if not knows_names(labels):
            raise DataError(f"{model}: its types ({', '.join(sorted(labels))}) are no names to us")

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        document = self._pipeline([list(words) for words in sentences])
        return [[Tag(token.ner) for token in sentence.tokens] for sentence in document.sentences]


def _model(folder: Path) -> Path:
    """Return the recogniser's file: ``folder`` itself, or the usual one below it."""
    if folder.suffix == ".pt" and folder.is_file():
        return folder
    for base in (folder / _LANGUAGE / "ner", folder / "ner"):
        found = sorted(base.glob("*.pt"))
        if found:
            return next((path for path in found if path.name == _USUAL), found[0])
    raise DataError(
        f"{folder}: no Arabic recogniser of stanza's here (ar/ner/*.pt); download it with: "
        f"python -c \"import stanza; stanza.download('ar', model_dir='{folder}', "
        "processors='tokenize,ner')\""
    )
