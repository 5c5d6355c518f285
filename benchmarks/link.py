"""How well reports of one event are put together: B-cubed on the gold of ``fixtures/links``.

    python benchmarks/link.py CORPUS [--records FILE] [--wrong] [--copies 1 4 12]

CORPUS holds the articles that the gold names, one ``SOURCE.jsonl.gz`` a source with the columns
id, title, published, text. They are read by the pipeline and all their events are linked; the
events of the gold are scored. With ``--records`` the records of an earlier run are kept in a file
and taken from it. The gold names events by triggers that the pipeline found when it was made: what
it does not find any more stands alone. ``--copies`` links the records several times over, as if
told three weeks apart, to see how time grows.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import arxtract
from arxtract.batch import JsonLines, records
from arxtract.link import WorldEvent, link
from arxtract.link.score import bcubed
from arxtract.records import ArticleRecord

GOLD = Path(__file__).parent.parent / "fixtures" / "links" / "links.tsv"


class Row(NamedTuple):
    part: str
    event: str
    source: str
    article: str
    type: str
    start: str
    end: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in part dev")
    parser.add_argument("--copies", type=int, nargs="*", default=[])
    given = parser.parse_args()

    with GOLD.open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = [Row(**row) for row in csv.DictReader(lines, delimiter="\t")]
    read = list(_records(given.corpus, rows, given.records))
    start = time.process_time()
    events = link(read)
    seconds = time.process_time() - start
    count = sum(len(record.events) for record in read)
    print(f"{len(read)} articles, {count} events linked to {len(events)} in {seconds:.1f} s")
    world = _world(read, events)
    for part in ("dev", "test"):
        gold = [row for row in rows if row.part == part]
        found = [world.get((row.article, int(row.start)), row) for row in gold]
        score = bcubed(found, [row.event for row in gold])
        same = sum(a.event == b.event for a, b in combinations(gold, 2))
        print(
            f"{part}: {len(gold)} reports of {len({row.event for row in gold})} events, {same} "
            f"pairs the same: B-cubed precision {100 * score.precision:.1f}, "
            f"recall {100 * score.recall:.1f}, F1 {100 * score.f1:.1f}"
        )
        if given.wrong and part == "dev":
            _tell(gold, found)
    for copies in given.copies:
        many = [_later(record, copy) for copy in range(copies) for record in read]
        start = time.process_time()
        link(many)
        seconds = time.process_time() - start
        print(f"{copies * count} events: {1000 * seconds / (copies * count):.2f} ms an event")


def _later(record: ArticleRecord, copy: int) -> ArticleRecord:
    """Return a record as if published three weeks later for each copy."""
    day = record.published + timedelta(weeks=3 * copy) if record.published else None
    return record.model_copy(update={"id": f"{copy} {record.id}", "published": day})


def _records(corpus: Path, rows: Iterable[Row], kept: Path | None) -> Iterator[ArticleRecord]:
    if kept and kept.exists():
        yield from records(kept)
        return
    wanted = {row.article for row in rows}
    articles = []
    for source in sorted({row.source for row in rows}):
        with gzip.open(corpus / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            articles += [row for line in lines if (row := json.loads(line))["id"] in wanted]
    found = list(arxtract.Pipeline().map(articles))
    if kept:
        with JsonLines(kept) as out:
            for record in found:
                out.write(record)
    yield from found


def _world(read: Iterable[ArticleRecord], events: Iterable[WorldEvent]) -> dict[object, str]:
    """Return the world event of each trigger, by article and first code point."""
    of = {(r.article, r.event): event.id for event in events for r in event.reports}
    return {
        (record.id, trigger.start): of[record.id, event.id]
        for record in read
        for event in record.events
        for trigger in event.triggers
    }


def _tell(gold: list[Row], found: list[object]) -> None:
    for (a, in_a), (b, in_b) in combinations(zip(gold, found, strict=True), 2):
        if (a.event == b.event) != (in_a == in_b):
            kind = "parted" if a.event == b.event else "joined"
            print(f"  {kind}: {a.event} {a.article} {a.start}, {b.event} {b.article} {b.start}")


if __name__ == "__main__":
    main()
