"""The words around a speech verb: ``lexicon/speech.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold


class _Speech(BaseModel):
    model_config = ConfigDict(extra="forbid")
    content: list[str]
    same_speaker: list[str]
    issued: list[str]
    told: list[str]
    unsaid: list[str]
    cited: list[str]
    occasion: list[str]
    persons: list[str]
    issued_again: list[str]
    anonymous: list[str]
    voices: list[str]
    these: list[str]
    before: list[str]
    according: list[str]
    relayed: list[str]
    resumed: list[str]
    particles: list[str]
    governed: list[str]
    made: list[str]
    acting: list[str]
    relayed_from: list[str]
    again: list[str]
    impersonal: list[str]
    epithets: list[str]


@dataclass(frozen=True)
class Speech:
    """The lexicon of speech in search spelling."""

    content: frozenset[str]
    same_speaker: frozenset[str]
    issued: frozenset[str]
    told: frozenset[str]
    unsaid: frozenset[str]
    cited: frozenset[str]
    occasion: frozenset[str]
    persons: frozenset[str]
    issued_again: frozenset[str]
    anonymous: frozenset[str]
    voices: frozenset[str]
    these: frozenset[str]
    before: frozenset[str]
    according: frozenset[str]
    relayed: frozenset[str]
    resumed: frozenset[str]
    particles: frozenset[str]
    governed: frozenset[str]
    made: frozenset[str]
    acting: frozenset[str]
    relayed_from: frozenset[str]
    again: frozenset[str]
    impersonal: frozenset[str]
    epithets: frozenset[str]


@lru_cache(maxsize=1)
def speech() -> Speech:
    """Return the lexicon, read once."""
    data = read_yaml(lexicon("speech.yaml"), _Speech)
    return Speech(**{name: frozenset(map(fold, words)) for name, words in data})
