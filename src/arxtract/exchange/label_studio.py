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

from arxtract.errors import DataError
from arxtract.evaluate.notation import Mark
from arxtract.evaluate.sheet import Sheet
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import field, load, read_text, write_text
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


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read the tasks of a JSON export. A region without its words counts as unchecked.

    Raises:
        DataError: an offset does not bound its words; a task has several annotations.
    """
    tasks = load(read_text(source), str(source))
    if not isinstance(tasks, list):
        raise DataError(f"{source}: no list of tasks; export as JSON")
    losses: Losses = Counter()
    sheets = [_sheet(task, f"{source}: task {n}", losses) for n, task in enumerate(tasks, 1)]
    return Imported(sheets, losses)


def _sheet(task: Any, where: str, losses: Losses) -> Sheet:
    data = field(task, "data", dict, where)
    raw, name = field(data, "text", str, where), field(data, "name", str, where)
    done = [a for a in field(task, "annotations", list, where) if not a.get("was_cancelled")]
    if len(done) != 1:
        raise DataError(f"{where}: {len(done)} annotations where there must be one")
    result = field(done[0], "result", list, where)
    values = {
        region["id"]: "".join(field(region["value"], "text", list, where)).strip()
        for region in result
        if region.get("type") == "textarea"
    }
    offsets = Offsets(raw)
    marks = []
    for region in result:
        if region.get("type") != "labels":
            losses["relations and other results"] += region.get("type") != "textarea"
            continue
        at = f"{where}: region {region.get('id')}"
        value = field(region, "value", dict, at)
        start, end = field(value, "start", int, at), field(value, "end", int, at)
        if "text" in value:
            start, end = offsets.checked(start, end, field(value, "text", str, at), at)
        else:
            start, end = offsets.whole(start, end, at)
            losses["regions without their words, unchecked"] += 1
        for kind in field(value, "labels", list, at):
            marks.append(Mark(kind, values.get(region.get("id"), ""), start, end, 0))
    marks.sort(key=lambda m: (m.start, -m.end))
    return Sheet(name, raw, tuple(marks), data.get("gold") or {})
