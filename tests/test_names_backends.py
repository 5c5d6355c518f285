"""The back ends, each with its real library and a tiny model that the test trains and saves."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pytest

from arxtract.errors import DataError, MissingExtra
from arxtract.names import Recogniser, load
from arxtract.names.backends.tagger import Tag, TaggerRecogniser, entity_type, to_bio
from arxtract.text.reader import plain
from backends_kit import LABELS, camel_data, save_classifier, train_stanza

# What the tiny models learn by heart: words and ANERcorp's labels, clitics attached.
SENTENCES = [
    [("زار", "O"), ("ناصر", "B-PERS"), ("بوريطة", "I-PERS"), ("للمغرب", "B-LOC"), (".", "O")],
    [("قالت", "O"), ("وزارة", "B-ORG"), ("الخارجية", "I-ORG"), ("بمراكش", "B-LOC"), (".", "O")],
    [("فاز", "O"), ("بكأس", "B-MISC"), ("إفريقيا", "I-MISC"), ("المغرب", "B-LOC"), (".", "O")],
]
TEXT = "زار نَاصِر بوريطـة للمغرب.\nقالت وزارة الخارجية بمراكش.\nفاز بكأس إفريقيا المغرب."
FOUND = [
    ("PER", "نَاصِر بوريطـة"),
    ("LOC", "لمغرب"),
    ("ORG", "وزارة الخارجية"),
    ("LOC", "مراكش"),
    ("MISC", "كأس إفريقيا"),
    ("LOC", "المغرب"),
]
has_torch = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
has_camel = has_torch and importlib.util.find_spec("camel_tools") is not None
has_stanza = importlib.util.find_spec("stanza") is not None


def found(recogniser: Recogniser, text: str = TEXT) -> list[tuple[str, str]]:
    (entities,) = recogniser.recognise([plain(text)])
    assert all(text[e.start : e.end] == e.text for e in entities)
    assert [e.id for e in entities] == [f"n{i + 1}" for i in range(len(entities))]
    return [(e.type, e.text) for e in entities]


# -- what needs no library -------------------------------------------------------------------


class Rote:
    """A tagger that knows the sentences above and nothing else."""

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        known = {word: label for sentence in SENTENCES for word, label in sentence}
        return [[Tag(known.get(word, "O"), 0.5) for word in words] for words in sentences]


def test_spans_are_raw_and_proclitics_outside() -> None:
    recogniser = TaggerRecogniser("rote", Rote())
    assert isinstance(recogniser, Recogniser)
    assert found(recogniser) == FOUND
    (entities,) = recogniser.recognise([plain(TEXT)])
    assert [e.score for e in entities] == [0.25, 0.5, 0.25, 0.5, 0.25, 0.5]


def test_odd_words_do_not_shift_the_tags() -> None:
    tags = TaggerRecogniser("rote", Rote()).tag([["", "\u200f", "المغرب"], [], ["المغرب"]])
    assert tags == [["O", "O", "B-LOC"], [], ["B-LOC"]]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("O B-PERS I-PERS O", "O B-PER I-PER O"),
        ("S-LOC B-ORG I-ORG E-ORG", "B-LOC B-ORG I-ORG I-ORG"),
        ("S-PER S-PER", "B-PER B-PER"),
        ("B-PER E-PER B-PER E-PER", "B-PER I-PER B-PER I-PER"),
        ("I-LOC I-LOC O I-LOC", "B-LOC I-LOC O B-LOC"),
        ("B-LOC I-ORG", "B-LOC B-ORG"),
        ("PER PER O ORG", "B-PER I-PER O B-ORG"),
        ("B-DATE I-DATE B-GPE", "O O B-LOC"),
        ("B-EVENT I-EVENT B-WORK_OF_ART", "B-MISC I-MISC B-MISC"),
        ("U-PER L-PER", "B-PER I-PER"),
    ],
)
def test_schemes_and_types(labels: str, expected: str) -> None:
    assert to_bio([Tag(label) for label in labels.split()]) == expected.split()


def test_unknown_types_are_no_names() -> None:
    assert [entity_type(x) for x in ("O", "LABEL_0", "B-CARDINAL", "B-per")] == [
        None,
        None,
        None,
        "PER",
    ]


@pytest.mark.skipif(has_torch, reason="torch is installed")
def test_camel_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    for name in ("camel", f"camel:{tmp_path}"):
        with pytest.raises(MissingExtra, match=r"arxtract\[camel\]"):
            load(name)


@pytest.mark.skipif(has_stanza, reason="stanza is installed")
def test_stanza_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(MissingExtra, match=r"arxtract\[stanza\]"):
        load(f"stanza:{tmp_path}")


# -- Hugging Face and camel-tools ------------------------------------------------------------


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("camel") / "data" / "ner" / "tiny"
    save_classifier(folder, SENTENCES, LABELS)
    return folder


@pytest.mark.skipif(not has_torch, reason="needs torch and transformers")
class TestClassifier:
    def test_names(self, classifier: Path) -> None:
        recogniser = load(f"camel:{classifier}")
        assert isinstance(recogniser, Recogniser)
        assert recogniser.name == f"camel:{classifier}"
        assert found(recogniser) == FOUND
        (entities,) = recogniser.recognise([plain(TEXT)])
        assert all(e.score is not None and 0.5 < e.score <= 1 for e in entities)

    def test_tags_given_words(self, classifier: Path) -> None:
        tags = load(f"camel:{classifier}").tag([[w for w, _ in s] for s in SENTENCES])
        assert tags == [[y.replace("PERS", "PER") for _, y in s] for s in SENTENCES]

    def test_long_sentence_is_read_in_windows(self, classifier: Path) -> None:
        words = [w for w, _ in SENTENCES[0]] * 100
        (tags,) = load(f"camel:{classifier}").tag([words])
        assert len(tags) == len(words)

    def test_nothing_to_read(self, classifier: Path) -> None:
        recogniser = load(f"camel:{classifier}")
        assert recogniser.recognise([]) == []
        assert recogniser.recognise([plain("")]) == [[]]
        assert recogniser.tag([[]]) == [[]]

    def test_labels_without_meaning(self, tmp_path: Path) -> None:
        save_classifier(tmp_path / "m", SENTENCES, [f"LABEL_{i}" for i in range(3)])
        with pytest.raises(DataError, match="id2label"):
            load(f"camel:{tmp_path / 'm'}")

    def test_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match=r"config\.json is missing"):
            load(f"camel:{tmp_path}")

    def test_damaged_model(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"model_type": "bert"}')
        with pytest.raises(DataError, match="not a token classifier"):
            load(f"camel:{tmp_path}")


@pytest.mark.skipif(not has_camel, reason="needs camel-tools")
class TestCamelTools:
    def test_no_data(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
        with pytest.raises(DataError, match="camel_data -i"):
            load("camel")

    def test_names(self, classifier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root = classifier.parents[2]
        camel_data(root, {"NamedEntityRecognition": ("tiny", "ner/tiny")})
        monkeypatch.setenv("CAMELTOOLS_DATA", str(root))
        recogniser = load("camel")
        assert found(recogniser) == FOUND
        assert recogniser.tag([[w for w, _ in SENTENCES[1]]]) == [[y for _, y in SENTENCES[1]]]


# -- stanza ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stanza_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("stanza")
    train_stanza(
        root, SENTENCES, "--no_pretrain",
        "--hidden_dim", "32", "--char_hidden_dim", "16", "--char_emb_dim", "16",
        "--word_emb_dim", "16", "--max_steps", "100", "--eval_interval", "50",
        "--dropout", "0", "--word_dropout", "0", "--optim", "adam", "--lr", "0.01",
    )  # fmt: skip
    return root


@pytest.mark.skipif(not has_stanza, reason="needs stanza")
class TestStanza:
    def test_names(self, stanza_folder: Path) -> None:
        recogniser = load(f"stanza:{stanza_folder}")
        assert isinstance(recogniser, Recogniser)
        assert found(recogniser) == FOUND

    def test_one_file(self, stanza_folder: Path) -> None:
        assert found(load(f"stanza:{stanza_folder / 'ar' / 'ner' / 'tiny.pt'}")) == FOUND

    def test_tags_given_words(self, stanza_folder: Path) -> None:
        tags = load(f"stanza:{stanza_folder}").tag([[w for w, _ in s] for s in SENTENCES])
        assert tags == [[y.replace("PERS", "PER") for _, y in s] for s in SENTENCES]

    def test_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match=r"stanza\.download"):
            load(f"stanza:{tmp_path}")

    def test_damaged_model(self, tmp_path: Path) -> None:
        folder = tmp_path / "ar" / "ner"
        folder.mkdir(parents=True)
        (folder / "x.pt").write_bytes(b"nothing")
        with pytest.raises(DataError, match="can't load"):
            load(f"stanza:{tmp_path}")
