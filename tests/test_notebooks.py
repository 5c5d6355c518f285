"""Every notebook is plain nbformat 4 without outputs, and its cells run from top to bottom."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PRINTED = {
    "tour": ["MEETING", "WATER_SHORTAGE"],
    "folder": ["MEETING", "events of the world", "kB"],
    "ontology": ["[] fail", "wrong.yaml:", "WATER_SHORTAGE: انقطاع مياه الشرب"],
    "evaluation": ["events ", "errors mended", "0 faults", "entity_tags"],
    "training": ["sentences", "base  F1 0.", "mine  F1 0.", "ner-base"],
}
"""What each notebook must print among other things."""


def cells(notebook: Path) -> list[dict[str, Any]]:
    data = json.loads(notebook.read_text(encoding="utf-8"))
    assert data["nbformat"] == 4
    return list(data["cells"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_outputs_are_stripped(notebook: Path) -> None:
    code = [cell for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len({cell["id"] for cell in cells(notebook)}) == len(cells(notebook))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
def test_cells_run(
    notebook: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The cells' source, written one after another into a file, runs as a program."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    code = ["".join(c["source"]) for c in cells(notebook) if c["cell_type"] == "code"]
    script = tmp_path / f"{notebook.stem}.py"
    script.write_text("\n\n".join(code), encoding="utf-8")
    runpy.run_path(str(script))
    printed = capsys.readouterr().out
    for words in PRINTED[notebook.stem]:
        assert words in printed
