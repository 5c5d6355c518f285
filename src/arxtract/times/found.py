"""What several builders read from a match: days, months, years, directions, surroundings."""

from __future__ import annotations

from typing import Any, Literal

from arxtract.times.atoms import Atom
from arxtract.times.grammar import Found
from arxtract.times.lexicon import ARTICLE, load
from arxtract.times.partial import Calendar, Direction, Fixed, Partial, Reading

PARTIAL = (
    "\u0627\u064a",
    "\u0645\u064a",
    "\u0646\u064a",
    "\u0644\u064a",
    "\u0633\u064a",
)
"""Endings of relational adjectives, as in `the World Day of`."""


LIKELY = (1990, 2035)
"""Years that the press names so often that a number between them is rather a year."""
ALEF = "\u0627"
NOT_ACCUSATIVE = ("\u0647\u0627", "\u0646\u0627", "\u0648\u0627", "\u0645\u0627")


def article_before() -> str:
    return ARTICLE


def partial(
    found: Found, type_: Literal["DATE", "TIME", "DURATION", "SET"], reading: Reading
) -> Partial:
    """Make the partial of the whole match, without a bracket that it did not open."""
    first, last = found.first, found.last
    inside = found.atoms[first:last]
    if "close" in inside[-1].kinds and not any("open" in a.kinds for a in inside):
        last -= 1
    return Partial(found.atoms[first].start, found.atoms[last - 1].end, type_, reading, first, last)


def _day(atom: Atom) -> int | None:
    for kind in ("figure", "ord", "first"):
        value = atom.kinds.get(kind)
        if value is not None:
            return int(value) if 1 <= value <= 31 else None
    return -1 if "last" in atom.kinds else None


def day_of(found: Found) -> int | None:
    """Return the day of the month, -1 for the last, None for none or an impossible one."""
    for atom in found.all("day"):
        value = _day(atom)
        if value is not None:
            return value
    return None


def days_of(found: Found) -> list[int | None]:
    return [
        _day(atom)
        for atom in found.all("day")
        if "article" not in atom.kinds and "quote" not in atom.kinds
    ]


def month_of(found: Found) -> tuple[int, bool, bool, int | None] | None:
    """Return month number, whether Hijri, whether surely a month, and its second name's number."""
    months = found.all("month")
    if not months:
        return None
    atom = months[0]
    if "latin" in atom.kinds:
        return int(atom.kinds["latin"]), False, True, None
    hijri = "month" not in atom.kinds
    value = atom.kinds["hmonth" if hijri else "month"]
    double = found.get("double", "month")
    sure = value.sure or (double is not None and double.number == value.number)
    return value.number, hijri, sure, double.number if double else None


def direction_of(found: Found) -> Direction | None:
    if not found.has("adj"):
        return None
    for kind in ("past", "next", "now", "recent", "beforelast", "afternext"):
        value = found.get("adj", kind)
        if value is not None:
            return "past" if value == "past" else "next" if value == "next" else "now"
    return None


def shift_of(found: Found) -> int:
    """Return -2 to 2 for `the one before last` to `the one after next`."""
    if not found.has("adj"):
        return 0
    for kind, shift in (("beforelast", -2), ("afternext", 2), ("past", -1), ("next", 1)):
        if found.get("adj", kind) is not None:
            return shift
    return 0


def year_words(found: Found) -> dict[str, Any] | None:
    """Return the fields of a Calendar that its year's words give."""
    number = found.get("year", "year", "figure3", "figure")
    if number is not None:
        if found.get("era", "bce") is not None:
            return None
        if found.get("era", "hword") is not None:
            return {"year": number, "hijri": True}
        return {"year": number}
    if not found.has("ryear"):
        return {}
    if found.get("ryear", "same", "sameof", "that") is not None:
        return {"year_anchor": "same"}
    if found.get("ryear", "following") is not None:
        return {"year_anchor": "following"}
    if found.get("ryear", "past") is not None:
        return {"year_offset": -1}
    return {"year_offset": 1 if found.get("ryear", "next") is not None else 0}


def calendar_partial(found: Found, month: int, day: int | None, hijri: bool) -> Partial | None:
    """Make the partial of a month or a day in a month."""
    if found.get("era", "bce") is not None:
        return partial(found, "DATE", Fixed(None))
    words = year_words(found)
    if words is None:
        return None
    if words.pop("hijri", False) and not hijri:
        return None
    reading = Calendar(
        month=month,
        day=day,
        weekday=found.get("weekday", "weekday"),
        offset=found.get("deictic", "deictic", "today"),
        direction=direction_of(found),
        hijri=hijri,
        **words,
    )
    return partial(found, "DATE", reading)


def points_in_time(found: Found, sure: bool, hijri: bool) -> bool:
    """Say whether a month without a day is one, and not a name or a verb."""
    if any(found.has(group) for group in ("shahr", "year", "ryear", "double")):
        return True
    if found.has("adj") and (sure or not hijri):
        return True
    before = found.before()
    if before is None or ("stop" in before.kinds) or ("newline" in before.kinds):
        return False
    cues = ("in", "since", "between", "start", "to", "delivery", *(("prep",) if sure else ()))
    cue = any(k in before.kinds for k in cues)
    if found.has("edge"):
        return True
    if cue and _another_month(found):
        return True
    if not sure and ("from" in before.kinds or "to" in before.kinds):
        return False
    if cue:
        return sure or not hijri or found.get("month", "hmonth").number == 9
    if "and" in before.kinds and sure:
        earlier = found.before(2)
        return earlier is not None and "month" in earlier.kinds
    return False


def _another_month(found: Found) -> bool:
    """Say whether the month is the first of two: `from March to June`."""
    joint, other = found.after(), found.after(2)
    if joint is None or other is None or "month" not in other.kinds:
        return False
    return any(kind in joint.kinds for kind in ("to", "and", "dash"))


def counts_something(found: Found) -> bool:
    """Say whether a bare figure of four digits is a count or a number, and no year."""
    number = found.get("year", "year")
    before, after = found.before(), found.after()
    if number is None or number > 2099 or (number < 1800 and not _told(number, before)):
        return True
    lexicon = load()
    if before is not None:
        if before.text in lexicon.not_year_before or "article" in before.kinds:
            return True
        if _digit(before) or (before.text.isascii() and before.text.isalpha()):
            return _digit(before) or not LIKELY[0] <= number <= LIKELY[1]
        earlier = found.before(2)
        if "comma" in before.kinds and earlier is not None and "figure" in earlier.kinds:
            return True
        glued = before.end == found.atoms[found.first].start
        if glued and ("dash" in before.kinds or "slash" in before.kinds or "stop" in before.kinds):
            return "stop" not in before.kinds or _digit(found.before(2))
    if after is None:
        return False
    pointing = ("in", "since", "prep", "to", "between", "quote")
    pointed = before is not None and any(k in before.kinds for k in pointing)
    if "percent" in after.kinds:
        return True
    told = before is not None and any(k in before.kinds for k in ("within", "since", "quote"))
    if _counted(after) and not (told and _accusative(after) and number >= LIKELY[0]):
        return True
    glued = after.start == found.atoms[found.last - 1].end
    if glued and any(k in after.kinds for k in ("dash", "slash", "stop", "comma", "colon")):
        return _digit(found.after(2))
    if before is not None and "open" in before.kinds and "close" in after.kinds:
        pointed = True
    return number % 100 == 0 and not pointed


def _told(number: int, before: Atom | None) -> bool:
    """Say whether a figure below 1800 stands where a year does."""
    if before is None or before.end - before.start < 2:
        return False
    pointed = "in" in before.kinds or "since" in before.kinds
    return pointed or (number >= 1700 and before.text.startswith(ARTICLE))


def _digit(atom: Atom | None) -> bool:
    return atom is not None and atom.text[:1].isdigit()


def _counted(atom: Atom) -> bool:
    known = atom.text in load().not_year_after or "unit" in atom.kinds or "sana" in atom.kinds
    return known or _accusative(atom)


def _accusative(atom: Atom) -> bool:
    """Say whether a word looks like the counted noun of a figure, or like an adverb."""
    text = atom.text
    if not (text.endswith(ALEF) and len(text) > 3 and "other" in atom.kinds):
        return False
    known = text in load().not_year_after
    return not (known or text.startswith(ARTICLE) or text.endswith(NOT_ACCUSATIVE))


def date_partial(found: Found) -> tuple[int, int, int, bool] | None:
    """Read a date in figures: year, month, day, and whether it is Hijri."""
    text = found.get("ndate", "ndate")
    if text is None:
        parts = [a.text for a in found.all("ndate") if a.text.isdigit()]
    else:
        parts = text.replace("/", " ").replace(".", " ").replace("-", " ").split()
    if len(parts) != 3:
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
    else:
        day, month, year = numbers
        if not found.day_first or month > 12:
            day, month = month, day
        if month > 12:
            day, month = month, day
        if len(parts[2]) == 2:
            if not _two_digit_date(text or "", found):
                return None
            year += 2000 if year < 70 else 1900
    hijri = found.get("era", "hword") is not None or 1300 <= year <= 1500
    if not (1 <= month <= 12 and 1 <= day <= 31) or not 1300 <= year <= 2150:
        return None
    return year, month, day, hijri


def _two_digit_date(text: str, found: Found) -> bool:
    """Accept 12/05/22; 12.5.22 and 12-5-22 only after a word that announces a date."""
    if "/" in text:
        return True
    before = found.before()
    announced = before is not None and ("in" in before.kinds or "prep" in before.kinds)
    return announced or found.last - found.first > 1
