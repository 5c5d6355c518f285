"""Drafts of gold: what the pipeline reads, in the notation of the gold, for a person to correct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from arxtract.evaluate import notation
from arxtract.evaluate.gold import loose
from arxtract.evaluate.notation import GoldCount, Mark
from arxtract.evaluate.sheet import Sheet, lines_of
from arxtract.records import ArticleRecord, EventCount, EventRecord, Participant, Quantity, Span


def draft(record: ArticleRecord, raw: str, name: str) -> Sheet:
    """Return the draft of an article from its record.

    Marks that would cross an earlier and longer one are left out. Each event notes its confidence,
    so that the doubtful ones are looked at first.
    """
    told = _Told(raw, {entity.id: entity.text for entity in record.entities})
    described: dict[str, Any] = {
        "source": record.id or name,
        "published": record.published.isoformat() if record.published else None,
        "published_given": record.published_from == "caller",
        "title": record.title.text if record.title else None,
        "body_lines": lines_of(raw, ((span.start, span.end) for span in record.body)),
        "events": [told.event(event) for event in record.events],
    }
    return Sheet(name, raw, tuple(nested(marks_of(record))), described)


def marks_of(record: ArticleRecord) -> list[Mark]:
    """Return the marks of a record's names, dates and quantities."""
    marks = [_mark(entity, entity.type, "") for entity in record.entities]
    marks += [_mark(date, "DATE", _value(date.value)) for date in record.dates]
    return [*marks, *(_mark(q, "QTY", str(_amount(q))) for q in record.quantities)]


def _mark(span: Span, kind: str, value: str) -> Mark:
    return Mark(kind, value, span.start, span.end, 0)


def _value(value: str | None) -> str:
    return value if value is not None and notation.is_value(value) else notation.UNKNOWN


def _amount(quantity: Quantity | EventCount) -> GoldCount:
    unit = quantity.unit or notation.UNKNOWN
    return GoldCount(quantity.value, quantity.low, quantity.high, quantity.bound, unit)


def nested(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks without those that cross one that begins before them, or is the same."""
    kept: list[Mark] = []
    stack: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        if not stack or (mark.end <= stack[-1].end and mark != stack[-1]):
            stack.append(mark)
            kept.append(mark)
    return kept


class _Told:
    """Writes events as gold does; names in the forms that stand in the text."""

    def __init__(self, raw: str, words: dict[str, str]) -> None:
        self._text = loose(raw)
        self._words = words

    def event(self, event: EventRecord) -> dict[str, Any]:
        date = event.date.value if event.date else None
        return {
            "type": event.type,
            "label": event.label.text,
            "triggers": list(dict.fromkeys(trigger.text for trigger in event.triggers)),
            "status": event.status,
            "date": date if date and date[0] not in "PT" and notation.is_value(date) else None,
            "locations": [
                self._forms(place.name, self._words[place.mention]) for place in event.locations
            ],
            "participants": [self._participant(one) for one in event.participants],
            "counts": [str(_amount(count)) for count in event.counts],
            "source": event.source.text if event.source else None,
            "optional": False,
            "note": f"confidence {event.confidence:.2f}",
        }

    def _participant(self, one: Participant) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self._forms(one.name, one.span.text), "role": one.role}
        if one.position:
            told["position"] = one.position.text
        if one.affiliation:
            told["affiliation"] = one.affiliation.text
        if one.mention is None:
            told["nominal"] = True
        return told

    def _forms(self, name: str, words: str) -> list[str]:
        """Return the fullest name, if it stands in the text, and the words of the mention."""
        standing = [name] if loose(name) in self._text else []
        return list(dict.fromkeys([*standing, words]))
