"""The recipe of ``ner-base``: which corpora, in which stages, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arxtract.training.corpora import (
    Sentence,
    join_clitics,
    read_conll,
    read_gold,
    read_offsets,
)
from arxtract.training.tune import Source, Stage

CONVENTIONS = ("press", "anercorp", "wikifane", "aqmar", "wojood")
_PROCLITICS = frozenset("\u0648\u0641\u0628\u0643\u0644\u0633")
_ENCLITICS = frozenset(
    ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627", "\u0646\u0627")
)

Articles = list[list[Sentence]]


@dataclass(frozen=True)
class Corpora:
    """All that is trained on, as articles of sentences."""

    press: Articles
    anercorp: Articles
    wikifane: Articles
    aqmar: Articles
    wojood: Articles


def read_corpora(ner: Path, gold: Path, last_gold: int = 70) -> Corpora:
    """Read the training parts of the corpora; articles 1 to ``last_gold`` of ``gold`` join ``press``."""

    def conll(name: str) -> Articles:
        return [[sentence] for sentence in read_conll(ner / name)]

    wikifane = [
        [join_clitics(sentence, _PROCLITICS, _ENCLITICS)]
        for (sentence,) in conll("wikifane_gold/train.conll")
        if set(sentence.tags) != {"O"}
    ]
    press = [*read_offsets(ner / "press/train.jsonl"), *read_gold(gold, 1, last_gold)]
    return Corpora(
        press=press,
        anercorp=conll("anercorp/train.conll"),
        wikifane=wikifane,
        aqmar=conll("aqmar/train.conll"),
        wojood=conll("wojood_sample/train.conll"),
    )


def stages(corpora: Corpora, last_epochs: int = 5) -> list[Stage]:
    """Return the three stages: everything; the two conventions that count; mostly press."""
    press = Source("press", corpora.press)
    anercorp = Source("anercorp", corpora.anercorp, packed=False)
    wide = [
        press,
        anercorp,
        Source("wikifane", corpora.wikifane, packed=False, share=0.25),
        Source("aqmar", corpora.aqmar, packed=False),
        Source("wojood", corpora.wojood, packed=False),
    ]
    some = Source("anercorp", corpora.anercorp, packed=False, share=0.35)
    return [
        Stage("wide", wide, epochs=1, rate=2e-4, floor=1.2e-4),
        Stage("both", [press, anercorp], epochs=2, rate=1.6e-4, floor=6e-5),
        Stage("press", [press, some], epochs=last_epochs, rate=1.4e-4, average_last=2),
    ]
