"""Whatever the text, spans are true, ids run, values have the form that the contract asks for."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtract import times
from arxtract.document import Document
from arxtract.records import DateMention
from arxtract.text.normalise import normalise
from arxtract.times import edtf, hijri
from arxtract.times.finder import find_in
from arxtract.times.lexicon import load

WORDS = sorted({" ".join(words) for rows in load().forms.values() for words, _ in rows})
MARKS = ["و", "،", ".", "-", "/", "(", ")", ":", "\n", "\u0640", "\u200f", "\u064e", '"', "%", "ال"]
FIGURES = ["1", "12", "31", "99", "2020", "1445", "365", "2:30", "5/6/2020", "21/78", "١٥", "0"]
DAY = r"\d{4}-\d\d-\d\d"
PART = rf"(?:-?\d{{4}}|\d{{4}}-\d\d|{DAY}|\d{{3}}X|\d\dXX)"
DATE = regex.compile(
    rf"{PART}(?:/{PART})?|\{{{DAY}(?:,{DAY})*\}}|\{{\d{{4}}(?:,\d{{4}})*\}}|\{{\d{{4}}-\d\d(?:,\d{{4}}-\d\d)+\}}"
)
DURATION = r"P(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?"
FORMS = {
    "DATE": DATE,
    "TIME": regex.compile(r"T\d\d:\d\d(?::\d\d)?Z?(?:/T\d\d:\d\d(?::\d\d)?Z?)?"),
    "DURATION": regex.compile(rf"{DURATION}(?:/{DURATION})?"),
}


def check(text: str, mentions: list[DateMention]) -> None:
    place = 0
    for number, mention in enumerate(mentions, 1):
        assert mention.id == f"d{number}"
        assert place <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        place = mention.end
        if mention.value is None:
            assert mention.anchored is None
            continue
        assert FORMS[mention.type].fullmatch(mention.value), mention
        if mention.type == "DATE" and mention.earliest and mention.latest:
            assert mention.earliest <= mention.latest
            assert edtf.bounds(mention.value) == (mention.earliest, mention.latest)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS + MARKS + FIGURES), max_size=14),
    st.sampled_from(["", " "]),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2040, 1, 1))),
)
def test_any_words(words: list[str], glue: str, published: date | None) -> None:
    text = glue.join(words)
    check(text, times.find(text, published))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    if not any("\ud800" <= c <= "\udfff" for c in text):
        check(text, times.find(text, date(2020, 5, 20)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("يَوْمَ ١٢ مَايُو ٢٠٢٢", "2022-05-12"),
        ("فـي 12 مـايـو 2022", "2022-05-12"),
        ("في 12\u200f مايو\u200e 2022", "2022-05-12"),
        ("في 12\u00a0مايو\u00a02022", "2022-05-12"),
    ],
)
def test_odd_letters(text: str, value: str) -> None:
    (mention,) = times.find(text)
    assert mention.value == value
    check(text, [mention])


def test_month_first() -> None:
    (mention,) = times.find("نشر 05/06/2020", day_first=False)
    assert mention.value == "2020-05-06"
    (mention,) = times.find("نشر 05/06/2020")
    assert mention.value == "2020-06-05"


@pytest.mark.parametrize(
    ("text", "published", "warns"),
    [
        ("يوم الخميس 11 مايو 2022", None, True),
        ("يوم الأربعاء 11 مايو 2022", None, False),
        ("أعلن اليوم الجمعة عن", date(2020, 5, 20), True),
        ("أعلن اليوم الأربعاء عن", date(2020, 5, 20), False),
    ],
)
def test_weekday_against_date(text: str, published: date | None, warns: bool) -> None:
    from arxtract.text import plain

    document = plain(text, published=published)
    times.find_in(document)
    assert bool(document.warnings) is warns


@pytest.mark.parametrize(
    ("text", "anchored"),
    [("في 5 ماي 2020", "absolute"), ("أمس", "published"), ("في الأيام المقبلة", None)],
)
def test_anchored(text: str, anchored: str | None) -> None:
    (mention,) = times.find(text, date(2020, 5, 20))
    assert mention.anchored == anchored


def test_anchored_in_text() -> None:
    _, later = times.find("وصل في 3 مارس 2019، وفي اليوم الموالي غادر")
    assert (later.value, later.anchored) == ("2019-03-04", "text")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29)),
        ("2015-22", date(2015, 6, 1), date(2015, 8, 31)),
        ("2015-24", date(2014, 12, 1), date(2016, 2, 29)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2022-11-~10", date(2022, 11, 10), date(2022, 11, 10)),
        ("2019-12-28/2020-01-03", date(2019, 12, 28), date(2020, 1, 3)),
        ("{2019-05-02,2019-05-30}", date(2019, 5, 2), date(2019, 5, 30)),
        ("P2D", None, None),
        (None, None, None),
    ],
)
def test_bounds(value: str | None, first: date | None, last: date | None) -> None:
    assert edtf.bounds(value) == (first, last)


def test_hijri() -> None:
    assert hijri.to_gregorian(1445, 9, 1) == date(2024, 3, 11)
    assert hijri.year_range(1432) == (date(2010, 12, 7), date(2011, 11, 25))
    assert hijri.month_range(1445, 9) == (date(2024, 3, 11), date(2024, 4, 9))
    assert hijri.to_gregorian(1445, 13, 1) is None
    assert hijri.year_of(date(2024, 3, 11)) == 1445
    # the tabular calendar, used before the table begins, is within a day or two of it
    before, after = hijri.to_gregorian(1342, 12, 29), hijri.to_gregorian(1343, 1, 1)
    assert before is not None
    assert after is not None
    assert abs(after - before) <= timedelta(2)


HOSTILE = [["1", "2", "2020", "/", "-"], ["مارس", "ماي", "و", "5"], ["و"], ["سنة", "و", "3", "من"]]


@pytest.mark.parametrize("words", HOSTILE, ids=["digits", "months", "conjunctions", "units"])
def test_linear(words: list[str]) -> None:
    source = random.Random(0)

    def seconds(size: int) -> float:
        text = " ".join(source.choice(words) for _ in range(size))
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            times.find(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(40_000) < 10 * seconds(10_000) + 0.2


def test_days_of_a_hijri_month_with_its_year_and_era() -> None:
    (found,) = times.find("يومي 10 و11 رمضان 1443 هجرية")
    assert found.value == "2022-04-11/2022-04-12"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("وصل اليوم الجمعة 04 يناير 2019، ويغادر الأحد.", date(2019, 1, 4)),
        ("وصل أمس الخميس 3 يناير 2019، ويغادر الأحد.", date(2019, 1, 4)),
        ("وصل اليوم الجمعة 4 يناير، ويغادر الأحد.", None),
        ("وصل يوم الجمعة 4 يناير 2019، ويغادر اليوم.", None),
    ],
)
def test_a_full_date_called_today_is_the_day_of_publication(text: str, day: date | None) -> None:
    document = Document(normalise(text))
    document.body.append((0, len(document.clean)))
    find_in(document)
    assert document.published == day
    assert document.published_from == ("text" if day else None)
