"""The day of publication, where a short line of the page gives it.

A date in running text is none, nor is one in a headline: beside its date a dateline has only
words such as published or updated, a weekday, a time, an agency, or a name that marks part off.
Arabic month names of all countries and of the Hijri year come from ``months.tsv``; dates in French
and English are read by dateparser, which is imported only when such a line turns up.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import regex

from arxtract.document import CleanText
from arxtract.resources import lexicon, read_tsv
from arxtract.text.cues import vocabulary, words
from arxtract.text.normalise import normalise

_LONGEST = 110  # characters of a dateline
_YEARS = range(1980, 2100)
_HIJRI_YEARS = range(1400, 1525)
_MOST_NAMES = 4  # words, not of a dateline, that a mark may part off (an author, a place)

_MONTH = r"(?P<month>\p{L}[\p{L}./'-]{1,20}+(?: \p{L}{2,10}+)?+)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_FORMS = tuple(
    regex.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}}) ?[-/.] ?(?P<m>\d{{1,2}}) ?[-/.] ?{_YEAR}",
        rf"(?<!\d){_DAY}[ ,/.-]{{0,3}}{_MONTH}[ ,\u060c/.-]{{0,3}}{_YEAR}",
        rf"(?<!\d){_YEAR}[ ,/.-]{{1,3}}{_MONTH}[ ,/.-]{{0,3}}{_DAY}(?!\d)",
        rf"(?<!\p{{L}}){_MONTH}[ ,]{{1,3}}{_DAY}[ ,\u060c]{{1,3}}{_YEAR}",
    )
)
_DIGITS = regex.compile(r"\d")
_MARK = regex.compile(r"[|\-/(\u2022\u00b7_]")
_WEAK_MARK = regex.compile(r"[|\-/(\u2022\u00b7_:,\u060c]")  # part a single name off


def find_date(text: CleanText, start: int, end: int) -> date | None:
    """Return the day that the line in clean ``[start, end)`` dates the article with, if any."""
    if end - start > _LONGEST or end - start < 8:
        return None
    line = text.search[start:end].lower()
    if not _DIGITS.search(line):
        return None
    found: list[_Found] = []
    for form in _FORMS:
        for match in form.finditer(line, overlapped=True):
            day = _day(match)
            if day and not any(f.start < match.end() and match.start() < f.end for f in found):
                hijri = int(match["year"]) in _HIJRI_YEARS
                found.append(_Found(hijri, match.start(), match.end(), day))
    if not found or not _is_dateline(line, [(f.start, f.end) for f in found]):
        return None
    return min(found).day  # a Gregorian one first, as Hijri months begin by observation


class _Found(NamedTuple):
    hijri: bool
    start: int
    end: int
    day: date


def _is_dateline(line: str, dates: list[tuple[int, int]]) -> bool:
    """Say whether what stands around the dates is the furniture of a dateline."""
    rest = line
    for start, end in sorted(dates, reverse=True):
        rest = rest[:start] + "\n" + rest[end:]
    known = vocabulary("dateline") | vocabulary("weekdays")
    names = [word for word in words(rest) if word not in known]
    if not names:
        return True
    if len(names) > _MOST_NAMES:
        return False
    labelled = len(names) <= 2 and any(word in vocabulary("labels") for word in words(rest))
    return labelled or len(dates) > 1 or _is_parted(rest, names)


def _is_parted(rest: str, names: list[str]) -> bool:
    """Say whether a mark stands between the names and the date."""
    return all(
        not any(name in words(piece) for name in names)
        for piece in (_WEAK_MARK if len(names) == 1 else _MARK).split(rest)
        if "\n" in piece
    )


def _day(match: regex.Match[str]) -> date | None:
    """Return the Gregorian day of a match of one of the forms."""
    groups = match.groupdict()
    day, year = int(groups["day"]), int(groups["year"])
    if groups.get("m"):
        month = int(groups["m"])
        if month > 12 >= day:
            day, month = month, day  # the American order
        return _make(year, month, day)
    name = groups["month"].strip(" .-/")
    for calendar, number in _months().get(_key(name), ()):
        if calendar == "hijri" and year in _HIJRI_YEARS:
            return _from_hijri(year, number, day)
        if calendar == "gregorian" and year in _YEARS:
            return _make(year, number, day)
    return _foreign(match[0], name, year)


def _make(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return _from_hijri(year, month, day) if year in _HIJRI_YEARS else None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def _foreign(phrase: str, month: str, year: int) -> date | None:
    """Read a date with a French or English month name."""
    if year not in _YEARS or (not month.isascii() and not regex.fullmatch(r"\p{Latin}++", month)):
        return None
    import dateparser

    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True}
    parsed = dateparser.parse(phrase, languages=["fr", "en"], settings=settings)
    return parsed.date() if parsed else None


def _key(name: str) -> str:
    """Return the look-up form of a month's name: folded, of a double form the first."""
    return " ".join(words(regex.split(r"[/\-(]", name)[0]))


@lru_cache(maxsize=1)
def _months() -> dict[str, list[tuple[str, int]]]:
    months: dict[str, list[tuple[str, int]]] = {}
    for row in read_tsv(lexicon("months.tsv"), ("calendar", "number", "name", "sure")):
        entry = (row["calendar"], int(row["number"]))
        listed = months.setdefault(_key(normalise(row["name"]).search), [])
        if entry not in listed:
            listed.append(entry)
    return months
