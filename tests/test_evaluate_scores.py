"""Each rule of scoring on a pair of gold and prediction that can be counted by hand.

Numbers are (right, spurious, missed).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.evaluate import SpanError
from arxtract.evaluate.scores import body_chars, compare
from arxtract.records import EventRecord, Span
from evaluate_kit import evaluated, event, gold, numbers, record, sides, span, told

# -- body ------------------------------------------------------------------------------------------


def test_body_counts_characters_that_are_no_space() -> None:
    raw = "قائمة\nالخبر كله\nإعلان"  # 5, 5 + 3, 5 letters
    whole, news = span(raw, raw), span(raw, "الخبر كله")
    assert body_chars(raw, [news], [whole]) == (8, 10, 0)
    assert body_chars(raw, [whole], [news]) == (8, 0, 10)
    assert body_chars(raw, [news], [span(raw, "الخبر"), span(raw, "الخبر كله")]) == (8, 0, 0)
    assert body_chars(raw, [news], []) == (0, 0, 8)


# -- mentions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "predicted", "exact", "overlap"),
    [
        # the same
        ("⟦LOC|فاس⟧ و⟦PER|علي⟧", "⟦LOC|فاس⟧ و⟦PER|علي⟧", (2, 0, 0), (2, 0, 0)),
        # a shorter span overlaps only
        ("⟦PER|علي بن عيسى⟧", "⟦PER|علي⟧ بن عيسى", (0, 1, 1), (1, 0, 0)),
        # another type is wrong either way
        ("⟦LOC|فاس⟧", "⟦ORG|فاس⟧", (0, 1, 1), (0, 1, 1)),
        # one prediction answers one gold only, and the other way round
        ("⟦LOC|فاس⟧ ⟦LOC|مكناس⟧", "⟦LOC|فاس مكناس⟧", (0, 1, 2), (1, 0, 1)),
        ("⟦LOC|فاس مكناس⟧", "⟦LOC|فاس⟧ ⟦LOC|مكناس⟧", (0, 2, 1), (1, 1, 0)),
        # as many pairs as there can be: the long one must not take what the short one needs
        ("⟦LOC|ا ب⟧ ⟦LOC|ج⟧", "⟦LOC|ا⟧ ⟦LOC|ب ج⟧", (0, 2, 2), (2, 0, 0)),
        # MISC stands apart
        ("⟦MISC|كأس إفريقيا⟧", "كأس إفريقيا", (0, 0, 0), (0, 0, 0)),
        ("⟦MISC|كأس⟧", "⟦LOC|كأس⟧", (0, 1, 0), (0, 1, 0)),
    ],
)
def test_entities(
    tmp_path: Path, marked: str, predicted: str, exact: tuple[int, ...], overlap: tuple[int, ...]
) -> None:
    found = evaluated(gold(tmp_path, marked), record(predicted))
    assert numbers(found, "entities") == exact
    assert numbers(found, "entities_overlap") == overlap


def test_entities_by_type_and_misc_apart(tmp_path: Path) -> None:
    article = gold(tmp_path, "⟦MISC|كأس⟧ ⟦LOC|فاس⟧ ⟦LOC|مكناس⟧")
    found = evaluated(article, record("⟦MISC|كأس⟧ ⟦LOC|فاس⟧ ⟦PER|مكناس⟧"))
    assert numbers(found, "entities_misc") == (1, 0, 0)
    assert numbers(found, "entities") == (1, 1, 1)
    by_type = found.by_type["entities"]
    assert (by_type["LOC"].f1, by_type["PER"].f1, by_type["MISC"].f1) == (2 / 3, 0, 1)


@pytest.mark.parametrize(
    ("marked", "predicted", "located", "valued"),
    [
        ("⟦DATE 2022-11|نونبر 2022⟧", "⟦DATE 2022-11|نونبر⟧ 2022", (1, 0, 0), (1, 0, 0)),
        ("⟦DATE 2022-11|نونبر⟧", "⟦DATE 2022-11-01/2022-11-30|نونبر⟧", (1, 0, 0), (1, 0, 0)),
        ("⟦DATE 2022-11|نونبر⟧", "⟦DATE 2022-11-01|نونبر⟧", (1, 0, 0), (0, 1, 1)),
        ("⟦DATE ?|الخميس⟧", "⟦DATE ?|الخميس⟧", (1, 0, 0), (1, 0, 0)),
        ("⟦DATE ?|الخميس⟧", "⟦DATE 2022|الخميس⟧", (1, 0, 0), (0, 1, 1)),
        ("⟦DATE P2D|يومين⟧", "يومين", (0, 0, 1), (0, 0, 1)),
        ("يومين", "⟦DATE P2D|يومين⟧", (0, 1, 0), (0, 1, 0)),
        # of two predictions that touch it, the one with the value
        ("⟦DATE 2022|يوم عام⟧", "⟦DATE ?|يوم⟧ ⟦DATE 2022|عام⟧", (1, 1, 0), (1, 1, 0)),
    ],
)
def test_dates(
    tmp_path: Path, marked: str, predicted: str, located: tuple[int, ...], valued: tuple[int, ...]
) -> None:
    found = evaluated(gold(tmp_path, marked), record(predicted))
    assert numbers(found, "dates_found") == located
    assert numbers(found, "dates_value") == valued


@pytest.mark.parametrize(
    ("said", "read", "number", "strict"),
    [
        (">450 شخص", ">450 شخص", (1, 0, 0), (1, 0, 0)),
        (">450 شخص", ">=450 شخص", (1, 0, 0), (0, 1, 1)),  # the bound
        ("450 شخص", "450 فرد", (1, 0, 0), (0, 1, 1)),  # the unit
        ("450 شخص", "405 شخص", (0, 1, 1), (0, 1, 1)),
        ("8 إصابة", "8 اصابة", (1, 0, 0), (1, 0, 0)),  # spelling of the unit
        ("1..9 حالة", "1..9 حالة", (1, 0, 0), (1, 0, 0)),
        ("1..9 حالة", "1 حالة", (0, 1, 1), (0, 1, 1)),
        ("? زائر", "? زائر", (1, 0, 0), (1, 0, 0)),
        ("? زائر", "20 زائر", (0, 1, 1), (0, 1, 1)),
        ("0.3 %", "0.3 %", (1, 0, 0), (1, 0, 0)),
    ],
)
def test_quantities(
    tmp_path: Path, said: str, read: str, number: tuple[int, ...], strict: tuple[int, ...]
) -> None:
    found = evaluated(gold(tmp_path, f"⟦QTY {said}|كلمات⟧"), record(f"⟦QTY {read}|كلمات⟧"))
    assert numbers(found, "quantities") == number
    assert numbers(found, "quantities_strict") == strict


# -- events ----------------------------------------------------------------------------------------

RAW = "اجتمع بوريطة وغالي والوفد في قصر المؤتمرات بفاس وقال بوريطة ثم التقى زار"
MEETING = told(
    "MEETING",
    "اجتمع",
    [{"name": ["ناصر بوريطة", "بوريطة"], "role": ["attendee", "chair"]}],
    date="2024-11-04",
    locations=[["قصر المؤتمرات"], ["فاس"]],
    counts=["3 وزير"],
)


def events_of(
    tmp_path: Path, gold_events: list[dict[str, object]], predicted: list[EventRecord]
) -> dict[str, tuple[int, int, int]]:
    found = evaluated(gold(tmp_path, RAW, gold_events), record(RAW, predicted))
    return {name: numbers(found, name) for name in found.scores}


def test_a_whole_record(tmp_path: Path) -> None:
    right = event(
        RAW,
        "MEETING",
        "اجتمع",
        [("بوريطة", "chair")],
        on="2024-11-04",
        at=["قصر المؤتمرات", "فاس"],
        counts=[">3 وزير"],  # the bound of a count is not asked for
    )
    found = events_of(tmp_path, [MEETING], [right])
    for score in ("events", "slot_date", "slot_participant_role", "slot_count", "slot_status"):
        assert found[score] == (1, 0, 0)
    assert found["slot_location"] == (2, 0, 0)
    assert found["whole_records"] == (1, 0, 0)


def test_each_slot_of_an_aligned_record(tmp_path: Path) -> None:
    off = event(
        RAW,
        "MEETING",
        "اجتمع",
        [("بوريطة", "host"), ("غالي", "attendee")],
        on="2024-11-05",
        at=["فاس", "الرباط"],
        counts=["4 وزير"],
        status="planned",
    )
    found = events_of(tmp_path, [MEETING], [off])
    assert found["events"] == (1, 0, 0)
    assert found["slot_date"] == (0, 1, 1)
    assert found["slot_location"] == (1, 1, 1)
    assert found["slot_participant"] == (1, 1, 0)
    assert found["slot_participant_role"] == (0, 2, 1)
    assert found["slot_count"] == (0, 1, 1)
    assert found["slot_status"] == (0, 1, 1)
    assert found["whole_records"] == (0, 1, 1)


def test_fillers_of_a_record_that_nothing_answers(tmp_path: Path) -> None:
    alone = event(RAW, "VISIT", "زار", [("غالي", "visitor")], on="2024-11-04", at=["فاس"])
    found = events_of(tmp_path, [MEETING], [alone])  # the types differ: no pair
    assert found["events"] == (0, 1, 1)
    assert found["slot_date"] == (0, 1, 1)
    assert found["slot_location"] == (0, 1, 2)
    assert found["slot_participant"] == found["slot_participant_role"] == (0, 1, 1)
    assert found["slot_count"] == (0, 0, 1)
    assert found["slot_status"] == (0, 0, 0)  # over aligned records alone
    assert found["whole_records"] == (0, 1, 1)


def test_a_date_that_is_null_is_no_filler(tmp_path: Path) -> None:
    undated = told("MEETING", "اجتمع", date=None)
    found = events_of(tmp_path, [undated], [event(RAW, "MEETING", "اجتمع")])
    assert found["slot_date"] == (0, 0, 0)
    assert found["whole_records"] == (1, 0, 0)
    found = events_of(tmp_path, [undated], [event(RAW, "MEETING", "اجتمع", on="2024")])
    assert found["slot_date"] == (0, 1, 0)


def test_a_pair_with_neither_filler_nor_trigger_does_not_align(tmp_path: Path) -> None:
    found = events_of(tmp_path, [MEETING], [event(RAW, "MEETING", "التقى")])
    assert found["events"] == (0, 1, 1)


def test_a_trigger_alone_or_a_filler_alone_aligns(tmp_path: Path) -> None:
    for one in (event(RAW, "MEETING", "اجتمع"), event(RAW, "MEETING", "التقى", at=["فاس"])):
        assert events_of(tmp_path, [MEETING], [one])["events"] == (1, 0, 0)


def test_the_assignment_is_the_best_of_all_not_the_first(tmp_path: Path) -> None:
    other = told("MEETING", "التقى", [{"name": "غالي", "role": "attendee"}], locations=["فاس"])
    # the first prediction shares a place with the first gold, a person too with the second
    first = event(RAW, "MEETING", "زار", [("غالي", "attendee")], at=["فاس"])
    second = event(RAW, "MEETING", "زار", [("بوريطة", "attendee")])
    article = gold(tmp_path, RAW, [MEETING, other])
    found = compare(*sides(article, record(RAW, [first, second])))
    assert found.events == [(0, 1), (1, 0)]
    assert found.matches[0, 0].weight == 1
    assert found.matches[1, 0].weight == 2


def test_a_statement_needs_a_common_speaker(tmp_path: Path) -> None:
    said = told("STATEMENT", "قال", [{"name": "بوريطة", "role": "speaker"}], date="2024")
    by = {
        name: event(RAW, "STATEMENT", "قال", [(name, role)], on="2024")
        for name, role in (("بوريطة", "speaker"), ("غالي", "speaker"))
    }
    assert events_of(tmp_path, [said], [by["بوريطة"]])["events_statement"] == (1, 0, 0)
    found = events_of(tmp_path, [said], [by["غالي"]])
    assert found["events_statement"] == found["events"] == (0, 1, 1)
    assert found["events_without_statement"] == (0, 0, 0)
    heard = event(RAW, "STATEMENT", "قال", [("بوريطة", "addressee")], on="2024")
    assert events_of(tmp_path, [said], [heard])["events"] == (0, 1, 1)


# -- neither paid nor charged ----------------------------------------------------------------------


def test_an_optional_record_is_neither_missed_nor_spurious(tmp_path: Path) -> None:
    maybe = MEETING | {"optional": True}
    assert events_of(tmp_path, [maybe], [])["events"] == (0, 0, 0)
    found = events_of(tmp_path, [maybe], [event(RAW, "MEETING", "اجتمع", at=["الرباط"])])
    assert set(found.values()) == {(0, 0, 0), numbers_of_body()}


def numbers_of_body() -> tuple[int, int, int]:
    return len("".join(RAW.split())), 0, 0


def test_a_second_record_for_an_optional_one_is_spurious(tmp_path: Path) -> None:
    maybe = MEETING | {"optional": True}
    twice = [event(RAW, "MEETING", "اجتمع")] * 2
    assert events_of(tmp_path, [maybe], twice)["events"] == (0, 1, 0)


def test_of_two_equal_pairs_the_required_record_is_answered(tmp_path: Path) -> None:
    maybe = told("MEETING", "اجتمع", optional=True)
    required = told("MEETING", "اجتمع")
    for order in ([maybe, required], [required, maybe]):
        found = events_of(tmp_path, order, [event(RAW, "MEETING", "اجتمع")])
        assert found["events"] == (1, 0, 0)


@pytest.mark.parametrize(
    "free", [{"optional": True}, {"nominal": True}, {"role": "object"}], ids=lambda f: next(iter(f))
)
def test_who_is_optional_nominal_or_a_thing(tmp_path: Path, free: dict[str, object]) -> None:
    people = [{"name": "الوفد", "role": "attendee"} | free, {"name": "غالي", "role": "attendee"}]
    said = told("MEETING", "اجتمع", people)
    for answer in ([], [("الوفد", "attendee")], [("الوفد", "chair"), ("وفد", "chair")]):
        given = event(RAW, "MEETING", "اجتمع", [("غالي", "attendee"), *answer])
        found = events_of(tmp_path, [said], [given])
        assert found["slot_participant"] == found["slot_participant_role"] == (1, 0, 0)
        assert found["whole_records"] == (1, 0, 0)


def test_a_person_given_twice_is_spurious_once(tmp_path: Path) -> None:
    twice = event(RAW, "MEETING", "اجتمع", [("بوريطة", "chair"), ("ناصر بوريطة", "attendee")])
    assert events_of(tmp_path, [MEETING], [twice])["slot_participant"] == (1, 1, 0)


def test_a_host_that_is_a_location_too(tmp_path: Path) -> None:
    people = [{"name": "فاس", "role": "host"}]
    both = told("MEETING", "اجتمع", people, locations=["فاس"])
    placed = told("MEETING", "اجتمع", locations=["فاس"])
    for said in (both, placed):
        for hosts in ([], [("فاس", "host")]):
            given = event(RAW, "MEETING", "اجتمع", hosts, at=["فاس"])
            found = events_of(tmp_path, [said], [given])
            assert found["slot_participant"] == (0, 0, 0)
            assert found["whole_records"] == (1, 0, 0)
    given = event(RAW, "MEETING", "اجتمع", [("فاس", "host")])  # a host is no location
    assert events_of(tmp_path, [both], [given])["slot_location"] == (0, 0, 1)


def test_a_host_that_is_no_location_counts(tmp_path: Path) -> None:
    said = told("MEETING", "اجتمع", [{"name": "غالي", "role": "host"}])
    assert events_of(tmp_path, [said], [])["slot_participant"] == (0, 0, 1)
    given = event(RAW, "MEETING", "اجتمع", [("غالي", "host"), ("بوريطة", "host")])
    assert events_of(tmp_path, [said], [given])["slot_participant"] == (1, 1, 0)


# -- lies ------------------------------------------------------------------------------------------


def test_a_span_that_is_not_the_text_fails_the_run(tmp_path: Path) -> None:
    lie = Span(start=0, end=5, text="التقى")
    given = event(RAW, "MEETING", "اجتمع").model_copy(update={"evidence": (lie,)})
    with pytest.raises(SpanError, match=r"^a: events\[0\]\.evidence\[0\]: .*'اجتمع', not 'التقى'"):
        evaluated(gold(tmp_path, RAW), record(RAW, [given]))


def test_a_span_beyond_the_text_fails_the_run(tmp_path: Path) -> None:
    with pytest.raises(SpanError, match=r"^a: title:"):
        evaluated(gold(tmp_path, "فاس"), record("فاس", title=Span(start=1, end=9, text="اس")))
