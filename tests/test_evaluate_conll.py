"""Scoring a recogniser on a file of tokens and tags."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from arxtract.errors import DataError
from arxtract.evaluate import conll


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ("B-PER I-PER O B-LOC", [(0, 2, "PER"), (3, 4, "LOC")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("I-PER I-PER O", [(0, 2, "PER")]),  # I- after O begins a name
        ("B-PER I-LOC I-LOC", [(0, 1, "PER"), (1, 3, "LOC")]),  # so does I- of another type
        ("O O", []),
        ("O B-ORG", [(1, 2, "ORG")]),
    ],
)
def test_names_of_tags(tags: str, names: list[tuple[int, int, str]]) -> None:
    assert conll.chunks(tags.split()) == names


def test_scores_by_hand() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC"], ["B-ORG", "O"]]
    predicted = [["B-PER", "I-PER", "O", "B-ORG"], ["B-ORG", "I-ORG"]]
    found = conll.score(gold, predicted)  # right: PER; wrong type: LOC; wrong span: ORG
    assert (found["precision"], found["recall"], found["f1"]) == (1 / 3, 1 / 3, 1 / 3)
    assert found["by_type"]["PER"]["f1"] == 1
    assert found["by_type"]["LOC"] == {
        "f1": 0,
        "precision": 0,
        "recall": 0,
        "right": 0,
        "spurious": 0,
        "missed": 1,
    }
    assert found["by_type"]["ORG"]["spurious"] == 2


def test_the_same_name_in_two_sentences_is_two_names() -> None:
    found = conll.score([["B-PER"], ["B-PER"]], [["B-PER"], ["O"]])
    assert found["recall"] == 1 / 2


class Fixed:
    """A recogniser that finds a name in every capital of Morocco."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        return [["B-LOC" if w == "الرباط" else "O" for w in words] for words in sentences]


@pytest.mark.parametrize("between", ["\t", " ", " _ _ "])
def test_a_file(tmp_path: Path, between: str) -> None:
    lines = ["في O", "الرباط B-LOC", "", "", "فاس B-LOC", ""]
    text = "\n".join(line.replace(" ", between) for line in lines)
    (tmp_path / "a.conll").write_text(text)
    found = conll.run(tmp_path / "a.conll", Fixed())
    assert (found["precision"], found["recall"], found["f1"]) == (1, 1 / 2, 2 / 3)
    assert (found["sentences"], found["tokens"]) == (2, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("في O\nفاس\n", r"a\.conll:2: expected a token and a tag"),
        ("في LOC\n", r"a\.conll:1: expected a token and a tag"),
        ("\n\n", "no sentence"),
    ],
)
def test_a_faulty_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.conll").write_text(text)
    with pytest.raises(DataError, match=message):
        conll.run(tmp_path / "a.conll", Fixed())


def test_a_recogniser_that_loses_tokens() -> None:
    with pytest.raises(DataError, match="1 tags for 2 tokens"):
        conll.score([["O", "O"]], [["O"]])
