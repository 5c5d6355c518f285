"""Where a name begins within its first word: the network's opinion, and the clitic lexicon's.

The network has seen a few hundred cut words and the lexicon knows frequencies of stems, but no
names; the sum of both is right more often than either.
"""

from __future__ import annotations

from functools import lru_cache

from arxtract.names.crf import Scores
from arxtract.text.clitics import edges, frequency, inventory

_LEXICON_WEIGHT = 2.0
"""What the lexicon's cut adds to its score (nats); chosen on press/dev among 0, 1, 2, 3, 5."""


@lru_cache(maxsize=1)
def before_names() -> frozenset[str]:
    """Return the strings of proclitics that stay outside of names: all but those with an article.

    In a word like للمغرب the article has merged with the preposition; its lam stays inside.
    """
    return frozenset(
        row.form for row in inventory().proclitics if not row.article and not row.before
    )


KNOWN = 50
"""Occurrences in the press from which on a word is known whole."""


def _breaks(word: str, cut: int) -> bool:
    """Say whether a cut leaves nothing known of a word that is: فلاديمير is no ف and لاديمير."""
    return frequency(word) >= KNOWN and frequency(word[cut:]) == 0


def cut_of(word: str, scores: Scores, *, alone: bool) -> int:
    """Return how many letters of a name's first word, in light form, are proclitics.

    ``scores`` are the network's for a cut of 0, 1, 2, … letters. Only known proclitics are cut;
    a letter of the name is left, two where the name is this one word (``alone``).
    """
    known = before_names()
    most = len(word) - (2 if alone else 1)
    possible = [0] + [k for k in range(1, len(scores)) if k <= most and word[:k] in known]
    possible = [k for k in possible if k == 0 or not _breaks(word, k)]
    if len(possible) == 1:
        return 0
    by_lexicon = max(k for k in possible if k <= edges(word)[0])
    return max(possible, key=lambda k: (scores[k] + _LEXICON_WEIGHT * (k == by_lexicon), -k))
