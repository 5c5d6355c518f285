"""Builders of weeks, seasons, years, decades, centuries and feasts."""

from __future__ import annotations

from itertools import pairwise

from arxtract.times import edtf
from arxtract.times.found import (
    article_before,
    counts_something,
    direction_of,
    month_of,
    partial,
    shift_of,
    year_words,
)
from arxtract.times.grammar import Found
from arxtract.times.lexicon import Feast
from arxtract.times.partial import (
    BARE_WEEKEND,
    Between,
    Calendar,
    Fixed,
    Partial,
    Period,
    Portion,
    Reading,
    TextAnchor,
)

ANCHORS: dict[TextAnchor, int] = {"following": 1, "previous": -1, "same": 0}
"""Words that count from another date of the text, and how far."""


LONGEST_FEAST = 7  # days
PLAY = 15  # atoms around a half or quarter where a word of play says that it is of a match


def period(found: Found) -> Partial | None:
    """A week, month, year, season or century counted from now or from another date."""
    if found.has("whole"):
        return _edge_of_now(found)
    word = found.all("unit")[0]
    unit = found.get("unit", "theunit", "sana", "annual")
    if not word.text.startswith(article_before()) and not found.has("this"):
        return None
    if _general(found):
        return None
    if found.has("that"):
        after = found.after()
        if after is not None and "ord" in after.kinds:  # that ninth year of something
            return None
        return partial(found, "DATE", Period(unit, 0, "same"))
    if found.get("adj", "previous") is not None:  # the feminine is also one of `the last`
        return partial(found, "DATE", Period(unit, -1, "previous"))
    if found.has("same"):
        for anchor, shift in ANCHORS.items():
            if found.get("same", anchor) is not None:
                return partial(found, "DATE", Period(unit, shift, anchor))
    if found.get("adj", "recent") is not None and found.get("adj", "past", "next", "now") is None:
        after = found.after()
        whose = after is not None and "from" in after.kinds
        return None if whose or unit == "S" else partial(found, "DATE", Fixed(None))
    return partial(found, "DATE", Period(unit, 0 if found.has("this") else shift_of(found)))


def _edge_of_now(found: Found) -> Partial | None:
    """`The beginning of the year`, without a word that says which: the current one."""
    word, after = found.all("whole")[0], found.after()
    unit = found.get("whole", "theunit", "sana")
    if unit not in ("W", "M", "Y", "100Y") or not word.text.startswith(article_before()):
        return None
    if after is not None and ("year" in after.kinds or after.text.startswith(article_before())):
        return None
    return partial(found, "DATE", Period(unit, 0))


def vague_period(found: Found) -> Partial | None:
    """`The new year`, `the new season`: nothing says which."""
    word = found.all("unit")[0]
    if not word.text.startswith(article_before()) or _general(found):
        return None
    before = found.before()
    timed = before is not None and any(kind in before.kinds for kind in ("in", "since"))
    if not (timed or found.has("edge")):  # what one prepares for or opens
        return None
    return partial(found, "DATE", Fixed(None))


def _general(found: Found) -> bool:
    """Say whether the word for year is the adjective `general` of the noun before it."""
    before = found.before()
    return before is not None and "general" in before.kinds


def weekend(found: Found) -> Partial | None:
    """Saturday and Sunday of a week."""
    shift = shift_of(found) if found.has("adj") else 0
    before = found.before()
    if before is not None and ("generic" in before.kinds or "every" in before.kinds):
        return None
    return partial(found, "DATE", Period("WE" if found.has("adj") else BARE_WEEKEND, shift))


def _whole_year(found: Found) -> Calendar | None:
    year = found.get("year", "year")
    if year is not None:
        return Calendar(year, hijri=found.get("era", "hword") is not None)
    if found.has("this"):
        return Calendar(year_offset=0)
    if found.has("previous") or found.get("adj", "previous") is not None:
        return Calendar(year_anchor="previous")
    if not found.has("adj") and not found.all("unit")[0].text.startswith(article_before()):
        return None
    return Calendar(year_offset=shift_of(found))


def part_of_year(found: Found) -> Partial | None:
    """A half, third or quarter of a year, or the same one of another year."""
    whole = _whole_year(found)
    if whole is None:
        return None
    count = found.get("portion", "half", "third", "quarter")
    if count is None:
        unit = found.get("portion", "theunit")
        if unit is None:
            return partial(found, "DATE", Portion(whole, 0, 0))
        return partial(found, "DATE", Portion(whole, 0, 12)) if unit == "M" else None
    if found.has("alike"):
        return partial(found, "DATE", Portion(whole, 0, count))
    nth = found.get("nth", "ord") or count
    if not 1 <= nth <= count:
        return None
    return partial(found, "DATE", Portion(whole, nth, count))


def months_of_year(found: Found) -> Partial | None:
    """The first or last so many months of a year."""
    whole = _whole_year(found)
    number = found.get("number", "card", "figure")
    unit = found.get("months", "theunits", "unit")
    if whole is None or unit != "M" or not number or number > 12:
        return None
    if found.get("nth", "ord") == 1:
        months = (1, number)
    elif found.get("nth", "recent") is not None or found.get("nth", "edge") == "end":
        months = (13 - number, 12)
    else:
        return None
    return partial(found, "DATE", Portion(whole, 1, 0, months=months))


def part_of_a_year(found: Found) -> Partial | None:
    """A half or quarter of a year that is not named, as in reports of companies."""
    count = found.get("portion", "partofyear")
    nth, before = found.get("nth", "ord"), found.before()
    if nth is not None and not 1 <= nth <= count:
        return None
    kinds = ("in", "since", "prep", "to", "until", "bound")
    if not found.has("edge") and (before is None or not any(k in before.kinds for k in kinds)):
        return None
    around = found.atoms[max(0, found.first - PLAY) : found.last + PLAY]
    if any("play" in atom.kinds for atom in around):
        return None
    if nth is not None:
        return partial(found, "DATE", Portion(Calendar(), nth, count))
    told = not found.has("adj") or found.get("adj", "now", "recent") is not None
    if found.has("adj") and found.get("adj", "recent") is not None:
        return None
    shift = -1 if found.has("previous") else shift_of(found)
    return partial(found, "DATE", Portion(Calendar(), 0, count, shift=shift, told=told))


def part_of_month(found: Found) -> Partial | None:
    """The first or second half of a month."""
    month = month_of(found)
    words = year_words(found)
    if month is None or words is None:
        return None
    number, hijri, _, _ = month
    nth = next(a.kinds["ord"] for a in found.atoms[found.first : found.last] if "ord" in a.kinds)
    hijri = words.pop("hijri", False) or hijri
    if nth > 2:
        return None
    whole = Calendar(month=number, hijri=hijri, direction=direction_of(found), **words)
    return partial(found, "DATE", Portion(whole, nth, 2))


def week_of_month(found: Found) -> Partial | None:
    """The first, second, third, fourth or last seven days of a month."""
    month = month_of(found)
    words = year_words(found)
    if month is None or words is None or found.get("week", "theunit") != "W":
        return None
    nth = found.get("nth", "ord") or -1
    hijri = words.pop("hijri", False) or month[1]
    if nth > 4 or hijri:
        return None
    whole = Calendar(month=month[0], direction=direction_of(found), **words)
    return partial(found, "DATE", Portion(whole, nth, 4))


def season(found: Found) -> Partial | None:
    """Spring, summer, autumn or winter of a year."""
    code = found.get("season", "season", "theseason")
    if found.has("year") or found.has("ryear"):
        words = year_words(found)
        if words is None:
            return None
        if words.pop("hijri", False):
            return partial(found, "DATE", Fixed(None))
        return partial(found, "DATE", Portion(Calendar(**words), 0, 0, code))
    if found.get("season", "theseason") is None:
        return None
    whole = Calendar(direction="now" if found.has("this") else direction_of(found))
    return partial(found, "DATE", Portion(whole, 0, 0, code))


def year(found: Found) -> Partial | None:
    """A year, with the word for it or bare."""
    number = found.get("year", "year", "figure3", "figure", "card")
    hijri = found.get("era", "hword") is not None
    if not number:
        return None
    if found.get("era", "bce") is not None:
        return partial(found, "DATE", Fixed(edtf.before_christ(number)))
    if found.get("year", "card") is not None:
        if number < 100:
            return None
        hijri = hijri or number < 1500
    elif found.get("year", "figure") is not None and found.get("word", "sana") and not hijri:
        return _two_figures(found, number)
    elif number < 1000:
        if not found.has("era") or (not found.has("word") and _metres(found)):
            return None
    elif not found.has("word"):
        era = found.has("era")
        if not era and counts_something(found):
            return None
    season_year = found.get("word", "season_year")
    if not found.has("era") and 1340 <= number <= 1480 and found.has("word"):
        hijri = True
    if season_year is not None and number > 1900 and not found.has("era"):
        return partial(found, "DATE", Fixed(edtf.year(number)))
    return partial(found, "DATE", Calendar(number, hijri=hijri))


def _two_figures(found: Found, number: int) -> Partial | None:
    """A year of the last century by its last two figures, `the year 67`."""
    after = found.after()
    counts = after is not None and any(k in after.kinds for k in ("unit", "percent", "month"))
    if counts or found.has("era") or not 40 <= number <= 99:
        return None
    return partial(found, "DATE", Calendar(1900 + number))


def _metres(found: Found) -> bool:
    """Say whether the letter after a small figure stands for metres, and for no era."""
    before = found.before()
    era = found.all("era")[0]
    glued = before is not None and any(k in before.kinds for k in ("dash", "slash", "open"))
    return "gword" in era.kinds and len(era.text) == 1 and not glued


def year_range(found: Found) -> Partial | None:
    """Two years with a stroke between: a season or a range."""
    first = found.get("year", "year")
    second = found.get("second", "year", "figure")
    if second is None or not 1700 <= first <= 2150:
        hijri = second is not None and 1300 <= first <= 1500 and found.has("era")
        if not hijri:
            return None
    if second < 100:
        if not found.has("word") and second != (first + 1) % 100:
            return None
        second += first - first % 100
        if len(found.all("second")[0].text) != 2 or second <= first:
            return None
    first, second = sorted((first, second))
    before = found.before()
    if not found.has("word") and before is not None and "notyear" in before.kinds:
        return None
    if found.get("era", "hword") is not None:
        return partial(
            found, "DATE", Between(Calendar(first, hijri=True), Calendar(second, hijri=True))
        )
    return partial(found, "DATE", Fixed(f"{edtf.year(first)}/{edtf.year(second)}"))


def years(found: Found) -> Partial | None:
    """Several years after a word in the dual or plural."""
    numbers = [a.kinds["year"] for a in found.all("year")]
    consecutive = all(b - a == 1 for a, b in pairwise(numbers))
    before = found.before()
    ranged = any("to" in a.kinds for a in found.all("sep")) or (
        before is not None and "between" in before.kinds
    )
    if ranged or consecutive:
        return partial(found, "DATE", Fixed(f"{numbers[0]}/{numbers[-1]}"))
    return partial(found, "DATE", Fixed("{" + ",".join(map(str, numbers)) + "}"))


def decade(found: Found) -> Partial | None:
    """The eighties; the twenties and thirties only with their century."""
    base = found.get("decade", "decade")
    after = found.after()
    which: int | None = None
    if found.has("which"):
        ordinal = found.get("which", "ord", "figure")
        which = ordinal - 1 if ordinal else (19 if found.get("which", "past") else 20)
    elif base < 1940 or (after is not None and "from" in after.kinds):
        return None
    start = base if which is None else which * 100 + base % 100
    return partial(found, "DATE", Fixed(f"{start // 10}X"))


def century(found: Found) -> Partial | None:
    """A century by its number."""
    number = found.get("which", "ord", "figure")
    if found.get("era", "eracent") == "B":
        return partial(found, "DATE", Fixed(f"-{number - 1:02d}XX"))
    if not 1 <= number <= 22:
        return None
    if found.get("era", "eracent") == "H" or found.get("era", "hword"):
        ends = Calendar((number - 1) * 100 + 1, hijri=True), Calendar(number * 100, hijri=True)
        return partial(found, "DATE", Between(*ends))
    return partial(found, "DATE", Fixed(f"{number - 1:02d}XX"))


def feast(found: Found) -> Partial | None:
    """A feast: its day where the year is known."""
    day = found.get("feast", "feast")
    if day.month is None or (found.has("nth") and day.day is None):
        return partial(found, "DATE", Fixed(None))
    nth = found.get("nth", "ord", "first")
    if nth is not None and not 1 <= nth <= LONGEST_FEAST:
        return None
    if nth is not None:
        day = day._replace(day=day.day + nth - 1)
    number = found.get("year", "year")
    if number is not None:
        return partial(found, "DATE", _feast_of_year(day, number, found))
    reading = Calendar(
        month=day.month,
        day=day.day,
        weekday=found.get("weekday", "weekday"),
        hijri=day.hijri,
        direction=direction_of(found),
    )
    return partial(found, "DATE", reading)


def _feast_of_year(day: Feast, number: int, found: Found) -> Reading:
    hijri_year = found.get("era", "hword") is not None or 1300 <= number <= 1500
    if day.hijri and not hijri_year:
        return Calendar(number, day.month, day.day, hijri=True, direction="now")
    return Calendar(number, day.month, day.day, hijri=day.hijri)
