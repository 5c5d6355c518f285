"""Who does what a noun says: support verbs, antecedents and the services that typically act.

``تمكنت الشرطة من توقيف`` says by a verb that means little who made the arrest; ``المكتب الذي تم
افتتاحه`` says before the noun what was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from arxtract.events.clauses import UNMARKED, Unit
from arxtract.events.lexemes import pronouns, readings, verb_forms
from arxtract.events.markers import markers
from arxtract.events.mentions import EventMention, entity_type
from arxtract.events.ontology import EventType
from arxtract.resources import lexicon, read_yaml


class _Support(BaseModel):
    model_config = ConfigDict(extra="forbid")
    active: list[str]
    passive: list[str]


@lru_cache(maxsize=1)
def _support() -> dict[str, str]:
    """Return the forms of the support verbs with the label that they give their subject."""
    data = read_yaml(lexicon("support.yaml"), _Support)
    labels = {"subject": data.active, "object": data.passive}
    return {
        form.text: label
        for label, verbs in labels.items()
        for verb in verbs
        for form in verb_forms(*verb.split())
    }


_SUPPORT_REACH = 25


def supported(mention: EventMention) -> tuple[str, int] | None:
    """Return label and index of the support verb that governs a noun trigger, if one does."""
    if mention.is_verb:
        return None
    forms = _support()
    low = max(mention.first - _SUPPORT_REACH, 0)
    for index in range(mention.first - 1, low - 1, -1):
        if mention.seen.distance(index + 1, mention.first)[1] > 1:
            return None
        for rest, _, _, definite in readings(mention.seen.words[index]):
            label = forms.get(rest)
            if label and not definite and index not in mention.seen.feminine:
                return label, index
    return None


def antecedent(mention: EventMention, units: Sequence[Unit]) -> Unit | None:
    """Return what a relative clause with its pronoun is about: ``المكتب الذي تم افتتاحه``."""
    word = mention.seen.words[mention.first + mention.match.tokens - 1]
    if not word.endswith(tuple(pronouns())):
        return None
    for index in range(mention.first - 1, max(mention.first - 4, -1), -1):
        if mention.seen.words[index] in markers().relatives:
            before = [u for u in units if u.last <= index and index - u.last <= 2]
            return before[-1] if before and entity_type(before[-1]) != "LOC" else None
    return None


def _is_service(event_type: EventType, words: Sequence[str]) -> bool:
    """Say whether ``المصالح الأمنية ل`` and a name together are a body that typically acts."""
    return any(role.typical and event_type.is_typical(name, words)
               for name, role in event_type.roles.items())  # fmt: skip


def subject_of_support(mention: EventMention, units: Sequence[Unit], verb: int) -> list[Unit]:
    """Return the subject of a support verb: the first group behind it, or the one before it."""
    after = [u for u in units if verb < u.head < mention.first]
    for unit in after[:1]:
        words = mention.seen.words[verb + 1 : unit.last]
        service = unit.marker in ("in", "for") and _is_service(mention.type, words)
        if unit.head - verb <= 5 and (unit.marker in UNMARKED or service):
            return [u for u in after if u.group == unit.group]
    before = [u for u in units if u.last <= verb and verb - u.last <= 2 and u.marker in UNMARKED]
    return before[-1:]


def subject_of_relative(mention: EventMention, units: Sequence[Unit]) -> list[Unit]:
    """Return who does what a noun says in the relative clause behind it.

    The verb is a support verb (``الزيارة التي قام بها الملك``, ``العملية التي نفذها الجيش``).
    """
    if mention.is_verb:
        return []
    seen = mention.seen
    relatives = markers().relatives
    for index in range(mention.last, min(mention.last + _ADJECTIVES + 1, len(seen.words) - 1)):
        if seen.words[index] in relatives:
            verb = index + 1
            labels = {_support().get(rest) for rest, *_ in readings(seen.words[verb])}
            if "subject" not in labels:
                return []
            after = [u for u in units if u.head > verb]
            near = after[:1] and after[0].head - verb <= 2 and after[0].marker in UNMARKED
            return [u for u in after if u.group == after[0].group] if near else []
    return []


_ADJECTIVES = 3
"""Words between a noun and its relative clause."""
