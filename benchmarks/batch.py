"""What many articles cost: processor time and memory to read, processor time and disk to write.

    python benchmarks/batch.py ARTICLES [--limit 50] [--copies 1] [--json FILE]

Reads the first articles of any input that ``arxtract extract`` takes in one process, then writes
their records ``--copies`` times over in each format. What more of such articles would cost is
reckoned from that: processor hours, hours with so many cores, disk by format.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import arxtract
from arxtract.batch import Options, Reading
from arxtract.batch.writers import format_of
from figures import add_option, keep

PLANNED = (300, 50_000, 10_000_000)
"""Numbers of articles whose cost is reckoned."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--copies", type=int, default=1)
    add_option(parser)
    given = parser.parse_args()

    articles = list(Reading([given.articles], Options(), print, limit=given.limit))
    pipeline = arxtract.Pipeline()
    pipeline(articles[0])
    start = time.process_time()
    records = list(pipeline.map(articles))
    seconds = time.process_time() - start
    words = sum(len(article.text.split()) for article in articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reading = {
        "articles": len(articles),
        "words": words,
        "events": sum(len(record.events) for record in records),
        "processor_seconds_an_article": round(seconds / len(articles), 3),
        "words_per_processor_second": round(words / seconds),
        "peak_mb": round(memory),
    }
    print(", ".join(f"{value} {name.replace('_', ' ')}" for name, value in reading.items()))

    writing: dict[str, dict[str, float]] = {}
    count = given.copies * len(records)
    for suffix in (".jsonl", ".sqlite", ".csv", ".parquet"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"records{suffix}"
            try:
                writer = format_of(path).create(path)
            except arxtract.ArxtractError as error:
                print(f"{suffix}: {error}")
                continue
            start = time.process_time()
            for _ in range(given.copies):
                for record in records:
                    writer.write(record)
            writer.close()
            seconds = time.process_time() - start
            size = path.stat().st_size / count / 1024
            writing[suffix] = {
                "kb_an_article": round(size, 1),
                "articles_per_processor_second": round(count / seconds),
            }
            print(f"{suffix}: {count / seconds:.0f} articles/s, {size:.1f} KB an article")
    seconds = reading["processor_seconds_an_article"]
    sizes = {suffix: found["kb_an_article"] for suffix, found in writing.items()}
    plans = {f"{count:,} articles": plan(count, seconds, sizes) for count in PLANNED}
    keep({"reading": reading, "writing": writing, "planned": plans}, given.json)


def plan(articles: int, seconds: float, sizes: Mapping[str, float]) -> dict[str, float]:
    """Return what articles cost in all, by the seconds and the KB of one; three digits count."""
    hours = articles * seconds / 3600
    found = {"processor_hours": hours, "hours_with_8_cores": hours / 8}
    found["hours_with_64_cores"] = hours / 64
    found |= {f"mb_{suffix}": articles * size / 1024 for suffix, size in sizes.items()}
    return {name: float(f"{value:.3g}") for name, value in found.items()}


if __name__ == "__main__":
    main()
