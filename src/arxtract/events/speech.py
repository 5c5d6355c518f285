"""The words around a speech verb: ``lexicon/speech.yaml``."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from arxtract.resources import lexicon, read_yaml
from arxtract.text.normalise import fold

Word = Annotated[str, AfterValidator(fold)]
"""A word or affix, brought into search spelling."""
Words = frozenset[Word]
Affixes = tuple[Word, ...]


class Speech(BaseModel):
    """The lexicon of speech in search spelling."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    content: Words
    same_speaker: Words
    issued: Words
    told: Words
    unsaid: Words
    cited: Words
    occasion: Words
    persons: Words
    issued_again: Words
    anonymous: Words
    voices: Words
    these: Words
    before: Words
    according: Words
    relayed: Words
    resumed: Words
    particles: Words
    governed: Words
    made: Words
    emerged: Words
    received: Words
    worded: Words
    revealing: tuple[str, ...]
    issued_by: Words
    had: Words
    facing: Words
    groups: Words
    addressing: tuple[str, ...]
    continuing: tuple[str, ...]
    sent: Words
    sending: tuple[str, ...]
    acting: Words
    relayed_from: Words
    again: Words
    impersonal: Words
    epithets: Words
    to: Word
    she: Word
    plural: Affixes
    dual: Affixes
    he: Word
    we: Word
    she_perfect: Affixes
    circumstance: Affixes
    before_noun: Affixes


@lru_cache(maxsize=1)
def speech() -> Speech:
    """Return the lexicon, read once."""
    return read_yaml(lexicon("speech.yaml"), Speech)


def bare(word: str) -> str:
    """Take one-letter proclitics off a word of speech: ``ببلاغ``, ``وتصريح``."""
    known = speech()
    for rest in (word, word[1:], word[2:]):
        if rest in known.issued or rest in known.told or rest in known.unsaid or rest in known.sent:
            return rest
    return word
