"""Reading annotated articles: ``NAME.txt``, ``NAME.marked`` and ``NAME.yaml``, strictly.

The notation is that of ``docs/annotation.md``. What the marks and the YAML say is turned into
the records that the library hands out, with raw offsets, so that gold and prediction compare
like with like, and so that a room can be tried on mentions that are right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast

from arxtract.counts import nouns
from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.evaluate import notation
from arxtract.evaluate.notation import Mark
from arxtract.evaluate.source import GoldEvent, GoldFile, GoldParticipant
from arxtract.records import DateMention, DateType, Entity, EntityType, Quantity, Span, UnitClass
from arxtract.resources import lexicon, line_of, read_tsv, read_yaml
from arxtract.text.normalise import fold, normalise

__all__ = ["THING", "GoldArticle", "GoldEvent", "GoldParticipant", "read", "read_article"]

THING = "object"
"""The role of goods, texts and vehicles, which are no participants: never paid nor charged."""

_LAM_ARTICLE, _ARTICLE = "\u0644\u0644", "\u0627\u0644"
"""After the preposition li- the article is written lam lam; names are given with the article."""

_KINDS = (*notation.NAME_TYPES, "DATE", "QTY")

Roles = Mapping[str, Collection[str]]


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
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder of annotated articles")
    known = roles if roles is not None else ontology_roles()
    names = sorted((path.stem for path in folder.glob("*.marked")), key=_natural)
    orphans = {path.stem for path in folder.glob("*.yaml")} - set(names)
    if orphans:
        name = min(orphans, key=_natural)
        raise DataError(f"{folder / name}.yaml: there is no {name}.marked beside it")
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
    text = Path(text)
    stem = Path(stem) if stem is not None else text.with_suffix("")
    marked, described = Path(f"{stem}.marked"), Path(f"{stem}.yaml")
    raw = _load(text)
    bare, marks = notation.unmark(_load(marked), str(marked))
    _same_text(raw, bare, marked, text)
    file = read_yaml(described, GoldFile)
    body = _body(raw, file.body_lines, described)
    for mark in marks:
        _check_mark(mark, body, marked)
    entities, dates, quantities = mentions_of(raw, marks, marked)
    article = GoldArticle(
        name=stem.name,
        raw=raw,
        published=file.published,
        published_given=file.published_given,
        title=_title(raw, file.title, described),
        body=body,
        entities=entities,
        dates=dates,
        quantities=quantities,
        events=list(file.events),
    )
    _check_events(article, described, roles if roles is not None else ontology_roles())
    return article


@lru_cache(maxsize=1)
def ontology_roles() -> dict[str, frozenset[str]]:
    """Return the roles of each type of the package's ontology."""
    from arxtract.events.ontology import load

    types = load().types.values()
    return {t.type: frozenset(t.roles) for t in types if not t.joins}


def _natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """Order ``d9`` before ``d10``."""
    parts = notation.digits_apart(name)
    return tuple((0, int(p)) if p.isdigit() else (1, p) for p in parts)


def _load(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise DataError(f"{path}: no such file; an annotated article needs it") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def _same_text(raw: str, bare: str, marked: Path, text: Path) -> None:
    if raw == bare:
        return
    pairs = enumerate(zip(raw, bare, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(raw), len(bare)))
    line = bare.count("\n", 0, at) + 1
    column = at - bare.rfind("\n", 0, at)
    raise DataError(
        f"{marked}:{line}: without its marks the text differs from {text} at column {column}: "
        f"{bare[at : at + 20]!r} where the raw text has {raw[at : at + 20]!r}"
    )


# -- body and title --------------------------------------------------------------------------------


def _body(raw: str, numbers: Sequence[int], path: Path) -> tuple[Span, ...]:
    """Return one span for each run of lines; blank lines between two lines do not part them."""
    starts = [0]
    for n, letter in enumerate(raw):
        if letter == "\n":
            starts.append(n + 1)
    wanted = set(numbers)
    if wanted and (max(wanted) > len(starts) or min(wanted) < 1):
        raise DataError(
            f"{path}:{line_of(path.read_text('utf-8'), ('body_lines',))}: body_lines: "
            f"the text has {len(starts)} lines, not {max(wanted)}"
        )
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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _check_mark(mark: Mark, body: Iterable[Span], path: Path) -> None:
    if mark.kind not in _KINDS:
        raise DataError(
            f"{path}:{mark.line}: no mark is called {mark.kind!r}; known are {', '.join(_KINDS)}"
        )
    if not any(span.start <= mark.start and mark.end <= span.end for span in body):
        raise DataError(
            f"{path}:{mark.line}: the mark {mark.kind} lies outside the body; "
            "add its line to body_lines or take the mark off"
        )


def _title(raw: str, title: str | None, path: Path) -> Span | None:
    if title is None:
        return None
    start = raw.find(title)
    if start < 0 or not title:
        line = line_of(path.read_text("utf-8"), ("title",))
        raise DataError(f"{path}:{line}: title: these words do not stand in the text")
    return Span(start=start, end=start + len(title), text=title)


# -- mentions --------------------------------------------------------------------------------------


def mentions_of(
    raw: str, marks: Sequence[Mark], path: Path
) -> tuple[list[Entity], list[DateMention], list[Quantity]]:
    """Return the names, dates and quantities that the marks of ``raw`` stand for."""
    return (
        _entities(raw, marks),
        [_date(raw, m, n, path) for n, m in _numbered(marks, "DATE")],
        [_quantity(raw, m, n, path) for n, m in _numbered(marks, "QTY")],
    )


def _numbered(marks: Iterable[Mark], kind: str) -> list[tuple[int, Mark]]:
    return list(enumerate((m for m in marks if m.kind == kind), 1))


def _entities(raw: str, marks: Iterable[Mark]) -> list[Entity]:
    found: list[Entity] = []
    for mark in marks:
        if mark.kind in notation.NAME_TYPES:
            text = raw[mark.start : mark.end]
            name = " ".join(normalise(text).clean.split())
            found.append(
                Entity(
                    id=f"n{len(found) + 1}",
                    start=mark.start,
                    end=mark.end,
                    text=text,
                    type=cast(EntityType, mark.kind),
                    name=name,
                    chain=fold(name),
                )
            )
    return found


def _date(raw: str, mark: Mark, number: int, path: Path) -> DateMention:
    value = mark.value if mark.value not in ("", notation.UNKNOWN) else None
    if value is not None and not notation.is_value(value):
        raise DataError(
            f"{path}:{mark.line}: {value!r} is no date (EDTF), duration (P2D) or time (T21:30); "
            "write ? where the text does not fix it"
        )
    kinds: dict[str, DateType] = {"P": "DURATION", "T": "TIME"}
    days = notation.days(value)
    return DateMention(
        id=f"d{number}",
        start=mark.start,
        end=mark.end,
        text=raw[mark.start : mark.end],
        type=kinds.get(value[0], "DATE") if value else "DATE",
        value=value,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
    )


def _quantity(raw: str, mark: Mark, number: int, path: Path) -> Quantity:
    try:
        count = notation.count(mark.value)
    except ValueError as error:
        raise DataError(f"{path}:{mark.line}: {error}") from error
    return Quantity(
        id=f"q{number}",
        start=mark.start,
        end=mark.end,
        text=raw[mark.start : mark.end],
        value=count.value,
        low=count.low,
        high=count.high,
        bound=count.bound,
        unit=count.unit,
        unit_class=unit_class(count.unit),
    )


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    columns = ("unit", "dimension", "size", "forms")
    return frozenset(fold(row["unit"]) for row in read_tsv(lexicon("units.tsv"), columns))


def unit_class(unit: str) -> UnitClass:
    """Return what kind of thing a unit counts, by the lexicons of the counts room."""
    if unit == "%":
        return "share"
    if len(unit) == 3 and unit.isascii() and unit.isupper():
        return "money"
    if fold(unit) in _measures():
        return "measure"
    known = nouns.load()
    noun = known.singulars.get(fold(unit)) or known.plurals.get(fold(unit))
    return noun.unit_class if noun else "other"


# -- events ----------------------------------------------------------------------------------------


def _check_events(article: GoldArticle, path: Path, roles: Roles) -> None:
    """Check types and roles against the ontology, and every name against the text.

    An unknown type is an error, and so is a label, a trigger or a list of names of which nothing
    stands in the text. An unknown role, and one form of several that is not in the text, make a
    warning in the article: the rest still says what is meant.
    """
    source = path.read_text("utf-8")
    text = _loose(article.raw)
    opened = text.replace(_LAM_ARTICLE, _ARTICLE)

    def at(location: tuple[int | str, ...], message: str) -> str:
        return f"{path}:{line_of(source, location)}: {message}"

    for n, event in enumerate(article.events):
        if event.type not in roles:
            message = f"no type is called {event.type!r}; known are {', '.join(sorted(roles))}"
            raise DataError(at(("events", n, "type"), message))
        for where, forms in _names(event):
            absent = [form for form in forms if not any(_loose(form) in t for t in (text, opened))]
            if not absent:
                continue
            message = at(("events", n, *where), f"{absent[0]!r} does not stand in the text")
            if len(absent) == len(forms):
                raise DataError(f"{message}; write it as the text does")
            article.warnings.append(message)
        for i, participant in enumerate(event.participants):
            for role in participant.role:
                if role not in roles[event.type] and role != THING:
                    known = ", ".join(sorted(roles[event.type]))
                    message = f"{event.type} has no role {role!r}; known are {known}"
                    article.warnings.append(at(("events", n, "participants", i, "role"), message))


def _names(event: GoldEvent) -> Iterable[tuple[tuple[int | str, ...], tuple[str, ...]]]:
    """Yield the event's words by their place in the file; of a list of names one must stand."""
    yield ("label",), (event.label,)
    for n, trigger in enumerate(event.triggers):
        yield ("triggers", n), (trigger,)
    for n, forms in enumerate(event.locations):
        yield ("locations", n), forms
    for n, participant in enumerate(event.participants):
        yield ("participants", n, "name"), participant.name


def _loose(text: str) -> str:
    """Return the text without diacritics, its white space folded."""
    return " ".join(normalise(text).search.split())
