"""The quality gate: no score on the gold of the fixtures falls under its floor.

Floors are raised by ``python -m arxtract.evaluate.floors``, which says how to lower one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.evaluate import floors as gate
from arxtract.evaluate import read, run

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLD, TEXTS, FLOORS = FIXTURES / "gold", FIXTURES / "articles", FIXTURES / "floors.json"

pytestmark = pytest.mark.skipif(
    not any(GOLD.glob("*.marked")), reason="there is no gold in the fixtures"
)


def test_the_gold_of_the_fixtures_has_no_fault() -> None:
    articles = read(GOLD, TEXTS)
    assert [article.name for article in articles] == sorted(p.stem for p in TEXTS.glob("*.txt"))
    assert [message for article in articles for message in article.warnings] == []


def test_the_floors_are_those_of_this_gold() -> None:
    floors = gate.read(FLOORS)
    assert (floors.gold, floors.texts) == gate.fingerprints(GOLD, TEXTS), (
        "gold or texts have changed: run python -m arxtract.evaluate.floors"
    )


def test_no_score_is_under_its_floor() -> None:
    from arxtract.pipeline import Pipeline

    found = run(GOLD, pipeline=Pipeline(), texts=TEXTS, samples=0)
    fallen = gate.falls(gate.read(FLOORS).floors, gate.reached(found))
    assert not fallen, "; ".join(map(str, fallen)) + "\n" + found.error_report()
