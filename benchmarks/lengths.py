"""What a word costs in articles from 1 KB to 5 MB.

    python benchmarks/lengths.py INPUT [--sizes 1 10 100 1000 5000] [--json FILE]

Makes articles of the given sizes (in KB of UTF-8) of the paragraphs of any input, and reads each.
Of a longer article only the first characters are read (``arxtract.pipeline.LONGEST``); the cost is
by the words that are read.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import arxtract
from arxtract.batch import Options, Reading
from arxtract.pipeline import LONGEST
from figures import add_option, keep

ENOUGH = 50_000
"""Characters that are read of each size, in several articles where they are short."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100, 1000, 5000])
    add_option(parser)
    given = parser.parse_args()

    pipeline = arxtract.Pipeline()
    pipeline("قال الوزير إن الاجتماع انعقد بمراكش.")
    figures: dict[str, dict[str, float]] = {}
    for kilobytes in given.sizes:
        articles = _articles(given.input, kilobytes * 1000)
        read = words = count = 0
        seconds = 0.0
        while read < ENOUGH:
            article = next(articles)
            start = time.process_time()
            pipeline(article)
            seconds += time.process_time() - start
            read += min(len(article.text), LONGEST)
            words += len(article.text[:LONGEST].split())
            count += 1
        figures[f"{kilobytes} KB"] = {
            "articles": count,
            "words_read": words,
            "processor_seconds_an_article": round(seconds / count, 2),
            "microseconds_a_word": round(seconds / words * 1e6),
        }
        print(
            f"{kilobytes} KB: {count} articles, {seconds / count:.2f} s each, {words} words read, "
            f"{seconds / words * 1e6:.0f} us a word"
        )
    keep({"by_length": figures}, given.json)


def _articles(source: str, size: int) -> Iterator[arxtract.Article]:
    """Yield articles of a size in bytes, made of paragraphs."""
    while True:
        held: list[str] = []
        used = 0
        for article in Reading([source], Options(), print):
            for paragraph in article.text.splitlines():
                held.append(paragraph)
                used += len(paragraph.encode()) + 1
                if used >= size:
                    text = "\n".join(held).encode()[:size].decode(errors="ignore")
                    yield arxtract.Article(text, published="2022-11-03")
                    held, used = [], 0


if __name__ == "__main__":
    main()
