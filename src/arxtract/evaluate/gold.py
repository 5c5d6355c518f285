"""Reading annotated articles: ``NAME.txt``, ``NAME.marked`` and ``NAME.yaml``, strictly.

The notation is that of ``docs/annotation.md``. What the marks and the YAML say is turned into
the records that the library hands out, with raw offsets, so that gold and prediction compare
like with like, and so that a room can be tried on mentions that are right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.evaluate import marked as marking
from arxtract.evaluate import notation
from arxtract.evaluate.source import GoldEvent, GoldFile, GoldParticipant
from arxtract.records import DateMention, Entity, Quantity, Span
from arxtract.resources import line_of, read_yaml
from arxtract.text.normalise import normalise

__all__ = [
    "THING",
    "Fault",
    "GoldArticle",
    "GoldEvent",
    "GoldParticipant",
    "faults_of",
    "read",
    "read_article",
]

THING = "object"
"""The role of goods, texts and vehicles, which are no participants: never paid nor charged."""

_LAM_ARTICLE, _ARTICLE = "\u0644\u0644", "\u0627\u0644"
"""After the preposition li- the article is written lam lam; names are given with the article."""

Roles = Mapping[str, Collection[str]]


class Fault(NamedTuple):
    """What is wrong with gold, by file and line; what is not grave leaves it readable."""

    message: str
    grave: bool = True

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article. All offsets are raw; mentions come in order of their starts."""

    name: str
    raw: str
    published: date | None
    published_given: bool
    title: Span | None
    body: tuple[Span, ...]
    entities: list[Entity]
    dates: list[DateMention]
    quantities: list[Quantity]
    events: list[GoldEvent]
    warnings: list[str] = field(default_factory=list)

    @property
    def told(self) -> date | None:
        """The day of publication if a caller would pass it, else None."""
        return self.published if self.published_given else None

    def fill(self, document: Document) -> None:
        """Put the mentions into ``document``, which must be of the same raw text.

        Sentences and tokens stay as they are; names are chained by their spelling alone.
        """
        if document.text.raw != self.raw:
            raise ValueError(f"{self.name}: the document is of another text")
        document.entities = list(self.entities)
        document.dates = list(self.dates)
        document.quantities = list(self.quantities)
        document.published = self.published


def read(
    folder: Path | str, texts: Path | str | None = None, roles: Roles | None = None
) -> list[GoldArticle]:
    """Read all articles of a folder, in the order of their names, numbers by their value.

    ``texts`` is where the ``.txt`` files lie if they lie neither beside the marks nor in a folder
    ``articles`` beside theirs; ``roles`` maps
    each type of event to its roles, by default as the ontology of the package does.

    Raises:
        DataError: a file is missing or has a fault; the message names file, line and remedy.
    """
    folder = Path(folder)
    known = roles if roles is not None else ontology_roles()
    names, orphans = _names_in(folder)
    if orphans:
        raise DataError(orphans[0])
    where = Path(texts) if texts is not None else None
    return [
        read_article((where or _texts(folder, name)) / f"{name}.txt", folder / name, known)
        for name in names
    ]


def _texts(folder: Path, name: str) -> Path:
    """Return the folder of a text: that of its marks, or ``articles`` beside it."""
    beside = folder.resolve().parent / "articles"
    lies_beside = (beside / f"{name}.txt").is_file() and not (folder / f"{name}.txt").is_file()
    return beside if lies_beside else folder


def read_article(
    text: Path | str, stem: Path | str | None = None, roles: Roles | None = None
) -> GoldArticle:
    """Read one article: ``text`` is its raw text, ``stem`` the path of the marked and YAML files
    without their suffix, by default that of the text.

    Raises:
        DataError: as :func:`read`.
    """
    article, faults = examine(text, stem, roles)
    grave = next((fault for fault in faults if fault.grave), None)
    if grave is not None:
        raise DataError(str(grave))
    assert article is not None  # whatever stands in its way is a grave fault
    article.warnings.extend(str(fault) for fault in faults)
    return article


def faults_of(
    folder: Path | str, texts: Path | str | None = None, roles: Roles | None = None
) -> Iterator[Fault]:
    """Yield all that is wrong in a folder of gold, article by article; see :func:`read`.

    Raises:
        DataError: there is no such folder, or no annotated article in it.
    """
    folder = Path(folder)
    names, orphans = _names_in(folder)
    if not names and not orphans:
        raise DataError(f"{folder}: no annotated article (NAME.marked with NAME.yaml) in it")
    yield from map(Fault, orphans)
    where = Path(texts) if texts is not None else None
    for name in names:
        text = (where or _texts(folder, name)) / f"{name}.txt"
        yield from examine(text, folder / name, roles)[1]


def _names_in(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the articles of a folder, and what is wrong with the rest."""
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder of annotated articles")
    names = sorted((path.stem for path in folder.glob("*.marked")), key=_natural)
    odd = sorted({path.stem for path in folder.glob("*.yaml")} - set(names), key=_natural)
    orphans = [f"{folder / name}.yaml: there is no {name}.marked beside it" for name in odd]
    return names, orphans


def examine(
    text: Path | str, stem: Path | str | None = None, roles: Roles | None = None
) -> tuple[GoldArticle | None, list[Fault]]:
    """Return an annotated article, if nothing grave is wrong with it, and all its faults."""
    text = Path(text)
    stem = Path(stem) if stem is not None else text.with_suffix("")
    marked, described = Path(f"{stem}.marked"), Path(f"{stem}.yaml")
    faults: list[Fault] = []
    raw, inline = (_load(path, faults) for path in (text, marked))
    file = _file(described, faults)
    if raw is None or inline is None:
        return None, faults
    bare, marks, unmarked = notation.take_off(inline, str(marked))
    faults += map(Fault, unmarked)
    if not unmarked and raw != bare:
        faults.append(_other_text(raw, bare, marked, text))
    body = _body(raw, file.body_lines) if file else None
    if file and body is None:
        faults.append(_no_such_line(raw, file, described))
    faults += [Fault(odd) for mark in marks for odd in marking.faults_of(mark, body, marked)]
    if file is None:
        return None, faults
    title = _title(raw, file.title, described, faults)
    known = roles if roles is not None else ontology_roles()
    faults += _event_faults(file.events, raw, described, known)
    if body is None or any(fault.grave for fault in faults):
        return None, faults
    entities, dates, quantities = marking.mentions_of(raw, marks, marked)
    article = GoldArticle(
        name=stem.name,
        raw=raw,
        published=file.published,
        published_given=file.published_given,
        title=title,
        body=body,
        entities=entities,
        dates=dates,
        quantities=quantities,
        events=list(file.events),
    )
    return article, faults


@lru_cache(maxsize=1)
def ontology_roles() -> dict[str, frozenset[str]]:
    """Return the roles of each type of the package's ontology."""
    from arxtract.events.loading import load

    types = load().types.values()
    return {t.type: frozenset(t.roles) for t in types if not t.joins}


def _natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """Order ``d9`` before ``d10``."""
    parts = notation.digits_apart(name)
    return tuple((0, int(p)) if p.isdigit() else (1, p) for p in parts)


def _load(path: Path, faults: list[Fault]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        faults.append(Fault(f"{path}: no such file; an annotated article needs it"))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(f"{path}: cannot be read as UTF-8 text: {error}"))
    return None


def _file(path: Path, faults: list[Fault]) -> GoldFile | None:
    try:
        return read_yaml(path, GoldFile)
    except DataError as error:
        cause = error.__cause__
        if not isinstance(cause, ValidationError):
            faults.append(Fault(str(error)))
            return None
        source = path.read_text("utf-8")
        for one in cause.errors():
            where = ".".join(str(part) for part in one["loc"])
            faults.append(Fault(f"{path}:{line_of(source, one['loc'])}: {where}: {one['msg']}"))
        return None


def _other_text(raw: str, bare: str, marked: Path, text: Path) -> Fault:
    pairs = enumerate(zip(raw, bare, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(raw), len(bare)))
    line = bare.count("\n", 0, at) + 1
    column = at - bare.rfind("\n", 0, at)
    return Fault(
        f"{marked}:{line}: without its marks the text differs from {text} at column {column}: "
        f"{bare[at : at + 20]!r} where the raw text has {raw[at : at + 20]!r}"
    )


# -- body and title --------------------------------------------------------------------------------


def _starts(raw: str) -> list[int]:
    return [0, *(n + 1 for n, letter in enumerate(raw) if letter == "\n")]


def _body(raw: str, numbers: Sequence[int]) -> tuple[Span, ...] | None:
    """Return one span for each run of lines; blank lines between two lines do not part them.

    None if the text has no such line.
    """
    starts = _starts(raw)
    wanted = set(numbers)
    if wanted and (max(wanted) > len(starts) or min(wanted) < 1):
        return None
    runs: list[tuple[int, int]] = []
    joined = False
    for number, start in enumerate(starts, 1):
        end = starts[number] if number < len(starts) else len(raw)
        line = raw[start:end]
        if number in wanted and line.strip():
            first, last = start + _indent(line), start + len(line.rstrip())
            runs[-1:] = [(runs[-1][0], last)] if joined else [*runs[-1:], (first, last)]
            joined = True
        elif line.strip():
            joined = False
    return tuple(Span(start=a, end=b, text=raw[a:b]) for a, b in runs)


def _no_such_line(raw: str, file: GoldFile, path: Path) -> Fault:
    line = line_of(path.read_text("utf-8"), ("body_lines",))
    odd = max(file.body_lines) if min(file.body_lines) >= 1 else min(file.body_lines)
    return Fault(f"{path}:{line}: body_lines: the text has {len(_starts(raw))} lines, not {odd}")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _title(raw: str, title: str | None, path: Path, faults: list[Fault]) -> Span | None:
    if title is None:
        return None
    start = raw.find(title)
    if start < 0 or not title:
        line = line_of(path.read_text("utf-8"), ("title",))
        faults.append(Fault(f"{path}:{line}: title: these words do not stand in the text"))
        return None
    return Span(start=start, end=start + len(title), text=title)


# -- events ----------------------------------------------------------------------------------------


def _event_faults(
    events: Sequence[GoldEvent], raw: str, path: Path, roles: Roles
) -> Iterator[Fault]:
    """Check types and roles against the ontology, and every name against the text.

    An unknown type is grave, and so is a label, a trigger or a list of names of which nothing
    stands in the text. An unknown role, and one form of several that is not in the text, are
    not: the rest still says what is meant.
    """
    source = path.read_text("utf-8")
    text = loose(raw)
    opened = text.replace(_LAM_ARTICLE, _ARTICLE)

    def fault(location: tuple[int | str, ...], message: str, grave: bool) -> Fault:
        return Fault(f"{path}:{line_of(source, location)}: {message}", grave)

    for n, event in enumerate(events):
        known = roles.get(event.type)
        if known is None:
            message = f"no type is called {event.type!r}; known are {', '.join(sorted(roles))}"
            yield fault(("events", n, "type"), message, True)
        for where, forms in _names(event):
            absent = [form for form in forms if not any(loose(form) in t for t in (text, opened))]
            if absent:
                all_absent = len(absent) == len(forms)
                message = f"{absent[0]!r} does not stand in the text"
                message += "; write it as the text does" * all_absent
                yield fault(("events", n, *where), message, all_absent)
        for i, participant in enumerate(event.participants):
            for role in participant.role:
                if known is not None and role not in known and role != THING:
                    names = ", ".join(sorted(known))
                    message = f"{event.type} has no role {role!r}; known are {names}"
                    yield fault(("events", n, "participants", i, "role"), message, False)


def _names(event: GoldEvent) -> Iterable[tuple[tuple[int | str, ...], tuple[str, ...]]]:
    """Yield the event's words by their place in the file; of a list of names one must stand."""
    yield ("label",), (event.label,)
    for n, trigger in enumerate(event.triggers):
        yield ("triggers", n), (trigger,)
    for n, forms in enumerate(event.locations):
        yield ("locations", n), forms
    for n, participant in enumerate(event.participants):
        yield ("participants", n, "name"), participant.name


def loose(text: str) -> str:
    """Return the text without diacritics, its white space folded."""
    return " ".join(normalise(text).search.split())
