"""Places in running text: each line of ``data/places.txt`` is its own expected output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arxtract.places import find

LINES = [
    line
    for line in (Path(__file__).parent / "data" / "places.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
MARK = re.compile(r"⟦(\S+) (\w+)\|([^⟧]+)⟧")


def marked(text: str) -> str:
    """Return ``text`` with the places that are found in it marked."""
    parts, at = [], 0
    for entity in find(text):
        assert entity.place is not None
        assert text[entity.start : entity.end] == entity.text
        parts += [text[at : entity.start]]
        parts += [f"⟦{entity.place.country or '-'} {entity.place.kind}|{entity.text}⟧"]
        at = entity.end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize("line", LINES)
def test_line(line: str) -> None:
    assert marked(MARK.sub(r"\3", line)) == line


def test_there_are_enough_lines_and_counterexamples() -> None:
    assert len(LINES) >= 200
    assert 3 * sum(not MARK.search(line) for line in LINES) >= len(LINES)
