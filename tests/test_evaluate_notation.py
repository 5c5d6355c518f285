"""The notation of annotated articles: marks, counts, lines and values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arxtract.errors import DataError
from arxtract.evaluate import notation


def test_marks_come_off_and_say_where_they_stood() -> None:
    text = "أكد ⟦PER|ناصر بوريطة⟧\nب⟦MISC|قمة ⟦DATE 2022|2022⟧⟧"
    raw, marks = notation.unmark(text, "a.marked")
    assert raw == "أكد ناصر بوريطة\nبقمة 2022"
    assert [(m.kind, m.value, raw[m.start : m.end], m.line) for m in marks] == [
        ("PER", "", "ناصر بوريطة", 1),
        ("MISC", "", "قمة 2022", 2),
        ("DATE", "2022", "2022", 2),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("سطر\n⟦LOC|فاس", "a.marked:2: ⟦LOC| is not closed"),
        ("فاس⟧", "a.marked:1: ⟧ closes no mark"),
        ("⟦LOC|⟧", "a.marked:1: the mark ⟦LOC| encloses nothing"),
        ("سطر\nسطر ⟦LOC فاس", "a.marked:2: ⟦ without |"),
    ],
)
def test_a_broken_mark_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        notation.unmark(text, "a.marked")
    assert message in str(error.value)


PARTS = st.tuples(st.text("اب ج\n", min_size=1, max_size=5), st.booleans())


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS, max_size=8))
def test_taking_marks_off_gives_the_text_back(parts: list[tuple[str, bool]]) -> None:
    marked = "".join(f"⟦LOC|{text}⟧" if mark else text for text, mark in parts)
    raw, marks = notation.unmark(marked, "")
    assert raw == "".join(text for text, _ in parts)
    assert [raw[m.start : m.end] for m in marks] == [text for text, mark in parts if mark]


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "bound", "unit"),
    [
        (">450 شخص", 450, None, None, "more_than", "شخص"),
        (">=3 قتيل", 3, None, None, "at_least", "قتيل"),
        ("<2.5 طن", 2.5, None, None, "less_than", "طن"),
        ("<=7 دولة", 7, None, None, "at_most", "دولة"),
        ("~80e6 EUR", 80_000_000, None, None, "about", "EUR"),
        ("1.2e3 متر مربع", 1200, None, None, "exact", "متر مربع"),
        ("1..9 حالة", None, 1, 9, "exact", "حالة"),
        ("? وظيفة", None, None, None, None, "وظيفة"),
        ("0.38 %", 0.38, None, None, "exact", "%"),
    ],
)
def test_counts(
    text: str, value: float | None, low: float, high: float, bound: str, unit: str
) -> None:
    found = notation.count(text)
    assert (found.value, found.low, found.high, found.bound, found.unit) == (
        value,
        low,
        high,
        bound,
        unit,
    )


@pytest.mark.parametrize("text", ["450", "شخص", ">> 4 شخص", "1e شخص", "1.2.3 شخص", ""])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(ValueError, match=r"no count|no number"):
        notation.count(text)


def test_lines() -> None:
    assert notation.lines(["5-9", 11, "13 - 14"]) == [5, 6, 7, 8, 9, 11, 13, 14]
    with pytest.raises(ValueError, match="neither a line"):
        notation.lines(["5–9"])


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022-11-01", (2022, 11, 1), (2022, 11, 1)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2018", (2018, 1, 1), (2018, 12, 31)),
        ("2024-11-04/2024-11-05", (2024, 11, 4), (2024, 11, 5)),
        ("2019/2020", (2019, 1, 1), (2020, 12, 31)),
        ("2022-11-~10", (2022, 11, 10), (2022, 11, 10)),
    ],
)
def test_days_of_a_value(
    value: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert notation.days(value) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "value", ["2022-11-01", "2022-11-~10", "P2D", "PT90M", "P49Y/P50Y", "T21:30"]
)
def test_values(value: str) -> None:
    assert notation.is_value(value)


@pytest.mark.parametrize(
    "value", ["2022-13", "2022-02-30", "P", "T25:00", "غدا", "P2X", "2020/2019"]
)
def test_what_is_no_value(value: str) -> None:
    assert not notation.is_value(value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2022-11-01", "2022-11-01", True),
        ("2022-11", "2022-11-01/2022-11-30", True),
        ("2022-11-~10", "2022-11-10", True),
        ("2022-11", "2022-11-01", False),
        ("P2D", "P2D", True),
        ("P1D", "PT24H", False),
        (None, None, True),
        (None, "2022", False),
    ],
)
def test_same_value(one: str | None, other: str | None, same: bool) -> None:
    assert notation.same_value(one, other) is same
