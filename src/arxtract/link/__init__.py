"""The same event of the world in several articles: put together, with what they disagree in."""

from __future__ import annotations

from collections.abc import Iterable

from arxtract.link.clusters import clusters
from arxtract.link.differ import world_event
from arxtract.link.events import Disagreement, Report, Version, WorldEvent
from arxtract.link.mentions import mentions_of
from arxtract.records import ArticleRecord

__all__ = ["Disagreement", "Report", "Version", "WorldEvent", "link"]


def link(records: Iterable[ArticleRecord]) -> list[WorldEvent]:
    """Return the events of the world that records tell of, in the order of their first reports.

    Every event of every record stands in exactly one of them. Time grows a little faster than the
    number of events, memory with it (some 25 KB an event, whatever the length of the articles).
    """
    mentions = [m for number, record in enumerate(records) for m in mentions_of(number, record)]
    return [
        world_event(f"w{number}", [mentions[place].report for place in places])
        for number, places in enumerate(clusters(mentions), 1)
    ]
