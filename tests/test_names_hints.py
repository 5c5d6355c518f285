"""Hints: what the network says of words beside names, and how they are labelled for training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from arxtract import text
from arxtract.evaluate import read
from arxtract.events.loading import load as load_ontology
from arxtract.names import load
from arxtract.names.hints import TIES, Hints, Ties
from arxtract.names.pack import find_pack, open_pack
from arxtract.training.hints import EVENT_TYPES, SLOTS, hints_of

FIXTURES = Path(__file__).parent.parent / "fixtures"
SAY = "أعلنت وزارة الداخلية توقيف خمسة أشخاص في طنجة، وقال الوزير محمد حصاد إن الشرطة تواصل البحث."


@pytest.fixture
def hints() -> Hints:
    """Two words, at 0 and 5, one type and one slot."""
    events = np.array([[4.0, 0.0], [0.0, 4.0]])
    return Hints([0, 5], events, np.array([[-3.0], [2.0]]), {"MATCH": 0}, {"winner": 0})


def test_log_odds_are_of_the_word_that_an_offset_lies_in(hints: Hints) -> None:
    assert hints.event(0, "MATCH") == pytest.approx(-4.0)
    assert hints.event(7, "MATCH") == pytest.approx(4.0)
    assert hints.no_event(7) == pytest.approx(-4.0)
    assert hints.slot(5, "winner") == 2.0


def test_types_and_slots_that_the_network_does_not_know_have_no_opinion(hints: Hints) -> None:
    assert hints.event(0, "WATER_SHORTAGE") == 0.0
    assert hints.slot(5, "supplier") == 0.0


def test_ties_are_told_within_a_window_alone() -> None:
    sides = np.zeros((3, len(TIES), 2), np.float32)
    sides[0, 1], sides[1, 1], sides[2, 1] = (1, 2), (3, 1), (5, 5)
    words = np.zeros((3, 1))
    hints = Hints([0, 5, 9], words, words, {}, {}, Ties(sides, sides, [0, 0, 1]))
    assert list(hints.ties([0, 9], [6])) == [(0, 0, [0.0, 5.0, 0.0, 0.0])]


def test_no_network_no_ties(hints: Hints) -> None:
    assert list(hints.ties([0], [5])) == []


@pytest.mark.parametrize("size", ["base", "small"])
def test_a_shipped_pack_tells_speech_and_arrest_from_other_words(size: str) -> None:
    document = text.read(SAY)
    names = load(size).recognise([document])[0]
    assert {"وزارة الداخلية", "طنجة"} <= {name.name for name in names}
    told = document.hints
    assert told is not None
    said, other = (document.clean.index(word) for word in ("وقال", "أشخاص"))
    assert told.event(said, "STATEMENT") > 0 > told.event(other, "STATEMENT")
    arrest = document.clean.index("توقيف")
    assert max(EVENT_TYPES, key=lambda kind: told.event(arrest, kind)) == "ARREST"


@pytest.mark.parametrize("size", ["base", "small"])
def test_the_hints_of_a_shipped_pack_are_of_the_ontology(size: str) -> None:
    meta = open_pack(find_pack(f"ner-{size}")).meta.hints
    assert meta is not None
    types = load_ontology().types
    assert set(meta.event_types) <= set(types)
    assert set(meta.slots) - {"date", "place"} <= {r for t in types.values() for r in t.roles}


def test_the_small_pack_is_small() -> None:
    folder = find_pack("ner-small")
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 12_000_000


def test_gold_labels_triggers_and_the_slots_of_names() -> None:
    for article in read(FIXTURES / "gold", FIXTURES / "articles"):
        labels = hints_of(article)
        assert {e.start for e in article.entities} <= set(labels.slots)
        kinds = {EVENT_TYPES[label - 1] for label in labels.events.values() if label > 0}
        assert kinds == {event.type for event in article.events if not event.optional}
        assert all(0 <= slots < 1 << len(SLOTS) for slots in labels.slots.values())


def test_gold_ties_names_to_the_words_of_their_events() -> None:
    for article in read(FIXTURES / "gold", FIXTURES / "articles"):
        labels = hints_of(article)
        required = [event for event in article.events if not event.optional]
        assert len(labels.told) == len(required)
        for event, told in zip(required, labels.told, strict=True):
            at = {article.raw[start:].startswith(event.triggers[0]) for start in told["words"]}
            assert True in at
            assert bool(told.get("place")) <= bool(event.locations)
        ties = labels.ties()
        first = labels.told[0]["words"][0]
        assert ties[first][0] & 1
