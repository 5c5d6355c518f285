"""Values of weeks, months and years counted from now, of lengths after, of parts of a year."""

from __future__ import annotations

from datetime import date

from arxtract.records import Anchor
from arxtract.times import edtf
from arxtract.times.calendars import calendar, year_of
from arxtract.times.context import NOTHING, SAME_SENTENCE, Answer, Context
from arxtract.times.days import DAYS, WEEK, shifted
from arxtract.times.partial import BARE_WEEKEND, Calendar, Period, Portion

WINTER = 24
TEXT: Anchor = "text"
PUBLISHED: Anchor = "published"
MIDWEEK = 3  # Thursday: before it, a weekend that is told is over


def period(x: Context, p: Period) -> Answer:
    if p.length is not None:
        return _later(x, p)
    if p.anchor is not None and p.unit == "D" and p.shift != 0:
        future = x.tense() == "next"
        if x.last_day is not None:
            return Answer(edtf.day(x.last_day + p.shift * DAYS), "text")
        if not (future and x.published):
            return NOTHING
    base, anchored = x.published, "published"
    if p.anchor is not None:
        near = x.last_day
        if p.anchor == "following" and x.tense() == "next" and x.published:
            near = None
        if p.unit == "Y" and x.last_year is not None:
            return Answer(edtf.year(x.last_year + p.shift), "text")
        told = p.unit == "M" and p.anchor != "following"
        if told and x.last_month and x.last_year is not None:
            near = date(x.last_year, x.last_month, 1)
        if near is not None:
            base, anchored = near, "text"
        elif p.anchor == "same":
            return NOTHING
    if base is None:
        return NOTHING
    if p.unit == BARE_WEEKEND:
        last = base.weekday() < MIDWEEK and x.tense() != "next"
        p = p._replace(unit="WE", shift=-1 if last else 0)
    value = shifted(base, p)
    return Answer(value, "text" if anchored == "text" else "published") if value else NOTHING


def _later(x: Context, p: Period) -> Answer:
    """`After four days`: from now, from the last day of the text, or a mere length."""
    assert x.mention is not None
    first = x.mention.first_atom
    before = x.atoms[first - 1] if first else None
    while before is not None and "and" in before.kinds and first > 1:
        first -= 1
        before = x.atoms[first - 1]
    opening = before is None or any(k in before.kinds for k in ("newline", "stop", "comma"))
    tense = x.tense()
    if tense == "next" or (opening and x.last_day is None and tense is None):
        if x.published is None:
            return NOTHING
        return Answer(shifted(x.published, p), "published")
    near = x.last_day is not None and first - x.last_place <= SAME_SENTENCE
    if near and x.last_day is not None and (opening or tense == "past"):
        return Answer(shifted(x.last_day, p), "text")
    return Answer(p.length, None, duration=True)


def portion(x: Context, p: Portion) -> Answer:
    if p.whole.month is not None:
        return _part_of_month(x, p)
    if (
        p.season is not None
        and p.whole.year is None
        and p.whole.year_offset is None
        and p.whole.year_anchor is None
    ):
        return _season_near(x, p)
    if p.season is None and p.whole == Calendar():
        return _part_near(x, p)
    year, anchored = year_of(x, p.whole)
    if year is None:
        return NOTHING
    if p.season is not None:
        return Answer(f"{edtf.year(year)}-{p.season}", anchored)
    if p.months is not None:
        return Answer(_months(year, p.months), anchored)
    if p.nth:
        return Answer(_months(year, _part(p.nth, p.count)), anchored)
    months = x.stretches.get(12 // p.count if p.count else 0)
    if months is None:
        return NOTHING if p.count else Answer(edtf.year(year), anchored)
    return Answer(_months(year, months), anchored)


def _part(nth: int, count: int) -> tuple[int, int]:
    """Return the first and the last month of a half, third or quarter of a year."""
    width = 12 // count
    return (nth - 1) * width + 1, nth * width


def _months(year: int, months: tuple[int, int]) -> str:
    first, last = (edtf.month(year, number) for number in months)
    return first if first == last else f"{first}/{last}"


def _part_near(x: Context, p: Portion) -> Answer:
    """A part of a year that is not named: the one of the sentence, else the last that began."""
    width = 12 // p.count
    now = x.published
    if p.shift is not None:
        told = x.stretches.get(width) if p.told else None
        if told is not None and x.last_year is not None:
            place, anchored = x.last_year * p.count + (told[0] - 1) // width, TEXT
        elif now is not None:
            place, anchored = now.year * p.count + (now.month - 1) // width, PUBLISHED
        else:
            return NOTHING
        year, part = divmod(place + p.shift, p.count)
        return Answer(_months(year, _part(part + 1, p.count)), anchored)
    months = _part(p.nth, p.count)
    if x.last_year is not None and (now is None or x.same_sentence(x.last_year_place)):
        return Answer(_months(x.last_year, months), TEXT)
    if now is None:
        return NOTHING
    ahead = x.tense() == "next"
    year = now.year - (months[0] > now.month and not ahead)
    return Answer(_months(year + (ahead and months[1] < now.month), months), PUBLISHED)


def _part_of_month(x: Context, p: Portion) -> Answer:
    whole = calendar(x, p.whole)
    first, last = edtf.bounds(whole.value)
    if first is None or last is None:
        return NOTHING
    if p.count == 4:
        start = last - 6 * DAYS if p.nth < 0 else first + (p.nth - 1) * WEEK
        return Answer(edtf.interval(start, start + 6 * DAYS), whole.anchored)
    middle = first + 14 * DAYS
    ends = (first, middle) if p.nth == 1 else (middle + DAYS, last)
    return Answer(edtf.interval(*ends), whole.anchored)


def _season_near(x: Context, p: Portion) -> Answer:
    if x.published is None or p.season is None:
        return NOTHING
    years = range(x.published.year - 1, x.published.year + 2)
    ends = [(y, edtf.bounds(f"{y}-{p.season}")) for y in years]
    now = x.published
    if p.season == WINTER:  # the winter that begins in the year
        ends = [(y, (date(y, 12, 1), edtf.month_end(y + 1, 2))) for y in years]
    for year, (first, last) in ends if p.whole.direction == "next" else reversed(ends):
        assert first is not None
        assert last is not None
        if p.whole.direction == "next" and first > now:
            return Answer(f"{year}-{p.season}", "published")
        if p.whole.direction == "past" and last < now:
            return Answer(f"{year}-{p.season}", "published")
        if p.whole.direction == "now" and first <= now <= last:
            return Answer(f"{year}-{p.season}", "published")
    return Answer(f"{now.year}-{p.season}", "published") if p.whole.direction == "now" else NOTHING
