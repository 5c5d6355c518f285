"""What many articles cost: processor time and memory to read, time and disk to write.

    python benchmarks/batch.py ARTICLES [--limit 50] [--copies 1]

Reads the first articles of any input that ``arxtract extract`` takes in one process, then writes
their records ``--copies`` times over in each format. Processor time does not depend on what else
the machine does; the times of writing do.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import arxtract
from arxtract.batch import Options, Reading
from arxtract.batch.writers import format_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--copies", type=int, default=1)
    given = parser.parse_args()

    articles = list(Reading([given.articles], Options(), print, limit=given.limit))
    pipeline = arxtract.Pipeline()
    pipeline(articles[0])
    start = time.process_time()
    records = list(pipeline.map(articles))
    seconds = time.process_time() - start
    words = sum(len(article.text.split()) for article in articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"read {len(articles)} articles, {words} words, {sum(len(r.events) for r in records)} "
          f"events: {seconds / len(articles):.3f} s of processor time an article, "
          f"{words / seconds:.0f} words/s, {memory:.0f} MB")  # fmt: skip

    count = given.copies * len(records)
    for suffix in (".jsonl", ".sqlite", ".csv", ".parquet"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"records{suffix}"
            try:
                writer = format_of(path).create(path)
            except arxtract.ArxtractError as error:
                print(f"{suffix}: {error}")
                continue
            start = time.perf_counter()
            for _ in range(given.copies):
                for record in records:
                    writer.write(record)
            writer.close()
            seconds = time.perf_counter() - start
            size = path.stat().st_size / count / 1024
            print(f"{suffix}: {count / seconds:.0f} articles/s, {size:.1f} KB an article")


if __name__ == "__main__":
    main()
