"""Small gold and small predictions for the tests of scoring: a line of marks, a few fillers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from arxtract.evaluate import Evaluation, GoldArticle, notation, score
from arxtract.evaluate.gold import read_article
from arxtract.evaluate.marked import mentions_of
from arxtract.evaluate.notation import count
from arxtract.evaluate.sides import Side, of_gold, of_record
from arxtract.records import (
    ArticleRecord,
    EventCount,
    EventDate,
    EventLocation,
    EventRecord,
    Participant,
    Span,
)

ROLES = {
    "MEETING": ("organizer", "host", "chair", "attendee"),
    "STATEMENT": ("speaker", "addressee"),
    "SEIZURE": ("agent", "owner"),
    "VISIT": ("visitor", "host"),
}


def write(
    folder: Path, marked: str, events: Sequence[dict[str, Any]] = (), name: str = "a", **top: Any
) -> Path:
    """Write the three files of an article, its body all of it, and return the text's path."""
    raw, _ = notation.unmark(marked, "test")
    lines = raw.count("\n") + 1
    described = {"source": "test", "body_lines": [f"1-{lines}"], "events": list(events), **top}
    (folder / f"{name}.txt").write_bytes(raw.encode())
    (folder / f"{name}.marked").write_bytes(marked.encode())
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(described, allow_unicode=True))
    return folder / f"{name}.txt"


def gold(
    folder: Path, marked: str, events: Sequence[dict[str, Any]] = (), **top: Any
) -> GoldArticle:
    """Return an annotated article by way of its three files."""
    return read_article(write(folder, marked, events, **top), roles=ROLES)


def told(
    type: str,
    trigger: str,
    people: Sequence[dict[str, Any]] = (),
    status: str = "occurred",
    **rest: Any,
) -> dict[str, Any]:
    """Return a gold event as YAML has it; its label is its trigger."""
    return {
        "type": type,
        "label": trigger,
        "triggers": [trigger],
        "status": status,
        "participants": list(people),
        **rest,
    }


def span(raw: str, text: str) -> Span:
    """Return the span of the first place where ``text`` stands."""
    start = raw.index(text)
    return Span(start=start, end=start + len(text), text=text)


def event(
    raw: str,
    type: str,
    trigger: str,
    people: Sequence[tuple[str, str]] = (),
    *,
    on: str | None = None,
    at: Sequence[str] = (),
    counts: Sequence[str] = (),
    status: Any = "occurred",
    confidence: float = 1.0,
) -> EventRecord:
    """Return a predicted record: people as (name, role), counts in the notation of the gold."""
    words = span(raw, trigger)
    numbers = [count(text) for text in counts]
    return EventRecord(
        id="e1",
        type=type,
        label=words,
        status=status,
        triggers=(words,),
        date=EventDate(value=on, mention="d1") if on else None,
        locations=tuple(EventLocation(mention="n1", name=name) for name in at),
        participants=tuple(
            Participant(mention=None, span=words, name=name, type="PER", role=role)
            for name, role in people
        ),
        counts=tuple(
            EventCount(
                mention="q1",
                value=n.value,
                low=n.low,
                high=n.high,
                bound=n.bound,
                unit=n.unit,
                unit_class="other",
            )
            for n in numbers
        ),
        confidence=confidence,
    )


def record(
    marked: str, events: Sequence[EventRecord] = (), name: str = "a", **rest: Any
) -> ArticleRecord:
    """Return a prediction whose mentions are those of the marks and whose body is all of it."""
    raw, marks = notation.unmark(marked, "test")
    entities, dates, quantities = mentions_of(raw, marks, Path("test"))
    whole = {"body": (Span(start=0, end=len(raw), text=raw),)}
    return ArticleRecord(
        id=name,
        entities=tuple(entities),
        dates=tuple(dates),
        quantities=tuple(quantities),
        events=tuple(events),
        **(whole | rest),
    )


def sides(article: GoldArticle, prediction: ArticleRecord) -> tuple[Side, Side]:
    """Return both sides of one article."""
    return of_gold(article), of_record(prediction, article.name, article.raw)


def evaluated(article: GoldArticle, prediction: ArticleRecord) -> Evaluation:
    """Return the evaluation of one article."""
    return score([article], {article.name: prediction}, samples=0)


def numbers(found: Evaluation, name: str) -> tuple[int, int, int]:
    """Return how many are right, spurious and missed."""
    one = found.scores[name]
    return one.right, one.spurious, one.missed


DAY = date(2024, 11, 6)
