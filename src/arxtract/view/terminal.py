"""Records for a person at a terminal: a block an event, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from arxtract.records import ArticleRecord, EventCount, EventRecord, Participant


def show(console: Console, record: ArticleRecord, *, explain: bool = False) -> None:
    """Print an article's headline, warnings and events; with ``explain``, why each slot."""
    day = f" ({record.published})" if record.published else ""
    title = f"  {escape(record.title.text)}" if record.title else ""
    console.print(f"[bold]{escape(record.id)}[/bold]{day}{title}")
    for warning in record.warnings:
        console.print(f"  [yellow]! {escape(warning)}[/yellow]")
    for event in record.events:
        sure = f"{event.status}, {event.confidence:.2f}"
        console.print(f"  [bold]{event.type}[/bold] {escape(event.label.text)}  [dim]{sure}[/dim]")
        for name, value in _lines(event):
            console.print(f"    [dim]{name:<9}[/dim] {escape(value)}")
        if explain:
            console.print(escape(event.explain()))
    console.print()


def _lines(event: EventRecord) -> Iterator[tuple[str, str]]:
    if event.date and event.date.value:
        yield "when", event.date.value
    if event.locations:
        yield "where", "، ".join(place.name for place in event.locations)
    for role in dict.fromkeys(p.role for p in event.participants):
        names = [_name(p) for p in event.participants if p.role == role]
        yield role, "؛ ".join(names)
    if event.counts:
        yield "how many", "، ".join(map(_count, event.counts))


def _name(person: Participant) -> str:
    office = person.position.text if person.position else ""
    return f"{person.name}، {office}" if office and office != person.name else person.name


def _count(count: EventCount) -> str:
    number = f"{count.value:g}" if count.value is not None else "?"
    if count.value is None and count.low is not None:
        number = f"{count.low:g}–{count.high:g}" if count.high is not None else f"{count.low:g}–"
    bound = "" if count.bound in ("exact", None) else f"{count.bound.replace('_', ' ')} "
    return f"{bound}{number} {count.unit or ''}".strip()
