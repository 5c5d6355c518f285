"""Scoring a recogniser on a file of tokens and tags, on the file's own tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from arxtract.errors import DataError
from arxtract.evaluate.report import Score

MODEL = "base-anercorp"
"""The recogniser to score where none is asked for: public files follow ANERcorp's conventions."""

Chunk = tuple[int, int, str]
"""First token, token after the last, type."""


class Tagger(Protocol):
    """What can tag sentences of ready-made tokens with B-, I- and O."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]: ...


def read(path: Path | str) -> tuple[list[list[str]], list[list[str]]]:
    """Read the tokens and the tags of a file: a token and a tag a line, a tab or spaces between,
    a blank line after each sentence. Of more than two columns the first and the last count.

    Raises:
        DataError: a line has one column, or a tag is none; the message names the line.
    """
    path = Path(path)
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    tokens: list[list[str]] = [[]]
    tags: list[list[str]] = [[]]
    for number, line in enumerate(source.split("\n"), 1):
        line = line.strip("\r")
        cells = line.split("\t") if "\t" in line else line.split()
        if not line.strip() or cells[0] == "-DOCSTART-":
            if tokens[-1]:
                tokens.append([])
                tags.append([])
            continue
        tag = cells[-1].strip()
        if len(cells) < 2 or not _is_tag(tag):
            raise DataError(f"{path}:{number}: expected a token and a tag such as B-PER or O")
        tokens[-1].append(cells[0].strip())
        tags[-1].append(tag)
    if not tokens[-1]:
        tokens.pop()
        tags.pop()
    if not tokens:
        raise DataError(f"{path}: there is no sentence in it")
    return tokens, tags


def _is_tag(tag: str) -> bool:
    return tag == "O" or (tag[:2] in ("B-", "I-") and len(tag) > 2)


def chunks(tags: Sequence[str]) -> list[Chunk]:
    """Return the names that tags mark, as conlleval does: an I- after O, or after another type,
    begins a name.
    """
    found: list[Chunk] = []
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if kind and (prefix != "I" or name != kind):
            found.append((start, place, kind))
            kind = ""
        if prefix != "O" and not kind:
            start, kind = place, name
    return found


def score(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return ``f1``, ``precision`` and ``recall`` of exact names as fractions, and ``by_type``."""
    numbers: Counter[tuple[str, str]] = Counter()
    for one, other in zip(gold, predicted, strict=True):
        if len(one) != len(other):
            raise DataError(f"the recogniser gave {len(other)} tags for {len(one)} tokens")
        wanted, given = set(chunks(one)), set(chunks(other))
        numbers.update(("right", kind) for _, _, kind in wanted & given)
        numbers.update(("spurious", kind) for _, _, kind in given - wanted)
        numbers.update(("missed", kind) for _, _, kind in wanted - given)
    kinds = sorted({kind for _, kind in numbers})
    by_type = {kind: Score(*(numbers[n, kind] for n in _NUMBERS)) for kind in kinds}
    total = Score(*(sum(numbers[n, kind] for kind in kinds) for n in _NUMBERS))
    return {**_told(total), "by_type": {kind: _told(s) for kind, s in by_type.items()}}


_NUMBERS = ("right", "spurious", "missed")


def _told(score: Score) -> dict[str, Any]:
    return {
        "f1": score.f1 or 0.0,
        "precision": score.precision or 0.0,
        "recall": score.recall or 0.0,
        **{name: getattr(score, name) for name in _NUMBERS},
    }


def run(path: Path | str, recogniser: Tagger) -> dict[str, Any]:
    """Score a recogniser on a file; see :func:`read` for its form and :func:`score` for the rest.

    The result also says how many ``sentences`` and ``tokens`` the file has.
    """
    tokens, tags = read(path)
    found = score(tags, recogniser.tag(tokens))
    return {**found, "sentences": len(tokens), "tokens": sum(map(len, tokens))}
