"""Places of a sentence that take their marker from what stands before them: lists and chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arxtract.events.markers import markers
from arxtract.text.normalise import fold

if TYPE_CHECKING:
    from arxtract.events.clauses import SentenceView, Unit

_LOOSE = ("start", "bare", "from")
_LISTED = 7
"""Words between a number of places and their names."""


def mark_places(seen: SentenceView) -> None:
    """Complete the markers of the sentence's places, after those of lists of participants."""
    _list_places(seen)
    _chain_places(seen)
    _birthplaces(seen)


def after_colon(seen: SentenceView, unit: Unit) -> bool:
    """Say whether a unit stands right behind a colon."""
    return unit.head > 1 and seen.words[unit.head - 1] == ":"


def _chain_places(seen: SentenceView) -> None:
    """Read the wider place behind a narrower one: ``بقصور الساف من ولاية المهدية``."""
    before: Unit | None = None
    for unit in seen.units:
        if unit.entity is None or unit.entity.type != "LOC":
            continue
        near = before is not None and 0 <= unit.head - before.last <= 1
        if near and before is not None and before.marker == "in" and unit.marker in _LOOSE:
            unit.marker, unit.marker_range = "in", before.marker_range
        before = unit


def _list_places(seen: SentenceView) -> None:
    """Give places that a colon or ``هي`` lists the marker of the whole: ``في 3 مدن هي أ وب``."""
    for unit in seen.units:
        listed = unit.marker == "including" or (unit.marker == "start" and after_colon(seen, unit))
        if not listed or unit.entity is None or unit.entity.type != "LOC":
            continue
        whole = next((u for u in reversed(seen.units) if _is_places(u, unit)), None)
        if whole is not None:
            for other in seen.units:
                if other.group == unit.group and other.kind == "actor":
                    other.marker, other.marker_range = "in", whole.marker_range


def _is_places(whole: Unit, unit: Unit) -> bool:
    """Say whether a quantity some words before a place counts places: ``ضمن 3 مدن، هي``."""
    quantity = whole.quantity
    if quantity is None or quantity.unit is None or not 0 < unit.head - whole.last <= _LISTED:
        return False
    return whole.marker in ("in", "bare") and fold(quantity.unit) in markers().place_nouns


def _birthplaces(seen: SentenceView) -> None:
    """Mark where somebody was born, behind when: ``مزداد سنة 1999 بسطات``."""
    born = [u.last for u in seen.units if u.date is not None and u.marker == "born"]
    for unit in seen.units:
        if unit.kind == "actor" and unit.marker == "in" and unit.head in born:
            for other in seen.units:
                if other.group == unit.group:
                    other.marker = "born"
