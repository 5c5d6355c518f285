"""The pages of the site that are made from data, and, where mkdocs is installed, the whole site."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from arxtract.evaluate.notation import unmark
from arxtract.events import load

ROOT = Path(__file__).parent.parent
NEEDED = ("mkdocs", "material", "mkdocstrings")

_spec = importlib.util.spec_from_file_location("build_site", ROOT / "scripts" / "build_site.py")
assert _spec is not None
assert _spec.loader is not None
build_site = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build_site)


def test_every_type_shows_its_examples() -> None:
    page = build_site.types_page()
    for event_type in load().types.values():
        assert f"\n## {event_type.type}\n" in page
        for example in (*event_type.examples, *event_type.counterexamples):
            raw, _ = unmark(example.say, "example")
            assert escape(" ".join(raw.split())) in page


def test_every_command_is_told() -> None:
    page = build_site.commands_page()
    for words in ("arxtract extract", "arxtract gold import", "arxtract ontology check"):
        assert f"\n## {words}\n" in page
    assert "`--report`" in page


def test_links_between_files_become_links_between_pages() -> None:
    text = "[a](docs/view.md#keys) [b](../NOTICE) [c](https://x.y) [d](../notebooks/tour.ipynb)"
    assert build_site.linked(text, "README.md", "readme.md").startswith("[a](view.md#keys)")
    there = build_site.linked(text, "docs/index.md", "index.md")
    assert "[b](notice.md)" in there
    assert "[c](https://x.y)" in there
    assert "[d](notebooks/tour.md)" in there


def test_a_notebook_becomes_a_page() -> None:
    page = build_site.notebook_page(ROOT / "notebooks" / "tour.ipynb")
    assert page.startswith("# A tour")
    assert "```python\nfrom pathlib import Path" in page


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in NEEDED),
    reason="needs the extra docs: pip install 'arxtract[docs]'",
)
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    pages = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.html")}
    for name in build_site.pages():
        assert name.replace(".md", ".html") in pages
    arabic = pages["ar.html"].read_text(encoding="utf-8")
    assert '<div dir="rtl" lang="ar">' in arabic
    assert "arxtract.evaluate.run" in pages["reference.html"].read_text(encoding="utf-8")
    for name, path in pages.items():
        loaded = re.findall(
            r'<(?:script|img|link)[^>]*(?:src|href)="(http[^"]*)"', path.read_text()
        )
        assert not loaded, name
