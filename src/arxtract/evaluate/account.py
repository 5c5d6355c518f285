"""What an evaluation has to say, in blocks: the same for a page and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from arxtract.evaluate.changes import Changes
from arxtract.evaluate.confusion import NOTHING, Confusion
from arxtract.evaluate.miss import KINDS, LAYERS, Kind, Layer, Miss
from arxtract.evaluate.passages import Passages, Piece
from arxtract.evaluate.report import SCORES, Bin, Evaluation, Score, kinds

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows; all others hold figures."""

    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Confidence against the share of records that are right."""

    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An error: what gold and prediction say, and the passages they stand in."""

    miss: Miss
    gold: tuple[Piece, ...]
    predicted: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of one kind, in the order of the articles."""

    title: str
    entries: tuple[Entry, ...]


Block = Heading | Paragraph | Table | Curve | Errors

_SLOTS = tuple(name for name in SCORES if name.startswith("slot_"))
_SCORE_HEAD = ("score", "what", "F1", "95 %", "P", "R", "right", "spurious", "missed")


def account(found: Evaluation, changes: Changes | None = None, against: str = "") -> list[Block]:
    """Return all that there is to say of an evaluation.

    Args:
        found: the evaluation.
        changes: how it differs from an older run.
        against: what the older run is called.
    """
    writer = _Writer(found.texts)
    blocks = [
        Heading(1, "Evaluation"),
        Paragraph(
            f"{len(found.articles)} articles. Intervals hold F1 in 95 % of samples of as many "
            "articles, drawn with replacement. docs/evaluation.md says how each score is counted."
        ),
        *_warnings(found.warnings),
    ]
    if changes is not None:
        blocks += _changes(changes, against, writer)
    blocks += [*_scores(found), *_confusions(found.confusion), *_calibration(found)]
    blocks += [Heading(2, "Errors"), _kinds(found.misses)]
    blocks += writer.errors(found.misses, 3)
    return blocks


def _warnings(messages: Sequence[str]) -> Iterator[Block]:
    if messages:
        yield Heading(2, "Warnings")
        yield Table(("warning",), tuple((message,) for message in messages))


# -- figures ---------------------------------------------------------------------------------------


def percent(value: float | None) -> str:
    """Return a fraction in per cent with one place."""
    return "–" if value is None else f"{100 * value:.1f}"


def _row(name: str, score: Score) -> Row:
    around = f"{percent(score.low)}–{percent(score.high)}"
    numbers = (score.right, score.spurious, score.missed)
    figures = (percent(score.precision), percent(score.recall))
    return (name, percent(score.f1), around, *figures, *map(str, numbers))


def _scores(found: Evaluation) -> Iterator[Block]:
    yield Heading(2, "Scores")
    rows = [_row(name, score) for name, score in found.scores.items()]
    yield Table(_SCORE_HEAD, tuple((row[0], SCORES[row[0]], *row[1:]) for row in rows))
    yield Heading(2, "By type")
    for name in ("entities", "dates_value", "events"):
        if name in found.by_type:
            yield Heading(3, SCORES[name])
            rows = [_row(kind, score) for kind, score in found.by_type[name].items()]
            yield Table(("type", *_SCORE_HEAD[2:]), tuple(rows))
    yield Heading(3, "slots, by type of event")
    yield Paragraph("F1, and in brackets how many fillers gold has.")
    types = sorted({kind for slot in _SLOTS for kind in found.by_type.get(slot, ())})
    cells = [
        (kind, *(_cell(found.by_type.get(slot, {}).get(kind)) for slot in _SLOTS)) for kind in types
    ]
    yield Table(("type", *(slot.removeprefix("slot_") for slot in _SLOTS)), tuple(cells))


def _cell(score: Score | None) -> str:
    if score is None or score.f1 is None:
        return "–"
    return f"{percent(score.f1)} ({score.right + score.missed})"


def _confusions(found: dict[str, Confusion]) -> Iterator[Block]:
    if any(found.values()):
        yield Heading(2, "Which type is taken for which")
        yield Paragraph("Rows are types of gold, columns those of the prediction.")
    for name, met in found.items():
        if met:
            yield Heading(3, SCORES[name].partition(",")[0])
            yield _confusion(met)


def _confusion(met: Confusion) -> Table:
    rows = sorted({gold for gold, _ in met} - {NOTHING})
    columns = sorted({other for _, other in met} - {NOTHING})
    rows += [NOTHING] * any(gold == NOTHING for gold, _ in met)
    columns += [NOTHING] * any(other == NOTHING for _, other in met)
    cells = ((gold, *(str(met[gold, other] or "·") for other in columns)) for gold in rows)
    return Table(("gold", *columns), tuple(cells))


def _calibration(found: Evaluation) -> Iterator[Block]:
    curve = found.calibration
    if curve.error is None:
        return
    yield Heading(2, "Calibration")
    yield Paragraph(
        f"Expected error of confidence {curve.error:.3f} [{curve.low or 0:.3f}–"
        f"{curve.high or 0:.3f}] over {curve.records} records: how far confidence and the share of "
        "records that answer gold part."
        if curve.low is not None
        else f"Expected error of confidence {curve.error:.3f} over {curve.records} records."
    )
    yield Curve(curve.bins)
    rows = (
        (f"{b.low:.1f}–{b.high:.1f}", str(b.records), percent(b.confidence), percent(b.aligned))
        for b in curve.bins
        if b.records
    )
    yield Table(("confidence", "records", "mean confidence", "right"), tuple(rows))


def _changes(changes: Changes, against: str, writer: _Writer) -> Iterator[Block]:
    yield Heading(2, f"Against {against}" if against else "Against the older run")
    rows = tuple(
        (
            change.score,
            percent(change.before),
            percent(change.after),
            *(f"{100 * x:+.1f}" if x is not None else "–" for x in (change.low, change.high)),
            "yes" if change.sure else "no",
        )
        for change in changes.scores
        if change.before != change.after
    )
    if rows:
        yield Table(("score", "before", "after", "from", "to", "sure"), rows)
    else:
        yield Paragraph("No score changed.")
    yield Paragraph(
        "From and to hold the difference in 95 % of samples; sure: they leave out zero. An error "
        "that changed its kind is in both lists below."
    )
    for title, misses in (("What got better", changes.mended), ("What got worse", changes.new)):
        yield Heading(3, f"{title}: {len(misses)}")
        yield from writer.errors(misses, None)


# -- errors ----------------------------------------------------------------------------------------


def _kinds(misses: Sequence[Miss]) -> Table:
    numbers = kinds(misses)
    present = [kind for kind in KINDS if any(kind in found for found in numbers.values())]
    rows = (
        (layer, *(str(found.get(kind, "·")) for kind in present))
        for layer, found in numbers.items()
    )
    return Table(("layer", *present), tuple(rows))


class _Writer:
    """Puts errors into their sentences."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._passages: dict[str, Passages] = {}

    def errors(self, misses: Iterable[Miss], level: int | None) -> Iterator[Block]:
        """Yield the errors by layer and kind, with a heading a layer where a level is given."""
        by_kind: dict[tuple[Layer, Kind], list[Miss]] = {}
        for miss in misses:
            by_kind.setdefault((miss.layer, miss.kind), []).append(miss)
        for layer in LAYERS:
            chosen = [kind for kind in KINDS if (layer, kind) in by_kind]
            if chosen and level is not None:
                yield Heading(level, layer)
            for kind in chosen:
                found = by_kind[layer, kind]
                title = f"{layer}: {kind} ({len(found)})"
                yield Errors(title, tuple(map(self._entry, found)))

    def _entry(self, miss: Miss) -> Entry:
        return Entry(
            miss,
            self._around(miss, miss.gold_at or miss.predicted_at, bool(miss.gold_at)),
            self._around(miss, miss.predicted_at or miss.gold_at, bool(miss.predicted_at)),
        )

    def _around(
        self, miss: Miss, marks: Sequence[tuple[int, int]], marked: bool
    ) -> tuple[Piece, ...]:
        """Return the passage of one side; where it says nothing, that of the other, unmarked."""
        if miss.article not in self._texts:
            return ()
        if miss.article not in self._passages:
            self._passages[miss.article] = Passages(self._texts[miss.article])
        pieces = self._passages[miss.article].around(marks)
        if marked or not pieces:
            return pieces
        return (Piece("".join(piece.text for piece in pieces), False),)
