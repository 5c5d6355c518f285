"""The back end ``camel``: camel-tools' recogniser, or any Hugging Face token classifier on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from arxtract.errors import DataError, MissingExtra
from arxtract.names.backends.tagger import Tag, Tagger, knows_names
from arxtract.text.backends.camel import catalogue

_INSTALL = "install it with: camel_data -i ner-arabert"
_MOST_PIECES = 512  # of one inference, where a model's configuration doesn't say


def tagger(folder: Path | None, threads: int) -> Tagger:
    """Return camel-tools' own tagger, or that of the classifier in ``folder``."""
    return _CamelTagger(threads) if folder is None else _ClassifierTagger(folder, threads)


class _CamelTagger:
    """``camel_tools.ner.NERecognizer``, as it was installed by ``camel_data``."""

    def __init__(self, threads: int) -> None:
        _torch(threads)
        path = catalogue("ner='camel'", _INSTALL)
        from camel_tools.ner import NERecognizer

        try:
            self._recogniser = NERecognizer.pretrained(use_gpu=False)
        except (KeyError, OSError, ValueError) as error:
            raise DataError(
                f"{path.parent}: the recogniser of camel-tools can't be loaded; {_INSTALL}"
            ) from error

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        predicted = self._recogniser.predict([list(words) for words in sentences])
        return [
            # a word that the model's tokenizer has no piece for gets no label from camel-tools
            [Tag(label) for label in labels]
            if len(labels) == len(words)
            else [Tag("O")] * len(words)
            for labels, words in zip(predicted, sentences, strict=True)
        ]


def _torch(threads: int) -> Any:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingExtra("ner='camel'", "camel") from error
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(threads)
    return torch


class _ClassifierTagger:
    """A token classifier saved by transformers; the first piece of a word speaks for it."""

    def __init__(self, folder: Path, threads: int) -> None:
        if not (folder / "config.json").is_file():
            raise DataError(f"{folder}: no Hugging Face model here: config.json is missing")
        self._torch = _torch(threads)
        from transformers import AutoModelForTokenClassification, AutoTokenizer

        try:
            self._model = AutoModelForTokenClassification.from_pretrained(
                folder, local_files_only=True
            ).eval()
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, json.JSONDecodeError) as error:
            reason = str(error).partition("\n")[0]
            raise DataError(f"{folder}: not a token classifier that loads: {reason}") from error
        config = self._model.config
        self._labels = [config.id2label[i] for i in range(config.num_labels)]
        if not knows_names(self._labels):
            raise DataError(
                f"{folder}: its labels ({', '.join(self._labels[:3])}, …) name no entity types; "
                "set id2label in config.json"
            )
        longest = getattr(config, "max_position_embeddings", None) or _MOST_PIECES
        self._room = min(longest, self._tokenizer.model_max_length) - 4
        first, last = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        self._bos = [first] if first is not None else []
        self._eos = [last] if last is not None else []

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        return [self._tag(words) for words in sentences]

    def _tag(self, words: Sequence[str]) -> list[Tag]:
        tags: list[Tag] = []
        for window in self._windows([self._pieces(word) for word in words]):
            ids, firsts = list(self._bos), []
            for pieces in window:
                firsts.append(len(ids))
                ids.extend(pieces)
            ids.extend(self._eos)
            with self._torch.inference_mode():
                (logits,) = self._model(input_ids=self._torch.tensor([ids])).logits
            best = logits[firsts].softmax(-1).max(-1)
            tags.extend(
                Tag(self._labels[label], probability)
                for label, probability in zip(
                    best.indices.tolist(), best.values.tolist(), strict=True
                )
            )
        return tags

    def _pieces(self, word: str) -> list[int]:
        """Return the pieces of a word, at least one and no more than one inference holds."""
        ids: list[int] = self._tokenizer.convert_tokens_to_ids(self._tokenizer.tokenize(word))
        return ids[: self._room] or [self._tokenizer.unk_token_id or 0]

    def _windows(self, words: list[list[int]]) -> Iterator[list[list[int]]]:
        """Yield the words in runs that one inference holds."""
        window: list[list[int]] = []
        used = 0
        for pieces in words:
            if window and used + len(pieces) > self._room:
                yield window
                window, used = [], 0
            window.append(pieces)
            used += len(pieces)
        if window:
            yield window
