"""Which pipeline made an output: what a run that goes on must agree with.

``OUT.state.json`` lies beside the output ``OUT``. It is locked while a run writes, so that no
second run writes to the same output.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from arxtract._version import __version__
from arxtract.errors import ArxtractError
from arxtract.resources import package_root

try:
    import fcntl
except ImportError:  # Windows: two runs on one output are not noticed there
    fcntl = None  # type: ignore[assignment]


def made_by(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what tells one pipeline from another, by the ``settings`` of a Pipeline.

    The version, the settings, the SHA-256 of the model's ``meta.json`` (which holds those of all
    its files), and one over the rules and words: the package's and the user's own.
    """
    given = {name: value for name, value in settings.items() if name != "ontology"}
    return {
        "arxtract": __version__,
        "settings": given,
        "model": _model(str(settings.get("ner", ""))),
        "ontology": _rules(settings.get("ontology", ())),
    }


def _model(ner: str) -> str | None:
    from arxtract.names.pack import find_pack
    from arxtract.names.recogniser import SHIPPED

    size = ner.partition("-")[0]
    folder = find_pack(f"ner-{size}") if size in SHIPPED else Path(ner.partition("#")[0])
    meta = folder / "meta.json"
    return hashlib.sha256(meta.read_bytes()).hexdigest() if meta.is_file() else None


def _rules(sources: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    root = package_root()
    files = [p for folder in ("lexicon", "ontology") for p in (root / folder).rglob("*")]
    shipped = sorted(p for p in files if p.is_file() and p.suffix not in (".py", ".pyc"))
    for path in [*shipped, *(Path(s) for s in sources if Path(s).is_file())]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class State:
    """The state file beside an output, held until :meth:`close`."""

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(output.name + ".state.json")
        try:
            self._file: TextIO = self.path.open("a+", encoding="utf-8")
        except OSError as error:
            raise ArxtractError(f"{output}: cannot be written: {error.strerror}") from error
        if fcntl is not None:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._file.close()
                raise ArxtractError(f"{output}: another run is writing to it") from error

    def check(self, current: Mapping[str, Any]) -> None:
        """Raise :class:`ArxtractError` unless the output was made by the same pipeline."""
        self._file.seek(0)
        try:
            saved = json.loads(self._file.read())
        except ValueError:
            saved = None
        if not isinstance(saved, dict):
            raise ArxtractError(f"{self.path}: does not say which pipeline made the output; "
                                "start anew with --overwrite")  # fmt: skip
        other = [key for key, value in _as_json(current).items() if saved.get(key) != value]
        if other:
            raise ArxtractError(
                f"{self.path}: the output was made with another {' and '.join(other)}; "
                "start anew with --overwrite, or give another --output"
            )

    def save(self, current: Mapping[str, Any]) -> None:
        """Write down which pipeline makes the output."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(current, ensure_ascii=False, indent=1) + "\n")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def _as_json(value: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(value))
    return result
