"""Every line of data/times.txt is its own expected output, and so are the rules' own examples."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from arxtract import times
from arxtract.times.grammar import rules
from arxtract.times.marked import Line, mark, read_lines, read_marked

TYPE = re.compile(r"⟦[A-Z]+")
DATA = Path(__file__).parent / "data" / "times.txt"
LINES = read_lines(DATA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.number}: {line.marked}")
def test_line_gives_itself(line: Line) -> None:
    mentions = times.find(line.text, line.published)
    assert mark(line.text, mentions) == line.marked


def test_enough_of_both_kinds() -> None:
    empty = [line for line in LINES if "⟦" not in line.marked]
    assert len(LINES) >= 400
    assert len(empty) >= len(LINES) // 3


@pytest.mark.parametrize(
    ("rule", "example"),
    [(c.rule.id, example) for c in rules() for example in c.rule.examples],
)
def test_examples_of_rules(rule: str, example: str) -> None:
    line = read_marked(TYPE.sub("⟦", example), 0)
    found = mark(line.text, times.find(line.text, line.published), with_type=False)
    assert found == line.marked, rule


def test_no_two_lines_alike() -> None:
    seen = [(line.published, line.text) for line in LINES]
    assert len(seen) == len(set(seen))


def test_reference_days() -> None:
    assert date(2020, 5, 20).weekday() == 2
