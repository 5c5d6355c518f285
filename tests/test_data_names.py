"""The stand-off annotation of names: well-formed, and joined with texts as it should be."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from arxtract.evaluate.gold import ontology_roles
from arxtract.names.hints import TIES

ROOT = Path(__file__).parent.parent
ANNOTATION = ROOT / "data" / "names" / "press.jsonl"
JOIN = ROOT / "scripts" / "join_names.py"
TYPES = {"PER", "ORG", "LOC", "MISC"}

pytestmark = pytest.mark.skipif(not ANNOTATION.exists(), reason="the data is not installed")


def articles() -> list[dict[str, Any]]:
    if not ANNOTATION.exists():
        return []
    return [json.loads(line) for line in ANNOTATION.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("article", articles(), ids=lambda article: article["id"])
def test_offsets_rise_within_the_text_and_never_overlap(article: dict[str, Any]) -> None:
    hints = {"events", "slots", "told"}
    assert set(article) - hints == {"id", "length", "entities"}, "no text is stored"
    spans = [(start, end) for start, end, _ in article["entities"]]
    assert spans, "an article without a name teaches nothing"
    assert all(0 <= start < end <= article["length"] for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert {kind for _, _, kind in article["entities"]} <= TYPES


@pytest.mark.parametrize(
    "article", [a for a in articles() if "events" in a], ids=lambda article: article["id"]
)
def test_hints_lie_within_the_text_and_are_of_the_ontology(article: dict[str, Any]) -> None:
    roles = ontology_roles()
    slots = {"date", "place", *(role for known in roles.values() for role in known)}
    assert {kind for _, kind in article["events"]} <= {"", *roles}
    assert {slot for _, named in article["slots"] for slot in named} <= slots
    starts = [start for start, _ in (*article["events"], *article["slots"])]
    assert all(0 <= start < article["length"] for start in starts)
    assert {start for start, _, _ in article["entities"]} <= {
        start for start, _ in article["slots"]
    }


@pytest.mark.parametrize(
    "article", [a for a in articles() if "told" in a], ids=lambda article: article["id"]
)
def test_what_is_tied_to_an_event_is_annotated(article: dict[str, Any]) -> None:
    words = {start for start, _ in article["events"]}
    named = {start for start, _ in article["slots"]}
    for told in article["told"]:
        assert set(told) <= {"words", *TIES}
        assert told["words"]
        assert set(told["words"]) <= words
        assert {start for tie in TIES for start in told.get(tie, ())} <= named


def test_every_article_stands_once_and_in_order() -> None:
    names = [article["id"] for article in articles()]
    assert names == sorted(set(names))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one article."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    article = {"id": "paper-1", "title": None, "text": "وصل إلى الرباط"}
    (folder / "paper.jsonl").write_text(json.dumps(article), encoding="utf-8")
    return folder


def join(corpus: Path, length: int) -> tuple[int, str, str]:
    """Join one made-up annotation; return exit status, output and complaints."""
    annotation, out = corpus.parent / "names.jsonl", corpus.parent / "out.jsonl"
    article = {"id": "paper-1", "length": length, "entities": [[8, 14, "LOC"]]}
    annotation.write_text(json.dumps(article), encoding="utf-8")
    command = [sys.executable, str(JOIN), str(corpus), str(out), "--annotation", str(annotation)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, out.read_text(encoding="utf-8"), done.stderr


def test_joining_gives_text_and_names(corpus: Path) -> None:
    status, out, _ = join(corpus, 14)
    joined = json.loads(out)
    (start, end, kind) = joined["entities"][0]
    assert status == 0
    assert list(joined) == ["id", "text", "entities"]
    assert (joined["text"][start:end], kind) == ("الرباط", "LOC")


def test_a_text_of_another_length_is_left_out_and_reported(corpus: Path) -> None:
    status, out, complaints = join(corpus, 15)
    assert status == 1
    assert not out
    assert "paper-1" in complaints
