"""The error report, the sums and intervals, runs over folders, and floors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from arxtract.errors import DataError
from arxtract.evaluate import Evaluation, predictions, run, score
from arxtract.evaluate.miss import KINDS
from arxtract.evaluate.report import Score, add_up, kinds, report
from arxtract.evaluate.scores import Tally
from arxtract.records import ArticleRecord, Span
from evaluate_kit import DAY, evaluated, event, gold, record, told, write


def misses(found: Evaluation, layer: str) -> list[tuple[str, str | None, str | None]]:
    """Return kind, gold and prediction of the misses of a layer."""
    return [(m.kind, m.gold, m.predicted) for m in found.misses if m.layer == layer]


# -- kinds of misses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "predicted", "expected"),
    [
        ("⟦LOC|فاس⟧", "فاس", [("missed", "فاس LOC", None)]),
        ("فاس", "⟦LOC|فاس⟧", [("spurious", None, "فاس LOC")]),
        ("⟦LOC|فاس⟧", "⟦ORG|فاس⟧", [("wrong type", "فاس LOC", "فاس ORG")]),
        ("⟦PER|علي عيسى⟧", "⟦PER|علي⟧ عيسى", [("wrong span", "علي عيسى PER", "علي PER")]),
        (
            "⟦LOC|فاس⟧ ⟦LOC|مكناس⟧",
            "⟦LOC|فاس مكناس⟧",
            [("merged", "فاس LOC + مكناس LOC", "فاس مكناس LOC")],
        ),
        (
            "⟦LOC|فاس مكناس⟧",
            "⟦LOC|فاس⟧ ⟦LOC|مكناس⟧",
            [("split", "فاس مكناس LOC", "فاس LOC + مكناس LOC")],
        ),
        (
            "⟦LOC|فاس⟧ ⟦PER|علي⟧ ⟦LOC|طنجة⟧",
            "⟦LOC|فاس⟧ علي ⟦ORG|طنجة⟧",
            [("missed", "علي PER", None), ("wrong type", "طنجة LOC", "طنجة ORG")],
        ),
    ],
)
def test_kinds_of_wrong_names(
    tmp_path: Path, marked: str, predicted: str, expected: list[tuple[str, str, str]]
) -> None:
    assert misses(evaluated(gold(tmp_path, marked), record(predicted)), "entities") == expected


def test_what_is_found_outside_the_body_is_a_leak(tmp_path: Path) -> None:
    article = gold(tmp_path, "الخبر\nاقرأ فاس", body_lines=[1])
    found = evaluated(article, record("الخبر\nاقرأ ⟦LOC|فاس⟧"))
    assert misses(found, "entities") == [("boilerplate leak", None, "فاس LOC")]
    assert misses(found, "body") == [("boilerplate leak", None, "اقرأ فاس")]


def test_body_that_is_lost(tmp_path: Path) -> None:
    article = gold(tmp_path, "الخبر\nبقية الخبر")
    found = evaluated(
        article, record("الخبر\nبقية الخبر", body=(Span(start=0, end=5, text="الخبر"),))
    )
    assert misses(found, "body") == [("missed", "بقية الخبر", None)]


def test_wrong_values(tmp_path: Path) -> None:
    article = gold(tmp_path, "⟦DATE 2022|2022⟧ ⟦QTY 3 شخص|ثلاثة⟧ ⟦QTY 4 شخص|أربعة⟧")
    found = evaluated(article, record("⟦DATE 2021|2022⟧ ⟦QTY 5 شخص|ثلاثة⟧ ⟦QTY 4 فرد|أربعة⟧"))
    assert misses(found, "dates") == [("wrong value", "2022 = 2022", "2022 = 2021")]
    assert misses(found, "quantities") == [
        ("wrong value", "ثلاثة = 3 شخص", "ثلاثة = 5 شخص"),
        ("wrong value", "أربعة = 4 شخص", "أربعة = 4 فرد"),
    ]


RAW = "اجتمع بوريطة وغالي والوفد في قصر المؤتمرات بفاس وقال بوريطة ثم التقى زار\nإعلان يجتمع"
MEETING = told(
    "MEETING",
    "اجتمع",
    [{"name": "بوريطة", "role": "chair"}, {"name": "غالي", "role": "attendee"}],
    date="2024-11-04",
    locations=["فاس", "قصر المؤتمرات"],
    counts=["3 وزير", "2 وفد"],
)


def test_kinds_of_wrong_slots(tmp_path: Path) -> None:
    off = event(
        RAW,
        "MEETING",
        "اجتمع",
        [("بوريطة", "attendee"), ("لبوريطة", "attendee"), ("فاس", "attendee")],
        on="2024",
        at=["غالي", "الرباط"],
        counts=["4 وزير", "9 دولة"],
        status="ongoing",
    )
    found = evaluated(gold(tmp_path, RAW, [MEETING]), record(RAW, [off]))
    slots = [(m.slot, m.kind, m.gold, m.predicted) for m in found.misses if m.layer == "slots"]
    assert sorted(slots, key=str) == sorted(
        [
            ("date", "wrong value", "2024-11-04", "2024"),
            ("status", "wrong value", "occurred", "ongoing"),
            ("participant", "wrong slot", "بوريطة (chair)", "بوريطة (attendee)"),
            ("participant", "split", "بوريطة (chair)", "لبوريطة (attendee)"),
            ("participant", "wrong slot", "غالي (attendee)", "غالي (location)"),
            ("participant", "spurious", None, "فاس (attendee)"),
            ("location", "wrong slot", "فاس", "فاس (attendee)"),
            ("location", "missed", "قصر المؤتمرات", None),
            ("location", "spurious", None, "غالي"),
            ("location", "spurious", None, "الرباط"),
            ("count", "wrong value", "3 وزير", "4 وزير"),
            ("count", "missed", "2 وفد", None),
            ("count", "spurious", None, "9 دولة"),
        ],
        key=str,
    )
    assert all(m.event == "MEETING اجتمع" for m in found.misses if m.layer == "slots")


@pytest.mark.parametrize(
    ("events", "predicted", "expected"),
    [
        ([MEETING], [], [("missed", "MEETING اجتمع", None)]),
        ([], [("MEETING", "اجتمع")], [("spurious", None, "MEETING اجتمع")]),
        ([], [("MEETING", "يجتمع")], [("boilerplate leak", None, "MEETING يجتمع")]),
        ([MEETING], [("VISIT", "اجتمع")], [("wrong type", "MEETING اجتمع", "VISIT اجتمع")]),
        ([MEETING], [("MEETING", "اجتمع")] * 2, [("split", "MEETING اجتمع", "MEETING اجتمع")]),
        ([MEETING] * 2, [("MEETING", "اجتمع")], [("merged", "MEETING اجتمع", "MEETING اجتمع")]),
        ([MEETING | {"optional": True}], [], []),
    ],
)
def test_kinds_of_wrong_events(
    tmp_path: Path,
    events: list[dict[str, object]],
    predicted: list[tuple[str, str]],
    expected: list[tuple[str, str, str]],
) -> None:
    article = gold(tmp_path, RAW, events, body_lines=[1])
    found = evaluated(article, record(RAW, [event(RAW, *one) for one in predicted]))
    assert misses(found, "events") == expected


def test_the_report_counts_and_lists_in_order(tmp_path: Path) -> None:
    found = evaluated(gold(tmp_path, "⟦LOC|فاس⟧ ⟦PER|علي⟧ طنجة"), record("فاس علي ⟦LOC|طنجة⟧"))
    assert kinds(found.misses) == {"entities": {"missed": 2, "spurious": 1}}
    lines = report(found.misses).splitlines()
    assert lines == [
        "entities: missed 2, spurious 1",
        "",
        "== entities: missed (2) ==",
        "a:0 entities: missed: gold «فاس LOC», predicted nothing",
        "a:4 entities: missed: gold «علي PER», predicted nothing",
        "",
        "== entities: spurious (1) ==",
        "a:8 entities: spurious: gold nothing, predicted «طنجة LOC»",
    ]
    data = json.loads(found.to_json())
    assert data["errors"][0] == {
        "article": "a",
        "layer": "entities",
        "kind": "missed",
        "gold": "فاس LOC",
        "start": 0,
        "end": 3,
        "gold_at": [[0, 3]],
    }
    assert set(data["kinds"]["entities"]) <= set(KINDS)
    assert "errors" not in json.loads(found.to_json(errors=False))


# -- sums and intervals ----------------------------------------------------------------------------


def test_figures_are_fractions_and_none_where_there_is_nothing() -> None:
    found = Score(right=3, spurious=1, missed=2)
    assert (found.precision, found.recall, found.f1) == (3 / 4, 3 / 5, 6 / 9)
    assert Score(0, 0, 0).f1 is None
    assert (Score(0, 0, 2).precision, Score(0, 0, 2).f1) == (None, 0)


def test_articles_are_summed_not_averaged() -> None:
    tallies = [{"events": Tally(9, 1, 1)}, {"events": Tally(0, 1, 1)}]
    found = add_up(["a", "b"], tallies, [[], []])
    assert found.f1("events") == 18 / (18 + 2 + 2)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_score() -> None:
    tallies = [{"events": Tally(n % 4, n % 3, n % 2)} for n in range(40)]
    points: list[list[tuple[float, bool]]] = [[]] * 40
    one, two, other = (
        add_up([""] * 40, tallies, points, seed=seed).scores["events"] for seed in (0, 0, 1)
    )
    assert one == two
    assert (one.low, one.high) != (other.low, other.high)
    assert one.low is not None
    assert one.high is not None
    assert one.f1 is not None
    assert one.low < one.f1 < one.high


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    found = add_up(["a", "b"], [{"events": Tally(1, 1, 0)}] * 2, [[], []]).scores["events"]
    assert (found.low, found.high) == (2 / 3, 2 / 3)


def test_calibration_is_the_mean_gap_by_bins() -> None:
    # 0.95, 0.95 -> one right: gap of 2 * 0.95 - 1; 0.2 -> right: gap of 0.8
    found = add_up(["a"], [{}], [[(0.95, True), (0.95, False), (0.2, True)]]).calibration
    assert found.error == pytest.approx((abs(1.9 - 1) + 0.8) / 3)
    assert found.records == 3
    assert found.bins[9].aligned == 0.5


def test_only_records_that_count_are_calibrated(tmp_path: Path) -> None:
    maybe = told("VISIT", "زار", optional=True)
    given = [
        event(RAW, "MEETING", "اجتمع", confidence=0.9),
        event(RAW, "VISIT", "زار", confidence=0.5),
        event(RAW, "SEIZURE", "قال", confidence=0.3),
    ]
    found = evaluated(gold(tmp_path, RAW, [MEETING, maybe]), record(RAW, given)).calibration
    assert found.records == 2
    assert found.error == pytest.approx((0.1 + 0.3) / 2)


# -- runs ------------------------------------------------------------------------------------------


def test_the_day_of_publication_counts_where_nobody_told_it(tmp_path: Path) -> None:
    given = gold(tmp_path, "فاس", published=DAY, published_given=True)
    in_text = gold(tmp_path, "فاس", published=DAY)
    unknown = gold(tmp_path, "فاس")
    results = {
        (name, day): tuple(
            evaluated(article, record("فاس", published=day)).scores["published"].as_dict()[n]
            for n in ("right", "spurious", "missed")
        )
        for name, article in (("given", given), ("text", in_text), ("unknown", unknown))
        for day in (None, DAY, date(2020, 1, 1))
    }
    assert {results["given", day] for day in (None, DAY, date(2020, 1, 1))} == {(0, 0, 0)}
    assert results["text", DAY] == (1, 0, 0)
    assert results["text", None] == (0, 0, 1)
    assert results["text", date(2020, 1, 1)] == (0, 1, 1)
    assert results["unknown", DAY] == (0, 1, 0)  # invented
    assert results["unknown", None] == (0, 0, 0)


def test_a_pipeline_is_told_what_a_caller_would_know(tmp_path: Path) -> None:
    write(tmp_path, "⟦LOC|فاس⟧", name="a", published=DAY, published_given=True)
    write(tmp_path, "⟦LOC|فاس⟧", name="b", published=DAY)
    asked = []

    def pipeline(text: str, *, published: date | None = None, id: str = "") -> ArticleRecord:
        asked.append((id, text, published))
        return record("⟦LOC|فاس⟧", name=id)

    found = run(tmp_path, pipeline=pipeline)
    assert asked == [("a", "فاس", DAY), ("b", "فاس", None)]
    assert found.f1("entities") == 1


def test_predictions_go_by_name_whatever_their_folder(tmp_path: Path) -> None:
    write(tmp_path, "⟦LOC|فاس⟧", name="a")
    write(tmp_path, "⟦LOC|فاس⟧", name="b")
    lines = [record("⟦LOC|فاس⟧", name=name).to_json() for name in ("in/a.txt", "c.txt")]
    (tmp_path / "out.jsonl").write_text("\n".join(lines) + "\n")
    found = run(tmp_path, predictions(tmp_path / "out.jsonl"))
    assert found.warnings == ["b: no prediction", "c: no such gold article"]
    assert (found.scores["entities"].right, found.scores["entities"].missed) == (1, 1)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "a", "extra": 1}', r"out\.jsonl:2: extra: Extra inputs"),
        ("{", r"out\.jsonl:2: .*Invalid JSON"),
        (ArticleRecord(id="a").to_json(), r"out\.jsonl:2: a second record of 'a'"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "out.jsonl").write_text(ArticleRecord(id="a").to_json() + "\n" + line)
    with pytest.raises(DataError, match=message):
        predictions(tmp_path / "out.jsonl")


def test_names_that_fit_no_gold_are_an_error(tmp_path: Path) -> None:
    article = gold(tmp_path, "فاس")
    with pytest.raises(DataError, match="no prediction has the name of a gold article"):
        score([article], {"other": record("فاس")})


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no annotated article"):
        run(tmp_path, {})
    with pytest.raises(DataError, match="no such folder"):
        run(tmp_path / "none", {})


def test_the_scores_can_be_shown(tmp_path: Path) -> None:
    found = evaluated(gold(tmp_path, "⟦LOC|فاس⟧"), record("⟦LOC|فاس⟧"))
    assert "entities                   F1 100.0" in found.text()
    assert found.table().row_count == len(found.scores)
