"""Whose an event is that a noun with a pronoun names: ``قدم سعيد استقالته``, ``فوزه``."""

from __future__ import annotations

from collections.abc import Sequence

from arxtract.events.clauses import UNMARKED, Unit
from arxtract.events.lexemes import pronouns
from arxtract.events.mentions import EventMention, entity_type

_REACH = 20


def possessor(mention: EventMention, units: Sequence[Unit]) -> Unit | None:
    """Return the nearest name before the noun that no word marks and that a frame says owns it."""
    if mention.is_verb or mention.match.tokens != 1:
        return None
    word = mention.seen.words[mention.first]
    if mention.first in mention.seen.feminine or not word.endswith(tuple(pronouns())):
        return None
    for unit in reversed(units):
        if unit.last > mention.first or unit.marker not in UNMARKED:
            continue
        near = mention.first - unit.last <= _REACH
        return unit if near and mention.role_of("possessor", entity_type(unit)) else None
    return None
