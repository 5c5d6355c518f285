"""What several test files share: one pipeline, built once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from arxtract.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline as a user gets it without settings."""
    return Pipeline()


@pytest.fixture(scope="session")
def benchmark_module() -> Iterator[Callable[[str], Any]]:
    """Imports a module of ``benchmarks/`` by its name."""
    folder = str(Path(__file__).parent.parent / "benchmarks")
    sys.path.append(folder)
    try:
        yield import_module
    finally:
        sys.path.remove(folder)
