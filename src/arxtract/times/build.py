"""From a match of a rule to a partial date: one small builder for each kind of expression.

A builder returns None where the words, read closely, are no date after all.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from arxtract.times import edtf
from arxtract.times.atoms import Atom
from arxtract.times.clock import clock
from arxtract.times.durations import (
    age,
    ago,
    duration,
    duration_range,
    every,
    last_units,
    vague,
)
from arxtract.times.found import (
    PARTIAL,
    article_before,
    calendar_partial,
    counts_something,
    date_partial,
    day_of,
    days_of,
    direction_of,
    month_of,
    partial,
    points_in_time,
    shift_of,
    year_words,
)
from arxtract.times.grammar import Found
from arxtract.times.partial import Between, Calendar, Fixed, Partial, Period, Portion, Reading


def calendar(found: Found) -> Partial | None:
    """A day, a month, or a day by its name, with what stands around it."""
    month = month_of(found)
    day = day_of(found)
    if day is None and found.has("day"):
        return None
    if found.has("rmonth"):
        if found.get("rmonth", "theunit") != "M" or day is None:
            return None
        same = found.get("adj", "same") is not None
        reading = Calendar(
            day=day,
            month_offset=shift_of(found),
            month_anchor="same" if same else None,
        )
        return partial(found, "DATE", reading)
    if month is None:
        return _day_by_name(found)
    before = found.before()
    if day is not None and not found.has("year") and before is not None:
        if "namedafter" in before.kinds:
            return None
        if "landmark" in before.kinds:
            return partial(found, "DATE", Fixed(None))
    number, hijri, sure, double = month
    if double is not None and double != number:
        if found.has("slash") and not hijri and not found.has("day"):
            return _two_months(found, number, double)
        return None
    if day is None and not found.has("day") and not points_in_time(found, sure, hijri):
        return None
    if day is not None and not sure and _only_an_ordinal(found):
        return None
    if day is not None and not sure and hijri and _joined_by_stroke(found):
        return None
    return calendar_partial(found, number, day, hijri)


def _only_an_ordinal(found: Found) -> bool:
    """Say whether the day is an ordinal right before a word that is a month only perhaps."""
    days = found.all("day")
    place = found.match.end("day")
    if found.has("year") or found.has("adj") or found.has("weekday"):
        return False
    small = days[0].kinds.get("ord", 31) <= 10
    return small and "month" in found.atoms[place].kinds


def _joined_by_stroke(found: Found) -> bool:
    """Say whether a stroke parts the day from a Hijri name that is also a word: 1-0 in words."""
    kinds = found.atoms[found.match.end("day")].kinds
    return "dash" in kinds or "slash" in kinds


def _two_months(found: Found, first: int, second: int) -> Partial | None:
    words = year_words(found)
    if words is None:
        return None
    return partial(
        found,
        "DATE",
        Between(Calendar(month=first, **words), Calendar(month=second, **words)),
    )


def _day_by_name(found: Found) -> Partial | None:
    weekday = found.get("weekday", "weekday")
    offset = found.get("deictic", "deictic", "today", "lastnight", "tonight")
    direction = direction_of(found)
    if offset == 0 and weekday is None and not found.has("part") and not _is_today(found):
        return None
    if weekday is None and offset is None:
        return None
    if offset is None and not found.has("part") and _names_something(found):
        return None
    if weekday is not None and offset is None:
        shift = found.get("adj", "beforelast", "afternext")
        if shift is not None:
            way = shift_of(found)
            return partial(found, "DATE", Period("W", way, weekday=weekday))
        if found.has("this"):
            direction = "now"
    return partial(found, "DATE", Calendar(weekday=weekday, offset=offset, direction=direction))


def _names_something(found: Found) -> bool:
    """Say whether a bare weekday belongs to a name, or is the word for `the two`."""
    before = found.before()
    if before is None or "weekday" not in found.atoms[found.first].kinds:
        return False
    if "notday" in before.kinds:
        return True
    return "between" in before.kinds and found.get("weekday", "weekday") == 0 and not _pair(found)


def _pair(found: Found) -> bool:
    following = found.after(2)
    return following is not None and "weekday" in following.kinds


def _is_today(found: Found) -> bool:
    """Tell the day of publication from nowadays, from a named day, and from a newspaper's name."""
    last = found.atoms[found.last - 1].kinds
    if "today" not in last and "tonight" not in last:
        return True
    before, after = found.before(), found.after()
    if before is not None and ("nottoday" in before.kinds or "to" in before.kinds):
        return False
    if before is not None and ("prep" in before.kinds or "this" in before.kinds):
        return False
    if after is None:
        return True
    if "ord" in after.kinds or "following" in after.kinds or "notafter" in after.kinds:
        return False
    if "quote" in after.kinds:
        return False
    adjective = after.text.startswith(article_before()) and after.text[-2:] in PARTIAL
    return not ("other" in after.kinds and adjective)


def numeric(found: Found) -> Partial | None:
    """A date in figures; ``found.day_first`` says how to read 05/06/2020."""
    parsed = date_partial(found)
    if parsed is None:
        return None
    year, month, day, hijri = parsed
    weekday = found.get("weekday", "weekday")
    return partial(found, "DATE", Calendar(year, month, day, weekday, hijri=hijri))


def days(found: Found) -> Partial | None:
    """Several days of one month: a range, or a list."""
    month = month_of(found)
    numbers = days_of(found)
    words = year_words(found)
    if month is None or words is None or None in numbers:
        return None
    number, hijri, _, double = month
    if double not in (None, number):
        return None
    hijri = hijri or words.pop("hijri", False)
    direction = direction_of(found)
    ends: list[Reading] = [
        Calendar(month=number, day=day, hijri=hijri, direction=direction, **words)
        for day in numbers
    ]
    separators = found.all("sep")
    ranged = any("to" in a.kinds or "dash" in a.kinds for a in separators)
    before = found.before()
    ranged = ranged or (before is not None and "between" in before.kinds)
    if any("slash" in a.kinds for a in separators) and len(numbers) > 2:
        return None
    members = () if ranged and len(ends) == 2 else tuple(ends)
    return partial(found, "DATE", Between(ends[0], ends[-1], members))


def months(found: Found) -> Partial | None:
    """Several months of one year."""
    words = year_words(found)
    numbers = [a.kinds.get("month") for a in found.all("month")]
    if words is None or None in numbers:
        return None
    direction = direction_of(found)
    ends: list[Reading] = [
        Calendar(month=n.number, direction=direction, **words) for n in numbers if n
    ]
    return partial(found, "DATE", Between(ends[0], ends[-1]))


def same_day(found: Found) -> Partial | None:
    """`The same day`, `the day after`: counted from the last day that the text named."""
    weekday = found.get("day", "weekday")
    if found.has("same") and found.get("same", "previous") is not None:
        return partial(found, "DATE", Period("D", -1, "previous"))
    if found.get("same", "following") is not None:
        return partial(found, "DATE", Period("D", 1, "following"))
    return partial(found, "DATE", Period("D", 0, "same", weekday))


def weekdays(found: Found) -> Partial | None:
    """Two days that follow each other, by their names: a night, or `the two days of`."""
    first, *middle, second = (a.kinds["weekday"] for a in found.all("weekday"))
    if middle:
        return _several_weekdays(found, [first, *middle, second])
    joined = any("and" in a.kinds for a in found.atoms[found.first : found.last])
    plural = any("yomay" in a.kinds for a in found.atoms[found.first : found.last])
    if (second - first) % 7 != 1 and not plural:
        return None
    if joined and not plural and not found.has("part") and (second - first) % 7 != 1:
        return None
    direction = direction_of(found)
    ends: tuple[Reading, ...] = (
        Calendar(weekday=first, direction=direction),
        Calendar(weekday=second, direction=direction),
    )
    return partial(found, "DATE", Between(ends[0], ends[1]))


def _several_weekdays(found: Found, days: list[int]) -> Partial | None:
    """Three days or more that follow each other."""
    if any((b - a) % 7 != 1 for a, b in pairwise(days)):
        return None
    direction = direction_of(found)
    first = Calendar(weekday=days[0], direction=direction)
    return partial(found, "DATE", Between(first, Calendar(weekday=days[-1], direction=direction)))


def period(found: Found) -> Partial | None:
    """A week, month, year, season or century counted from now or from another date."""
    if found.has("whole"):
        return _edge_of_now(found)
    word = found.all("unit")[0]
    unit = found.get("unit", "theunit", "sana", "annual")
    if not word.text.startswith(article_before()) and not found.has("this"):
        return None
    if found.has("same"):
        following = found.get("same", "following") is not None
        return partial(
            found,
            "DATE",
            Period(unit, int(following), "following" if following else "same"),
        )
    if found.get("adj", "recent") is not None and found.get("adj", "past", "next", "now") is None:
        return None
    return partial(found, "DATE", Period(unit, 0 if found.has("this") else shift_of(found)))


def _edge_of_now(found: Found) -> Partial | None:
    """`The beginning of the year`, without a word that says which: the current one."""
    word, after = found.all("whole")[0], found.after()
    unit = found.get("whole", "theunit", "sana")
    if unit not in ("W", "M", "Y") or not word.text.startswith(article_before()):
        return None
    if after is not None and ("year" in after.kinds or after.text.startswith(article_before())):
        return None
    return partial(found, "DATE", Period(unit, 0))


def vague_period(found: Found) -> Partial | None:
    """`The new year`, `the new season`: nothing says which."""
    word = found.all("unit")[0]
    return partial(found, "DATE", Fixed(None)) if word.text.startswith(article_before()) else None


def weekend(found: Found) -> Partial | None:
    """Saturday and Sunday of a week."""
    shift = shift_of(found) if found.has("adj") else 0
    return partial(found, "DATE", Period("WE", shift))


def _whole_year(found: Found) -> Calendar | None:
    year = found.get("year", "year")
    if year is not None:
        return Calendar(year, hijri=found.get("era", "hword") is not None)
    if found.has("this"):
        return Calendar(year_offset=0)
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
        return partial(found, "DATE", Portion(whole, 0, 0))
    nth = found.get("nth", "ord") or count
    if not 1 <= nth <= count:
        return None
    return partial(found, "DATE", Portion(whole, nth, count))


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
        words.pop("hijri", None)
        return partial(found, "DATE", Portion(Calendar(**words), 0, 0, code))
    if found.get("season", "theseason") is None:
        return None
    whole = Calendar(direction="now" if found.has("this") else direction_of(found))
    return partial(found, "DATE", Portion(whole, 0, 0, code))


def year(found: Found) -> Partial | None:
    """A year, with the word for it or bare."""
    number = found.get("year", "year", "figure3", "figure")
    hijri = found.get("era", "hword") is not None
    if number < 1000:
        if not found.has("era"):
            return None
    elif not found.has("word"):
        era = found.has("era")
        if not era and counts_something(found):
            return None
    season_year = found.get("word", "season_year")
    if not hijri and 1340 <= number <= 1480 and found.has("word"):
        hijri = True
    if season_year is not None and number > 1900 and not found.has("era"):
        return partial(found, "DATE", Fixed(edtf.year(number)))
    return partial(found, "DATE", Calendar(number, hijri=hijri))


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
    if found.get("era", "eracent") == "B" or not 1 <= number <= 22:
        return None
    if found.get("era", "eracent") == "H" or found.get("era", "hword"):
        ends = Calendar((number - 1) * 100 + 1, hijri=True), Calendar(number * 100, hijri=True)
        return partial(found, "DATE", Between(*ends))
    return partial(found, "DATE", Fixed(f"{number - 1:02d}XX"))


def feast(found: Found) -> Partial | None:
    """A feast: its day where the year is known."""
    day = found.get("feast", "feast")
    number = found.get("year", "year")
    if number is not None:
        return partial(found, "DATE", _feast_of_year(day, number, found))
    reading = Calendar(None, day.month, day.day, hijri=day.hijri, direction=direction_of(found))
    return partial(found, "DATE", reading)


def _feast_of_year(day: Any, number: int, found: Found) -> Reading:
    hijri_year = found.get("era", "hword") is not None or 1300 <= number <= 1500
    if day.hijri and not hijri_year:
        return Calendar(number, day.month, day.day, hijri=True, direction="now")
    return Calendar(number, day.month, day.day, hijri=day.hijri)


BUILDERS: dict[str, Callable[[Found], Partial | None]] = {
    function.__name__: function
    for function in (
        calendar, numeric, days, months, same_day, weekdays, period, vague_period, weekend,
        part_of_year, part_of_month, week_of_month, season, year, year_range, years,
        decade, century, feast, clock, duration, duration_range, age, last_units, ago, vague, every,
    )
}  # fmt: skip

__all__ = ["BUILDERS", "Atom"]
