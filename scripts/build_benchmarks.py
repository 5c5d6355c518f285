"""Makes ``docs/benchmarks.md`` of the JSON in ``benchmarks/results/``, so that no figure is typed.

    python scripts/build_benchmarks.py

``benchmarks/results/NAME.json`` is what ``benchmarks/NAME.py … --json`` wrote. What a benchmark
measures is told by the head of its script.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Made by `python scripts/build_benchmarks.py` from `benchmarks/results/`, which the benchmarks
write with `--json`: no figure on this page is typed. Time is that of the machine named with it;
figures by processor time depend less than others on what else the machine had to do. How good the
records are is told by [the report on the shipped gold](report.md).
"""


def page() -> str:
    """Return the page in Markdown."""
    parts = [HEAD]
    for path in sorted(RESULTS.glob("*.json")):
        parts += section(path.stem, json.loads(path.read_text(encoding="utf-8")))
    return "\n".join(parts).rstrip() + "\n"


def section(name: str, figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a benchmark says of itself, then its figures: one table for each group."""
    script = f"benchmarks/{name}.py"
    head = ast.get_docstring(ast.parse((ROOT / script).read_text(encoding="utf-8"))) or ""
    yield f"## {script}\n"
    for paragraph in head.split("\n\n"):
        code = paragraph.startswith("    ")
        shown = "\n".join(line.strip() for line in paragraph.splitlines())
        yield f"```text\n{shown}\n```\n" if code else f"{plain(paragraph)}\n"
    single = {key: value for key, value in figures.items() if not isinstance(value, Mapping)}
    yield from table({key: {"": value} for key, value in single.items()})
    for key, group in figures.items():
        if isinstance(group, Mapping) and group:
            yield f"**{words(key)}**\n"
            nested = all(isinstance(value, Mapping) for value in group.values())
            yield from table(group if nested else {k: {"": value} for k, value in group.items()})


def table(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows by their names as a table with a column for each key that any of them has."""
    columns = list(dict.fromkeys(key for row in rows.values() for key in row))
    if not columns:
        return
    yield "| | " + " | ".join(words(column) for column in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for name, row in rows.items():
        yield f"| {words(name)} | " + " | ".join(cell(row.get(c)) for c in columns) + " |"
    yield ""


def words(key: str) -> str:
    """Return the name of a figure as words."""
    return plain(re.sub(r"\b[km]b\b", lambda unit: unit[0].upper(), key.replace("_", " ")))


def cell(value: Any) -> str:
    """Return a value as it stands in the JSON, thousands parted."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, str):
        return plain(value)
    return plain(json.dumps(value, ensure_ascii=False))


def plain(text: str) -> str:
    """Return text that Markdown shows as it is; what stands in double backticks is code."""
    return escape(text, quote=False).replace("|", "\\|").replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
