"""Fitting the models of the events room: what hints may teach, and from which articles."""

from __future__ import annotations

from arxtract.evaluate.fit import Point, Task, fit, score, solve_all, without_hints


def points(*, fresh: bool) -> list[Point]:
    """A rule that is right in three of four decisions, and a hint that is always right."""
    made = []
    for number in range(80):
        right = number % 4 != 0
        features = {"by rule": 1.0, "hint": 3.0 if right else -3.0}
        made.append(Point(features, right, number % 10, number, "", fresh))
    return made


def test_hints_of_articles_that_the_network_has_seen_teach_nothing() -> None:
    assert "hint" not in solve_all(points(fresh=False), {}, 4.0).weights


def test_hints_of_fresh_articles_pull_the_model_of_the_rules() -> None:
    model = solve_all([*points(fresh=False), *points(fresh=True)], {}, 4.0)
    assert model.weights["hint"] > 0.2
    assert model.chance({"by rule": 1.0, "hint": 3.0}) > 0.75
    assert model.chance({"by rule": 1.0, "hint": -3.0}) < 0.65


def test_the_held_out_score_is_of_the_fresh_articles() -> None:
    task = Task([*points(fresh=False), *points(fresh=True)], 120, 60, single=True, prior={})
    model, reached = fit(task)
    assert reached > fit(without_hints(task))[1]
    assert 0 < model.threshold <= 0.5


def test_a_score_counts_one_answer_an_event() -> None:
    twice = [Point({}, True, 0, 0, "", False), Point({}, False, 0, 0, "", False)]
    task = Task(twice, 1, 0, single=True, prior={})
    assert score(task, [0.9, 0.8], 0.5) == 1.0  # type: ignore[arg-type]
