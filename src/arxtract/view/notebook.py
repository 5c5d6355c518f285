"""A record where a notebook shows it: static HTML, no script, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from arxtract.records import ArticleRecord, EventCount, EventRecord, Participant, Quantity, Span
from arxtract.view.report import data

_KINDS = {"PER": "per", "ORG": "org", "LOC": "loc", "MISC": "misc"}
_HEAD = ("type", "what", "when", "where", "who", "how many", "status", "confidence")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")


class Html(str):
    """A stretch of HTML that a notebook shows as such."""

    def _repr_html_(self) -> str:
        return str(self)


def html(record: ArticleRecord | EventRecord) -> Html:
    """Return a record as HTML: its events in a table, then its body with the mentions marked.

    A record as the last line of a notebook's cell shows itself so.

    >>> from arxtract.records import ArticleRecord
    >>> html(ArticleRecord(id="a<b")).count("a&lt;b")
    1
    """
    parts = [f"<style>{data('notebook.css').read_text(encoding='utf-8')}</style>"]
    if isinstance(record, EventRecord):
        parts.append(_table([record]))
    else:
        parts += _article(record)
    return Html(f'<div class="arxtract">{"".join(parts)}</div>')


def _article(record: ArticleRecord) -> Iterator[str]:
    title = f"<b>{_isolated(record.title.text)}</b> " if record.title else ""
    day = f" · {record.published}" if record.published else ""
    yield f'<p class="ax-head">{title}{_isolated(record.id)}{day}</p>'
    for warning in record.warnings:
        yield f'<p class="ax-warning">{escape(warning)}</p>'
    if record.events:
        yield _table(record.events)
    if record.body:
        yield "<details><summary>text</summary>"
        marks = sorted(_marks(record), key=lambda mark: (mark[0].start, -mark[0].end))
        yield from _bodies(record.body, marks)
        yield "</details>"


def _table(events: Iterable[EventRecord]) -> str:
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(_row(event) for event in events)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(event: EventRecord) -> str:
    cells: tuple[list[str], ...] = (
        [escape(event.type)],
        [_isolated(event.label.text)],
        [escape(event.date.value)] if event.date and event.date.value else [],
        [_isolated(place.name) for place in event.locations],
        [_participant(who) for who in event.participants],
        [_count(count) for count in event.counts],
        [event.status],
        [f"{event.confidence:.2f}"],
    )
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(lines: list[str]) -> str:
    return f"<td>{''.join(f'<div>{line}</div>' for line in lines)}</td>"


def _isolated(text: str) -> str:
    """Return words that neither take the direction of what stands beside them nor give it."""
    return f'<bdi dir="{_direction(text)}">{escape(text)}</bdi>'


def _direction(text: str) -> str:
    """Return the direction of a text: an Arabic one may well begin with a Latin word."""
    return "rtl" if _ARABIC.search(text) else "ltr"


def _participant(who: Participant) -> str:
    office = f", {_isolated(who.position.text)}" if who.position else ""
    return f"{escape(who.role)}: {_isolated(who.name)}{office}"


def _count(count: EventCount) -> str:
    unit = f" {_isolated(count.unit)}" if count.unit else ""
    return f"{escape(amount(count))}{unit}"


def amount(count: EventCount | Quantity) -> str:
    """Return bound and number, or range, in a few characters."""
    bounds = {
        "at_least": "≥ ",
        "more_than": "> ",
        "at_most": "≤ ",
        "less_than": "< ",
        "about": "~ ",
    }
    number = "?"
    if count.value is not None:
        number = f"{count.value:,}"
    elif count.low is not None and count.high is not None:
        number = f"{count.low:,}–{count.high:,}"
    return f"{bounds.get(count.bound or '', '')}{number}"


def _bodies(body: Iterable[Span], marks: list[tuple[Span, str, str]]) -> Iterator[str]:
    """Yield the stretches of the body with names, dates, counts and triggers marked, in one go."""
    following = iter([*marks, None])
    mark = next(following)
    for stretch in sorted(body, key=lambda span: span.start):
        out, at = [], stretch.start
        while mark is not None and mark[0].start < stretch.end:
            span, kind, about = mark
            if span.start >= at and span.end <= stretch.end:  # else inside another mark
                before = stretch.text[at - stretch.start : span.start - stretch.start]
                words = (
                    f'<mark class="ax-{kind}" title="{escape(about)}">{escape(span.text)}</mark>'
                )
                out += [escape(before), words]
                at = span.end
            mark = next(following)
        out.append(escape(stretch.text[at - stretch.start :]))
        yield f'<p dir="{_direction(stretch.text)}">{"".join(out)}</p>'


def _marks(record: ArticleRecord) -> Iterator[tuple[Span, str, str]]:
    for event in record.events:
        for trigger in event.triggers:
            yield trigger, "trigger", f"{event.id} {event.type}"
    for name in record.entities:
        yield name, _KINDS[name.type], f"{name.type} {name.name}"
    for date in record.dates:
        yield date, "date", f"{date.type} {date.value or ''}".strip()
    for quantity in record.quantities:
        yield quantity, "count", f"{amount(quantity)} {quantity.unit or ''}".strip()
