"""A recogniser tuned on CoNLL files of one's own, under a head of one's own.

Such files say neither how many letters of a name's first word are proclitics nor what the words
beside names tell: the cut is left to the clitic lexicon, and the pack gives no hints.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from torch import nn

from arxtract.errors import DataError
from arxtract.evaluate import conll
from arxtract.names.backends.tagger import Tag, entity_type, to_bio
from arxtract.names.words import light_of_raw
from arxtract.training.corpora import Sentence
from arxtract.training.network import Network
from arxtract.training.tune import Source, Stage

_log = logging.getLogger(__name__)
_RATE = 2e-4


def read(path: Path) -> list[list[Sentence]]:
    """Return the sentences of a CoNLL file, each as an article.

    Types are PER, ORG, LOC, MISC or what other corpora call them (PERS, GPE, …); names of any
    other type are logged and left out. Raises :class:`~arxtract.errors.DataError` for a line that
    is none of a CoNLL file's, and where no name is left.
    """
    tokens, tags = conll.read(path)
    kinds = {tag for sentence in tags for tag in sentence if tag != "O"}
    strange = sorted({tag.partition("-")[2] for tag in kinds if entity_type(tag) is None})
    if strange:
        _log.warning("%s: types left out: %s", path, ", ".join(strange))
    if not any(map(entity_type, kinds)):
        raise DataError(f"{path}: it marks no PER, ORG, LOC or MISC")
    return [
        [Sentence([light_of_raw(word) for word in words], to_bio([Tag(tag) for tag in marks]))]
        for words, marks in zip(tokens, tags, strict=True)
    ]


def stage(head: str, articles: Sequence[Sequence[Sentence]], epochs: int) -> Stage:
    """Return the one stage of a training on such files."""
    source = Source(head, articles, packed=False)
    return Stage(head, [source], epochs, rate=_RATE, average_last=2, most=512)


def without_cuts(net: Network) -> None:
    """Have a network say nothing of proclitics, rather than what it was not taught."""
    nn.init.zeros_(net.cut.weight)
    nn.init.zeros_(net.cut.bias)
