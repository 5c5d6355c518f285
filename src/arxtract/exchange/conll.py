"""CoNLL: a token a line, with its offsets and a tag; names alone.

The columns are token, first code point, code point after the last, and B-, I- or O; a blank line
ends a sentence, and ``-DOCSTART-`` names an article. Words are cut where a name begins or ends, so
that a proclitic has a line of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import regex

from arxtract.errors import DataError
from arxtract.evaluate.conll import chunks
from arxtract.evaluate.notation import NAME_TYPES, Mark
from arxtract.evaluate.sheet import Sheet, is_name, lines_of
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import read_text, write_text
from arxtract.exchange.offsets import Offsets
from arxtract.text import plain

START = "-DOCSTART-"

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u0640]++|[^\s]")


def write(sheets: Iterable[Sheet], target: Path) -> Losses:
    """Write the names in the bodies of articles to a file."""
    losses: Losses = Counter()
    lines: list[str] = []
    for sheet in sheets:
        names = [mark for mark in sheet.marks if mark.kind in NAME_TYPES]
        outer = [m for m in names if not any(_within(m, other) for other in names)]
        losses["names inside names"] += len(names) - len(outer)
        losses["dates and quantities"] += len(sheet.marks) - len(names)
        losses["events"] += len(sheet.described.get("events", ()))
        losses["headlines and days of publication"] += bool(
            sheet.described.get("title") or sheet.described.get("published")
        )
        lines += [f"{START}\t{sheet.name}\tO", ""]
        for sentence in _sentences(sheet):
            lines += [f"{sheet.raw[a:b]}\t{a}\t{b}\t{tag}" for a, b, tag in _rows(
                sheet.raw, sentence, outer)]  # fmt: skip
            lines.append("")
    write_text(target, "\n".join(lines) + "\n")
    return losses


def _within(mark: Mark, other: Mark) -> bool:
    return mark is not other and other.start <= mark.start and mark.end <= other.end


def _sentences(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the body lines as raw ranges."""
    document = plain(sheet.raw)
    wanted = set(sheet.described.get("body_lines", ()))
    for sentence in document.sentences:
        span = document.span(sentence.start, sentence.end)
        if wanted & set(lines_of(sheet.raw, [(span.start, span.end)])):
            yield span.start, span.end


def _rows(raw: str, sentence: tuple[int, int], names: list[Mark]) -> Iterator[tuple[int, int, str]]:
    cuts = {at for mark in names for at in (mark.start, mark.end)}
    starts = {mark.start: mark for mark in names}
    for match in _WORD.finditer(raw, *sentence):
        inner = sorted(cut for cut in cuts if match.start() < cut < match.end())
        bounds = [match.start(), *inner, match.end()]
        for first, last in pairwise(bounds):
            name = next((m for m in names if m.start <= first and last <= m.end), None)
            prefix = "B" if first in starts else "I"
            yield first, last, f"{prefix}-{name.kind}" if name else "O"


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read the names of a file; ``texts`` is the folder of the articles' texts.

    Tokens without offsets are looked for in the text one after the other.

    Raises:
        DataError: there is no text for an article, or a token does not stand where it should.
    """
    if texts is None:
        raise DataError(f"{source}: CoNLL holds no texts: name their folder with --texts")
    articles: dict[str, list[tuple[int, list[str]]]] = {}
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(read_text(source).split("\n"), 1):
        cells = line.strip("\r").split("\t")
        if cells[0] == START:
            if len(cells) < 2 or not is_name(cells[1]):
                raise DataError(f"{source}:{number}: {START} wants the name of its article")
            rows = articles.setdefault(cells[1], [])
        elif line.strip() and len(cells) < 2:
            raise DataError(f"{source}:{number}: expected a token and a tag, a tab between")
        else:
            rows.append((number, cells if line.strip() else []))
    sheets = [_sheet(source, name, found, texts) for name, found in articles.items()]
    if not sheets:
        raise DataError(f"{source}: no line {START} that names an article")
    return Imported(sheets, Counter())


def _sheet(source: Path, name: str, rows: list[tuple[int, list[str]]], texts: Path) -> Sheet:
    raw = read_text(texts / f"{name}.txt")
    offsets = Offsets(raw)
    places: list[tuple[int, int]] = []
    tags: list[str] = []
    place = 0
    for number, cells in rows:
        if not cells:
            tags.append("O")
            places.append((place, place))
            continue
        where = f"{source}:{number}"
        if len(cells) >= 4 and cells[1].isdecimal() and cells[2].isdecimal():
            at = offsets.checked(int(cells[1]), int(cells[2]), cells[0], where)
        else:
            start = raw.find(cells[0], place)
            at = offsets.checked(start, start + len(cells[0]), cells[0], where)
        if at[0] < place:
            raise DataError(f"{where}: {cells[0]!r} stands before the token of the line above")
        place = at[1]
        places.append(at)
        tags.append(cells[-1])
    marks = [
        Mark(kind, "", places[first][0], places[last - 1][1], 0)
        for first, last, kind in chunks(tags)
    ]
    lines = lines_of(raw, [(a, b) for a, b in places if a < b])
    return Sheet(name, raw, tuple(marks), {"body_lines": lines})
