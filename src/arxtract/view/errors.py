"""The account of an evaluation as a page: one HTML file, without a script, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import Template

from arxtract._version import __version__
from arxtract.evaluate.account import Block, Curve, Entry, Errors, Heading, Paragraph, Table
from arxtract.evaluate.passages import Piece
from arxtract.evaluate.report import Bin
from arxtract.view.report import data, fonts

_SIDE = 240
"""Width and height of the calibration curve in its own units; 40 around it for the labels."""


def errors_page(blocks: Iterable[Block], title: str = "Evaluation") -> str:
    """Return blocks as the HTML of a page. Articles are right to left, the rest is English."""
    return Template(data("errors.html").read_text(encoding="utf-8")).substitute(
        title=escape(title),
        version=escape(__version__),
        style=fonts() + data("errors.css").read_text(encoding="utf-8"),
        body="\n".join(line for block in blocks for line in _lines(block)),
    )


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{_bidi(block.text)}</h{block.level}>"
    elif isinstance(block, Paragraph):
        yield f"<p>{_bidi(block.text)}</p>"
    elif isinstance(block, Table):
        yield '<div class="wide"><table>'
        yield _row("th", block.head, ' scope="col"')
        yield from (_row("td", row) for row in block.rows)
        yield "</table></div>"
    elif isinstance(block, Errors):
        yield f"<details><summary>{_bidi(block.title)}</summary>"
        for entry in block.entries:
            yield from _entry(entry)
        yield "</details>"
    else:
        assert isinstance(block, Curve)
        yield from _curve(block.bins)


def _bidi(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _row(cell: str, row: Sequence[str], attributes: str = "") -> str:
    cells = "".join(f"<{cell}{attributes}>{_bidi(text)}</{cell}>" for text in row)
    return f"<tr>{cells}</tr>"


def _entry(entry: Entry) -> Iterator[str]:
    miss = entry.miss
    yield '<article class="error">'
    slot = f" · {miss.slot}" if miss.slot else ""
    where = f"{miss.article}:{miss.start} · {miss.kind}{slot}"
    yield f"<h4><bdi>{escape(where)}</bdi>"
    if miss.event:
        yield f'<span class="event">{_bidi(miss.event)}</span>'
    yield '</h4><div class="sides">'
    yield from _side("gold", miss.gold, entry.gold)
    yield from _side("predicted", miss.predicted, entry.predicted)
    yield "</div></article>"


def _side(name: str, says: str | None, passage: Sequence[Piece]) -> Iterator[str]:
    yield f'<section class="{name}"><h5>{name}</h5>'
    shown = _bidi(says) if says is not None else '<span class="nothing">nothing</span>'
    yield f'<p class="says">{shown}</p>'
    if passage:
        words = "".join(
            f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
            for piece in passage
        )
        yield f'<p class="passage" lang="ar" dir="rtl">{words}</p>'
    yield "</section>"


def _curve(bins: Sequence[Bin]) -> Iterator[str]:
    """Draw the share that is right over confidence; a circle grows with its records."""
    known = [b for b in bins if b.confidence is not None and b.aligned is not None]
    most = max((b.records for b in known), default=1)
    yield (
        f'<svg viewBox="-40 -10 {_SIDE + 60} {_SIDE + 50}" role="img" '
        'aria-label="calibration curve: the table below has its figures">'
    )
    yield f'<rect width="{_SIDE}" height="{_SIDE}"/><path class="even" d="M0 {_SIDE}L{_SIDE} 0"/>'
    points = [(_SIDE * (b.confidence or 0), _SIDE * (1 - (b.aligned or 0))) for b in known]
    if points:
        yield f'<path class="curve" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}"/>'
    for found, (x, y) in zip(known, points, strict=True):
        radius = 3 + 7 * (found.records / most) ** 0.5
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    for share in (0, 50, 100):
        place = _SIDE * share / 100
        yield f'<text x="{place}" y="{_SIDE + 16}">{share} %</text>'
        yield f'<text class="side" x="-6" y="{_SIDE - place + 4}">{share} %</text>'
    yield f'<text x="{_SIDE / 2}" y="{_SIDE + 34}">confidence → share that is right ↑</text></svg>'
