"""Scoring against annotated articles: one call, all figures.

``run`` scores a pipeline or ready predictions on a folder of gold; ``agreement`` compares two
annotators; ``conll.run`` scores a recogniser alone. The rules are those of
``docs/evaluation.md``.
"""

from __future__ import annotations

from arxtract.evaluate.account import account
from arxtract.evaluate.annotators import agreement
from arxtract.evaluate.changes import Changes, compare
from arxtract.evaluate.gold import GoldArticle, faults_of, read, read_article
from arxtract.evaluate.miss import Miss
from arxtract.evaluate.report import Evaluation, Score
from arxtract.evaluate.runner import predictions, run, score
from arxtract.evaluate.sides import SpanError

__all__ = [
    "Changes",
    "Evaluation",
    "GoldArticle",
    "Miss",
    "Score",
    "SpanError",
    "account",
    "agreement",
    "compare",
    "faults_of",
    "predictions",
    "read",
    "read_article",
    "run",
    "score",
]
