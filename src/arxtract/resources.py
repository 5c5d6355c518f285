"""Reading the data files of ``lexicon/`` and ``ontology/``, strictly.

Every fault is a :class:`DataError` that names the file, the line and what was expected, for the
package's own files and for a user's alike.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from arxtract.errors import DataError

Model = TypeVar("Model", bound=BaseModel)

REMEMBERED = 65_536
"""Words of which each reading is remembered: a text repeats most of its words."""

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def package_root() -> Path:
    """Return the folder of the installed package."""
    return Path(str(files("arxtract")))


def lexicon(name: str) -> Path:
    """Return the path of a lexicon file that ships with the package."""
    return package_root() / "lexicon" / name


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated file whose first line names ``columns``, in that order.

    Blank lines and lines that begin with ``#`` are passed over. A row may leave out trailing
    cells, which then are empty strings.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not numbered or tuple(numbered[0][1].split("\t")) != columns:
        raise DataError(f"{path}:1: expected the columns {', '.join(columns)}, tab-separated")
    for number, line in numbered[1:]:
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
        if len(cells) > len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells where {len(columns)} are named")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read a YAML file into a Pydantic model; faults name the line they stand on."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    try:
        data = yaml.load(source, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or error
        raise DataError(f"{path}:{line}: not valid YAML: {problem}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(source, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}:{line}: {where}: {first['msg']}") from error


def line_of(source: str, location: tuple[int | str, ...]) -> int:
    """Return the line where ``location`` stands in ``source``, or where its nearest parent does."""
    node = yaml.compose(source, Loader=_Loader)
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
