"""Draw sentences with numbers from a corpus, to judge the counts finder by eye.

Usage: python benchmarks/sample_counts.py CORPUS [--seed N] [--count N] [--plain | --gold FILE]

CORPUS is a folder of `*.jsonl.gz` files, one article a line with `text`. Every file has the same
weight but those of fewer than 200 articles. The finder reads the whole article; what is printed is
one sentence of it, cut to some 300 characters around a figure, number word or likely dual, with
the finder's marks inside or, with --plain, without them, so that the gold can be written before
the answers are seen. The net of words is wider than the finder's lexicon and knows nothing of its
rules.

FILE holds the gold of the same seed, one line a sentence that has quantities: its number and
then, each after a `|`, what tests/data/counts.txt writes in a mark before the text:
`12 | >450 شخص | 33 وزير`. Differences are printed, then precision and recall of mentions (equal
number or equal unit), of numbers, and of number, bound and unit together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from arxtract.counts import find
from arxtract.records import Quantity

WIDTH = 300
SIGNS = {
    "exact": "", "more_than": ">", "at_least": ">=", "less_than": "<", "at_most": "<=",
    "about": "~", None: "",
}  # fmt: skip
SENTENCE = re.compile(r"[^\n.!?؟]+(?:\.(?=\d)[^\n.!?؟]+)*[.!?؟]?")
NET = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\b)\d+|\b[وفبلك]*(?:ال|لل)?(?:"
    r"واحد|واحدة|[إا]?ثن[اي]ن?|[إا]?ثنت[اي]ن?|ثلاث[ةه]?|[أا]ربع[ةه]?|خمس[ةه]?|ست[ةه]?|"
    r"سبع[ةه]?|ثماني?[ةه]?|تسع[ةه]?|عشر[ةه]?|عشر[وي]ن|ثلاث[وي]ن|[أا]ربع[وي]ن|خمس[وي]ن|ست[وي]ن|سبع[وي]ن|"
    r"ثمان[وي]ن|تسع[وي]ن|\w*ما?ئة|ما?ئت[اي]ن?|مئات|عشرات|[أا]لف|[أا]لفا|[أا]لف[اي]ن?|[آا]لاف|"
    r"مليون\w*|ملايين|مليار\w*|ملايير|تريليون\w*|نصف|ثلث\w*|ربع|[أا]رباع|\w{3,}ت[اي]ن)\b"
)
Spec = tuple[str, str, str]
"""Bound, number and unit."""


def articles(file: Path) -> list[str]:
    """Read the texts of one file of the corpus."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] or "" for line in stream]


def window(text: str, source: random.Random) -> tuple[int, int] | None:
    """Choose a sentence with a number-like word, cut to the width around one such word."""
    hits = [
        (match.start(), match.end(), hit.start() + match.start())
        for match in SENTENCE.finditer(text)
        for hit in NET.finditer(match[0])
    ]
    if not hits:
        return None
    start, end, hit = source.choice(hits)
    left, right = max(start, hit - WIDTH // 2), min(end, hit + WIDTH // 2)
    while left > start and not text[left - 1].isspace():
        left -= 1
    while right < end and not text[right].isspace():
        right += 1
    return left, right


def weight(rows: list[str]) -> float:
    """Return how often a file is drawn from: a small one less often."""
    return min(1.0, len(rows) / 200)


def sample(corpus: Path, seed: int, count: int) -> Iterator[tuple[str, int, int]]:
    """Yield ``count`` texts, each with the range of the sentence that was drawn."""
    source = random.Random(seed)
    files = [articles(file) for file in sorted(corpus.glob("*.jsonl.gz"))]
    weights = [weight(rows) for rows in files]
    seen: set[str] = set()
    while count:
        text = source.choice(source.choices(files, weights)[0])
        place = window(text, source)
        if place is None or text[slice(*place)] in seen:
            continue
        seen.add(text[slice(*place)])
        yield text, *place
        count -= 1


def number(quantity: Quantity) -> str:
    """Write a quantity's number as a mark does."""
    if quantity.low is not None:
        return f"{quantity.low:.12g}..{quantity.high:.12g}"
    return "?" if quantity.value is None else f"{quantity.value:.12g}"


def spec_of(quantity: Quantity) -> Spec:
    return SIGNS[quantity.bound], number(quantity), quantity.unit or "-"


def marked(text: str, found: list[Quantity], start: int, end: int) -> str:
    """Return ``text[start:end]`` with the marks of what was found there."""
    parts, place = [], start
    for quantity in found:
        mark = "⟦{}{} {}|{}⟧".format(*spec_of(quantity), quantity.text)
        parts += [text[place : quantity.start], mark]
        place = quantity.end
    return "".join([*parts, text[place:end]])


def read_gold(file: Path) -> dict[int, list[Spec]]:
    """Read the quantities of each numbered sentence."""
    gold: dict[int, list[Spec]] = {}
    for row in file.read_text(encoding="utf-8").splitlines():
        name, *specs = (piece.strip() for piece in row.split("|"))
        for spec in specs:
            value, _, unit = spec.partition(" ")
            sign = value[: len(value) - len(value.lstrip("<>=~"))]
            low, _, high = value[len(sign) :].partition("..")
            plain = "..".join("?" if n == "?" else f"{float(n):.12g}" for n in (low, high) if n)
            gold.setdefault(int(name), []).append((sign, plain, unit or "-"))
    return gold


def compare(gold: list[Spec], found: list[Spec]) -> tuple[int, int, int, list[str]]:
    """Return how many mentions, numbers and whole quantities agree, and what does not."""
    left, extra = list(gold), list(found)
    tests: list[Callable[[Spec, Spec], bool]] = [
        lambda a, b: a == b,
        lambda a, b: a[1:] == b[1:],
        lambda a, b: a[1] == b[1] and a[1] != "?",
        lambda a, b: a[2] == b[2],
    ]
    agreed, notes = [0] * len(tests), []
    for level, same in enumerate(tests):
        for want in list(left):
            got = next((spec for spec in extra if same(want, spec)), None)
            if got is not None:
                left.remove(want)
                extra.remove(got)
                agreed[level] += 1
                if level:
                    notes.append(f"{' '.join(want)} READ {' '.join(got)}")
    notes += [f"MISSED {' '.join(want)}" for want in left]
    notes += [f"SPURIOUS {' '.join(got)}" for got in extra]
    return sum(agreed), sum(agreed[:3]), agreed[0], notes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--plain", action="store_true", help="without the finder's marks")
    parser.add_argument("--gold", type=Path, help="compare with this file")
    options = parser.parse_args()
    gold = read_gold(options.gold) if options.gold else {}
    sums, wanted, read = [0, 0, 0], 0, 0
    drawn = sample(options.corpus, options.seed, options.count)
    for n, (text, start, end) in enumerate(drawn, 1):
        found = [] if options.plain else find(text)
        found = [q for q in found if start <= q.start and q.end <= end]
        line = " ".join(marked(text, found, start, end).split())
        if options.gold is None:
            print(n, line)
            continue
        *agreed, notes = compare(gold.get(n, []), [spec_of(q) for q in found])
        sums = [a + b for a, b in zip(sums, agreed, strict=True)]
        wanted, read = wanted + len(gold.get(n, [])), read + len(found)
        if notes:
            print(n, line, *notes, sep="\n    ")
    if options.gold is not None:
        print(f"{wanted} in gold, {read} read")
        for name, agreed_on in zip(("mention", "number", "strict"), sums, strict=True):
            precision, recall = agreed_on / max(read, 1), agreed_on / max(wanted, 1)
            print(f"{name}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
