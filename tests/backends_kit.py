"""Models of other libraries, built on the spot: tiny ones for tests, large ones for benchmarks.

Nothing is downloaded. What a model knows it has learned from the few sentences it is given, if
anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


def camel_data(root: Path, components: Mapping[str, tuple[str, str]]) -> None:
    """Write the catalogue of a folder of camel-tools' data.

    ``components`` gives each its only data set: a name, and a folder below ``root/data``.
    """
    found = {
        component: {"default": name, "datasets": {name: {"path": place}}}
        for component, (name, place) in components.items()
    }
    catalogue = {"version": "1.6", "packages": {}, "components": found}
    (root / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")


FEATURES = ("pos", "diac", "lex", "bw", "gloss", "d3tok")
PREFIXES = {"": "", "و": "و+_", "ال": "ال+_", "لل": "ل+_ال+_"}
SUFFIXES = {"": "", "ها": "_+ها"}
STEMS = ("زار", "وزير", "مغرب", "برنامج")


def save_database(folder: Path) -> None:
    """Write a morphology of four stems, and an empty model of a disambiguator, for camel-tools."""

    def row(form: str, category: str, **features: str) -> str:
        told = " ".join(f"{name}:{value}" for name, value in features.items())
        return f"{form}\t{category}\t{told}"

    default = " ".join(f"{name}:x" for name in FEATURES if name != "pos")
    lines = [
        "###DEFINES###", *(f"DEFINE {name} {name}:*open*" for name in FEATURES),
        "###DEFAULTS###", *(f"DEFAULT pos:{pos} {default}" for pos in ("digit", "punc", "latin")),
        "###ORDER###", f"ORDER {' '.join(FEATURES)}",
        "###TOKENIZATIONS###", "TOKENIZATION d3tok",
        "###STEMBACKOFF###", "STEMBACKOFF PROP N",
        "###PREFIXES###", *(row(p, "P", diac=p, bw=p, d3tok=t) for p, t in PREFIXES.items()),
        "###SUFFIXES###", *(row(s, "S", diac=s, bw=s, d3tok=t) for s, t in SUFFIXES.items()),
        "###STEMS###",
        *(
            row(stem, "N", pos="noun", diac=stem, lex=stem, bw="NOUN", gloss="x", d3tok=stem)
            for stem in (*STEMS, "NOAN")
        ),
        "###TABLE AB###", "P N", "###TABLE BC###", "N S", "###TABLE AC###", "P S",
    ]  # fmt: skip
    folder.mkdir(parents=True)
    (folder / "morphology.db").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "model.json").write_text("{}", encoding="utf-8")


def train_stanza_tokenizer(root: Path, sentence: str, expansions: Mapping[str, str]) -> None:
    """Train stanza's own tokenizer on a sentence of words with blanks between, to ``root/ar``.

    ``expansions`` are the words with clitics, each with its parts.
    """
    import torch
    from stanza.models import tokenizer
    from stanza.models.mwt.trainer import Trainer
    from stanza.models.mwt.vocab import Vocab

    torch.set_num_threads(1)
    words = sentence.split()
    ends = ["3" if word in expansions else "1" for word in words[:-1]] + ["2"]
    labels = "0".join("0" * (len(w) - 1) + end for w, end in zip(words, ends, strict=True))
    text, answers, parts = (root / f"train.{kind}" for kind in ("txt", "labels", "json"))
    text.write_text("\n\n".join([sentence] * 20), encoding="utf-8")
    answers.write_text("\n\n".join([labels] * 20), encoding="utf-8")
    parts.write_text(json.dumps([[[w, p.split()], 1] for w, p in expansions.items()]))
    tokenizer.main(
        [
            "--txt_file", str(text), "--label_file", str(answers),
            "--dev_txt_file", str(text), "--dev_label_file", str(answers),
            "--mwt_json_file", str(parts), "--split_mwt_prob", "0", "--last_char_drop_prob", "0",
            "--lang", "ar", "--shorthand", "ar_tiny", "--cpu", "--steps", "80",
            "--eval_steps", "1000", "--batch_size", "8", "--lr0", "0.02",
            "--hidden_dim", "16", "--emb_dim", "16", "--dropout", "0", "--unit_dropout", "0",
            "--feat_dropout", "0", "--feat_unit_dropout", "0", "--tok_noise", "0",
            "--save_dir", str(root / "ar" / "tokenize"), "--save_name", "padt.pt",
        ]
    )  # fmt: skip
    pairs = list(expansions.items())
    expander = Trainer(args={"dict_only": True, "batch_size": 1}, vocab=Vocab(pairs, "ar"))
    expander.train_dict(pairs)
    (root / "ar" / "mwt").mkdir()
    expander.save(str(root / "ar" / "mwt" / "padt.pt"))


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
