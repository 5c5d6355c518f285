"""Offices: every line of ``data/offices.txt`` is its own expected output."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from arxtract.document import Document
from arxtract.names import chains, offices
from arxtract.records import Entity
from arxtract.text.reader import plain

TYPES = {"P": "PER", "G": "ORG", "L": "LOC", "M": "MISC"}
MARK = regex.compile(r"⟦(\w+):|⟧")
LINES = [
    line
    for line in Path(__file__).with_name("data").joinpath("offices.txt")
    .read_text(encoding="utf-8").splitlines()
    if line and line[0] != "#"
]  # fmt: skip


def unmark(marked: str) -> tuple[str, list[Entity], list[tuple[int, int, int | None]]]:
    """Return the raw text, its entities, and its offices as start, end and number of the person."""
    raw, opened, entities, expected = "", [], [], []
    place = 0
    for mark in MARK.finditer(marked):
        raw += marked[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(raw)))
            continue
        kind, start = opened.pop()
        if kind[0] == "O":
            expected.append((start, len(raw), int(kind[1:]) if kind[1:] else None))
        else:
            entities.append((start, len(raw), TYPES[kind]))
    raw += marked[place:]
    made = [
        Entity(id=f"e{i}", start=s, end=e, text=raw[s:e], type=t, name=raw[s:e], chain=raw[s:e])
        for i, (s, e, t) in enumerate(sorted(entities))
    ]
    return raw, made, sorted(expected, key=lambda e: e[:2])


def read(marked: str) -> tuple[Document, list[Entity], list[offices.Office]]:
    raw, entities, _ = unmark(marked)
    document = plain(raw)
    entities = chains.link(document, entities)
    return document, entities, offices.find(document, entities)


def remark(marked: str) -> str:
    """Return the line with the marks of the offices that were found."""
    raw, entities, _ = unmark(marked)
    document, entities, found = read(marked)
    persons = [e.id for e in entities if e.type == "PER"]
    letters = {t: k for k, t in TYPES.items()}
    spans = [(e.start, e.end, letters[e.type]) for e in entities]
    for office in found:
        span = document.span(office.start, office.end)
        number = str(persons.index(office.holder) + 1) if office.holder else ""
        spans.append((span.start, span.end, f"O{number}"))
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for start, end, label in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        opening.setdefault(start, []).append(f"⟦{label}:")
        closing[end] = closing.get(end, 0) + 1
    out = []
    for i in range(len(raw) + 1):
        out.append("⟧" * closing.get(i, 0) + "".join(opening.get(i, ())))
        out.append(raw[i : i + 1])
    return "".join(out)


@pytest.mark.parametrize("line", LINES)
def test_line_is_its_own_output(line: str) -> None:
    assert remark(line) == line


def test_enough_lines_and_counterexamples() -> None:
    counter = [line for line in LINES if "⟦O" not in line]
    assert len(LINES) - len(counter) >= 120
    assert len(counter) * 4 >= len(LINES)
