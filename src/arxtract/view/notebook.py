"""A record where a notebook shows it: static HTML, no script, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from arxtract.records import ArticleRecord, EventRecord, Span
from arxtract.view.report import data

_KINDS = {"PER": "per", "ORG": "org", "LOC": "loc", "MISC": "misc"}


class Html(str):
    """A stretch of HTML that a notebook shows as such."""

    def _repr_html_(self) -> str:
        return str(self)


def html(record: ArticleRecord) -> Html:
    """Return a record as HTML: its events in a table, then its body with the mentions marked.

    >>> from arxtract.records import ArticleRecord
    >>> html(ArticleRecord(id="a<b")).count("a&lt;b")
    1
    """
    title = record.title.text if record.title else ""
    day = f" · {record.published}" if record.published else ""
    parts = [
        f"<style>{data('notebook.css').read_text(encoding='utf-8')}</style>",
        f'<p class="ax-head"><b dir="auto">{escape(title)}</b> {escape(record.id)}{day}</p>',
        *(f'<p class="ax-warning">{escape(w)}</p>' for w in record.warnings),
    ]
    if record.events:
        names = ("type", "what", "when", "where", "who", "how many", "status", "confidence")
        head = "".join(f"<th>{name}</th>" for name in names)
        rows = "".join(_row(event) for event in record.events)
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    body = "".join(f'<p dir="auto">{_marked(record, span)}</p>' for span in record.body)
    if body:
        parts.append(f"<details><summary>text</summary>{body}</details>")
    return Html(f'<div class="arxtract">{"".join(parts)}</div>')


def load_ipython_extension(shell: Any) -> None:
    """Make records show themselves: ``%load_ext arxtract.view`` in a notebook."""
    formatter = shell.display_formatter.formatters["text/html"]
    formatter.for_type(ArticleRecord, lambda record: str(html(record)))


def _row(event: EventRecord) -> str:
    who = [
        f"{p.role}: {p.name}" + (f", {p.position.text}" if p.position else "")
        for p in event.participants
    ]
    cells: tuple[list[str], ...] = (
        [event.type],
        [event.label.text],
        [event.date.value or ""] if event.date else [],
        [place.name for place in event.locations],
        who,
        [amount(count) for count in event.counts],
        [event.status],
        [f"{event.confidence:.2f}"],
    )
    return f"<tr>{''.join(_cell(lines) for lines in cells)}</tr>"


def _cell(lines: list[str]) -> str:
    inside = "<br>".join(f'<span dir="auto">{escape(line)}</span>' for line in lines)
    return f"<td>{inside}</td>"


def amount(count: Any) -> str:
    """Return a count in a few characters: bound, number or range, unit."""
    bounds = {
        "at_least": "≥ ",
        "more_than": "> ",
        "at_most": "≤ ",
        "less_than": "< ",
        "about": "~ ",
    }
    if count.value is not None:
        number = f"{count.value:,}"
    else:
        number = f"{count.low:,}–{count.high:,}" if count.low is not None and count.high else "?"
    return f"{bounds.get(count.bound or '', '')}{number} {count.unit or ''}".strip()


def _marked(record: ArticleRecord, body: Span) -> str:
    """Return a stretch of the body with names, dates, counts and triggers marked."""
    marks = sorted(_marks(record), key=lambda m: (m[0].start, -m[0].end))
    out, at = [], body.start
    for span, kind, about in marks:
        if span.start < at or span.end > body.end:
            continue  # inside another mark, or outside this stretch
        out.append(escape(body.text[at - body.start : span.start - body.start]))
        out.append(f'<mark class="ax-{kind}" title="{escape(about)}">{escape(span.text)}</mark>')
        at = span.end
    out.append(escape(body.text[at - body.start :]))
    return "".join(out)


def _marks(record: ArticleRecord) -> Iterator[tuple[Span, str, str]]:
    for event in record.events:
        for trigger in event.triggers:
            yield trigger, "trigger", f"{event.id} {event.type}"
    for name in record.entities:
        yield name, _KINDS[name.type], f"{name.type} {name.name}"
    for date in record.dates:
        yield date, "date", f"{date.type} {date.value or ''}"
    for quantity in record.quantities:
        yield quantity, "count", amount(quantity)
