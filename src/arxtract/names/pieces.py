"""Words to the piece ids that the network reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tokenizers import Tokenizer

from arxtract.resources import REMEMBERED

MOST_PIECES = 16
"""A longer word is cut here: no name of the press needs more."""


def as_input(word: str) -> str:
    """Give a word its sign of a word's beginning; marks of punctuation go without."""
    return "\u2581" + word if word[0].isalnum() else word


class Pieces:
    """The unigram tokenizer of a pack, fed word by word.

    ``bos``, ``eos`` and ``pad`` are the ids that frame and fill the network's input.
    """

    pad, bos, eos, unk = 0, 1, 2, 3

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._of_word = lru_cache(maxsize=REMEMBERED)(self._read)

    @property
    def size(self) -> int:
        """Number of pieces."""
        size: int = self._tokenizer.get_vocab_size()
        return size

    def of_words(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the piece ids of each light word, at least one and at most ``MOST_PIECES``."""
        return [self._of_word(word) for word in words]

    def _read(self, word: str) -> tuple[int, ...]:
        encoded = self._tokenizer.encode(
            [as_input(word)], is_pretokenized=True, add_special_tokens=False
        )
        return tuple(encoded.ids[:MOST_PIECES]) or (self.unk,)
