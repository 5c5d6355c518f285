"""The pages of the site that do not stand in ``docs/``: a hook of mkdocs (see ``mkdocs.yml``).

Some are files of this repository (README, notebooks, model card); some are made from data, so that
they cannot be out of date: all types of events with their examples, the commands, the floors.
Links between files of the repository become links between pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Any

from arxtract.evaluate.notation import unmark
from arxtract.evaluate.report import SCORES
from arxtract.events import load
from arxtract.events.ontology import EventType, Example

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
COPIED = {
    "README.md": "readme.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "fixtures/README.md": "fixtures.md",
    "models/ner-base/MODEL_CARD.md": "model-card.md",
}
"""Pages that are files of the repository as they stand."""

_LINK = re.compile(r"\]\(([^)#\s:]+)((?:#[^)\s]*)?)\)")
_ROLE = re.compile(r":(?:class|func|meth|mod|data|attr|exc):<code>~?([\w.]+)</code>")


# -- hooks -----------------------------------------------------------------------------------------


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made."""
    from mkdocs.structure.files import File

    for uri, make in pages().items():
        files.append(File.generated(config, uri, content=make()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Let links between files of the repository lead to pages."""
    uri = page.file.src_uri
    return linked(markdown, sources().get(uri, f"docs/{uri}"), uri)


def on_page_content(html: str, **_: Any) -> str:
    """Show the cross-references of docstrings as names."""
    return _ROLE.sub(lambda match: f"<code>{match[1].rpartition('.')[2]}</code>", html)


# -- pages -----------------------------------------------------------------------------------------


def pages() -> dict[str, Callable[[], str]]:
    """Return what makes each page."""
    made: dict[str, Callable[[], str]] = {
        "types.md": types_page,
        "commands.md": commands_page,
        "floors.md": floors_page,
        "notice.md": lambda: f"# Licences\n\n```text\n{_read('NOTICE')}\n```\n",
    }
    for source, uri in COPIED.items():
        made[uri] = lambda source=source: _read(source)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        made[f"notebooks/{path.stem}.md"] = lambda path=path: notebook_page(path)
    return made


def sources() -> dict[str, str]:
    """Return the file of the repository that each page comes from."""
    books = {
        f"notebooks/{path.stem}.md": f"notebooks/{path.name}"
        for path in ROOT.glob("notebooks/*.ipynb")
    }
    return {uri: source for source, uri in COPIED.items()} | books | {"notice.md": "NOTICE"}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def linked(markdown: str, source: str, uri: str) -> str:
    """Return Markdown of the file ``source`` for the page ``uri``, its links leading to pages."""
    known = {file: page for page, file in sources().items()}

    def page_of(match: re.Match[str]) -> str:
        path = normpath(join(dirname(source), match[1]))
        target = known.get(path) or (path[5:] if path.startswith("docs/") else None)
        if target is None:
            return match[0]
        return f"]({relpath(target, dirname(uri) or '.')}{match[2]})"

    return _LINK.sub(page_of, markdown)


def notebook_page(path: Path) -> str:
    """Return a notebook as Markdown, its code without outputs."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = []
    for cell in cells:
        text = "".join(cell["source"])
        parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
    return "\n\n".join(parts) + "\n"


def floors_page() -> str:
    """Return the quality floors as a table."""
    five, others = (
        json.loads(_read(f"fixtures/{path}"))["floors"]
        for path in ("floors.json", "open/floors.json")
    )
    rows = [
        f"| {label} | {_per_cent(five.get(name))} | {_per_cent(others.get(name))} |"
        for name, label in SCORES.items()
        if name in five or name in others
    ]
    return "\n".join(
        [
            "# Quality floors",
            "",
            "F1 in per cent on the shipped gold under which no change may go "
            "(`fixtures/floors.json`, `fixtures/open/floors.json`). So few articles catch what "
            "breaks, they do not say how good arxtract is on a new newspaper.",
            "",
            "| score | five articles | 27 open articles |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _per_cent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"


# -- types -----------------------------------------------------------------------------------------


def types_page() -> str:
    """Return all types of events with roles, triggers and examples, from the ontology's files."""
    types = sorted(load().types.values(), key=lambda t: t.type)
    lines = [
        "# All types of events",
        "",
        "Made from `src/arxtract/ontology/`. An example shows what must be found in a sentence, "
        "a counterexample a sentence in which nothing of the type may be; both are run as tests.",
        "",
    ]
    for event_type in types:
        lines += _type(event_type)
    return "\n".join(lines) + "\n"


def _type(event_type: EventType) -> Iterator[str]:
    yield f"## {event_type.type}"
    yield ""
    if event_type.about:
        yield f"{event_type.about[0].upper()}{event_type.about[1:]}."
        yield ""
    codes = [f"{name} `{code}`" for name, code in
             (("ACE", event_type.ace), ("PLOVER", event_type.plover)) if code]  # fmt: skip
    if event_type.joins:
        yield f"Adds to {', '.join(event_type.joins)} where the article tells of one."
        yield ""
    if codes:
        yield f"Nearest codes: {', '.join(codes)}."
        yield ""
    if event_type.roles:
        yield "| role | kinds | |"
        yield "| --- | --- | --- |"
        for name, role in event_type.roles.items():
            yield f"| `{name}` | {', '.join(role.accepts)} | {_cell(role.about)} |"
        yield ""
    triggers = " · ".join(
        f'<bdi lang="ar">{escape(trigger.name)}</bdi>'
        + (f" ({_cell(trigger.gloss)})" if trigger.gloss else "")
        for trigger in event_type.triggers
    )
    yield f"{len(event_type.triggers)} triggers: {triggers}"
    yield ""
    for title, examples in (
        ("Examples", event_type.examples),
        ("Counterexamples", event_type.counterexamples),
    ):
        if examples:
            yield f"**{title}**"
            yield ""
            for example in examples:
                yield f"- {_example(example)}"
            yield ""


def _example(example: Example) -> str:
    raw, _ = unmark(example.say, "example")
    shown = f'<span lang="ar" dir="rtl">{escape(" ".join(raw.split()))}</span>'
    gives = ", ".join(
        f"{slot} <bdi>{escape(text if isinstance(text, str) else '، '.join(text))}</bdi>"
        for slot, text in example.gives.items()
    )
    return f"{shown} → {gives}" if gives else shown


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "\\|")


# -- commands --------------------------------------------------------------------------------------


def commands_page() -> str:
    """Return all commands with their arguments and options, from the command line itself."""
    import typer

    from arxtract.cli import app

    lines = ["# Commands", "", "`arxtract --help` and `arxtract COMMAND --help` say the same.", ""]
    lines += _commands(typer.main.get_command(app), "arxtract")
    return "\n".join(lines) + "\n"


def _commands(command: Any, name: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is not None:
        for child in inner.values():
            yield from _commands(child, f"{name} {child.name}")
        return
    yield f"## {name}"
    yield ""
    yield _cell(" ".join((command.help or "").split()))
    yield ""
    rows = [param for param in command.params if not getattr(param, "hidden", False)]
    if rows:
        yield "| | |"
        yield "| --- | --- |"
        for param in rows:
            is_option = param.param_type_name == "option"
            spelled = param.opts if is_option else [param.metavar or param.name.upper()]
            names = ", ".join(f"`{option}`" for option in spelled)
            yield f"| {names} | {_cell(' '.join((getattr(param, 'help', '') or '').split()))} |"
        yield ""
