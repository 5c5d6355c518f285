"""Where the time goes: the share of each room in the wall time of the whole pipeline.

    python benchmarks/rooms.py INPUT [--limit 150] [--ner base] [--rounds 2] [--json FILE]

Reads the articles of any input once, so that lexicons and models are loaded, and then ``--rounds``
times by the clock; the quickest round counts. A room's time is its own: that of names without their
network, of events without offices. ``other`` is what the pipeline itself does between the rooms;
``writing`` makes the lines of JSON.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from arxtract import counts, places, text, times
from arxtract.batch import Options, Reading
from arxtract.events import engine
from arxtract.names import chains
from arxtract.pipeline import LONGEST, Article, Pipeline
from arxtract.records import ArticleRecord
from figures import add_option, keep

NETWORK = "names: network"


class Clock:
    """Counts the seconds of each room, those of a room that it calls left out."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._rooms: list[str] = []
        self._since = 0.0

    def watch(self, owner: Any, name: str, room: str) -> None:
        """Count the calls of a function or method as time of a room."""
        setattr(owner, name, self._timed(getattr(owner, name), room))

    def _timed(self, function: Callable[..., Any], room: str) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self._turn()
            self._rooms.append(room)
            try:
                return function(*given, **named)
            finally:
                self._turn()
                self._rooms.pop()

        return timed

    def _turn(self) -> None:
        """Give the time since the last turn to the room that is at work."""
        now = time.perf_counter()
        if self._rooms:
            self.seconds[self._rooms[-1]] += now - self._since
        self._since = now


class Watched:
    """A network whose runs are counted."""

    def __init__(self, session: Any, clock: Clock) -> None:
        self._session = session
        clock.watch(self, "run", NETWORK)

    def run(self, *given: Any) -> Any:
        return self._session.run(*given)


def watched(ner: str, clock: Clock) -> Callable[[Article], str]:
    """Return the whole way of an article to a line of JSON, with its rooms under the clock."""
    pipeline = Pipeline(ner=ner)
    recogniser: Any = pipeline._recogniser
    recogniser._session = Watched(recogniser._session, clock)
    for owner, name, room in (
        (text, "read", "text"),
        (recogniser, "recognise", "names: the rest"),
        (recogniser._pieces, "of_words", "names: pieces"),
        (recogniser._crf, "spans", "names: CRF"),
        (recogniser._crf, "probabilities", "names: CRF"),
        (chains, "link", "names: chains"),
        (places, "link", "places"),
        (times, "find_in", "times"),
        (counts, "find_in", "counts"),
        (engine, "find_offices", "offices"),
        (engine, "resolve_offices", "offices"),
        (pipeline._engine, "extract", "events"),
        (ArticleRecord, "to_json", "writing"),
        (pipeline, "attempt", "other"),
    ):
        clock.watch(owner, name, room)
    return lambda article: pipeline.attempt(article).to_json()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("--limit", type=int, default=150, help="articles")
    parser.add_argument("--ner", default="base")
    parser.add_argument("--rounds", type=int, default=2)
    add_option(parser)
    options = parser.parse_args()
    articles = list(Reading([options.input], Options(), print, limit=options.limit))
    words = sum(len(article.text[:LONGEST].split()) for article in articles)
    clock = Clock()
    record = watched(options.ner, clock)
    spent = min((measured(record, articles, clock) for _ in range(options.rounds + 1)), key=sum_of)
    total = sum_of(spent)
    rooms = {
        room: {
            "share_percent": round(100 * seconds / total, 1),
            "microseconds_a_word": round(seconds / words * 1e6, 1),
        }
        for room, seconds in spent.most_common()
    }
    for room, figures in rooms.items():
        print(f"{figures['share_percent']:5.1f} %  {figures['microseconds_a_word']:6.1f}  {room}")
    figures = {
        "articles": len(articles),
        "words": words,
        "ner": options.ner,
        "words_per_second": round(words / total),
        "words_per_second_without_the_network": round(words / (total - spent[NETWORK])),
        "rooms": rooms,
    }
    print(f"{figures['words_per_second']} words/s in all, ", end="")
    print(f"{figures['words_per_second_without_the_network']} without the network")
    keep(figures, options.json)


def measured(
    record: Callable[[Article], str], articles: Sequence[Article], clock: Clock
) -> Counter[str]:
    """Return the seconds of each room over all articles."""
    clock.seconds = Counter()
    for article in articles:
        record(article)
    return clock.seconds


def sum_of(seconds: Counter[str]) -> float:
    return sum(seconds.values())


if __name__ == "__main__":
    main()
