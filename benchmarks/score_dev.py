"""Scores of the pipeline on a folder of gold, for development.

    python benchmarks/score_dev.py GOLD [--split d01-d70] [--errors] [--gold-mentions]

``--gold-mentions`` gives the events room the names, dates and quantities of the gold, so that
its own mistakes show; ``--errors`` lists every miss by kind, ``--layer`` those of one layer.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from arxtract.document import Document
from arxtract.errors import ArxtractError
from arxtract.evaluate import gold, score
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.miss import LAYERS
from arxtract.evaluate.report import Score, report
from arxtract.records import ArticleRecord
from split import HELP, is_chosen


def main() -> int:
    """Print the scores; return 1 if the gold cannot be read."""
    options = _options()
    try:
        articles = gold.read(options.gold, options.texts)
    except ArxtractError as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [a for a in articles if is_chosen(a.name, options.split)]
    started = time.perf_counter()
    read = _on_gold_mentions if options.gold_mentions else _on_text
    records = read(chosen, options.ner)
    spent = time.perf_counter() - started
    started = time.perf_counter()
    found = score(chosen, records, samples=options.samples)
    print(found.text())
    if options.types:
        _by_type(found.by_type.get("events", {}))
    print(f"read in {spent:.1f} s, scored in {time.perf_counter() - started:.1f} s")
    if options.json:
        options.json.write_text(found.to_json(), encoding="utf-8")
    if options.errors:
        layers = options.layer or list(LAYERS)
        print(report([miss for miss in found.misses if miss.layer in layers]))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, help="folder with NAME.marked and NAME.yaml")
    parser.add_argument("--texts", type=Path, help="folder of NAME.txt, if not the same")
    parser.add_argument("--split", help=HELP)
    parser.add_argument("--ner", default="base", help="name of the recogniser")
    parser.add_argument("--gold-mentions", action="store_true", help="try the events room alone")
    parser.add_argument("--types", action="store_true", help="events by type too")
    parser.add_argument("--errors", action="store_true", help="list every miss")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="of these layers alone")
    parser.add_argument("--samples", type=int, default=1000, help="samples of the bootstrap")
    parser.add_argument("--json", type=Path, help="write all of it to this file")
    return parser.parse_args()


def _by_type(scores: dict[str, Score]) -> None:
    for kind, found in scores.items():
        shown = "–" if found.f1 is None else f"{100 * found.f1:.1f}"
        print(
            f"{kind:<26} F1 {shown:>5}  "
            f"({found.right} right, {found.spurious} spurious, {found.missed} missed)"
        )


def _on_text(articles: list[GoldArticle], ner: str) -> dict[str, ArticleRecord]:
    from arxtract.pipeline import Pipeline

    pipeline = Pipeline(ner=ner)
    return {a.name: pipeline(a.raw, id=a.name, published=a.told) for a in articles}


def _on_gold_mentions(articles: list[GoldArticle], _: str) -> dict[str, ArticleRecord]:
    from arxtract import places, text
    from arxtract.events.engine import Engine
    from arxtract.names import chains

    engine = Engine()
    records = {}
    for article in articles:
        document: Document = text.read(article.raw, id=article.name, published=article.told)
        article.fill(document)
        document.entities = places.link(document, chains.link(document, document.entities))
        records[article.name] = ArticleRecord(
            id=article.name,
            published=article.published,
            body=article.body,
            title=article.title,
            entities=tuple(document.entities),
            dates=tuple(document.dates),
            quantities=tuple(document.quantities),
            events=tuple(engine.extract(document)),
        )
    return records


if __name__ == "__main__":
    sys.exit(main())
