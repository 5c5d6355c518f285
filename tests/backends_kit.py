"""Models of other libraries, built on the spot: tiny ones for tests, large ones for benchmarks.

Nothing is downloaded. What a model knows it has learned from the few sentences it is given, if
anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Sentence = Sequence[tuple[str, str]]
"""Words with their labels."""

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LABELS = ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")


def bert(folder: Path, labels: Sequence[str], pieces: Sequence[str], **config: Any) -> Any:
    """Return a BERT token classifier with random weights; its tokenizer is written to ``folder``.

    ``pieces`` begin with ``SPECIAL``; ``config`` are settings of transformers' ``BertConfig``.
    """
    import torch
    from transformers import BertConfig, BertForTokenClassification

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    settings = {"tokenizer_class": "BertTokenizer", "do_lower_case": False}
    longest = config.get("max_position_embeddings", 512)
    (folder / "tokenizer_config.json").write_text(
        json.dumps({**settings, "model_max_length": longest})
    )
    torch.manual_seed(1)
    named = dict(enumerate(labels))
    return BertForTokenClassification(
        BertConfig(
            vocab_size=len(pieces),
            id2label=named,
            label2id={label: number for number, label in named.items()},
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            **config,
        )
    ).eval()


def save_classifier(folder: Path, sentences: Sequence[Sentence], labels: Sequence[str]) -> None:
    """Train a one-layer BERT on sentences and save it as transformers does."""
    import torch

    torch.set_num_threads(1)
    words = list(dict.fromkeys(word for sentence in sentences for word, _ in sentence))
    pieces = [*SPECIAL, *words]
    model = bert(
        folder, labels, pieces, hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=256,
    ).train()  # fmt: skip
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    ids = [[2, *(pieces.index(word) for word, _ in sentence), 3] for sentence in sentences]
    gold = [
        [-100, *(labels.index(label) if label in labels else 0 for _, label in sentence), -100]
        for sentence in sentences
    ]
    for _ in range(80):
        optimiser.zero_grad()
        model(input_ids=torch.tensor(ids), labels=torch.tensor(gold)).loss.backward()
        optimiser.step()
    model.save_pretrained(folder)


def camel_data(root: Path, component: str, name: str, place: str) -> None:
    """Write the catalogue of a folder of camel-tools' data that has one component."""
    found = {component: {"default": name, "datasets": {name: {"path": place}}}}
    catalogue = {"version": "1.6", "packages": {}, "components": found}
    (root / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")


def train_stanza(root: Path, sentences: Sequence[Sentence], *settings: str) -> None:
    """Train stanza's own recogniser on sentences by its own script, as ``root/ar/ner/tiny.pt``.

    ``settings`` are further arguments of ``stanza.models.ner_tagger``.
    """
    import torch
    from stanza.models import ner_tagger

    torch.set_num_threads(1)
    data = [[{"text": word, "ner": label} for word, label in sentence] for sentence in sentences]
    train = root / "train.json"
    train.write_text(json.dumps(data * 4), encoding="utf-8")
    ner_tagger.main(
        [
            "--train_file", str(train), "--eval_file", str(train), "--shorthand", "ar_tiny",
            "--cpu", "--mode", "train", "--save_dir", str(root / "ar" / "ner"),
            "--save_name", "tiny.pt", *settings,
        ]
    )  # fmt: skip
    train.unlink()
