"""What commands print beside their results: faults, what was not read, how far they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from arxtract.errors import ArxtractError

if TYPE_CHECKING:
    from arxtract.batch import Unread
    from arxtract.records import ArticleRecord


def fail(message: str) -> NoReturn:
    """Print a fault on standard error and end with status 1."""
    typer.echo(f"arxtract: {message}", err=True)
    raise SystemExit(1)


def tell(item: Unread) -> None:
    """Name an article that was not read on standard error."""
    typer.echo(f"arxtract: not read: {item.id}: {item.reason}", err=True)


@contextmanager
def errors_to(file: Path | None) -> Iterator[Callable[[Unread], None]]:
    """Tell of unread articles on standard error and, if wanted, in a JSONL file."""
    if file is None:
        yield tell
        return
    try:
        written = file.open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
    except OSError as error:
        raise ArxtractError(f"{file}: cannot be written: {error.strerror}") from error
    with written:

        def tell_and_write(item: Unread) -> None:
            tell(item)
            written.write(json.dumps(item._asdict(), ensure_ascii=False) + "\n")
            written.flush()

        yield tell_and_write


def progress(
    records: Iterable[ArticleRecord], total: int | None, unread: Callable[[], int] = lambda: 0
) -> Iterator[ArticleRecord]:
    """Show a bar on a terminal, nothing elsewhere: articles, a second, not read, time left."""
    if not sys.stderr.isatty():
        yield from records
        return
    from rich import progress as bars
    from rich.console import Console

    with bars.Progress(
        bars.TextColumn("reading"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[pace]}/s, {task.fields[unread]} not read"),
        bars.TimeRemainingColumn(),
        console=Console(stderr=True),
    ) as bar:
        task = bar.add_task("reading", total=total, pace="?", unread=0)
        for record in records:
            yield record
            pace = bar.tasks[task].speed
            bar.update(
                task, advance=1, unread=unread(), pace=f"{pace:.1f}" if pace is not None else "?"
            )
