"""Join the stand-off annotation of names with its texts: one JSON object a line.

    python scripts/join_names.py CORPUS_DIR OUT.jsonl

``data/names/press.jsonl`` holds offsets only. The folder holds the corpora, ``SOURCE.jsonl.gz``
or ``SOURCE.jsonl`` with one article a line (``id``, ``text``); the source of an article is its id
up to the last hyphen. What comes out has the fields that training reads: ``id``, ``text`` and
``entities`` as ``[start, end, type]`` in code points. An article that the corpora lack, or whose
text has another length than the annotation was made on, is reported and left out; the exit
status is then 1. Articles with ``events``, ``slots`` and ``told`` keep them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ANNOTATION = Path(__file__).parent.parent / "data" / "names" / "press.jsonl"


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def texts(folder: Path, wanted: set[str]) -> dict[str, str]:
    """Return the text of each wanted article that the corpora in a folder hold."""
    found: dict[str, str] = {}
    for source in sorted({identifier.rpartition("-")[0] for identifier in wanted}):
        for path in (folder / f"{source}.jsonl.gz", folder / f"{source}.jsonl"):
            if path.exists():
                found |= {x["id"]: x["text"] for x in lines(path) if x["id"] in wanted}
                break
    return found


def fault(article: dict[str, Any], text: str | None) -> str | None:
    """Say why an article can't be joined with a text, or None."""
    if text is None:
        return "not in the corpora"
    if len(text) != article["length"]:
        return f"{len(text)} code points where the annotation has {article['length']}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder of the corpora")
    parser.add_argument("out", type=Path, help="file to write")
    parser.add_argument("--annotation", type=Path, default=ANNOTATION)
    args = parser.parse_args()
    articles = list(lines(args.annotation))
    found = texts(args.corpus, {article["id"] for article in articles})
    faults = 0
    with args.out.open("w", encoding="utf-8") as out:
        for article in articles:
            text = found.get(article["id"])
            wrong = fault(article, text)
            if wrong:
                faults += 1
                print(f"{article['id']}: {wrong}", file=sys.stderr)
                continue
            rest = {key: value for key, value in article.items() if key not in ("id", "length")}
            joined = {"id": article["id"], "text": text, **rest}
            out.write(json.dumps(joined, ensure_ascii=False) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
