"""When two names are the same for scoring."""

from __future__ import annotations

import pytest

from arxtract.evaluate.naming import agree, contains, same_unit, share


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المغرب", "مغرب"),  # the article
        ("لمغرب", "المغرب"),  # its second lam, as the span of للمغرب has it
        ("بمراكش", "مراكش"),  # a preposition
        ("والرباط", "الرباط"),  # a conjunction
        ("إبراهيم أبو زيد", "ابراهيم ابو زيد"),  # alef forms
        ("مُحَمَّد السادس", "محمد السادس"),  # diacritics
        ("جامعـة الحسن الأول", "جامعة الحسن الاول"),  # tatweel
        ("وزير النقل", "وزير للنقل"),
        ("جريدة «هسبريس»", "جريدة هسبريس"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert share(one, other) == share(other, one) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("ناصر بوريطة", "بوريطة", 1 / 2),
        ("الملك محمد السادس", "محمد السادس", 2 / 3),
        ("وزارة الشؤون الخارجية والتعاون الإفريقي", "وزارة الشؤون الخارجية", 3 / 5),
        ("فاس", "مكناس", 0.0),
        ("الرباط الرباط", "الرباط", 1 / 2),  # a word counts as often as it stands
    ],
)
def test_words_in_common(one: str, other: str, common: float) -> None:
    assert share(one, other) == pytest.approx(common)


def test_three_fifths_are_enough_and_one_form_of_several_is() -> None:
    assert agree(("وزارة الشؤون الخارجية والتعاون الإفريقي",), ("وزارة الشؤون الخارجية",))
    assert not agree(("ناصر بوريطة",), ("بوريطة",))
    assert agree(("ناصر بوريطة", "بوريطة"), ("بوريطة",))


def test_a_trigger_agrees_with_a_phrase_that_holds_it() -> None:
    assert contains("لانطلاق الموسم الدراسي", "انطلاق")
    assert not contains("انطلاق الموسم", "انطلاق الدراسة")
    assert not contains("", "انطلاق")


def test_units() -> None:
    assert same_unit("إصابة", "اصابة")
    assert not same_unit("شخص", "قتيل")
    assert same_unit(None, None)
    assert not same_unit(None, "شخص")
