"""brat standoff: ``NAME.txt`` and ``NAME.ann``, with an ``annotation.conf`` for the tool.

Names, dates and quantities are text-bound annotations, as are the headline (TITLE) and the lines
of the article (BODY); values stand in notes. Events are brat's events: a trigger and arguments,
so of an event that comes through which brat can say: one trigger, and who, where, when and how
many as far as a mark of the text says it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import regex

from arxtract.errors import DataError
from arxtract.evaluate.gold import ontology_roles
from arxtract.evaluate.marked import KINDS
from arxtract.evaluate.notation import NAME_TYPES, Mark, count
from arxtract.evaluate.sheet import Sheet, lines_of
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import load, read_text, write_text
from arxtract.records import Status

TITLE, BODY = "TITLE", "BODY"
DATE, LOCATION, COUNT = "date", "location", "count"
"""The arguments of an event that are no roles of participants."""

_LINE = regex.compile(r"[^\n]++")
_DIGITS = regex.compile(r"(?<!\d)\d++$")


# -- out -------------------------------------------------------------------------------------------


def write(sheets: Iterable[Sheet], target: Path) -> Losses:
    """Write articles to a folder; what of the events brat cannot say is lost."""
    losses: Losses = Counter()
    for sheet in sheets:
        write_text(target / f"{sheet.name}.txt", sheet.raw)
        lines = _Writer(sheet, losses).lines()
        write_text(target / f"{sheet.name}.ann", "".join(f"{line}\n" for line in lines))
    write_text(target / "annotation.conf", configuration())
    return losses


def configuration() -> str:
    """Return what brat must know of kinds, roles and attributes."""
    roles = ontology_roles()
    names = "|".join(NAME_TYPES)
    events = (
        f"{name}\t" + ", ".join(
            [f"{role}*:{names}" for role in sorted(known)]
            + [f"{LOCATION}*:LOC|ORG|MISC", f"{DATE}?:DATE", f"{COUNT}*:QTY"]
        )
        for name, known in sorted(roles.items())
    )  # fmt: skip
    statuses = "|".join(get_args(Status))
    return "\n".join([
        "[entities]", *KINDS, TITLE, BODY, "", "[relations]", "", "[events]", *events, "",
        "[attributes]", f"Status\tArg:<EVENT>, Value:{statuses}", "Optional\tArg:<EVENT>", "",
    ])  # fmt: skip


class _Writer:
    """Writes the annotation of one article."""

    def __init__(self, sheet: Sheet, losses: Losses) -> None:
        self._sheet = sheet
        self._losses = losses
        self._counts: Counter[str] = Counter()

    def lines(self) -> Iterator[str]:
        raw, described = self._sheet.raw, self._sheet.described
        for number, mark in enumerate(self._sheet.marks, 1):  # events name marks by their number
            yield self._bound(mark.kind, mark.start, mark.end)
            if mark.value:
                yield self._note(f"T{number}", mark.value)
        title = described.get("title")
        if title:
            start = raw.index(title)
            yield self._bound(TITLE, start, start + len(title))
        first = True
        body = set(described.get("body_lines", ()))
        place = 0
        for number, line in enumerate(raw.split("\n"), 1):
            if number in body and line.strip():
                start = place + len(line) - len(line.lstrip())
                yield self._bound(BODY, start, place + len(line.rstrip()))
                if first:
                    rest = {k: v for k, v in described.items() if k not in _CARRIED}
                    yield self._note(f"T{self._counts['T']}", json.dumps(rest, ensure_ascii=False))
                    first = False
            place += len(line) + 1
        for event in described.get("events", ()):
            yield from self._event(event)

    def _id(self, letter: str) -> str:
        self._counts[letter] += 1
        return f"{letter}{self._counts[letter]}"

    def _bound(self, kind: str, start: int, end: int) -> str:
        """Return an annotation of words; of several lines, a fragment a line."""
        raw = self._sheet.raw
        pieces = [match.span() for match in _LINE.finditer(raw, start, end)]
        places = ";".join(f"{a} {b}" for a, b in pieces)
        return f"{self._id('T')}\t{kind} {places}\t{' '.join(raw[a:b] for a, b in pieces)}"

    def _note(self, target: str, text: str) -> str:
        return f"{self._id('#')}\tAnnotatorNotes {target}\t{text}"

    def _event(self, event: Mapping[str, Any]) -> Iterator[str]:
        raw = self._sheet.raw
        first = min((mark.start for mark in self._sheet.marks), default=0)
        trigger = event["triggers"][0]
        start = raw.find(trigger, raw.rfind("\n", 0, first) + 1)
        start = start if start >= 0 else raw.find(trigger)
        if start < 0:
            self._losses["events whose trigger is written otherwise in the text"] += 1
            return
        self._losses["further triggers"] += len(event["triggers"]) - 1
        for key in ("source", "note"):
            self._losses[f"{key}s of events"] += bool(event.get(key))
        yield self._bound(event["type"], start, start + len(trigger))
        arguments = [f"{event['type']}:T{self._counts['T']}"]
        seen: Counter[str] = Counter()
        for role, number in self._arguments(event):
            seen[role] += 1  # a role that comes again is numbered
            arguments.append(f"{role}{seen[role] if seen[role] > 1 else ''}:T{number}")
        name = self._id("E")
        yield f"{name}\t{' '.join(arguments)}"
        yield f"{self._id('A')}\tStatus {name} {event['status']}"
        if event.get("optional"):
            yield f"{self._id('A')}\tOptional {name}"
        yield self._note(name, " ".join(event["label"].split()))

    def _arguments(self, event: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        if event.get("date"):
            yield from self._argument(DATE, self._valued("DATE", event["date"]))
        for forms in event.get("locations", ()):
            yield from self._argument(LOCATION, self._named(forms))
        for one in event.get("participants", ()):
            self._losses["further roles"] += len(one["role"]) - 1
            for key in ("position", "affiliation", "optional", "nominal", "note"):
                self._losses[f"{key} of participants"] += bool(one.get(key))
            yield from self._argument(one["role"][0], self._named(one["name"]))
        for told in event.get("counts", ()):
            yield from self._argument(COUNT, self._valued("QTY", told))

    def _argument(self, role: str, number: int | None) -> Iterator[tuple[str, int]]:
        if number is None:
            self._losses[f"{role} that no mark says"] += 1
        else:
            yield role, number

    def _named(self, forms: Iterable[str]) -> int | None:
        """Return the number of the first mark that is one of the forms of a name."""
        forms = list(forms)
        self._losses["further forms of names"] += len(forms) - 1
        for form in forms:
            for number, mark in enumerate(self._sheet.marks, 1):
                words = self._sheet.raw[mark.start : mark.end]
                if mark.kind in NAME_TYPES and words == form:
                    return number
        return None

    def _valued(self, kind: str, value: str) -> int | None:
        for number, mark in enumerate(self._sheet.marks, 1):
            if mark.kind == kind and _same(kind, mark.value, value):
                return number
        return None


_CARRIED = ("title", "body_lines", "events")


def _same(kind: str, one: str, other: str) -> bool:
    return count(one) == count(other) if kind == "QTY" else one == other


# -- in --------------------------------------------------------------------------------------------


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read a folder of ``.ann`` files with their texts.

    Raises:
        DataError: a line is no annotation, or an offset does not bound its words.
    """
    paths = sorted(source.glob("*.ann"))
    if not paths:
        raise DataError(f"{source}: no .ann file in it")
    losses: Losses = Counter()
    return Imported([_Reader(path, texts or source, losses).sheet() for path in paths], losses)


class _Reader:
    """Reads the annotation of one article."""

    def __init__(self, path: Path, texts: Path, losses: Losses) -> None:
        self._path = path
        self._losses = losses
        self.raw = read_text(texts / f"{path.stem}.txt")
        self.bound: dict[str, tuple[str, int, int]] = {}
        self.notes: dict[str, str] = {}
        self.events: dict[str, list[tuple[str, str]]] = {}
        self.attributes: dict[tuple[str, str], str] = {}
        for number, line in enumerate(read_text(path).split("\n"), 1):
            if line.strip():
                self._line(line.rstrip("\r"), f"{path}:{number}")

    def _line(self, line: str, where: str) -> None:
        cells = line.split("\t")
        name, told = cells[0], cells[1].split() if len(cells) > 1 else []
        if not name or not told:
            raise DataError(f"{where}: no annotation of brat: its parts are parted by tabs")
        if name[0] == "T" and len(cells) > 2:
            self.bound[name] = self._words(cells[1], cells[2], where)
        elif name[0] == "E":
            pairs = [part.partition(":") for part in told]
            self.events[name] = [(role, target) for role, _, target in pairs]
        elif name[0] in "AM" and len(told) > 1:
            self.attributes[told[0], told[1]] = told[2] if len(told) > 2 else ""
        elif name[0] == "#":
            self.notes[told[-1]] = cells[2] if len(cells) > 2 else ""
        elif name[0] in "RN*":
            self._losses["relations and references"] += 1
        else:
            raise DataError(f"{where}: no annotation of brat that is known: {name}")

    def _words(self, told: str, words: str, where: str) -> tuple[str, int, int]:
        """Return kind and range of words, whose fragments must part white space alone."""
        kind, _, places = told.partition(" ")
        try:
            pieces = [tuple(map(int, part.split())) for part in places.split(";")]
            spans = [(start, end) for start, end in pieces]
        except ValueError as error:
            raise DataError(f"{where}: {places!r} are no offsets") from error
        found = " ".join(self.raw[start:end] for start, end in spans)
        if found != words or any(start >= end for start, end in spans):
            raise DataError(f"{where}: the text at {places} is {found!r}, not {words!r}")
        for one, other in pairwise(spans):
            if other[0] < one[1] or self.raw[one[1] : other[0]].strip():
                raise DataError(f"{where}: the fragments of one annotation have words between them")
        return kind, spans[0][0], spans[-1][1]

    def sheet(self) -> Sheet:
        triggers = {parts[0][1] for parts in self.events.values()}
        marks = [
            Mark(kind, self.notes.get(name, "") if kind in ("DATE", "QTY") else "", start, end, 0)
            for name, (kind, start, end) in self.bound.items()
            if kind not in (TITLE, BODY) and name not in triggers
        ]
        marks.sort(key=lambda m: (m.start, -m.end))
        return Sheet(self._path.stem, self.raw, tuple(marks), self._described())

    def _described(self) -> dict[str, Any]:
        body = [name for name, (kind, _, _) in self.bound.items() if kind == BODY]
        described: dict[str, Any] = {}
        for name in body:
            if self.notes.get(name, "").startswith("{"):
                described |= load(self.notes[name], dict[str, Any], str(self._path))
        title = next((self.raw[a:b] for k, a, b in self.bound.values() if k == TITLE), None)
        if title is not None:
            described["title"] = title
        described["body_lines"] = lines_of(self.raw, [self.bound[name][1:] for name in body])
        described["events"] = [self._event(name) for name in self.events]
        return described

    def _event(self, name: str) -> dict[str, Any]:
        (type_, trigger), *arguments = self.events[name]
        words = self._said(trigger, name)
        told: dict[str, Any] = {
            "type": type_,
            "label": self.notes.get(name, words),
            "triggers": [words],
            "status": self.attributes.get(("Status", name), "occurred"),
        }
        if ("Optional", name) in self.attributes:
            told["optional"] = True
        for numbered, target in arguments:
            role = _DIGITS.sub("", numbered)
            said = self._said(target, name)
            if role == DATE:
                told["date"] = self.notes.get(target)
            elif role == COUNT:
                told.setdefault("counts", []).append(self.notes.get(target))
            elif role == LOCATION:
                told.setdefault("locations", []).append([said])
            else:
                told.setdefault("participants", []).append({"name": [said], "role": [role]})
        return told

    def _said(self, target: str, event: str) -> str:
        if target not in self.bound:
            raise DataError(f"{self._path}: {event}: there is no {target}")
        _, start, end = self.bound[target]
        return self.raw[start:end]
