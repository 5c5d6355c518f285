"""The quality gate: floors under the scores on a folder of gold, raised as the scores rise.

``python -m arxtract.evaluate.floors`` measures the pipeline on ``fixtures/gold``, raises each
floor to what was reached, and writes ``fixtures/floors.json``. Where a score has fallen under its
floor it refuses, unless ``--lower "reason"`` is given, which goes to ``CHANGELOG.md`` too. The
file holds the SHA-256 of gold and texts: with other gold the floors mean something else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from arxtract.errors import ArxtractError, DataError
from arxtract.evaluate.report import SCORES, Evaluation
from arxtract.evaluate.runner import run

PLACES = 3
SLACK = 0.01
"""How far under its floor a score may be: integer kernels round otherwise on another processor."""

_UNRELEASED = "## Unreleased"


class Floors(BaseModel):
    """The file of floors: F1 by score, as fractions, and what they were measured on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: str
    texts: str
    floors: dict[str, float]


class Fall(NamedTuple):
    """A score that is under its floor; ``reached`` is None where there is nothing to score."""

    score: str
    floor: float
    reached: float | None

    def __str__(self) -> str:
        reached = "nothing" if self.reached is None else f"{self.reached:.{PLACES}f}"
        return f"{self.score} {self.floor:.{PLACES}f} → {reached}"


def fingerprint(paths: Sequence[Path]) -> str:
    """Return the SHA-256 of the names and contents of files, whatever the order given."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def fingerprints(gold: Path, texts: Path) -> tuple[str, str]:
    """Return the fingerprints of the annotations and of the texts that they annotate."""
    marked = sorted(gold.glob("*.marked"))
    described = [path.with_suffix(".yaml") for path in marked]
    raw = [texts / f"{path.stem}.txt" for path in marked]
    return fingerprint([*marked, *described]), fingerprint(raw)


def read(path: Path) -> Floors:
    """Read the file of floors.

    Raises:
        DataError: there is none, or it has a fault.
    """
    try:
        return Floors.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataError(f"{path}: {error}") from error


def reached(found: Evaluation) -> dict[str, float]:
    """Return the F1 of all scores, rounded down; what has nothing to score is left out."""
    scale = 10**PLACES
    figures = {name: found.f1(name) for name in SCORES}
    return {
        name: math.floor(f1 * scale + 1e-9) / scale
        for name, f1 in figures.items()
        if f1 is not None
    }


def falls(
    floors: Mapping[str, float], figures: Mapping[str, float], slack: float = SLACK
) -> list[Fall]:
    """Return the scores that are under their floors by more than ``slack``."""
    return [
        Fall(name, floor, figures.get(name))
        for name, floor in floors.items()
        if figures.get(name, -1.0) < floor - slack
    ]


def raised(
    old: Mapping[str, float], figures: Mapping[str, float], reason: str | None
) -> dict[str, float]:
    """Return the new floors: the higher of floor and score, or with a reason, where a score has
    fallen, the score.

    Raises:
        ArxtractError: a score is under its floor and there is no reason.
    """
    fallen = falls(old, figures)
    if fallen and not (reason or "").strip():
        raise ArxtractError(
            f"under their floors: {'; '.join(map(str, fallen))}. Mend the cause, or lower the "
            'floors with --lower "reason"'
        )
    kept = {name: floor for name, floor in old.items() if name not in {f.score for f in fallen}}
    return {
        name: max(figures.get(name, 0.0), kept.get(name, 0.0))
        for name in SCORES
        if name in figures or name in kept
    }


def note(changelog: str, reason: str, fallen: Sequence[Fall]) -> str:
    """Return the text of the changelog with the reason under its unreleased changes."""
    line = f"- Quality floors lowered ({'; '.join(map(str, fallen))}): {reason.strip()}\n"
    head, heading, rest = changelog.partition(f"{_UNRELEASED}\n")
    if heading:
        rest = rest.lstrip("\n")
        gap = "" if rest.startswith("- ") or not rest else "\n"
        return f"{head}{heading}\n{line}{gap}{rest}"
    first = changelog.find("\n## ")
    before, after = (changelog, "") if first < 0 else (changelog[:first], changelog[first:])
    return f"{before.rstrip()}\n\n{_UNRELEASED}\n\n{line}{after}".lstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, raise and write the floors; return 1 if one would have to be lowered."""
    options = _options(arguments)
    try:
        return _update(options)
    except ArxtractError as error:
        print(error, file=sys.stderr)
        return 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m arxtract.evaluate.floors", description="Raise the quality floors."
    )
    parser.add_argument("--gold", type=Path, default=Path("fixtures/gold"))
    parser.add_argument("--texts", type=Path, default=Path("fixtures/articles"))
    parser.add_argument("--floors", type=Path, default=Path("fixtures/floors.json"))
    parser.add_argument("--changelog", type=Path, default=Path("CHANGELOG.md"))
    parser.add_argument("--ner", default="base", help="name of the recogniser")
    parser.add_argument("--lower", metavar="REASON", help="lower floors too, and say why")
    return parser.parse_args(arguments)


def _update(options: argparse.Namespace) -> int:
    from arxtract.pipeline import Pipeline

    found = run(options.gold, pipeline=Pipeline(ner=options.ner), texts=options.texts, samples=0)
    old = read(options.floors).floors if options.floors.exists() else {}
    figures = reached(found)
    new = raised(old, figures, options.lower)
    write(options.floors, Floors(**_prints(options), floors=new))
    fallen = falls(old, figures)
    if fallen:
        before = options.changelog.read_text("utf-8") if options.changelog.exists() else ""
        options.changelog.write_text(note(before, options.lower, fallen), encoding="utf-8")
    for name, floor in new.items():
        print(f"{name:<26} {old.get(name, 0):.{PLACES}f} → {floor:.{PLACES}f}")
    return 0


def _prints(options: argparse.Namespace) -> dict[str, str]:
    gold, texts = fingerprints(options.gold, options.texts)
    return {"gold": gold, "texts": texts}


def write(path: Path, floors: Floors) -> None:
    """Write the file of floors."""
    text = json.dumps(floors.model_dump(), indent=2)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
