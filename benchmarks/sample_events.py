"""Draw articles from a corpus and print them with their records, to judge the events by eye.

    python benchmarks/sample_events.py CORPUS OUT [--seed N] [--count N] [--sources A B …]
                                       [--exclude FILE]

CORPUS is a folder of `*.jsonl.gz` files, one article a line with `id`, `title`, `text` and
`published`; those without a day of publication are passed over, and those whose id stands in a
line of FILE. OUT gets a text file an article, the records below the text: right, partly right or
wrong is for a reader to say. Articles of more than 4,000 characters are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from arxtract.pipeline import Article, Pipeline
from arxtract.records import EventRecord

LONGEST = 4000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--sources", nargs="*", help="names of files, without .jsonl.gz")
    parser.add_argument("--exclude", type=Path, help="file of ids, one a line")
    options = parser.parse_args()
    passed_over = set(options.exclude.read_text().split()) if options.exclude else set()
    known = [
        article
        for article in articles(options.corpus, options.sources)
        if article["published"]
        and article["id"] not in passed_over
        and len(article["text"]) <= LONGEST
    ]
    random.Random(options.seed).shuffle(known)
    options.out.mkdir(parents=True, exist_ok=True)
    pipeline = Pipeline()
    number = 0
    for place, article in enumerate(known[: options.count], 1):
        raw = with_title(article)
        given = Article(raw, article["id"], article["published"], article.get("title"))
        events = pipeline(given).events
        number += len(events)
        head = f"{article['id']} published {article['published']}\n\n{raw}\n\n"
        lines = [
            line for n, event in enumerate(events, 1) for line in told(f"{place:03d}.{n}", event)
        ]
        text = head + "\n".join(lines) + "\n"
        (options.out / f"{place:03d}.txt").write_text(text, encoding="utf-8")
    print(f"{min(options.count, len(known))} articles, {number} records")


def articles(corpus: Path, sources: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    """Yield the articles of the files, sorted by name."""
    for file in sorted(corpus.glob("*.jsonl.gz")):
        if not sources or file.name.removesuffix(".jsonl.gz") in sources:
            with gzip.open(file, "rt", encoding="utf-8") as stream:
                yield from map(json.loads, stream)


def with_title(article: dict[str, Any]) -> str:
    """Return the text of an article, its headline above it if it does not begin with it."""
    title, text = article.get("title"), article["text"]
    return text if not title or text.startswith(title) else f"{title}\n\n{text}"


def told(key: str, event: EventRecord) -> list[str]:
    """Return a record as a reader wants to see it."""
    people = (f"{p.name} ({p.role})" for p in event.participants)
    label = event.label.text if event.label else ""
    return [
        f"[{key}] {event.type} ({event.status}, {event.confidence}) {label}",
        f"   triggers: {' | '.join(t.text for t in event.triggers)}",
        f"   date: {event.date.value if event.date else None}",
        f"   places: {' | '.join(place.name for place in event.locations)}",
        f"   participants: {' | '.join(people)}",
        f"   counts: {' | '.join(f'{c.value} {c.unit}' for c in event.counts)}",
    ]


if __name__ == "__main__":
    main()
