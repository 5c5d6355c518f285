"""One event of the world out of its reports, and what they cannot all be right in."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from arxtract.link.events import Count, Disagreement, Report, Version, WorldEvent

T = TypeVar("T")

_ABOUT = 0.1
"""How far off, in proportion, a number that is given as "about" may be."""


def world_event(id: str, reports: Sequence[Report]) -> WorldEvent:
    """Return the event that reports tell of."""
    windows = Counter(
        (report.earliest, report.latest) for report in reports if report.earliest or report.latest
    )
    earliest, latest = _most(windows) or (None, None)
    return WorldEvent(
        id=id,
        type=_most(Counter(report.type for report in reports)) or reports[0].type,
        earliest=earliest,
        latest=latest,
        articles=len({report.article for report in reports}),
        reports=tuple(reports),
        disagreements=(*_in_dates(reports), *_in_status(reports), *_in_counts(reports)),
    )


def _most(counted: Counter[T]) -> T | None:
    """Return what is most frequent, the first of them; None of nothing."""
    return counted.most_common(1)[0][0] if counted else None


def _in_dates(reports: Sequence[Report]) -> Iterable[Disagreement]:
    """Yield the dates, if two reports give days of which none is the same."""
    told: defaultdict[str, list[int]] = defaultdict(list)
    windows = []
    for place, report in enumerate(reports):
        if report.when and report.earliest and report.latest:
            told[report.when].append(place)
            windows.append((report.earliest, report.latest))
    if windows and max(first for first, _ in windows) > min(last for _, last in windows):
        yield Disagreement(slot="date", versions=_versions(told))


def _in_status(reports: Sequence[Report]) -> Iterable[Disagreement]:
    """Yield the statuses, if one report denies what another tells."""
    told: defaultdict[str, list[int]] = defaultdict(list)
    for place, report in enumerate(reports):
        told[report.status].append(place)
    if "negated" in told and len(told) > 1:
        yield Disagreement(slot="status", versions=_versions(told))


def _in_counts(reports: Sequence[Report]) -> Iterable[Disagreement]:
    """Yield each unit of which two reports give numbers that cannot both be right.

    A report may give several numbers of one unit (four dead, three hurt). Two reports disagree if
    each has one of its own, that no number of the other agrees with.
    """
    units: defaultdict[str, dict[int, list[Count]]] = defaultdict(dict)
    for place, report in enumerate(reports):
        for count in report.counts:
            if count.unit and _range(count) is not None:
                units[count.unit].setdefault(place, []).append(count)
    for unit, by_report in units.items():
        places = list(by_report)
        apart = {
            place
            for place in places
            for other in places
            if _own(by_report[place], by_report[other]) and _own(by_report[other], by_report[place])
        }
        if apart:
            told: defaultdict[str, list[int]] = defaultdict(list)
            for place in sorted(apart):
                told[", ".join(dict.fromkeys(map(_written, by_report[place])))].append(place)
            yield Disagreement(slot="counts", unit=unit, versions=_versions(told))


def _own(counts: Iterable[Count], others: Sequence[Count]) -> bool:
    """Say whether one of the counts agrees with none of the others."""
    return any(not any(_agree(count, other) for other in others) for count in counts)


def _agree(one: Count, other: Count) -> bool:
    first, second = _range(one), _range(other)
    if first is None or second is None:
        return True
    return max(first[0], second[0]) <= min(first[1], second[1])


def _range(count: Count) -> tuple[float, float] | None:
    """Return the least and the most that a count allows; None where it gives no number."""
    if count.value is None:
        if count.low is None and count.high is None:
            return None
        return (-math.inf if count.low is None else count.low,
                math.inf if count.high is None else count.high)  # fmt: skip
    value = float(count.value)
    if count.bound in ("at_least", "more_than"):
        return value, math.inf
    if count.bound in ("at_most", "less_than"):
        return -math.inf, value
    return (value * (1 - _ABOUT), value * (1 + _ABOUT)) if count.bound == "about" else (value,) * 2


def _written(count: Count) -> str:
    sign = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "about": "~"}
    if count.value is None:
        return "–".join("?" if end is None else f"{end:.15g}" for end in (count.low, count.high))
    return f"{sign.get(count.bound or '', '')}{count.value:.15g}"


def _versions(told: Mapping[str, list[int]]) -> tuple[Version, ...]:
    """Return what is said, with most reports first."""
    ranked = sorted(told.items(), key=lambda item: (-len(item[1]), item[1]))
    return tuple(Version(value=value, reports=tuple(places)) for value, places in ranked)
