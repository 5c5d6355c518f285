"""Finding: atoms, candidates, partial dates, joined ranges, values, records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from arxtract.document import Document
from arxtract.records import DateMention
from arxtract.text.normalise import mend_surrogates, normalise
from arxtract.times import edtf
from arxtract.times.anchor import Anchorer
from arxtract.times.atoms import Atom, atomise, line_break
from arxtract.times.build import BUILDERS
from arxtract.times.days import DAYS
from arxtract.times.grammar import Matcher
from arxtract.times.partial import Between, Calendar, Fixed, Partial, Period


def find(text: str, published: date | None = None, day_first: bool = True) -> list[DateMention]:
    """Find the date expressions of ``text``, with values counted from ``published``.

    Without ``published``, what is relative to it (today, next week) has a null value.
    ``day_first`` says how to read 05/06/2020.
    """
    mended, _ = mend_surrogates(text)
    document = Document(normalise(mended), published=published)
    if document.clean:
        document.body.append((0, len(document.clean)))
    return find_in(document, day_first)


def find_in(document: Document, day_first: bool = True) -> list[DateMention]:
    """Find the date expressions in the body of ``document``; warnings are added to it.

    Where nobody said when the text was published, a full date that it calls today says it.
    """
    atoms: list[Atom] = []
    for start, end in document.body:
        atoms.extend(atomise(document.search, start, end))
        atoms.append(line_break())
    partials = list(_join_ranges(atoms, list(_partials(atoms, day_first))))

    def warn(message: str, partial: Partial) -> None:
        text = document.span(partial.start, partial.end).text
        document.warnings.append(f"date «{text}»: {message}")

    if document.published is None and (day := _today(partials)) is not None:
        document.published, document.published_from = day, "text"
    anchorer = Anchorer(document.published, atoms, partials, warn)
    mentions = [
        _mention(document, anchorer, partial, f"d{number}")
        for number, partial in enumerate(partials, 1)
    ]
    for place, (first, second) in enumerate(pairwise(mentions)):
        if _double_dating(atoms, partials[place], partials[place + 1]) and _disagree(first, second):
            warn(f"«{second.text}» is another day", partials[place])
    return mentions


def _today(partials: Sequence[Partial]) -> date | None:
    """Return the day from which the first full date with a word such as today is counted."""
    for partial in partials:
        c = partial.reading
        if not isinstance(c, Calendar) or c.hijri or c.offset is None:
            continue
        if c.year is not None and c.month is not None and c.day is not None:
            try:
                return date(c.year, c.month, c.day) - c.offset * DAYS
            except (ValueError, OverflowError):  # no such day
                return None
    return None


def _double_dating(atoms: Sequence[Atom], first: Partial, second: Partial) -> bool:
    """Say whether the words between two dates say that they are the same day."""
    if not 0 < second.first_atom - first.last_atom <= 3:
        return False
    between = atoms[first.last_atom : second.first_atom]
    return any("corresponding" in atom.kinds for atom in between)


def _disagree(first: DateMention, second: DateMention) -> bool:
    """Say whether two days are more than the one apart that sighting the moon may make."""
    if first.earliest is None or second.earliest is None:
        return False
    return abs((first.earliest - second.earliest).days) > 1


def _partials(atoms: Sequence[Atom], day_first: bool) -> Iterator[Partial]:
    """Yield partial dates that do not overlap, in order."""
    place = 0
    matcher = Matcher(atoms, day_first)
    for start in matcher.places():
        if start < place:
            continue
        for found in matcher.at(start):
            if found.rule.build is None:
                place = found.last
                break
            partial = BUILDERS[found.rule.build](found)
            if partial is not None and partial.first_atom >= place:
                place = partial.last_atom
                yield partial
                break


def _join_ranges(atoms: Sequence[Atom], partials: list[Partial]) -> Iterator[Partial]:
    """Join `from A to B` and `between A and B` into one mention."""
    place = 0
    while place < len(partials):
        first = partials[place]
        joined = _range(atoms, first, partials[place + 1]) if place + 1 < len(partials) else None
        if joined is not None:
            yield joined
            place += 2
        else:
            yield first
            place += 1


def _range(atoms: Sequence[Atom], first: Partial, last: Partial) -> Partial | None:
    if first.type != last.type or first.type == "SET" or first.first_atom == 0:
        return None
    opener = atoms[first.first_atom - 1].kinds
    if "from" not in opener and "between" not in opener:
        return None
    between = [a for a in atoms[first.last_atom : last.first_atom] if "comma" not in a.kinds]
    if len(between) != 1 or isinstance(first.reading, Between) or isinstance(last.reading, Between):
        return None
    if "to" not in between[0].kinds and not ("and" in between[0].kinds and "between" in opener):
        return None
    if isinstance(last.reading, Calendar) and not isinstance(first.reading, Calendar):
        return None
    if isinstance(first.reading, Calendar) and not isinstance(last.reading, Calendar | Period):
        return None
    if isinstance(first.reading, Fixed) and first.reading.value is None:
        return None
    if first.type == "DURATION":
        return _lengths(first, last)
    reading = Between(first.reading, last.reading)
    return first._replace(end=last.end, reading=reading, last_atom=last.last_atom)


def _lengths(first: Partial, last: Partial) -> Partial | None:
    """Join two lengths, `from a month to two years`."""
    values = [p.reading.value for p in (first, last) if isinstance(p.reading, Fixed)]
    if len(values) < 2 or None in values or any("/" in str(value) for value in values):
        return None
    reading = Fixed(f"{values[0]}/{values[1]}")
    return first._replace(end=last.end, reading=reading, last_atom=last.last_atom)


def _mention(
    document: Document, anchorer: Anchorer, partial: Partial, identifier: str
) -> DateMention:
    answer = anchorer.resolve(partial)
    start = partial.start
    if answer.duration:  # without the word for `after`
        start = anchorer.context.atoms[partial.first_atom + 1].start
    first, last = document.text.raw_range(start, partial.end)
    type_ = "DURATION" if answer.duration else partial.type
    earliest, latest = edtf.bounds(answer.value) if type_ == "DATE" else (None, None)
    if type_ == "DURATION":
        earliest, latest = anchorer.stretch(partial, answer.value)
    return DateMention(
        id=identifier,
        start=first,
        end=last,
        text=document.text.raw[first:last],
        type=type_,
        value=answer.value,
        earliest=earliest,
        latest=latest,
        anchored=answer.anchored,
    )
