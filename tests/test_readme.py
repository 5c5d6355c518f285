"""What the README and the guides say exists: names, commands, files."""

from __future__ import annotations

import ast
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
import typer
import yaml

import arxtract
from arxtract.cli import app

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MORE = [ROOT / "CONTRIBUTING.md", ROOT / "fixtures" / "README.md"]
PAGES = [README, *sorted((ROOT / "docs").glob("*.md")), *MORE]


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_python_in_the_guides_names_what_exists(page: Path) -> None:
    for block in blocks(page, "python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom):
                module = import_module(node.module or "")
                assert all(hasattr(module, alias.name) for alias in node.names)
            if isinstance(node, ast.Attribute):
                name = ast.unparse(node)
                if name.startswith("arxtract."):
                    exists(name)


def test_inline_calls_name_what_exists() -> None:
    for name in re.findall(r"`(arxtract(?:\.\w+)+)\(", README.read_text(encoding="utf-8")):
        exists(name)


def exists(dotted: str) -> None:
    found: object = arxtract
    for part in dotted.split(".")[1:]:
        found = getattr(found, part)
    assert found is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_commands_in_the_guides_parse(page: Path) -> None:
    """Every line ``arxtract …`` has a known command and options."""
    command = typer.main.get_command(app)
    for line in "".join(blocks(page, "sh")).splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["arxtract"]:
            known: object = command
            rest = words[1:]
            while rest and rest[0] in getattr(known, "commands", {}):
                known = known.commands[rest.pop(0)]  # type: ignore[attr-defined]
            options = {o for p in known.params for o in p.opts}  # type: ignore[attr-defined]
            given = {w for w in rest if w.startswith("-") and w != "-"}
            assert not hasattr(known, "commands"), line
            assert given <= options, line


def test_the_two_commands_are_those_that_ci_runs() -> None:
    setup = [b for b in blocks(README, "sh") if "venv" in b]
    assert [line.rsplit("&& ", 1)[1].strip() for line in setup] == [
        ".venv/bin/arxtract show fixtures/articles",
        ".venv/bin/pytest",
    ]
    assert "'.[dev]'" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# The rows of the README's table of scores, by the scores of the report on the five articles.
SCORES = {
    "names, exact": ["entities", "entities_overlap"],
    "dates": ["dates_value"],
    "quantities": ["quantities", "quantities_strict"],
    "**events**": ["events", "events_without_statement", "events_statement"],
    "date of the event": ["slot_date"],
    "locations": ["slot_location"],
    "participants": ["slot_participant", "slot_participant_role"],
    "counts": ["slot_count"],
    "status": ["slot_status"],
    "whole records": ["whole_records"],
}


def test_the_first_column_of_scores_is_that_of_the_report() -> None:
    report = (ROOT / "docs" / "report.md").read_text(encoding="utf-8").replace("\\_", "_")
    reached = dict(re.findall(r"^\| (\w+) \| [^|]+ \| ([\d.]+) \| [\d.]+–", report, re.MULTILINE))
    _, _, *rows = re.findall(r"^\| .*", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(SCORES)
    for row, (name, scores) in zip(rows, SCORES.items(), strict=True):
        _, what, five, *_ = row.split("|")
        assert what.strip().startswith(name)
        assert re.findall(r"[\d.]+", five) == [reached[score] for score in scores]


def test_yaml_in_the_guides_is_yaml() -> None:
    for page in PAGES:
        for block in blocks(page, "yaml"):
            assert yaml.safe_load(block)
