"""Build ``lexicon/words.tsv``: the most frequent word forms of Arabic press text, with counts.

Usage: ``python scripts/build_words.py CORPUS_DIR [--top N]``, where the folder holds
``*.jsonl.gz`` files, one article a line with the keys ``title`` and ``text``. A form is a run of
Arabic letters of the clean text, folded by :func:`arxtract.text.clitics.lexical`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import regex

from arxtract.resources import lexicon
from arxtract.text.clitics import lexical
from arxtract.text.normalise import normalise

WORD = regex.compile(r"[\u0621-\u063a\u0641-\u064a]++")
LONGEST = 16  # letters; longer runs are words glued together

HEADER = """\
# The {top} most frequent word forms of a corpus of Arabic news ({articles} articles), with counts.
# Forms stand as written, clitics attached; alef forms are folded to bare alef and alef maqsura to
# ya, ta marbuta stands. Used by the clitic segmentation alone. Made by scripts/build_words.py.
"""


def articles(folder: Path) -> Iterator[str]:
    """Yield the title and text of each distinct article of the folder."""
    seen: set[int] = set()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = f"{row.get('title') or ''}\n{row.get('text') or ''}"
                key = hash(text)
                if key not in seen:
                    seen.add(key)
                    yield text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--top", type=int, default=80_000)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    number = 0
    for text in articles(options.corpus):
        number += 1
        counts.update(WORD.findall(lexical(normalise(text).clean)))
    ranked = sorted(
        ((w, n) for w, n in counts.items() if len(w) <= LONGEST), key=lambda wn: (-wn[1], wn[0])
    )[: options.top]
    with lexicon("words.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER.format(top=len(ranked), articles=number))
        out.write("word\tcount\n")
        out.writelines(f"{word}\t{count}\n" for word, count in ranked)


if __name__ == "__main__":
    main()
