"""Floors rise by themselves and fall only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.errors import ArxtractError, DataError
from arxtract.evaluate.floors import (
    Fall,
    Floors,
    falls,
    fingerprint,
    note,
    raised,
    reached,
    read,
    write,
)
from arxtract.evaluate.report import add_up
from arxtract.evaluate.scores import Tally

OLD = {"entities": 0.8, "events": 0.6}


def test_what_is_reached_is_rounded_down_and_nothing_is_left_out_but_nothing() -> None:
    tallies = [{"events": Tally(2, 1, 0), "entities": Tally(0, 1, 1)}]
    assert reached(add_up(["a"], tallies, [[]], samples=0)) == {"entities": 0.0, "events": 0.8}
    assert reached(add_up(["a"], [{"events": Tally(1, 1, 0)}], [[]], samples=0)) == {
        "events": 0.666
    }


def test_floors_rise() -> None:
    assert raised(OLD, {"events": 0.7, "entities": 0.8, "title": 1.0}, None) == {
        "title": 1.0,
        "entities": 0.8,
        "events": 0.7,
    }


def test_rounding_lowers_no_floor() -> None:
    assert raised(OLD, {"events": 0.595, "entities": 0.9}, None) == {
        "entities": 0.9,
        "events": 0.6,
    }


@pytest.mark.parametrize("reason", [None, "", "  "])
@pytest.mark.parametrize("figures", [{"events": 0.5, "entities": 0.9}, {"entities": 0.9}])
def test_floors_do_not_fall_without_a_reason(reason: str | None, figures: dict[str, float]) -> None:
    with pytest.raises(ArxtractError, match=r"under their floors: events 0\.600"):
        raised(OLD, figures, reason)


def test_floors_fall_with_a_reason() -> None:
    assert raised(OLD, {"events": 0.5, "entities": 0.9}, "gold was mended") == {
        "entities": 0.9,
        "events": 0.5,
    }


def test_falls() -> None:
    assert falls(OLD, {"events": 0.58, "entities": 0.795}) == [Fall("events", 0.6, 0.58)]
    assert falls(OLD, OLD) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "## Unreleased\n\n{}\n"),
        (
            "# Changes\n\n## 0.1.0\n\n- first\n",
            "# Changes\n\n## Unreleased\n\n{}\n\n## 0.1.0\n\n- first\n",
        ),
        ("# Changes\n\n## Unreleased\n\n- new\n", "# Changes\n\n## Unreleased\n\n{}\n- new\n"),
    ],
)
def test_the_reason_goes_to_the_changelog(before: str, after: str) -> None:
    line = "- Quality floors lowered (events 0.600 → 0.500): gold was mended"
    assert note(before, "gold was mended", [Fall("events", 0.6, 0.5)]) == after.format(line)


def test_the_fingerprint_knows_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    first = fingerprint([one, two])
    assert first == fingerprint([two, one])
    two.write_text("3")
    assert first != fingerprint([one, two])


def test_the_file_reads_as_it_was_written(tmp_path: Path) -> None:
    floors = Floors(gold="a", texts="b", floors=OLD)
    write(tmp_path / "floors.json", floors)
    assert read(tmp_path / "floors.json") == floors
    with pytest.raises(DataError, match="cannot be read"):
        read(tmp_path / "none.json")
    (tmp_path / "floors.json").write_text('{"gold": 1}')
    with pytest.raises(DataError, match=r"floors\.json"):
        read(tmp_path / "floors.json")
