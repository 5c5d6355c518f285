"""What is installed, and what works: for whoever asks why something does not."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from arxtract._version import __version__
from arxtract.errors import ArxtractError
from arxtract.resources import lexicon, package_root

State = Literal["ok", "missing", "fault"]
"""``missing`` is what is optional and not there; ``fault`` is what should work and does not."""

_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)(?:;.*extra\s*==\s*[\'\"]([\w-]+))?")


class Finding(NamedTuple):
    """One thing that was looked at."""

    group: str
    name: str
    state: State
    detail: str


def examine() -> Iterator[Finding]:
    """Yield findings: versions, dependencies, extras, packs, data, and one article read."""
    yield Finding("versions", "arxtract", "ok", __version__)
    yield Finding("versions", "Python", "ok", f"{platform.python_version()} {platform.machine()}")
    yield from _installed()
    yield from _packs()
    for name, look in (("lexicon", _lexicon), ("ontology", _ontology), ("reading", _reading)):
        yield _tried("works", name, look)


def _tried(group: str, name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(group, name, "ok", look())
    except Exception as error:  # whatever is wrong, the rest is to be looked at too
        kind = "" if isinstance(error, ArxtractError) else f"{type(error).__name__}: "
        return Finding(group, name, "fault", f"{kind}{error}")


def _installed() -> Iterator[Finding]:
    """Look for the packages that arxtract needs, and those of each extra."""
    try:
        requirements = metadata.requires("arxtract") or []
    except metadata.PackageNotFoundError:
        yield Finding("needs", "arxtract", "fault", "not installed as a package: pip install it")
        return
    extras: dict[str, list[tuple[str, str | None]]] = {}
    for requirement in requirements:
        match = _REQUIREMENT.match(requirement)
        if match is None:
            continue
        name, wanted, extra = match[1], match[2].strip(), match[3]
        version = _version(name)
        if extra:
            extras.setdefault(extra, []).append((name, version))
        elif version is None:
            yield Finding("needs", name, "fault", f"not installed, {wanted} is wanted")
        else:
            yield Finding("needs", name, "ok", version)
    for extra, packages in extras.items():
        absent = [name for name, version in packages if version is None]
        shown = ", ".join(f"{name} {version}" for name, version in packages if version)
        if absent:
            remedy = f"pip install 'arxtract[{extra}]'"
            yield Finding("extras", extra, "missing", f"no {', '.join(absent)}: {remedy}")
        else:
            yield Finding("extras", extra, "ok", shown)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _packs() -> Iterator[Finding]:
    """Check the packs that ship: every file by its SHA-256."""
    from arxtract.names.pack import open_pack

    root = package_root()
    folders = [root / "models", root.parent.parent / "models"]
    packs = sorted(path.parent for folder in folders for path in folder.glob("*/meta.json"))
    if not packs:
        yield Finding("packs", "ner-base", "fault", "no pack of a recogniser: reinstall arxtract")
    for pack in packs:

        def look(pack: Path = pack) -> str:
            meta = open_pack(pack).meta
            heads = ", ".join(meta.heads)
            return f"{meta.version}, protocol {meta.protocol} ({heads}), SHA-256 as it should be"

        yield _tried("packs", pack.name, look)


def _lexicon() -> str:
    from arxtract.places.gazetteer import gazetteer

    gazetteer()
    files = [path for path in lexicon("places.tsv").parent.iterdir() if path.is_file()]
    return f"{len(files)} files, the gazetteer among them read"


def _ontology() -> str:
    from arxtract.events import load

    types = load().types.values()
    return f"{len(types)} types, {sum(len(t.triggers) for t in types)} triggers"


def _reading() -> str:
    """Read an example of the ontology with the whole pipeline."""
    from arxtract.evaluate.notation import unmark
    from arxtract.events import load
    from arxtract.pipeline import Pipeline

    example = next(e for t in load().types.values() for e in t.examples)
    record = Pipeline()(unmark(example.say, "example")[0])
    return f"a sentence read: {len(record.entities)} names, {len(record.events)} events"
