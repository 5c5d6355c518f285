"""The builders by the names that the rules call them."""

from __future__ import annotations

from collections.abc import Callable

from arxtract.times import build_days, build_periods, clock, durations
from arxtract.times.grammar import Found
from arxtract.times.partial import Partial

BUILDERS: dict[str, Callable[[Found], Partial | None]] = {
    function.__name__: function
    for function in (
        build_days.calendar,
        build_days.numeric,
        build_days.numeric_range,
        build_days.days,
        build_days.months,
        build_days.same_day,
        build_days.day_of_now,
        build_days.day_of_week,
        build_days.weekdays,
        build_periods.period,
        build_periods.vague_period,
        build_periods.weekend,
        build_periods.part_of_year,
        build_periods.months_of_year,
        build_periods.part_of_a_year,
        build_periods.part_of_month,
        build_periods.week_of_month,
        build_periods.season,
        build_periods.year,
        build_periods.year_range,
        build_periods.years,
        build_periods.decade,
        build_periods.century,
        build_periods.feast,
        clock.clock,
        durations.duration,
        durations.duration_range,
        durations.age,
        durations.last_units,
        durations.ago,
        durations.before_that,
        durations.vague,
        durations.every,
    )
}
