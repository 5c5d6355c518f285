"""The examples in docstrings and the Python of the Arabic page do what they say."""

from __future__ import annotations

import doctest
import runpy
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "arxtract"


def modules_with_examples() -> list[str]:
    paths = (p for p in PACKAGE.rglob("*.py") if ">>> " in p.read_text(encoding="utf-8"))
    parts = (p.relative_to(PACKAGE.parent).with_suffix("").parts for p in paths)
    return sorted(".".join(part).removesuffix(".__init__") for part in parts)


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_of_docstrings_hold(name: str) -> None:
    found = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert found.attempted
    assert not found.failed


def test_the_arabic_page_finds_an_arrest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "ar.md").read_text(encoding="utf-8")
    code = tmp_path / "page.py"
    code.write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    runpy.run_path(str(code))
    printed = capsys.readouterr().out
    assert "ARREST value='2022-11-02'" in printed
