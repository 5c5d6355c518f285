"""One difference between gold and prediction, and the kinds there are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from arxtract.evaluate.sides import Range

Kind = Literal[
    "missed",
    "spurious",
    "split",
    "merged",
    "wrong type",
    "wrong slot",
    "wrong span",
    "wrong value",
    "boilerplate leak",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Layer = Literal["body", "entities", "dates", "quantities", "events", "slots"]
LAYERS: tuple[Layer, ...] = get_args(Layer)


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between gold and prediction. ``start`` and ``end`` are raw offsets."""

    article: str
    layer: Layer
    kind: Kind
    gold: str | None
    predicted: str | None
    start: int
    end: int
    slot: str | None = None
    event: str | None = None
    """Type and label of the record that the slot belongs to."""
    gold_at: tuple[Range, ...] = ()
    """Where the words of gold stand, as far as that is known, in raw offsets."""
    predicted_at: tuple[Range, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}

    def __str__(self) -> str:
        where = f"{self.article}:{self.start}"
        slot = f" {self.slot}" if self.slot else ""
        event = f"  in «{self.event}»" if self.event else ""
        return (
            f"{where} {self.layer}{slot}: {self.kind}: "
            f"gold {_quoted(self.gold)}, predicted {_quoted(self.predicted)}{event}"
        )


def _quoted(text: str | None) -> str:
    return "nothing" if text is None else f"«{' '.join(text.split())}»"
