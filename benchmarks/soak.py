"""A long run: does memory stay flat, and the cost of a word?

    python benchmarks/soak.py INPUT [--articles 20000] [--every 200] [--ner base] [--log soak.tsv]
                              [--json FILE]

Reads articles of any input that ``arxtract extract`` takes, over and over until there are enough,
in one process, and writes their records to a file that is thrown away. Every so many articles a
line is logged: articles, words, resident memory in MB, microseconds of processor time a word since
the line before. The last line compares the first and the last fifth of the run. On a system
without ``/proc`` memory is the most that was used so far.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import mean

import arxtract
from arxtract.batch import JsonLines, Options, Reading
from figures import add_option, keep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument("--ner", default="base", help="the recogniser")
    parser.add_argument("--log", type=Path)
    add_option(parser)
    given = parser.parse_args()

    log = given.log.open("w", encoding="utf-8") if given.log else None
    pipeline = arxtract.Pipeline(ner=given.ner)
    words = since = 0
    lines: list[tuple[float, float]] = []
    clock = time.process_time()
    with tempfile.TemporaryDirectory() as folder, JsonLines(Path(folder) / "r.jsonl") as out:
        for number, article in enumerate(islice(_again(given.input), given.articles), 1):
            out.write(pipeline.attempt(article))
            since += len(article.text.split())
            if number % given.every == 0:
                now = time.process_time()
                words += since
                lines.append((_memory(), (now - clock) / since * 1e6))
                clock, since = now, 0
                line = f"{number}\t{words}\t{lines[-1][0]:.0f}\t{lines[-1][1]:.0f}"
                print(line, flush=True)
                if log:
                    print(line, file=log, flush=True)
    fifth = max(1, len(lines) // 5)
    (memory, cost), (last_memory, last_cost) = (
        (mean(m for m, _ in part), mean(c for _, c in part))
        for part in (lines[:fifth], lines[-fifth:])
    )
    print(
        f"{number} articles, {words} words: memory {memory:.0f} MB in the first fifth, "
        f"{last_memory:.0f} in the last; {cost:.0f} and {last_cost:.0f} us a word"
    )
    figures = {
        "ner": given.ner,
        "articles": number,
        "words": words,
        "most_mb": round(max(m for m, _ in lines)),
        "first_fifth": {"mb": round(memory), "microseconds_a_word": round(cost)},
        "last_fifth": {"mb": round(last_memory), "microseconds_a_word": round(last_cost)},
    }
    keep(figures, given.json)


def _again(source: str) -> Iterator[arxtract.Article]:
    while True:
        number = 0
        for number, article in enumerate(Reading([source], Options(), print), 1):  # noqa: B007
            yield article
        if not number:
            raise SystemExit(f"{source}: no article could be read")


def _memory() -> float:
    """Return resident memory in MB."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


if __name__ == "__main__":
    main()
