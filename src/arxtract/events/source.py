"""Who reported an event, where the text says so: ``بلاغ لوزارة …``, ``حسب مصادر``."""

from __future__ import annotations

from arxtract.document import Document
from arxtract.events.clauses import SentenceView
from arxtract.events.merge import Draft
from arxtract.events.speech import speech
from arxtract.events.statements import STATEMENT
from arxtract.records import Span

_REACH = 4


def source_of(document: Document, draft: Draft) -> Span | None:
    """Return the words that name the source of an event, or None.

    An actor that is marked ``according`` in a sentence of the event, or the one behind a
    communiqué that is named there.
    """
    if draft.type.type == STATEMENT:
        return None
    for mention in draft.mentions:
        found = _in_sentence(document, mention.seen)
        if found is not None:
            return found
    return None


def _in_sentence(document: Document, seen: SentenceView) -> Span | None:
    issued = speech().issued
    for unit in seen.units:
        if unit.kind != "actor" or unit.inside:
            continue
        if unit.marker == "according":
            return document.span(unit.start, unit.end)
        before = seen.words[max(unit.head - _REACH, 0) : unit.head]
        if unit.marker in ("for", "by") and any(w in issued or w[1:] in issued for w in before):
            return document.span(unit.start, unit.end)
    return None
