"""Count expressions: each line of ``data/counts.txt`` is its own expected output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from arxtract.counts import find, numbers
from arxtract.records import Quantity

DATA = Path(__file__).parent / "data"
SIGNS = {
    "exact": "", "more_than": ">", "at_least": ">=", "less_than": "<", "at_most": "<=",
    "about": "~", None: "",
}  # fmt: skip
MARK = re.compile(r"⟦QTY [^|]*\||⟧")


def lines(name: str) -> list[str]:
    rows = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("#")]


def number(quantity: Quantity) -> str:
    if quantity.low is not None:
        return f"{quantity.low}..{quantity.high}"
    return "?" if quantity.value is None else f"{quantity.value}"


def marked(text: str) -> str:
    """Put the marks of the found quantities into ``text``."""
    found = find(text)
    order = {quantity.id: n for n, quantity in enumerate(found, 1)}
    for q in reversed(found):
        part = f" ∈ {order[q.part_of]}" if q.part_of else ""
        mark = f"⟦QTY {SIGNS[q.bound]}{number(q)} {q.unit or '-'}{part}|{q.text}⟧"
        text = text[: q.start] + mark + text[q.end :]
    return text


@pytest.mark.parametrize("line", lines("counts.txt"))
def test_line_is_its_own_output(line: str) -> None:
    assert marked(MARK.sub("", line)) == line


def test_lines_are_many_and_a_third_hold_nothing() -> None:
    rows = lines("counts.txt")
    assert len(rows) >= 300
    assert sum("⟦" not in row for row in rows) * 3 >= len(rows)


@pytest.mark.parametrize("line", lines("counts_numbers.txt"))
def test_numbers_of_a_text(line: str) -> None:
    text, _, values = line.partition("\t")
    assert [n.value for n in numbers(text)] == [yaml.safe_load(v) for v in values.split()]
