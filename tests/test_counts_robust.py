"""Counting keeps its promises on any text: spans, ids, order, dates left alone, linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtract.counts import find, find_in, numbers
from arxtract.counts.numbers import figure, scan
from arxtract.records import DateMention
from arxtract.text.reader import plain

PIECES = [
    "ثلاثة", "وعشرون", "ألف", "ألفا", "مليون", "و", "ب", "ال", "نصف", "ونصف", "3", "2,8", "12.5",
    "20-30", "05/2022", "1 000", "5ر4", "%", "$", "(", ")", '"', "،", ".", "شخصا", "أشخاص", "شخصين",
    "درهم", "دولار", "كيلومترا", "طنين", "أكثر من", "لا يتجاوز", "بين", "من", "إلى", "أو", "منهم",
    "من بينهم", "آخرين", "واحد", "واحدة", "عشرات", "آلاف", "عدد", "بلغ", "على الأقل", "في المئة",
    "رقم", "المادة", "الخمسة", "دولة", "مغتصبيْ", "ـ", "\n", "abc", "C17", "٢٥", "٪",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([" ", "", "  "]))
def test_spans_ids_and_order(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    found = find(text)
    assert [q.id for q in found] == [f"q{n}" for n in range(1, len(found) + 1)]
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
    for before, after in pairwise(found):
        assert before.end <= after.start
    assert all(q.part_of is None or q.part_of in {p.id for p in found} for q in found)
    for number in numbers(text):
        assert 0 <= number.start < number.end <= len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for quantity in find(text):
        assert text[quantity.start : quantity.end] == quantity.text


@given(st.integers(min_value=0, max_value=10**14))
def test_a_figure_is_its_value_however_it_is_grouped(value: int) -> None:
    assert figure(str(value)) == value
    if value >= 1000:
        assert figure(f"{value:,}") == value
        assert figure(f"{value:,}".replace(",", ".")) == value


def test_what_overlaps_a_date_is_no_quantity() -> None:
    text = "قبل 3 أسابيع وصل 4 وزراء"
    document = plain(text)
    date = DateMention(id="d1", start=0, end=12, text=text[:12], type="DATE", value=None)
    assert [q.text for q in find_in(document, [date])] == ["4 وزراء"]
    whole = DateMention(id="d1", start=0, end=len(text), text=text, type="DATE", value=None)
    assert find_in(document, [whole]) == []


def test_raw_offsets_with_diacritics_and_tatweel() -> None:
    text = "أُصِيبَ ثَلاثَةُ جُنُودٍ بـ20 رصـاصة"
    assert [(q.text, q.value, q.unit) for q in find(text)] == [
        ("ثَلاثَةُ جُنُودٍ", 3, "جندي"),
        ("20 رصـاصة", 20, "رصاصة"),
    ]


def test_scan_gives_clean_offsets() -> None:
    document = plain("حَضَرَ خَمْسَةٌ وَعِشْرُونَ")
    (number,) = scan(document)
    assert document.clean[number.start : number.end] == "خمسة وعشرون"
    assert (number.value, number.in_words) == (25, True)


@pytest.mark.parametrize(
    "unit", ["1 ", "123", "1,", "و", "وألف ", "ألف ", "بين 2 و", "عشرات ", '"2 ', "من أصل ", "5ر"]
)
def test_time_is_linear(unit: str) -> None:
    def spent(size: int) -> float:
        document = plain(unit * (size // len(unit)))
        start = time.process_time()
        find_in(document, [])
        return time.process_time() - start

    spent(500)
    small, large = spent(4_000), spent(16_000)
    assert large < 10 * small + 0.3
