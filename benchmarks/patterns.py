"""Hostile text for every pattern of the package: the time must grow with its length, not faster.

    python benchmarks/patterns.py [--kilobytes 50] [--json FILE]

For each pattern the worst of many repetitive texts is found on a short one; it is then searched
through at ``--kilobytes`` and at twice that. Twice the length should take about twice the time;
prints the patterns that grow the most.
"""

from __future__ import annotations

import argparse
import inspect
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from typing import Any

import regex

import arxtract
from arxtract.counts import words
from arxtract.times.atoms import atomise
from arxtract.times.grammar import rules
from figures import add_option, keep

Pattern = re.Pattern[str] | regex.Pattern[str]
PIECES = (
    " ", "\n", "1", "ا", "و", "a", ".", ",", "-", "(", '"', "@", ":", "|", "\u064b", "111 ", "1.",
    "1,", "1/", "1-", "1 ر ", "1ر", "- ", "a@", "a.", "ا ", ". ", "|ا", "1:11", "12/12/", "?\"",
    "P1", "⟦a", "⟦a|", "http://", "\u2581ا", "<a|", "{A", "[2", "2022-11-03",
)  # fmt: skip
ENDS = ("", "x", "!", "\n")
BOUNDED = {
    "arxtract.text.headline._SUFFIX.search": 260,
    "arxtract.text.lines._CRUMB.split": 180,
    "arxtract.text.dateline._FORMS.finditer": 110,
}
"""Characters of the longest text that some patterns are ever given."""
SHORT = 500
"""Characters of the texts among which the worst is sought."""
LEFT_OUT = ("arxtract.training", "arxtract.__main__", "arxtract.view.notebook")

Search = Callable[[str], object]
Make = Callable[[int], Iterator[str]]


def patterns() -> Iterator[tuple[str, Pattern, list[str]]]:
    """Yield every pattern that a module of the package holds, by name, and how it is used."""
    for module in walk_packages(arxtract.__path__, "arxtract."):
        if module.name.startswith(LEFT_OUT):
            continue
        try:
            held = import_module(module.name)
        except ImportError:  # an extra that is not installed
            continue
        source = inspect.getsource(held)
        for name, value in vars(held).items():
            for pattern in value if isinstance(value, tuple) else (value,):
                compiled = isinstance(pattern, re.Pattern | regex.Pattern)
                if compiled and isinstance(pattern.pattern, str):
                    uses = re.findall(rf"\b{name}\.([a-z]+)\(", source)
                    yield f"{module.name}.{name}", pattern, sorted(set(uses)) or ["finditer"]
    yield "arxtract.counts.words._token", words._token(), ["findall"]


def searches() -> Iterator[tuple[str, Search, Make]]:
    """Yield each way that a pattern is used, by name, with what makes its texts of a length."""
    for name, pattern, uses in patterns():
        for use in uses:
            at_once = use in ("match", "fullmatch")
            search = getattr(pattern, use) if at_once else partial(found, pattern)
            yield f"{name}.{use}", search, texts
    for compiled in rules():
        codes = ("".join(a.char for a in atomise(plain(e))) for e in compiled.rule.examples)
        starts = (code[:size] for code in codes for size in range(1, min(len(code), 6) + 1))
        repeated = partial(repeats, tuple(dict.fromkeys(starts)))
        yield f"rule {compiled.rule.id}", partial(everywhere, compiled.pattern), repeated


def found(pattern: Pattern, text: str) -> int:
    """Count the matches of a pattern."""
    return sum(1 for _ in pattern.finditer(text))


def everywhere(pattern: Any, codes: str) -> int:
    """Try a rule of dates at every atom, as the matcher does at worst."""
    return sum(pattern.match(codes, place) is not None for place in range(len(codes)))


def plain(example: str) -> str:
    """Return an example without its marks."""
    return regex.sub(r"⟦|\|[^⟧]*⟧|\[\d{4}-\d\d-\d\d\] |⟧", "", example)


def repeats(pieces: Sequence[str], size: int) -> Iterator[str]:
    """Yield texts of some size, each of which repeats a piece."""
    for piece in pieces:
        yield (piece * (size // len(piece) + 1))[:size]


def texts(size: int) -> Iterator[str]:
    """Yield repetitive texts of some size, the same ones for each size."""
    for piece, end in product(PIECES, ENDS):
        yield (piece * (size // len(piece) + 1))[:size] + end


def worst(search: Search, made: Make) -> int | None:
    """Return the number of the text that takes the longest, None if there is no text."""
    spent = [(_seconds(search, text), number) for number, text in enumerate(made(SHORT))]
    return max(spent)[1] if spent else None


def nth(name: str, made: Make, number: int, size: int) -> str:
    """Return the text of a number at a size, or at the most that the pattern is given."""
    size = min(size, BOUNDED.get(name, size))
    return next(text for n, text in enumerate(made(size)) if n == number)


def _seconds(search: Search, text: str) -> float:
    start = time.process_time()
    search(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kilobytes", type=int, default=50)
    add_option(parser)
    options = parser.parse_args()
    size = options.kilobytes * 1000
    grown: list[tuple[float, str, float]] = []
    for name, search, made in searches():
        number = worst(search, made)
        if number is not None:
            once, twice = (
                min(_seconds(search, nth(name, made, number, length)) for _ in range(2))
                for length in (size, 2 * size)
            )
            grown.append((twice / max(once, 0.001), name, twice))
    grown.sort(reverse=True)
    for ratio, name, seconds in grown[:10]:
        print(f"{ratio:5.1f} times, {seconds:.3f} s at {2 * options.kilobytes} KB: {name}")
    figures = {
        "patterns": len(grown),
        "kilobytes": 2 * options.kilobytes,
        "most_seconds": round(max(seconds for _, _, seconds in grown), 3),
        "growth_of_the_slowest": round(max((s, r) for r, _, s in grown)[1], 2),
    }
    keep(figures, options.json)


if __name__ == "__main__":
    main()
