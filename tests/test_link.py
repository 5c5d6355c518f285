"""Reports of one event are put together, others are kept apart, and what differs is shown."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch import JsonLines
from arxtract.cli import app
from arxtract.link import WorldEvent, link
from arxtract.link.clusters import COMPARED, _pairs
from arxtract.link.differ import world_event
from arxtract.link.events import Count, Report
from arxtract.link.likeness import Likeness
from arxtract.link.mentions import mentions_of
from arxtract.link.score import bcubed
from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord
from batch_kit import record

ARTICLES = [
    Article(
        "قتل 12 شخصا في تفجير انتحاري استهدف سوق البصل وسط بغداد، اليوم الخميس.",
        "bombing-1",
        "2022-11-03",
    ),
    Article(
        "أعلنت وزارة الصحة العراقية مقتل 14 شخصا في التفجير الانتحاري الذي استهدف سوق البصل في "
        "بغداد أمس الخميس.",
        "bombing-2",
        "2022-11-04",
    ),
    Article(
        "قتل 3 أشخاص في هجوم مسلح على مخفر للشرطة في كركوك، اليوم الخميس.",
        "another-attack",
        "2022-11-03",
    ),
    Article(
        "لقي 5 أشخاص مصرعهم في انقلاب حافلة للركاب قرب مدينة تازة، أمس الأربعاء.",
        "bus-1",
        "2022-11-03",
    ),
    Article(
        "ارتفعت حصيلة انقلاب حافلة الركاب قرب تازة، الأربعاء الماضي، إلى 7 قتلى.",
        "bus-2",
        "2022-11-05",
    ),
    Article(
        "قتل 12 شخصا في تفجير انتحاري استهدف سوق البصل وسط بغداد، اليوم الخميس.",
        "a-year-later",
        "2023-11-02",
    ),
]


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> list[ArticleRecord]:
    return list(pipeline.map(ARTICLES))


@pytest.fixture(scope="module")
def events(records: list[ArticleRecord]) -> list[WorldEvent]:
    return link(records)


def together(events: list[WorldEvent], type: str) -> list[list[str]]:
    return [[r.article for r in event.reports] for event in events if event.type == type]


def test_reports_of_one_event_come_together_and_no_others(events: list[WorldEvent]):
    assert together(events, "ATTACK") == [
        ["bombing-1", "bombing-2"],
        ["another-attack"],
        ["a-year-later"],
    ]
    assert together(events, "ACCIDENT") == [["bus-1", "bus-2"]]


def test_every_event_of_every_record_is_in_one_event_of_the_world(
    records: list[ArticleRecord], events: list[WorldEvent]
):
    linked = [(r.article, r.event) for event in events for r in event.reports]
    assert sorted(linked) == sorted((r.id, e.id) for r in records for e in r.events)


def test_twelve_dead_in_one_and_fourteen_in_another(events: list[WorldEvent]):
    (bombing,) = (event for event in events if len(event.reports) == 2 and event.type == "ATTACK")
    assert (bombing.earliest, bombing.latest) == (date(2022, 11, 3), date(2022, 11, 3))
    (counts,) = bombing.disagreements
    assert (counts.slot, counts.unit) == ("counts", "شخص")
    assert [(v.value, v.reports) for v in counts.versions] == [("12", (0,)), ("14", (1,))]


def test_the_order_of_articles_changes_no_group(records: list[ArticleRecord]):
    def groups(given: list[ArticleRecord]) -> set[frozenset[tuple[str, str]]]:
        return {frozenset((r.article, r.event) for r in event.reports) for event in link(given)}

    assert groups(records) == groups(records[::-1])


def test_events_of_one_article_stay_apart():
    one = record("a")
    twin = one.events[0].model_copy(update={"id": "e2"})
    both = one.model_copy(update={"events": (one.events[0], twin)})
    assert [len(event.reports) for event in link([both])] == [1, 1]
    assert [event.articles for event in link([both, record("b")])] == [2, 1]


def test_nothing_gives_nothing():
    assert link([]) == []
    assert link([ArticleRecord(id="empty")]) == []


def test_each_report_is_compared_with_few_others():
    """A thousand articles that are all alike: what is compared grows with their number alone."""
    mentions = [m for n in range(1000) for m in mentions_of(n, record(str(n)))]
    assert len(list(_pairs(mentions, Likeness(mentions)))) <= COMPARED * len(mentions)


# -- what reports disagree in ----------------------------------------------------------------------


def report(*counts: Count, day: date | None = None, status: str = "occurred") -> Report:
    return Report(
        article="a", event="e1", published=None, type="ATTACK", label="هجوم", status=status,
        when=str(day) if day else None, earliest=day, latest=day, places=(), participants=(),
        counts=counts,
    )  # fmt: skip


def people(value: float | None, bound: str = "exact", unit: str = "شخص", **more: float) -> Count:
    return Count(value=value, bound=bound, unit=unit, **more)


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ([people(12)], [people(14)], True),
        ([people(12)], [people(12), people(30)], False),  # the other says more, nothing else
        ([people(4), people(3)], [people(4), people(5)], True),
        ([people(12, "at_least")], [people(14)], False),
        ([people(12, "at_least")], [people(9)], True),
        ([people(10, "about")], [people(11)], False),
        ([people(None, low=3, high=5)], [people(4)], False),
        ([people(None, low=3, high=5)], [people(6)], True),
        ([people(12)], [people(14, unit="جريح")], False),
        ([people(None)], [people(14)], False),
        ([], [people(14)], False),
    ],
)
def test_numbers_that_cannot_both_be_right(one: list[Count], other: list[Count], disagree: bool):
    for pair in ((one, other), (other, one)):
        event = world_event("w1", [report(*pair[0]), report(*pair[1])])
        assert bool(event.disagreements) is disagree


def test_days_and_denials():
    first, second = date(2022, 11, 3), date(2022, 11, 4)
    event = world_event(
        "w1",
        [report(day=first), report(day=second, status="negated"), report(day=second), report()],
    )
    days, status = event.disagreements
    assert [(v.value, v.reports) for v in days.versions] == [
        ("2022-11-04", (1, 2)),
        ("2022-11-03", (0,)),
    ]
    assert [(v.value, v.reports) for v in status.versions] == [
        ("occurred", (0, 2, 3)),
        ("negated", (1,)),
    ]
    assert event.earliest == second


# -- the score -------------------------------------------------------------------------------------


def test_b_cubed():
    assert bcubed("aabb", "xxyy") == (1, 1)
    assert bcubed("aaaa", "xxyy") == (0.5, 1)
    assert bcubed("abcd", "xxyy") == (1, 0.5)
    assert bcubed("aabbb", "xxxyy").f1 == pytest.approx(11 / 15)
    assert bcubed([], []).f1 == 0


# -- the command -----------------------------------------------------------------------------------


def test_the_command_shows_and_writes(tmp_path: Path, records: list[ArticleRecord]):
    source, out = tmp_path / "r.jsonl", tmp_path / "events.jsonl"
    with JsonLines(source) as file:
        for item in records:
            file.write(item)
    run = CliRunner().invoke
    shown = run(app, ["link", str(source)])
    assert shown.exit_code == 0
    assert "bombing-2" in shown.output
    assert "another-attack" not in shown.output
    assert "شخص: 12 (in 1); 14 (in 2)" in shown.output
    assert run(app, ["link", str(source), "-o", str(out), "--least", "1"]).exit_code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [WorldEvent.model_validate_json(line) for line in lines] == link(records)
    assert json.loads(lines[0])["id"] == "w1"
    assert "--overwrite" in str(run(app, ["link", str(source), "-o", str(out)]).exception)
    again = run(app, ["link", str(source), "-o", str(source), "--overwrite"])
    assert "is an input as well" in str(again.exception)
