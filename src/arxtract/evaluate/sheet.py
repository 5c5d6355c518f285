"""The three files of an annotated article as plain data, read and written.

What :mod:`arxtract.evaluate.gold` checks and turns into records, this keeps as it was written: for
drafts that a person is to correct, and for tools that write their annotation in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from arxtract.errors import ArxtractError, DataError
from arxtract.evaluate import gold, notation
from arxtract.evaluate.notation import GoldCount, Mark
from arxtract.evaluate.source import GoldFile
from arxtract.resources import read_yaml

SUFFIXES = (".txt", ".marked", ".yaml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An annotated article: its raw text, its marks with raw offsets, and what the YAML says.

    The marks have no lines (0): they may come from elsewhere than a file of marks.

    ``described`` holds what ``NAME.yaml`` may, as JSON would: ``published``, ``title``,
    ``body_lines`` as numbers, ``events`` and so on; keys that say nothing are left out.
    """

    name: str
    raw: str
    marks: tuple[Mark, ...]
    described: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path, *, overwrite: bool = False) -> None:
        """Write ``NAME.txt``, ``NAME.marked`` and ``NAME.yaml``.

        Raises:
            ArxtractError: the name is none of a file; there are such files and ``overwrite`` is
                false; a file cannot be written; marks cross.
        """
        if not is_name(self.name):
            raise DataError(f"{self.name!r} can be no name of an article: it names a file")
        paths = [folder / f"{self.name}{suffix}" for suffix in SUFFIXES]
        there = [path for path in paths if path.exists()]
        if there and not overwrite:
            raise ArxtractError(f"{there[0]}: exists already; write over it with --overwrite")
        try:
            marked = notation.mark_up(self.raw, self.marks)
        except DataError as error:
            raise DataError(f"{self.name}: {error}") from error
        described = {**self.described}
        if "body_lines" in described:
            described["body_lines"] = ranges(described["body_lines"])
        told = yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=100)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path, content in zip(paths, (self.raw, marked, told), strict=True):
                path.write_bytes(content.encode("utf-8"))
        except OSError as error:
            raise ArxtractError(f"{folder}: cannot be written: {error.strerror}") from error


def is_name(name: str) -> bool:
    """Say whether an article may be called so: its files lie in the folder, not elsewhere."""
    return bool(name) and name not in (".", "..") and not set(name) & set("/\\\0:")


def read(folder: Path | str, texts: Path | str | None = None) -> Iterator[Sheet]:
    """Yield the articles of a folder of gold; see :func:`arxtract.evaluate.gold.read`.

    Raises:
        DataError: a file is missing or has a fault.
    """
    for article in gold.read(folder, texts):
        stem = Path(folder) / article.name
        marked = stem.with_name(f"{stem.name}.marked")
        _, marks = notation.unmark(marked.read_bytes().decode("utf-8"), str(marked))
        file = read_yaml(stem.with_name(f"{stem.name}.yaml"), GoldFile)
        bare = tuple(replace(mark, line=0) for mark in marks)
        yield Sheet(article.name, article.raw, bare, plain(file))


def plain(file: GoldFile) -> dict[str, Any]:
    """Return what a file says as JSON would have it, without the keys that say nothing."""
    events = [_lean({**dict(e), "participants": [_lean(dict(p)) for p in e.participants]})
              for e in file.events]  # fmt: skip
    return _lean({**dict(file), "events": events})


def _lean(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in fields.items() if value not in (None, False, ())}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, GoldCount):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def ranges(numbers: Sequence[int]) -> list[int | str]:
    """Write numbers of lines as gold does: 5, 6, 7, 9 as ``5-7`` and 9."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]


def lines_of(raw: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Return the numbers of the lines that raw ranges touch and that are not blank, from 1."""
    starts = [0, *(n + 1 for n, letter in enumerate(raw) if letter == "\n"), len(raw) + 1]
    wanted = sorted(spans)
    return [
        number
        for number, (start, end) in enumerate(pairwise(starts), 1)
        if raw[start : end - 1].strip() and any(a < end and b > start for a, b in wanted)
    ]
