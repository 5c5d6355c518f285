"""Speed of the events room alone: rules, merging, choice and confidence, the names being found.

    python benchmarks/events.py [--texts fixtures/articles] [--rounds 20] [--times 1 2 4 8]
                                [--json FILE]

Tokens a second of processor time on one core, over the articles of a folder; then over one article
repeated n, 2n, 4n … times within a text, where the cost a token must stay the same. The documents
are made before the clock starts. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

from arxtract.document import Document
from arxtract.events.engine import Engine
from arxtract.pipeline import Article, Pipeline
from figures import add_option, keep

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "articles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=FIXTURES, help="folder of .txt files")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    add_option(parser)
    options = parser.parse_args()
    pipeline, engine = Pipeline(), Engine()
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.texts.glob("*.txt"))]
    documents = [pipeline.document(Article(text)) for text in texts]
    engine.extract(documents[0])  # the lexicons are read
    longest = max(texts, key=len)
    repeated = {
        f"{times} x": measured(engine, [pipeline.document(Article("\n".join([longest] * times)))])
        for times in options.times
    }
    figures = {
        "articles": len(texts),
        "tokens_per_second": measured(engine, documents, options.rounds),
        "tokens_per_second_of_one_text": repeated,
    }
    print(json.dumps(figures, indent=1))
    keep(figures, options.json)


def measured(engine: Engine, documents: Sequence[Document], rounds: int = 3) -> int:
    """Return tokens a second of processor time, the best of the rounds."""
    tokens = sum(len(document.tokens) for document in documents)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for document in documents:
            engine.extract(document)
        best = min(best, time.process_time() - start)
    return round(tokens / best)


if __name__ == "__main__":
    main()
