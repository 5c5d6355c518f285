"""How sure a record is: a logistic model over a handful of named features.

The weights stand in ``lexicon/confidence.yaml``, where anyone can read them; they are fitted on
gold by ``arxtract.evaluate.fit``. A record under the threshold is left out.
"""

from __future__ import annotations

import math
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.events.logistic import Features, Logistic
from arxtract.events.merge import Draft
from arxtract.events.statements import STATEMENT
from arxtract.resources import lexicon, read_yaml


class Models(BaseModel):
    """Fitted with the hints of the recogniser's network, and without any."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hinted: Logistic
    blind: Logistic


@lru_cache(maxsize=1)
def _models() -> Models:
    return read_yaml(lexicon("confidence.yaml"), Models)


def model(*, hinted: bool) -> Logistic:
    """Return the fitted model for articles with hints or without."""
    return _models().hinted if hinted else _models().blind


def features(draft: Draft) -> Features:
    """Return the features of a record in the making; each is 0, 1 or a small number."""
    mentions = draft.mentions
    tenses = {m.match.tense for m in mentions}
    participants = list(draft.fillers("participant"))
    named = [f for f in participants if f.unit.entity is not None]
    found = {
        "mentions": math.log(len(mentions)),
        "title": float(any(m.seen.is_title for m in mentions)),
        "lead": float(any(m.seen.index <= 2 for m in mentions)),
        "verb": float(bool(tenses & {"perfect", "future"})),
        "imperfect": float("imperfect" in tenses),
        "phrase": float("phrase" in tenses),
        "only nouns": float(tenses <= {"noun", "definite"}),
        "only participles": float(tenses <= {"adjective"}),
        "date": float(draft.when is not None),
        "place": float(bool(draft.where)),
        "count": float(any(True for _ in draft.counts())),
        "participant": float(bool(named)),
        "office": float(bool(participants) and not named),
        "participants": math.log(1 + len({id(f.unit) for f in participants})),
        "bare": float(not any(m.fillers for m in mentions)),
        "syntax": float(any(f.rule in ("subject", "object", "of", "by") for f in participants)),
        "not occurred": float(all(m.status != "occurred" for m in mentions)),
        "hint": max(m.seen.tells(m.first, m.last, draft.type.type) for m in mentions),
        "general": float(all(m.status in ("negated", "possible") for m in mentions)),
    }
    if draft.type.type == STATEMENT:
        rules = {f.rule for f in participants}
        found |= {
            "statement subject": float("subject" in rules),
            "statement before": float("subject before" in rules),
            "statement communiqué": float("communiqué" in rules),
            "statement person": float(
                any(f.unit.entity is None or f.unit.entity.type == "PER" for f in participants)
            ),
            "statement place": float(
                any(f.unit.entity is not None and f.unit.entity.type == "LOC" for f in named)
            ),
        }
    return {name: value for name, value in found.items() if value}


def confidence(draft: Draft) -> float:
    """Return the probability that a careful reader would keep the record."""
    hinted = any(mention.seen.hints is not None for mention in draft.mentions)
    return model(hinted=hinted).chance(features(draft))
