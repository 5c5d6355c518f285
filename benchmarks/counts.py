"""Counts in running Arabic: accuracy on the test lines, speed, and growth on hostile text.

Run ``python benchmarks/counts.py [text file]``; prints one JSON object. Peers that are not
installed are named under ``missing``; those that read numbers are scored on numbers alone, since
none of them names a unit or a bound. Times are processor seconds of this process.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from arxtract.counts import find, find_in, numbers
from arxtract.records import Quantity
from arxtract.text.reader import plain

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
MARK = re.compile(r"⟦QTY (?P<spec>[^|]*)\||⟧")
HOSTILE = {
    "figures": "1 ", "long figure": "123", "joined thousands": "وألف ", "range": "بين 2 و",
    "vague": "عشرات ", "bounds": "أكثر من ", "quotes": '"2 ', "counting": "عدد ",
}  # fmt: skip


def lines(name: str) -> list[str]:
    rows = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("#")]


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def number(quantity: Quantity) -> str:
    if quantity.low is not None:
        return f"{quantity.low}..{quantity.high}"
    return "?" if quantity.value is None else str(quantity.value)


def quantities() -> dict[str, float]:
    """Score :func:`find` on ``counts.txt``: the span's text and the number must be right."""
    right = found = gold = 0
    for line in lines("counts.txt"):
        text = MARK.sub("", line)
        want = re.findall(r"⟦QTY (?:>=|<=|>|<|~)?(\S+) [^|]*\|([^⟧]*)⟧", line)
        have = [
            (
                f"{q.low}..{q.high}" if q.low is not None else str(q.value).replace("None", "?"),
                q.text,
            )
            for q in find(text)
        ]
        right += sum(pair in want for pair in have)
        found += len(have)
        gold += len(want)
    return {"precision": right / found, "recall": right / gold, "lines": len(lines("counts.txt"))}


def numerals(read: Callable[[str], list[float]]) -> dict[str, float]:
    """Score a reader of numbers on ``counts_numbers.txt``: all values of a line, in order."""
    rows = [line.partition("\t") for line in lines("counts_numbers.txt")]
    right = 0
    spent = 0.0
    for text, _, values in rows:
        start = time.process_time()
        try:
            have = read(text)
        except Exception:  # a peer that fails has no answer
            have = []
        spent += time.process_time() - start
        right += have == [float(value) for value in values.split()]
    return {"lines_right": right / len(rows), "seconds": round(spent, 4)}


def peers() -> tuple[dict[str, Callable[[str], list[float]]], list[str]]:
    """Return readers of numbers for the peers that import, and the names of those that do not."""
    found: dict[str, Callable[[str], list[float]]] = {}
    missing = []
    try:
        quantulum = importlib.import_module("quantulum3.parser")
        found["quantulum3"] = lambda text: [q.value for q in quantulum.parse(text)]
    except ImportError:
        missing.append("quantulum3")
    try:
        puckling = importlib.import_module("puckling")
        context, options = puckling.Context(locale=puckling.Locale("AR")), puckling.Options()
        found["puckling"] = lambda text: [
            float(e.value.value) for e in puckling.parse(text, context, options, dims=("numeral",))
        ]
    except (ImportError, AttributeError, TypeError):
        missing.append("puckling")
    try:
        recognizers = importlib.import_module("recognizers_number")
        found["recognizers-text"] = lambda text: [
            float(r.resolution["value"]) for r in recognizers.recognize_number(text, "ar-*")
        ]
    except ImportError:
        missing.append("recognizers-text")
    return found, missing


def growth() -> dict[str, list[float]]:
    """Return the processor seconds for n, 2n and 4n letters of each hostile pattern."""
    result = {}
    for name, unit in HOSTILE.items():
        times = []
        for size in (10_000, 20_000, 40_000):
            document = plain(unit * (size // len(unit)))
            times.append(round(seconds(lambda d=document: find_in(d, [])), 3))
        result[name] = times
    return result


def main() -> None:
    text = "\n".join(MARK.sub("", line) for line in lines("counts.txt")) * 20
    if len(sys.argv) > 1:
        text = Path(sys.argv[1]).read_text(encoding="utf-8")
    document = plain(text)
    find_in(plain(text[:1000]), [])
    size = len(text.encode()) / 1e6
    found, missing = peers()
    readers = {"arxtract": lambda t: [float(n.value) for n in numbers(t)], **found}
    report = {
        "quantities": quantities(),
        "numbers": {name: numerals(read) for name, read in readers.items()},
        "missing": missing,
        "megabytes_per_second": round(size / seconds(lambda: find_in(document, [])), 3),
        "hostile_seconds_n_2n_4n": growth(),
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
