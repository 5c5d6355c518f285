"""What several test files share: one pipeline, built once."""

from __future__ import annotations

import pytest

from arxtract.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline as a user gets it without settings."""
    return Pipeline()
