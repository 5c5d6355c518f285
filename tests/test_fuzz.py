"""Whatever comes in, a record comes out, or a reason; ``benchmarks/fuzz.py`` tries more of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def fuzz(benchmark_module: Callable[[str], Any]) -> Any:
    return benchmark_module("fuzz")


@pytest.fixture(scope="module")
def fed(fuzz: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    pytest.importorskip("pyarrow")
    pytest.importorskip("zstandard")
    articles = [path.read_text("utf-8") for path in sorted(fuzz.FIXTURES.glob("*.txt"))]
    return fuzz.Fuzz(articles, 0, tmp_path_factory.mktemp("fuzz"))


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_hostile_input_gives_a_record_or_a_reason(fuzz: Any, fed: Any, random: Random) -> None:
    fed.feed(fuzz.made(random, fed.articles), random)


def test_a_seed_names_its_inputs_and_finds_no_fault(fuzz: Any, fed: Any) -> None:
    figures, faults = fuzz.run(fed, range(40), 3)
    assert faults == []
    assert figures["inputs"] == 40
    again = [fuzz.made(Random("3 7"), fed.articles) for _ in range(2)]
    assert again[0] == again[1]


def test_a_fault_is_told_with_its_number(
    fuzz: Any, fed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(fed, "feed", broken)
    _, faults = fuzz.run(fed, [5], 3)
    assert [fault["number"] for fault in faults] == [5]
    assert "RuntimeError: broken" in faults[0]["fault"]
