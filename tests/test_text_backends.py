"""Foreign clitic tokenizers, each with its real library and tiny data that the test builds."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pytest

from arxtract import Pipeline
from arxtract.document import Document
from arxtract.errors import DataError, MissingExtra
from arxtract.text import read
from arxtract.text.backends import Parts, Tokenizer, clitics_of, load
from backends_kit import camel_data, save_database, train_stanza_tokenizer

has_camel = importlib.util.find_spec("camel_tools") is not None
has_stanza = importlib.util.find_spec("stanza") is not None
TEXT = "زار الوَزيــــر المغرب وبرنامجها للمغرب 2022."
STEMS = ["زار", "وزير", "مغرب", "برنامج", "مغرب", "2022", "."]


def stems(document: Document) -> list[str]:
    return [document.clean[token.stem : token.tail] for token in document.tokens]


@pytest.mark.parametrize(
    ("word", "pieces", "stem", "expected"),
    [
        ("وبرنامجها", "و برنامج ها", 1, "و+برنامج+ها"),
        ("للمغرب", "ل ال مغرب", 2, "لل+مغرب+"),  # the article has lost its alef
        ("للمغرب", "ل المغرب", 1, "لل+مغرب+"),  # stanza leaves the article on the stem
        ("المغرب", "المغرب", 0, "ال+مغرب+"),
        ("وبالمدرسة", "و ب ال مدرسة", 3, "وبال+مدرسة+"),
        ("مدرستهم", "مدرسة هم", 0, "+مدرست+هم"),  # the stem is spelt as alone
        ("ألمانيا", "ألمانيا", 0, "+ألمانيا+"),
        ("بوريطة", "بوريطة", 0, "+بوريطة+"),
        ("علي", "علي ي", 0, "+عل+ي"),
        ("له", "ل ه", 0, "+ل+ه"),
        ("و", "و و", 1, "+و+"),  # nothing would remain
    ],
)
def test_parts_on_letters(word: str, pieces: str, stem: int, expected: str) -> None:
    front, back = clitics_of(word, Parts(pieces.split(), stem))
    end = len(word) - back
    assert f"{word[:front]}+{word[front:end]}+{word[end:]}" == expected


class Whole:
    """A tokenizer that cuts nothing."""

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Parts]]:
        return [[Parts([f"<{word}>"], 0) for word in words] for words in sentences]


def test_tokens_are_the_same_whoever_cuts_them() -> None:
    other, own = read(TEXT, tokenizer=Whole()), read(TEXT)
    assert [t[:2] for t in other.tokens] == [t[:2] for t in own.tokens]
    assert stems(own) == STEMS
    assert all(t.stem == t.start and t.tail == t.end for t in other.tokens)


def test_unknown_tokenizer() -> None:
    with pytest.raises(DataError, match="known are arxtract, camel, stanza"):
        Pipeline(tokenizer="farasa")


@pytest.mark.skipif(has_camel, reason="camel-tools is installed")
def test_camel_says_what_to_install() -> None:
    with pytest.raises(MissingExtra, match=r"tokenizer='camel'.*arxtract\[camel\]"):
        load("camel")


@pytest.mark.skipif(has_stanza, reason="stanza is installed")
def test_stanza_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(MissingExtra, match=r"tokenizer='stanza'.*arxtract\[stanza\]"):
        load(f"stanza:{tmp_path}")


def loaded(name: str) -> Tokenizer:
    tokenizer = load(name)
    assert tokenizer is not None
    return tokenizer


@pytest.mark.skipif(not has_camel, reason="needs camel-tools")
class TestCamel:
    """One catalogue for all: camel-tools reads it once a process."""

    def test_no_data(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
        with pytest.raises(DataError, match="camel_data -i disambig"):
            load("camel")

    def test_stems(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        name = "calima-msa-r13"
        save_database(tmp_path / "data" / "db")
        camel_data(tmp_path, {"MorphologyDB": (name, "db"), "DisambigMLE": (name, "db")})
        monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
        document = read(TEXT, tokenizer=loaded("camel"))
        assert stems(document) == STEMS
        assert document.span(document.tokens[1].stem, document.tokens[1].tail).text == "وَزيــــر"


@pytest.mark.skipif(not has_stanza, reason="needs stanza")
class TestStanza:
    def test_stems(self, tmp_path: Path) -> None:
        train_stanza_tokenizer(
            tmp_path,
            "زار الوزير المغرب وبرنامجها للمغرب 2022 .",
            {"وبرنامجها": "و برنامج ها", "للمغرب": "ل المغرب"},
        )
        document = read(TEXT, tokenizer=loaded(f"stanza:{tmp_path}"))
        assert stems(document) == STEMS

    def test_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match=r"stanza\.download.*tokenize,mwt"):
            load(f"stanza:{tmp_path}")

    def test_damaged_model(self, tmp_path: Path) -> None:
        for kind in ("tokenize", "mwt"):
            (tmp_path / "ar" / kind).mkdir(parents=True)
            (tmp_path / "ar" / kind / "padt.pt").write_bytes(b"nothing")
        with pytest.raises(DataError, match="can't load"):
            load(f"stanza:{tmp_path}")
