"""Hostile texts and files: none may end in a fault, or take over a second of processor time a KB.

    python benchmarks/fuzz.py [--inputs 100000] [--seed 1] [--first 0] [--articles INPUT]
                              [--names 0.02] [--only NUMBER] [--faults FILE] [--json FILE]

Half of the inputs are texts, the other half files for the readers. Each is made of a real article
by chance (``mutations.py``) and has a number: with the same seed and articles ``--only NUMBER``
makes it again. Texts go through all rooms, with names guessed by chance; a share of ``--names``
with those of the small pack. What is wrong with a record counts as a fault: a span that is not the
text, a record that is no JSON. Prints the faults, and JSON with the slowest inputs; the exit status
is 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

import mutations
from arxtract.batch import Options, Reading, Unread
from arxtract.document import Document
from arxtract.pipeline import Article, Pipeline
from arxtract.records import ArticleRecord, Entity, Span
from arxtract.text.normalise import mend_surrogates
from figures import add_option, keep

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "articles"
LIMIT = 1.0
"""Seconds of processor time a KB, and for anything shorter."""
HANG = 60
"""Seconds of processor time after which an input is given up."""
LONG = 0.005
"""Share of the texts that are long."""


class Slow(Exception):
    """An input took too long."""


class Guesses:
    """A recogniser that takes words for names by chance, so that rules about names have work."""

    name = "guesses"

    def __init__(self) -> None:
        self.random = Random(0)

    def recognise(self, documents: Sequence[Document]) -> list[list[Entity]]:
        return [list(self._entities(document)) for document in documents]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        return [["O"] * len(sentence) for sentence in sentences]

    def _entities(self, document: Document) -> Iterator[Entity]:
        number = after = 0
        for index, token in enumerate(document.tokens):
            if index < after or token.kind == "punct" or self.random.random() > 0.12:
                continue
            after = min(index + self.random.randrange(1, 4), len(document.tokens))
            number += 1
            span = document.span(token.stem, document.tokens[after - 1].end)
            kind = self.random.choice(("PER", "ORG", "LOC", "MISC"))
            name = document.clean[token.stem : document.tokens[after - 1].end]
            yield Entity(
                id=f"n{number}", start=span.start, end=span.end, text=span.text, type=kind,
                name=name, chain=name, score=0.9,
            )  # fmt: skip


class Input(NamedTuple):
    """What one number stands for: a text, or a file of a kind."""

    kind: str
    text: str
    data: bytes

    @property
    def kilobytes(self) -> float:
        return max(1.0, (len(self.data) or len(self.text.encode(errors="replace"))) / 1000)


def made(random: Random, articles: Sequence[str]) -> Input:
    """Return the input that the numbers of ``random`` make."""
    if random.random() < 0.5:
        kind, data = mutations.file(random, articles)
        return Input(kind, "", data)
    if random.random() < LONG:
        return Input("long text", mutations.long_text(random, articles), b"")
    return Input("text", mutations.text(random, articles), b"")


class Fuzz:
    """Feeds inputs to the pipeline and the readers; raises what is wrong with what they give."""

    def __init__(self, articles: Sequence[str], names: float, folder: Path) -> None:
        self.articles = articles
        self.guesses = Guesses()
        self.pipeline = Pipeline(ner=self.guesses)
        self.named = Pipeline(ner="small") if names else self.pipeline
        self.share = names
        self.folder = folder
        for pipeline in (self.pipeline, self.named):  # the lexicons are read
            pipeline(articles[0])

    def feed(self, given: Input, random: Random) -> None:
        """Read an input; raises whatever goes wrong.

        ``random`` decides how, and gives the names that are guessed.
        """
        if not given.data and given.kind.endswith("text"):
            self._read_text(given.text, random)
        else:
            self._read_file(given.kind, given.data)

    def _read_text(self, text: str, random: Random) -> None:
        pipeline = self.named if random.random() < self.share else self.pipeline
        published = random.choice((None, "2022-11-03"))
        self.guesses.random = random
        record = pipeline(Article(text, "a", published, random.choice((None, text[:40]))))
        check(record, text)

    def _read_file(self, kind: str, data: bytes) -> None:
        path = self.folder / f"f{kind}"
        path.write_bytes(data)
        try:
            told: list[Unread] = []
            for article in Reading([str(path)], Options(pattern="*"), told.append):
                assert isinstance(article, Article), article
            assert all(item.reason for item in told), "an article left out without a reason"
        finally:
            path.unlink()


def check(record: ArticleRecord, text: str) -> None:
    """Check that each span is the text that it names, and that the record is JSON."""
    raw, _ = mend_surrogates(text)
    spans: list[Span] = [*record.entities, *record.dates, *record.quantities, *record.body]
    for event in record.events:
        spans += [event.label, *event.triggers, *event.evidence]
        spans += [participant.span for participant in event.participants]
    for span in spans:
        assert 0 <= span.start < span.end <= len(raw), span
        assert raw[span.start : span.end] == span.text, span
    json.loads(record.to_json().encode())


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Raise :class:`Slow` after so much processor time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Slow(f"more than {seconds} seconds of processor time")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def fault_of(fuzz: Fuzz, given: Input, random: Random) -> tuple[str | None, float]:
    """Return what went wrong with an input, if anything, and how long it took."""
    start = time.process_time()
    fault = None
    try:
        with given_up_after(max(HANG, LIMIT * given.kilobytes)):
            fuzz.feed(given, random)
    except Exception as error:
        fault = "".join(traceback.format_exception(error)[-3:])
    seconds = time.process_time() - start
    if fault is None and seconds > LIMIT * given.kilobytes:
        fault = f"took {seconds:.1f} s for {given.kilobytes:.1f} KB"
    return fault, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", type=int, help="number of the one input to try")
    parser.add_argument("--articles", default=str(FIXTURES), help="any input with articles")
    parser.add_argument("--names", type=float, default=0.02, help="share of texts with real names")
    parser.add_argument("--faults", type=Path, help="file for the faults, a line each")
    add_option(parser)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    articles = [a.text for a in Reading([options.articles], Options(), print, limit=2000) if a.text]
    numbers = range(options.first, options.first + options.inputs)
    if options.only is not None:
        numbers = range(options.only, options.only + 1)
    with tempfile.TemporaryDirectory() as folder:
        figures, faults = run(Fuzz(articles, options.names, Path(folder)), numbers, options.seed)
    if options.faults:
        lines = (json.dumps(fault) + "\n" for fault in faults)
        options.faults.write_text("".join(lines), encoding="utf-8")
    for fault in faults:
        print(f"{fault['number']} ({fault['kind']}): {fault['fault']}", file=sys.stderr)
    print(json.dumps(figures, indent=1))
    keep(figures, options.json)
    raise SystemExit(1 if faults else 0)


def run(
    fuzz: Fuzz, numbers: Sequence[int], seed: int
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Try inputs; return the figures and the faults."""
    kinds: Counter[str] = Counter()
    slowest: dict[str, tuple[float, float, int]] = {}
    faults: list[dict[str, object]] = []
    began = time.process_time()
    for number in numbers:
        random = Random(f"{seed} {number}")
        given = made(random, fuzz.articles)
        fault, seconds = fault_of(fuzz, given, random)
        kinds[given.kind] += 1
        rate = seconds / given.kilobytes
        slowest[given.kind] = max(slowest.get(given.kind, (0, 0, 0)), (rate, seconds, number))
        if fault:
            shown = ascii(given.data[:300] or given.text[:300])
            faults.append({"number": number, "kind": given.kind, "fault": fault, "input": shown})
    by_rate = sorted(slowest.items(), key=lambda item: -item[1][0])
    figures: dict[str, object] = {
        "inputs": len(numbers),
        "seed": seed,
        "faults": len(faults),
        "processor_seconds": round(time.process_time() - began),
        "slowest": {
            kind: {
                "seconds_a_kb": round(rate, 3),
                "seconds": round(seconds, 3),
                "number": number,
                "inputs_of_the_kind": kinds[kind],
            }
            for kind, (rate, seconds, number) in by_rate
        },
    }
    return figures, faults


if __name__ == "__main__":
    main()
