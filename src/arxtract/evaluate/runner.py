"""From a folder of gold to an evaluation, with ready predictions or with a pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Protocol

from pydantic import ValidationError

from arxtract.errors import DataError
from arxtract.evaluate import gold as reading
from arxtract.evaluate import misses, scores
from arxtract.evaluate.confusion import confusion
from arxtract.evaluate.gold import GoldArticle
from arxtract.evaluate.report import SAMPLES, Evaluation, add_up
from arxtract.evaluate.sides import of_gold, of_record
from arxtract.records import ArticleRecord


class Extractor(Protocol):
    """What reads one article; a pipeline does."""

    def __call__(
        self, text: str, *, published: date | None = None, id: str = ""
    ) -> ArticleRecord: ...


def run(
    gold_dir: Path | str,
    predictions: Mapping[str, ArticleRecord] | None = None,
    pipeline: Extractor | None = None,
    texts: Path | str | None = None,
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Score predictions, or what a pipeline makes of the texts, on a folder of gold.

    ``predictions`` go by the name of the article, with or without folder and suffix; an article
    without one counts as wholly missed and makes a warning. A pipeline is told the day of
    publication only where gold says that a caller would know it. ``texts`` is where the ``.txt``
    files lie if not beside the gold.

    Raises:
        DataError: gold has a fault, or a span's text is not that of the article.
    """
    if (predictions is None) == (pipeline is None):
        raise ValueError("give either predictions or a pipeline")
    articles = reading.read(gold_dir, texts)
    if not articles:
        raise DataError(f"{gold_dir}: no annotated article (NAME.marked with NAME.yaml) in it")
    if pipeline is not None:
        predictions = {a.name: pipeline(a.raw, published=a.told, id=a.name) for a in articles}
    return score(articles, predictions or {}, samples=samples, seed=seed)


def score(
    articles: Sequence[GoldArticle],
    predictions: Mapping[str, ArticleRecord],
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Score predictions on articles that are read already; see :func:`run`."""
    by_name = {article_name(key): record for key, record in predictions.items()}
    names = {article.name for article in articles}
    warnings = [message for article in articles for message in article.warnings]
    warnings += [f"{name}: no prediction" for name in sorted(names - set(by_name))]
    warnings += [f"{name}: no such gold article" for name in sorted(set(by_name) - names)]
    if articles and not names & set(by_name):
        raise DataError(
            f"no prediction has the name of a gold article, such as {articles[0].name!r}; "
            f"there are {', '.join(sorted(by_name)[:3]) or 'none'}"
        )
    found = []
    for article in articles:
        record = by_name.get(article.name, ArticleRecord(id=article.name))
        found.append(scores.compare(of_gold(article), of_record(record, article.name, article.raw)))
    total = add_up(
        [article.name for article in articles],
        [scores.tally(one) for one in found],
        [scores.points(one) for one in found],
        [miss for one in found for miss in misses.find(one)],
        warnings,
        samples,
        seed,
    )
    texts = {article.name: article.raw for article in articles}
    return replace(total, confusion=confusion(found), texts=texts)


def predictions(path: Path | str) -> dict[str, ArticleRecord]:
    """Read predictions, one record a line of JSON, by their ids.

    Raises:
        DataError: a line is no record; the message names it.
    """
    path = Path(path)
    records: dict[str, ArticleRecord] = {}
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = ArticleRecord.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise DataError(f"{path}:{number}: {where}: {first['msg']}") from error
        if record.id in records:
            raise DataError(f"{path}:{number}: a second record of {record.id!r}")
        records[record.id] = record
    return records


def article_name(key: str) -> str:
    """Return the name that an id such as ``folder/d01.txt`` gives its article."""
    name = PurePosixPath(key).name
    for suffix in (".txt", ".html", ".htm"):
        name = name.removesuffix(suffix)
    return name
