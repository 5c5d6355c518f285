"""What the page is told: records with the text that their spans point into, as plain data.

A record repeats the words of each span; the page gets a text once and spans as ``[start, end]``
into it, counted in UTF-16 units as JavaScript does. Without the raw text the words of the spans
themselves are put together again, with a gap wherever nothing is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from arxtract.records import ArticleRecord, EventRecord, Participant, Reason, Span
from arxtract.text.normalise import mend_surrogates

Pair = list[int]

MARKER_REACH = 80
"""Characters that a marker may stand before the words of the slot that it explains."""


class Text:
    """The text of one article for the page, and the way from raw offsets into it."""

    def __init__(self, record: ArticleRecord, raw: str | None) -> None:
        """Take the raw text if it fits the record, else what the spans themselves say."""
        spans = list(spans_of(record))
        if raw is not None:
            raw = mend_surrogates(raw)[0]
        self.misfit = raw is not None and any(raw[s.start : s.end] != s.text for s in spans)
        self.whole = raw is not None and not self.misfit
        pieces = [(0, raw)] if raw is not None and self.whole else list(patch(spans))
        self._starts = [start for start, _ in pieces]
        self._offsets: list[int] = []
        self.gaps: list[int] = []
        text = ""
        for number, (_, words) in enumerate(pieces):
            if number:
                self.gaps.append(len(text))
                text += "\n"
            self._offsets.append(len(text))
            text += words
        self.text = text
        self._wide = [i for i, letter in enumerate(text) if ord(letter) > 0xFFFF]
        self.gaps = [self._units(gap) for gap in self.gaps]

    def _units(self, place: int) -> int:
        return place + bisect_right(self._wide, place - 1)

    def at(self, span: Span) -> Pair:
        """Return where a span of the record stands in :attr:`text`, in UTF-16 units."""
        piece = bisect_right(self._starts, span.start) - 1
        shift = self._offsets[piece] - self._starts[piece]
        return [self._units(span.start + shift), self._units(span.end + shift)]


def spans_of(value: Any) -> Iterator[Span]:
    """Yield all spans anywhere in a record."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from spans_of(getattr(value, name))


def patch(spans: Iterable[Span]) -> Iterator[tuple[int, str]]:
    """Yield stretches ``(start, words)`` of text put together from spans, in order."""
    start, words = 0, ""
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        end = start + len(words)
        if words and span.start <= end:
            if span.end > end:
                words += span.text[end - span.start :]
            continue
        if words:
            yield start, words
        start, words = span.start, span.text
    if words:
        yield start, words


def payload(
    records: Iterable[ArticleRecord], texts: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the articles as the page wants them, in the order given.

    Args:
        records: what to show.
        texts: raw texts by the id of the article; those of other articles are passed over.
    """
    return [_article(record, (texts or {}).get(record.id)) for record in records]


def _article(record: ArticleRecord, raw: str | None) -> dict[str, Any]:
    text = Text(record, raw)
    words: dict[str, Span] = {n.id: n for n in record.entities}
    words |= {d.id: d for d in record.dates}
    words |= {q.id: q for q in record.quantities}
    return {
        "id": record.id,
        "title": text.at(record.title) if record.title else None,
        "published": record.published.isoformat() if record.published else None,
        "from": record.published_from,
        "text": text.text,
        "whole": text.whole,
        "misfit": text.misfit,
        "gaps": text.gaps,
        "body": [text.at(span) for span in record.body],
        "entities": [_lean(at=text.at(n), type=n.type, name=n.name) for n in record.entities],
        "dates": [_lean(at=text.at(d), type=d.type, value=d.value) for d in record.dates],
        "quantities": [_lean(at=text.at(q), **_amount(q)) for q in record.quantities],
        "warnings": list(record.warnings),
        "events": [_event(event, text, words) for event in record.events],
    }


def _event(event: EventRecord, text: Text, words: Mapping[str, Span]) -> dict[str, Any]:
    def reason(slot: str, span: Span) -> list[dict[str, Any]]:
        return [
            _lean(rule=r.rule, by=text.at(r.marker) if r.marker else None)
            for r in reasons_for(event, slot, span)
        ]

    date = event.date
    return _lean(
        id=event.id,
        type=event.type,
        label=text.at(event.label),
        status=event.status,
        confidence=event.confidence,
        triggers=[{"at": text.at(t), "why": reason("trigger", t)} for t in event.triggers],
        date=date
        and _lean(
            at=text.at(words[date.mention]),
            value=date.value,
            earliest=date.earliest and date.earliest.isoformat(),
            latest=date.latest and date.latest.isoformat(),
            anchored=date.anchored,
            why=reason("date", words[date.mention]),
        ),
        locations=[
            _lean(
                at=text.at(words[where.mention]),
                name=where.name,
                why=reason("location", words[where.mention]),
                **(where.place.model_dump() if where.place else {}),
            )
            for where in event.locations
        ],
        participants=[_participant(p, text, reason) for p in event.participants],
        counts=[
            _lean(
                at=text.at(words[count.mention]),
                role=count.role,
                why=reason("count", words[count.mention]),
                **_amount(count),
            )
            for count in event.counts
        ],
        source={"at": text.at(event.source)} if event.source else None,
        evidence=[text.at(span) for span in event.evidence],
    )


def _participant(who: Participant, text: Text, reason: Any) -> dict[str, Any]:
    return _lean(
        at=text.at(who.span),
        name=who.name,
        type=who.type,
        role=who.role,
        position=text.at(who.position) if who.position else None,
        affiliation=text.at(who.affiliation) if who.affiliation else None,
        why=reason(f"participant {who.role}", who.span),
    )


def _amount(quantity: Any) -> dict[str, Any]:
    names = ("value", "low", "high", "bound", "unit", "unit_class")
    return {name: getattr(quantity, name) for name in names}


def _lean(**fields: Any) -> dict[str, Any]:
    """Return a dict without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value not in (None, [], ())}


def reasons_for(event: EventRecord, slot: str, span: Span) -> list[Reason]:
    """Return why these words fill this slot: the reasons of the slot that fit the place.

    A record's reasons name the slot and the words they went by, not the filler: the reason whose
    words stand nearest before the filler is its own; without one, those that went by no words.
    """
    named = [r for r in event.reasons if r.slot == slot]
    if slot == "trigger":
        return _distinct(r for r in named if r.marker and r.marker.start == span.start)
    before = [r for r in named if r.marker and 0 <= span.start - r.marker.end <= MARKER_REACH]
    if before:
        nearest = max(r.marker.end for r in before if r.marker)
        return _distinct(r for r in before if r.marker and r.marker.end == nearest)
    return _distinct(r for r in named if r.marker is None) or _distinct(named[:1])


def _distinct(reasons: Iterable[Reason]) -> list[Reason]:
    return list(dict.fromkeys(reasons))
