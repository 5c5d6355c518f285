"""Every rule file proves itself: its examples give what they say, its counterexamples nothing."""

import pytest

from arxtract.evaluate.examples import check
from arxtract.events import Engine


@pytest.fixture(scope="module")
def engine():
    return Engine()


def test_examples(engine):
    failures = list(check(engine))
    assert not failures, "\n".join(map(str, failures))
