"""doccano: JSONL of sequence labelling, a line an article.

doccano's labels have no values, and its exports no words. Both travel in ``gold``, beside what is
not the tool's business; a label that was set or moved in the tool has no value when it comes back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field

from arxtract.evaluate.notation import UNKNOWN, Mark
from arxtract.evaluate.sheet import Sheet
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import Foreign, load, read_text, write_text
from arxtract.exchange.offsets import Offsets

VALUED = {"DATE": UNKNOWN, "QTY": f"{UNKNOWN} {UNKNOWN}"}
"""What stands for the value of a new date or quantity, until a person writes it."""


def write(sheets: Iterable[Sheet], target: Path) -> Losses:
    """Write articles to a JSONL file; nothing is lost as long as doccano keeps ``gold``."""
    lines = []
    for sheet in sheets:
        spans = [[m.start, m.end, m.kind] for m in sheet.marks]
        marks = [[m.start, m.end, m.kind, m.value, sheet.raw[m.start : m.end]] for m in sheet.marks]
        gold = {"name": sheet.name, "marks": marks, "described": dict(sheet.described)}
        line = {"text": sheet.raw, "label": spans, "gold": gold}
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    write_text(target, "".join(lines))
    return Counter()


# -- in --------------------------------------------------------------------------------------------


class _Entity(Foreign):
    start_offset: int
    end_offset: int
    label: str


class _Gold(Foreign):
    name: str
    marks: list[tuple[int, int, str, str, str]]
    described: dict[str, Any]


class _Line(Foreign):
    text: str
    label: tuple[tuple[int, int, str], ...] = Field(
        default=(), validation_alias=AliasChoices("label", "labels")
    )
    entities: tuple[_Entity, ...] = ()
    relations: tuple[Any, ...] = ()
    gold: _Gold

    def spans(self) -> list[tuple[int, int, str]]:
        """Return start, end and label, in whichever of doccano's forms they are."""
        return [*((e.start_offset, e.end_offset, e.label) for e in self.entities), *self.label]


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read an export, of a project with relations too.

    Raises:
        DataError: a label that was exported no longer bounds its words, or one cannot be a range.
    """
    losses: Losses = Counter()
    sheets = [
        _sheet(load(line, _Line, f"{source}:{number}"), f"{source}:{number}", losses)
        for number, line in enumerate(read_text(source).split("\n"), 1)
        if line.strip()
    ]
    return Imported(sheets, losses)


def _sheet(line: _Line, where: str, losses: Losses) -> Sheet:
    known = {(start, end, kind): told for start, end, kind, *told in line.gold.marks}
    offsets = Offsets(line.text)
    marks = []
    for start, end, kind in line.spans():
        at = f"{where}: label {kind}"
        if (start, end, kind) in known:
            value, words = known[start, end, kind]
            start, end = offsets.checked(start, end, words, at)
        else:
            offsets.whole(start, end, at)
            value = VALUED.get(kind, "")
            losses["new labels that want a value"] += bool(value)
        marks.append(Mark(kind, value, start, end, 0))
    losses["relations"] += len(line.relations)
    marks.sort(key=lambda m: (m.start, -m.end))
    return Sheet(line.gold.name, line.text, tuple(marks), line.gold.described)
