"""Label Studio: a JSON list of tasks with regions, relations left alone.

Names, dates and quantities are regions; the value of a date or quantity is a text area of its
region. All the rest of the gold travels with the task as data and comes back as it went.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import Field

from arxtract.errors import DataError
from arxtract.evaluate.notation import Mark
from arxtract.evaluate.sheet import Sheet
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import Foreign, load, read_text, write_text
from arxtract.exchange.offsets import Offsets


def write(sheets: Iterable[Sheet], target: Path) -> Losses:
    """Write the tasks of articles to a JSON file; nothing is lost."""
    tasks = [_task(sheet) for sheet in sheets]
    write_text(target, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    return Counter()


def _task(sheet: Sheet) -> dict[str, Any]:
    data = {"text": sheet.raw, "name": sheet.name, "gold": dict(sheet.described)}
    result = []
    for number, mark in enumerate(sheet.marks, 1):
        at = {"start": mark.start, "end": mark.end}
        words = sheet.raw[mark.start : mark.end]
        common = {"id": f"m{number}", "to_name": "text"}
        value = {**at, "text": words, "labels": [mark.kind]}
        result.append({**common, "from_name": "label", "type": "labels", "value": value})
        if mark.value:
            area = {**at, "text": [mark.value]}
            result.append({**common, "from_name": "value", "type": "textarea", "value": area})
    return {"data": data, "annotations": [{"result": result}]}


# -- in --------------------------------------------------------------------------------------------


class _Value(Foreign):
    start: int | None = None
    end: int | None = None
    text: str | list[str] | None = None
    labels: tuple[str, ...] = ()


class _Result(Foreign):
    id: str | None = None
    type: str
    value: _Value = _Value()


class _Annotation(Foreign):
    result: list[_Result]
    was_cancelled: bool | None = False


class _Data(Foreign):
    text: str
    name: str
    gold: dict[str, Any] = Field(default_factory=dict)


class _Task(Foreign):
    data: _Data
    annotations: list[_Annotation]


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read the tasks of a JSON export. A region without its words counts as unchecked.

    Raises:
        DataError: an offset does not bound its words; a task has several annotations.
    """
    tasks = load(read_text(source), list[_Task], str(source))
    losses: Losses = Counter()
    sheets = [_sheet(task, f"{source}: task {n}", losses) for n, task in enumerate(tasks, 1)]
    return Imported(sheets, losses)


def _sheet(task: _Task, where: str, losses: Losses) -> Sheet:
    done = [one for one in task.annotations if not one.was_cancelled]
    if len(done) != 1:
        raise DataError(f"{where}: {len(done)} annotations where there must be one")
    values = {r.id: "".join(r.value.text or "").strip() for r in done[0].result
              if r.type == "textarea"}  # fmt: skip
    offsets = Offsets(task.data.text)
    marks = []
    for result in done[0].result:
        if result.type == "labels":
            start, end = _range(result, offsets, f"{where}: region {result.id}", losses)
            value = values.get(result.id, "")
            marks += [Mark(kind, value, start, end, 0) for kind in result.value.labels]
        else:
            losses["relations and other results"] += result.type != "textarea"
    marks.sort(key=lambda m: (m.start, -m.end))
    return Sheet(task.data.name, task.data.text, tuple(marks), task.data.gold)


def _range(result: _Result, offsets: Offsets, where: str, losses: Losses) -> tuple[int, int]:
    value = result.value
    if value.start is None or value.end is None:
        raise DataError(f"{where}: start and end are missing")
    if isinstance(value.text, str):
        return offsets.checked(value.start, value.end, value.text, where)
    losses["regions without their words, unchecked"] += 1
    return offsets.whole(value.start, value.end, where)
