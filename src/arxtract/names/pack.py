"""A recogniser's pack on disk: a folder of ``meta.json``, ``model.onnx`` and ``tokenizer.json``.

``meta.json`` names the protocol, the heads and their labels, the training data with its licences,
the scores, and the SHA-256 of every other file, which is checked before anything is loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from arxtract.errors import DataError
from arxtract.resources import package_root

PROTOCOL = 2
FILES = ("model.onnx", "tokenizer.json")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HeadMeta(_Strict):
    """One convention: where its label scores stand in the output, and its CRF."""

    first_column: int
    start: tuple[float, ...]
    """Score of a sentence's beginning with each label."""
    steps: tuple[tuple[float, ...], ...]
    """Score of each label (column) after each label (row)."""


class HintMeta(_Strict):
    """Where the scores of hints stand in the output; see :class:`arxtract.names.hints.Hints`."""

    first_column: int
    """That of no event; those of the event types follow, then those of the slots."""
    event_types: tuple[str, ...]
    slots: tuple[str, ...]
    ties: tuple[str, ...] = ()
    tie_size: int = 0
    """Behind the slots, for each word: a vector of this length for each tie as the word of an
    event, then one for each as the name or date."""


class Corpus(_Strict):
    """A set of texts that the model was trained on."""

    name: str
    licence: str
    used_for: str


class PackMeta(_Strict):
    """What ``meta.json`` says."""

    protocol: int
    name: str
    version: str
    labels: tuple[str, ...]
    heads: dict[str, HeadMeta]
    default_head: str
    first_cut_column: int
    cuts: int
    """Number of columns that say how many letters of a name's first word are proclitics."""
    hints: HintMeta | None = None
    window: int
    """Most pieces of an input, without its two frame pieces."""
    calibration: tuple[float, float] = (1.0, 0.0)
    """Slope and shift of the logistic curve from a name's log-odds to the share that is right."""
    trained_on: tuple[Corpus, ...]
    scores: dict[str, dict[str, float]]
    sha256: dict[str, str]

    @model_validator(mode="after")
    def _fits(self) -> PackMeta:
        size = len(self.labels)
        if self.default_head not in self.heads:
            raise ValueError(f"default_head {self.default_head!r} is none of the heads")
        for name, head in self.heads.items():
            if len(head.start) != size or [len(row) for row in head.steps] != [size] * size:
                raise ValueError(f"head {name!r}: start and steps must fit the {size} labels")
        if missing := set(FILES) - set(self.sha256):
            raise ValueError(f"sha256 lacks {', '.join(sorted(missing))}")
        return self


@dataclass(frozen=True)
class Pack:
    """A pack whose files were found whole."""

    folder: Path
    meta: PackMeta

    def path(self, name: str) -> Path:
        """Return the path of one of the pack's files."""
        return self.folder / name


def find_pack(name: str) -> Path:
    """Return the folder of a pack that ships with the package, installed or in a checkout."""
    root = package_root()
    places = (root / "models" / name, root.parent.parent / "models" / name)
    for place in places:
        if (place / "meta.json").is_file():
            return place
    looked = " and ".join(str(place.parent) for place in places)
    raise DataError(f"models/{name}: no such pack in {looked}; reinstall arxtract")


def open_pack(folder: Path) -> Pack:
    """Read a pack and check its files; raises :class:`DataError` for any fault."""
    meta = _read_meta(folder / "meta.json")
    for name, expected in sorted(meta.sha256.items()):
        path = folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {error.strerror}") from error
        if found != expected:
            raise DataError(
                f"{path}: SHA-256 is {found[:12]}…, meta.json says {expected[:12]}…: "
                "the file is damaged or from another version; reinstall the pack"
            )
    return Pack(folder, meta)


def _read_meta(path: Path) -> PackMeta:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataError(f"{path}: not valid JSON: {error}") from error
    protocol = data.get("protocol") if isinstance(data, dict) else None
    if protocol != PROTOCOL:
        raise DataError(
            f"{path}: protocol {protocol!r}, but this arxtract reads protocol {PROTOCOL}; "
            "install matching versions of arxtract and the pack"
        )
    try:
        return PackMeta.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}: {where or 'pack'}: {first['msg']}") from error
