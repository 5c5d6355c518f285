"""No pattern of the package hangs on text made to make it search over and over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from arxtract import places

SIZE = 100_000


@pytest.fixture(scope="module")
def patterns(benchmark_module: Callable[[str], Any]) -> Any:
    return benchmark_module("patterns")


def test_every_pattern_comes_to_an_end_on_its_worst_text(patterns: Any) -> None:
    searched = 0
    for name, search, made in patterns.searches():
        number = patterns.worst(search, made)
        if number is not None:
            search(patterns.nth(name, made, number, SIZE))
            searched += 1
    assert searched > 50


def test_spaces_between_two_places_are_no_work() -> None:
    found = places.find("طنجة" + " " * SIZE + "x" + " " * SIZE + "العيون")
    assert [place.text for place in found] == ["طنجة"]
