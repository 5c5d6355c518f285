"""The back end ``stanza``: an Arabic recogniser of stanza's from a model folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arxtract.errors import DataError
from arxtract.names.backends.tagger import Tag, Tagger, knows_names
from arxtract.text.backends.stanza import default_folder, missing, model, pipeline

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
    """A stanza pipeline that takes our words as they are (``tokenize_pretokenized``)."""

    def __init__(self, folder: Path | None, threads: int) -> None:
        standard = default_folder("ner='stanza'")
        path = _model(folder or standard)
        root = path.parent.parent
        parts = {
            setting: str(found)
            for setting, kind in _PARTS.items()
            if (found := model(root, kind, ""))
        }
        self._pipeline = pipeline(
            root.parent,
            "tokenize,ner",
            threads,
            tokenize_pretokenized=True,
            ner_model_path=str(path),
            **parts,
        )
        labels = self._pipeline.processors["ner"].get_known_tags()
        if not knows_names(labels):
            raise DataError(f"{path}: its types ({', '.join(sorted(labels))}) are no names to us")

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        document = self._pipeline([list(words) for words in sentences])
        return [[Tag(token.ner) for token in sentence.tokens] for sentence in document.sentences]


def _model(folder: Path) -> Path:
    """Return the recogniser's file: ``folder`` itself, or the usual one below it."""
    if folder.suffix == ".pt" and folder.is_file():
        return folder
    found = model(folder, "ner", _USUAL)
    if found is None:
        raise missing(folder, "recogniser", "tokenize,ner")
    return found
