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

from arxtract.errors import DataError
from arxtract.evaluate.notation import UNKNOWN, Mark
from arxtract.evaluate.sheet import Sheet
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import field, load, read_text, write_text
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


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read an export, of a project with relations too.

    Raises:
        DataError: a label that was exported no longer bounds its words, or one cannot be a range.
    """
    losses: Losses = Counter()
    sheets = [
        _sheet(load(line, f"{source}:{number}"), f"{source}:{number}", losses)
        for number, line in enumerate(read_text(source).split("\n"), 1)
        if line.strip()
    ]
    return Imported(sheets, losses)


def _sheet(line: Any, where: str, losses: Losses) -> Sheet:
    raw = field(line, "text", str, where)
    gold = field(line, "gold", dict, where)
    known = {tuple(mark[:3]): (mark[3], mark[4]) for mark in field(gold, "marks", list, where)}
    offsets = Offsets(raw)
    marks = []
    for start, end, kind in _labels(line, where):
        at = f"{where}: label {kind}"
        if (start, end, kind) in known:
            value, words = known[start, end, kind]
            offsets.checked(start, end, words, at)
        else:
            offsets.whole(start, end, at)
            value = VALUED.get(kind, "")
            losses["new labels that want a value"] += bool(value)
        marks.append(Mark(kind, value, start, end, 0))
    losses["relations"] += len(line.get("relations") or ())
    marks.sort(key=lambda m: (m.start, -m.end))
    name = field(gold, "name", str, where)
    return Sheet(name, raw, tuple(marks), field(gold, "described", dict, where))


def _labels(line: Any, where: str) -> Iterable[tuple[int, int, str]]:
    """Yield start, end and label, in whichever of doccano's forms they are."""
    for entity in line.get("entities") or ():
        yield entity["start_offset"], entity["end_offset"], entity["label"]
    for label in line.get("label") or line.get("labels") or ():
        if not (isinstance(label, list) and len(label) == 3):
            raise DataError(f"{where}: {label!r} is no label: write [start, end, label]")
        yield label[0], label[1], label[2]
