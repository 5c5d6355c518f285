"""The account of an evaluation as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from arxtract.evaluate.account import Block, Curve, Entry, Errors, Heading, Paragraph, Table
from arxtract.evaluate.passages import Piece

_SPECIAL = regex.compile(r"([\\\\`*_{}\[\]()#+!|~<>&])")


def markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown with tables as GitHub has them; nothing of a text is markup."""
    return "\n".join(line for block in blocks for line in (*_lines(block), "")).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it stands."""
    shown: str = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return shown


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escaped(block.text)}"
    elif isinstance(block, Paragraph):
        yield escaped(block.text)
    elif isinstance(block, Table):
        yield from _table(block.head, block.rows)
    elif isinstance(block, Errors):
        yield f"**{escaped(block.title)}**"
        yield ""
        head = ("where", "gold", "predicted", "gold, in its sentence", "predicted, in its sentence")
        yield from _table(head, [_error(entry) for entry in block.entries], ready=True)
    else:
        assert isinstance(block, Curve)
        yield "```text"
        for found in block.bins:
            if found.records and found.aligned is not None:
                bar = "█" * round(20 * found.aligned)
                yield f"{found.low:.1f}–{found.high:.1f} {bar:<20} {100 * found.aligned:.0f} %"
        yield "```"


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], ready: bool = False
) -> Iterator[str]:
    yield f"| {' | '.join(map(escaped, head))} |"
    yield f"| {' | '.join(['---'] * len(head))} |"
    for row in rows:
        yield f"| {' | '.join(row if ready else map(escaped, row))} |"


def _error(entry: Entry) -> tuple[str, ...]:
    miss = entry.miss
    slot = f" {miss.slot}" if miss.slot else ""
    event = f" in «{miss.event}»" if miss.event else ""
    return (
        escaped(f"{miss.article}:{miss.start}{slot}{event}"),
        escaped(miss.gold or "–"),
        escaped(miss.predicted or "–"),
        _passage(entry.gold),
        _passage(entry.predicted),
    )


def _passage(pieces: Sequence[Piece]) -> str:
    shown = []
    for piece in pieces:
        inner = escaped(piece.text)
        before = " " if piece.text[:1].isspace() else ""
        after = " " if piece.text[-1:].isspace() else ""
        shown.append(f"{before}**{inner}**{after}" if piece.marked else f"{before}{inner}{after}")
    return "".join(shown).strip() or "–"
