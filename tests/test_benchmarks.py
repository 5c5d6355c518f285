"""The page of the benchmarks says what their JSON says."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
_spec = importlib.util.spec_from_file_location(
    "build_benchmarks", ROOT / "scripts" / "build_benchmarks.py"
)
assert _spec is not None
assert _spec.loader is not None
build_benchmarks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build_benchmarks)
RESULTS = sorted(build_benchmarks.RESULTS.glob("*.json"))


def values(figures: Any) -> list[Any]:
    if isinstance(figures, dict):
        return [value for inner in figures.values() for value in values(inner)]
    return [figures]


def test_the_page_is_that_of_the_figures() -> None:
    assert build_benchmarks.PAGE.read_text(encoding="utf-8") == build_benchmarks.page(), (
        "run python scripts/build_benchmarks.py"
    )


@pytest.mark.parametrize("path", RESULTS, ids=lambda p: p.stem)
def test_every_figure_stands_on_the_page(path: Path) -> None:
    assert (ROOT / "benchmarks" / f"{path.stem}.py").exists()
    figures = json.loads(path.read_text(encoding="utf-8"))
    page = build_benchmarks.PAGE.read_text(encoding="utf-8")
    section = page.split(f"## benchmarks/{path.stem}.py\n")[1].split("\n## ")[0]
    shown = [cell.strip() for line in section.splitlines() for cell in line.split("|")[1:-1]]
    for value in values(figures):
        assert build_benchmarks.cell(value) in shown


def test_a_group_becomes_a_table() -> None:
    rows = {"a_b": {"mb": 1200, "s": 0.5}, "c|d": {"s": None, "x": "<b>"}}
    assert list(build_benchmarks.table(rows)) == [
        "| | MB | s | x |",
        "| --- | ---: | ---: | ---: |",
        "| a b | 1,200 | 0.5 |  |",
        "| c\\|d |  |  | &lt;b&gt; |",
        "",
    ]


@pytest.mark.parametrize("name", ["batch", "events", "lengths", "names", "startup", "workers"])
def test_benchmarks_take_a_file_for_their_figures(name: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--json" in done.stdout
