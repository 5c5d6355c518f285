"""Accuracy and speed of ``arxtract.times`` beside dateparser (and puckling, mishtar), in one run.

Peers that do not import, or have no such function, are named under ``missing``.

Accuracy: the marked lines of ``tests/data/times.txt``. A mark is found if a prediction overlaps
it, and right if their values are equal; TIME, DURATION and SET marks, which dateparser does not
read, are left out for it, as are null values. A day that fills in a month or a year is wrong.
Speed, in processor time: the same lines, forty to a text as in an article; for arxtract alone
also a long text, and twice and four times as much of it, friendly and hostile. Prints JSON.

    python benchmarks/times.py [--rounds 1] [--every 1] [--megabytes 1]
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from arxtract import times
from arxtract.times.marked import Line, read_lines

DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "times.txt"
HOSTILE = {
    "digits": ["1", "2", "12", "2020", "30", "/", "-"],
    "months": ["مارس", "ماي", "يونيو", "و", "5"],
    "conjunctions": ["و"],
    "units": ["سنة", "و", "نصف", "3", "أيام", "من", "قبل"],
    "days": ["الخميس", "و", "الجمعة", "اليوم", "أمس", "صباح", "من"],
}
ARTICLE = 40  # lines
Span = tuple[int, int, str | None]
Finder = Callable[[str, date | None], list[Span]]


def gold(line: Line) -> list[tuple[str, int, int, str | None]]:
    """Return type, start, end and value of the marks of a line."""
    found, plain, place = [], 0, 0
    while (start := line.marked.find("⟦", place)) >= 0:
        plain += start - place
        bar, end = line.marked.index("|", start), line.marked.index("⟧", start)
        kind, value = line.marked[start + 1 : bar].split(" ", 1)
        length = end - bar - 1
        found.append((kind, plain, plain + length, None if value == "?" else value))
        plain, place = plain + length, end + 1
    return found


def with_arxtract(text: str, published: date | None) -> list[Span]:
    return [(m.start, m.end, m.value) for m in times.find(text, published)]


def with_dateparser() -> Finder:
    from dateparser.search import search_dates

    def find(text: str, published: date | None) -> list[Span]:
        base = datetime.combine(published, datetime.min.time()) if published else None
        settings: dict[str, Any] = {"DATE_ORDER": "DMY"}
        if base:
            settings["RELATIVE_BASE"] = base
        spans, place = [], 0
        for words, moment in search_dates(text, languages=["ar"], settings=settings) or []:
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                spans.append((start, place, moment.date().isoformat()))
        return spans

    return find


def with_puckling() -> Finder:
    from puckling import parse  # type: ignore[import-not-found]

    def find(text: str, published: date | None) -> list[Span]:
        return [(r.start, r.end, str(r.value)[:10]) for r in parse(text, lang="ar", dims=["time"])]

    return find


def with_mishtar() -> Finder:
    from mishtar import find as find_all  # type: ignore[import-not-found]

    def find(text: str, published: date | None) -> list[Span]:
        return [(m.start, m.end, None) for m in find_all(text)]

    return find


def score(find: Finder, lines: Iterable[Line], only_days: bool) -> dict[str, Any]:
    """Return counts and F1 of what was found and of what has the right value."""
    marks = predictions = found = right = 0
    for line in lines:
        wanted = [
            (s, e, v)
            for kind, s, e, v in gold(line)
            if not only_days or (kind == "DATE" and v is not None and len(v) == len("2020-05-20"))
        ]
        if only_days and not wanted and gold(line):
            continue
        spans = find(line.text, line.published)
        marks += len(wanted)
        predictions += len(spans)
        for start, end, value in wanted:
            hits = [p for p in spans if p[0] < end and p[1] > start]
            found += bool(hits)
            right += any(p[2] == value for p in hits)
    total = marks + predictions
    return {
        "marks": marks,
        "predictions": predictions,
        "found_f1": round(2 * found / total, 4),
        "value_f1": round(2 * right / total, 4),
    }


def seconds(find: Finder, texts: list[str], rounds: int) -> float:
    """Return the processor seconds that the best round over ``texts`` took."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            find(text, date(2020, 5, 20))
        best = min(best, time.process_time() - start)
    return best


def linear(words: list[str], megabytes: float) -> list[float]:
    """Return the seconds for a text of ``words`` at random, of twice and four times its size."""
    source = random.Random(0)
    figures = []
    for factor in (1, 2, 4):
        size = int(megabytes * factor * 1e6)
        parts: list[str] = []
        length = 0
        while length < size:
            word = source.choice(words)
            parts.append(word)
            length += len(word.encode()) + 1
        text = " ".join(parts)
        start = time.process_time()
        times.find(text)
        figures.append(round(time.process_time() - start, 3))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="time every n-th line only")
    parser.add_argument("--megabytes", type=float, default=1)
    arguments = parser.parse_args()
    lines = read_lines(DATA.read_text(encoding="utf-8"))
    timed = lines[:: arguments.every]
    texts = [
        "\n".join(line.text for line in timed[place : place + ARTICLE])
        for place in range(0, len(timed), ARTICLE)
    ]
    characters = sum(map(len, texts))
    systems: dict[str, Finder] = {"arxtract": with_arxtract}
    others = {"dateparser": with_dateparser, "puckling": with_puckling, "mishtar": with_mishtar}
    missing = []
    for name, make in others.items():
        try:
            systems[name] = make()
        except (ImportError, AttributeError):
            missing.append(name)
    with_arxtract("warm up", None)
    report: dict[str, Any] = {"python": platform.python_version(), "lines": len(lines)}
    report["missing"] = missing
    report["whole"] = {"arxtract": score(with_arxtract, lines, only_days=False)}
    report["full_days_only"] = {n: score(f, timed, only_days=True) for n, f in systems.items()}
    speeds = {name: seconds(find, texts, arguments.rounds) for name, find in systems.items()}
    report["characters_per_second"] = {n: round(characters / s) for n, s in speeds.items()}
    report["times_faster_than_dateparser"] = (
        round(speeds["dateparser"] / speeds["arxtract"], 1) if "dateparser" in speeds else None
    )
    friendly = [word for line in lines for word in line.text.split()]
    report["seconds_for_n_2n_4n"] = {
        "megabytes": arguments.megabytes,
        "press": linear(friendly, arguments.megabytes),
        **{name: linear(words, arguments.megabytes) for name, words in HOSTILE.items()},
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
