"""How far two annotators agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.errors import DataError
from arxtract.evaluate import agreement
from arxtract.evaluate.annotators import kappa
from evaluate_kit import told, write


def test_kappa_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(table) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("y", "y")]) is None


def test_two_folders(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    people = [{"name": "علي", "role": "visitor"}]
    write(first, "زار ⟦PER|علي عيسى⟧ ⟦LOC|فاس⟧", [told("VISIT", "زار", people)])
    write(second, "زار ⟦PER|علي⟧ عيسى ⟦LOC|فاس⟧", [told("VISIT", "زار", people, "ongoing")])
    found = agreement(first, second)
    assert found["articles"] == 1
    assert found["f1"]["entities"] == 1 / 2
    assert found["f1"]["entities_overlap"] == 1
    assert found["f1"]["events"] == found["f1"]["slot_participant_role"] == 1
    assert found["f1"]["slot_status"] == 0
    assert found["f1"]["dates_value"] is None
    # O B-PER I-PER B-LOC and O B-PER O B-LOC: observed 3/4, by chance (1·2 + 1·1 + 1·1)/16
    assert found["kappa"]["entity_tags"] == pytest.approx((0.75 - 0.25) / (1 - 0.25))
    assert found["kappa"]["event_status"] == 0


def test_folders_of_other_articles(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "فاس", name=name)
    with pytest.raises(DataError, match="hold other articles: a, b"):
        agreement(tmp_path / "a", tmp_path / "b")


GOLD = Path(__file__).parent.parent / "fixtures" / "gold"


@pytest.mark.skipif(not any(GOLD.glob("*.marked")), reason="there is no gold in the fixtures")
def test_an_annotator_agrees_with_themself() -> None:
    found = agreement(GOLD, GOLD)
    assert set(found["f1"].values()) <= {1.0, None}
    assert set(found["kappa"].values()) == {1.0}
