"""Builders of days and months: from a match of a rule to a partial date.

A builder returns None where the words, read closely, are no date after all.
"""

from __future__ import annotations

from itertools import pairwise

from arxtract.times.found import (
    PARTIAL,
    article_before,
    calendar_partial,
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
from arxtract.times.partial import (
    DAY_OF_WEEK,
    Between,
    Calendar,
    Fixed,
    Partial,
    Period,
    Reading,
)
from arxtract.times.tense import nowadays


def calendar(found: Found) -> Partial | None:
    """A day, a month, or a day by its name, with what stands around it."""
    month = month_of(found)
    day = day_of(found)
    if day is None and found.has("day"):
        return None
    if found.has("ofit"):
        reading = Calendar(day=day, month_offset=0, month_anchor="same")
        return partial(found, "DATE", reading)
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
    if day is not None and not found.has("year") and before and "landmark" in before.kinds:
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
    place = found.end("day")
    if found.has("year") or found.has("adj") or found.has("weekday"):
        return False
    small = days[0].kinds.get("ord", 31) <= 10
    return small and "month" in found.atoms[place].kinds


def _joined_by_stroke(found: Found) -> bool:
    """Say whether a stroke parts the day from a Hijri name that is also a word: 1-0 in words."""
    kinds = found.atoms[found.end("day")].kinds
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
    alone = weekday is None and not found.has("part")
    if offset == 1 and alone and _of_tomorrow(found):
        return None
    if offset == 0 and alone and not _is_today(found):
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


def _of_tomorrow(found: Found) -> bool:
    """Say whether tomorrow belongs to a noun: `the challenges of tomorrow`."""
    before = found.before()
    definite = found.atoms[found.first].text.startswith(article_before())
    return definite and before is not None and "other" in before.kinds


def _is_today(found: Found) -> bool:
    """Tell the day of publication from nowadays, from a named day, and from a newspaper's name."""
    last = found.atoms[found.last - 1].kinds
    if "today" not in last and "tonight" not in last:
        return True
    before, after = found.before(), found.after()
    bare = found.last - found.first == 1
    if bare and before is not None:
        if "prep" in before.kinds and "tonight" not in last:
            return False
        if any(kind in before.kinds for kind in ("nottoday", "to", "this", "edge")):
            return False
        if "quote" in before.kinds and before.end == found.atoms[found.first].start:
            return False
    if after is not None:
        if any(kind in after.kinds for kind in ("ord", "following", "notafter")):
            return False
        if bare and "quote" in after.kinds and after.start == found.atoms[found.first].end:
            return False
        adjective = after.text.startswith(article_before()) and after.text[-2:] in PARTIAL
        if "other" in after.kinds and adjective:
            return False
    return not bare or not nowadays(found.atoms, found.first, found.last)


def numeric(found: Found) -> Partial | None:
    """A date in figures; ``found.day_first`` says how to read 05/06/2020."""
    parsed = date_partial(found)
    if parsed is None:
        return None
    year, month, day, hijri = parsed
    weekday = found.get("weekday", "weekday")
    return partial(found, "DATE", Calendar(year, month, day, weekday, hijri=hijri))


def numeric_range(found: Found) -> Partial | None:
    """Two dates in figures, of which only the second names the year."""
    parsed = date_partial(found)
    day, month = day_of(found), found.get("figured", "figure")
    if parsed is None or day is None:
        return None
    if not found.day_first:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year, last_month, last_day, hijri = parsed
    first = Calendar(month=month, day=day, hijri=hijri)
    last = Calendar(year, last_month, last_day, hijri=hijri)
    return partial(found, "DATE", Between(first, last))


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
    hijri = words.pop("hijri", False) or hijri
    direction = direction_of(found)
    ends: list[Reading] = [
        Calendar(month=number, day=day, hijri=hijri, direction=direction, **words)
        for day in numbers
    ]
    if any(a is None or b is None or 0 < b <= a for a, b in pairwise(numbers)):
        return None
    separators = found.all("sep")
    ranged = any("to" in a.kinds or "dash" in a.kinds for a in separators)
    before = found.before()
    ranged = ranged or (before is not None and "between" in before.kinds)
    if any("slash" in a.kinds for a in separators) and len(numbers) > 2:
        return None
    members = () if ranged and len(ends) == 2 else tuple(ends)
    return partial(found, "DATE", Between(ends[0], ends[-1], members))


def months(found: Found) -> Partial | None:
    """Several months of one year: a range, or a list that leaves months out."""
    words = year_words(found)
    numbers = [a.kinds.get("month") for a in found.all("month")]
    if words is None or None in numbers:
        return None
    direction = direction_of(found)
    ends: list[Reading] = [
        Calendar(month=n.number, direction=direction, **words) for n in numbers if n
    ]
    before = found.before()
    ranged = any("to" in a.kinds or "dash" in a.kinds for a in found.all("sep"))
    ranged = ranged or (before is not None and "between" in before.kinds)
    consecutive = all(b and a and (b.number - a.number) % 12 == 1 for a, b in pairwise(numbers))
    members = () if ranged or consecutive else tuple(ends)
    return partial(found, "DATE", Between(ends[0], ends[-1], members))


def same_day(found: Found) -> Partial | None:
    """`The same day`, `the day after`: counted from the last day that the text named."""
    weekday = found.get("day", "weekday")
    if found.has("same") and found.get("same", "previous") is not None:
        return partial(found, "DATE", Period("D", -1, "previous"))
    if found.get("same", "following") is not None:
        return partial(found, "DATE", Period("D", 1, "following"))
    return partial(found, "DATE", Period("D", 0, "same", weekday))


def day_of_now(found: Found) -> Partial | None:
    """A day of the current month, `on the 4th of the current`."""
    before = found.before()
    inside = any("yawm" in a.kinds for a in found.atoms[found.first : found.last])
    if not inside and (before is None or not ("within" in before.kinds or "since" in before.kinds)):
        return None
    day = day_of(found)
    if day is None:
        return None
    return partial(found, "DATE", Calendar(day=day, month_offset=0))


def day_of_week(found: Found) -> Partial | None:
    """A weekday of a week counted from now."""
    if found.get("unit", "theunit") != "W":
        return None
    weekday = found.get("weekday", "weekday")
    return partial(found, "DATE", Period(DAY_OF_WEEK, shift_of(found), weekday=weekday))


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
