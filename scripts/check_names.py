"""Check that annotated names look sane on their texts: ``python scripts/check_names.py OUT.jsonl``.

The file is what ``scripts/join_names.py`` writes. Reported are surfaces that begin or end with a
space or a mark of punctuation, that start or end inside a word (a proclitic before the name is
allowed), that hold a proclitic glued to the article, or that run over a line break; the exit
status is then 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import regex

EDGE = regex.compile(r"^[^\w]|[^\w\p{Mn}]$")
PROCLITICS = regex.compile(r"(?<![\w])(?:[وف]?[بلكس]?|[وف]?لـ|[وف]?بـ)\Z")
GLUED = regex.compile(r"\A[وفبك]+ال(?=\w{3})|\Aلل(?=\w{3})")
WORD = regex.compile(r"\w")
PROPER = regex.compile(r"\A(?:والي|فالنسيا|بالي|كال)")
"""Words that look like a proclitic with the article and are none."""


def faults(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what is wrong with one annotated span."""
    surface = text[start:end]
    if EDGE.search(surface):
        yield "space or punctuation at the edge"
    if "\n" in surface:
        yield "a line break inside"
    if GLUED.search(surface) and not PROPER.search(surface):
        yield "a proclitic inside"
    if end < len(text) and WORD.match(text[end]):
        yield "ends inside a word"
    head = regex.search(r"[\w]*\Z", text[:start])
    if head and not PROCLITICS.search(text[:start]):
        yield f"starts inside a word, after {head.group()!r}"


def main(path: Path) -> int:
    wrong = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for start, end, _ in article["entities"]:
            for fault in faults(article["text"], start, end):
                wrong += 1
                print(f"{article['id']} {start}: {article['text'][start:end]!r} {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
