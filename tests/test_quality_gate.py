"""The quality gate: no score on the gold of the fixtures falls under its floor.

Floors are raised by ``python -m arxtract.evaluate.floors``, which says how to lower one; those of
``fixtures/open`` with ``--gold``, ``--texts`` and ``--floors``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.evaluate import floors as gate
from arxtract.evaluate import read, run
from arxtract.evaluate.gold import faults_of

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT / "fixtures", ROOT / "fixtures" / "open"]
"""Each holds ``articles``, ``gold`` and ``floors.json``."""

both = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@both
def test_the_gold_of_the_fixtures_has_no_fault(folder: Path) -> None:
    gold, texts = folder / "gold", folder / "articles"
    assert [str(fault) for fault in faults_of(gold, texts)] == []
    names = [article.name for article in read(gold, texts)]
    assert names
    assert names == sorted(path.stem for path in texts.glob("*.txt"))


@both
def test_the_floors_are_those_of_this_gold(folder: Path) -> None:
    floors = gate.read(folder / "floors.json")
    assert (floors.gold, floors.texts) == gate.fingerprints(folder / "gold", folder / "articles"), (
        "gold or texts have changed: run python -m arxtract.evaluate.floors"
    )


@both
def test_no_score_is_under_its_floor(folder: Path) -> None:
    from arxtract.pipeline import Pipeline

    found = run(folder / "gold", pipeline=Pipeline(), texts=folder / "articles", samples=0)
    fallen = gate.falls(gate.read(folder / "floors.json").floors, gate.reached(found))
    assert not fallen, "; ".join(map(str, fallen)) + "\n" + found.error_report()
