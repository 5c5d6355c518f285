"""Texts with their dates marked in place, ``[2020-05-20] text ⟦DATE 2020-05-19|word⟧``.

The notation of the tests, of the rules' examples and of the benchmark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import regex

from arxtract.records import DateMention

_PUBLISHED = regex.compile(r"\[(\d{4}-\d\d-\d\d)\] ")
_MARK = regex.compile(r"⟦[^|⟦⟧]*+\|([^⟦⟧]*+)⟧")


class Line(NamedTuple):
    """A marked text, its plain text, and its day of publication."""

    number: int
    published: date | None
    text: str
    marked: str


def read_marked(line: str, number: int) -> Line:
    """Read one marked line; ``number`` is where it stands in its file."""
    published = _PUBLISHED.match(line)
    marked = line[published.end() :] if published else line
    day = date.fromisoformat(published[1]) if published else None
    return Line(number, day, _MARK.sub(r"\1", marked), marked)


def read_lines(source: str) -> list[Line]:
    """Read a file of marked lines; blank lines and those that begin with # are passed over."""
    return [
        read_marked(line, number)
        for number, line in enumerate(source.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]


def mark(text: str, mentions: Sequence[DateMention], with_type: bool = True) -> str:
    """Put the marks of ``mentions``, which do not overlap, into ``text``."""
    parts = []
    place = 0
    for mention in mentions:
        head = f"{mention.type} " if with_type else " "
        parts += [text[place : mention.start], f"⟦{head}{mention.value or '?'}|{mention.text}⟧"]
        place = mention.end
    return "".join([*parts, text[place:]])
