"""Second thoughts about names: what the article and the gazetteer know beside the network."""

from __future__ import annotations

import pytest

from arxtract.document import Document
from arxtract.names.agreement import Mention
from arxtract.names.recall import Memory, believable, corrected, surnames
from arxtract.names.recogniser import load
from arxtract.names.words import words_of
from arxtract.text import plain
from arxtract.text.normalise import normalise

FULL = Mention(0, 15, "عمر الركبان", "PER", 0.9)


def found(raw: str, mentions: list[Mention]) -> list[tuple[str, str]]:
    """Return the candidates of a line as text and type."""
    document = Document(normalise(raw))
    document.body = [(0, len(document.clean))]
    words = words_of(document.clean, 0, len(document.clean))
    memory = Memory(document, mentions)
    for first, last, start, end, _ in (candidates := list(memory.candidates(words))):
        assert words[first][0] <= start < end == words[last - 1][1]
    return [(document.clean[c.start : c.end], c.type) for c in candidates]


def test_surnames_are_the_last_words_of_full_names() -> None:
    mentions = [
        FULL,
        Mention(20, 25, "مولر", "PER", 0.9),  # not in full
        Mention(30, 40, "مجلس النواب", "ORG", 0.9),
        Mention(50, 60, "علي سالم", "PER", 0.5),  # not sure enough
    ]
    assert surnames(mentions) == {"الركبان"}


@pytest.mark.parametrize(
    ("form", "kind", "settled"),
    [
        ("الركبان", "ORG", "PER"),
        ("لركبان", "LOC", "PER"),  # the alef merged with a preposition
        ("نيكاراغوا", "PER", "LOC"),
        ("جزر القمر", "ORG", "LOC"),
        ("برشلونه", "ORG", "ORG"),  # a city, but a club as well
        ("الفاو", "ORG", "ORG"),
    ],
)
def test_types_that_the_words_say(form: str, kind: str, settled: str) -> None:
    (_, mention) = corrected([FULL, Mention(20, 29, form, kind, 0.8)])
    assert mention.type == settled
    assert mention.score == 0.8


def test_a_surname_alone_may_be_a_name() -> None:
    assert found("وقال الركبان، إن وللركبان رأيا", [FULL])[:2] == [
        ("الركبان", "PER"),
        ("لركبان", "PER"),
    ]
    assert found("وقال مولر", []) == []


def test_a_place_at_sight_may_be_a_name() -> None:
    assert found("اجتمعوا في نيكاراغوا أمس", []) == [("نيكاراغوا", "LOC")]
    assert found("رحلة إلى جزر القمر وموريشيوس", []) == [
        ("جزر القمر", "LOC"),
        ("موريشيوس", "LOC"),
    ]


def test_a_name_said_over_and_over_on_one_line_comes_to_an_end() -> None:
    text = "انعقد اجتماع في الرباط. " + "الرباط " * 2000
    (found,) = load("small").recognise([plain(text)])
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


@pytest.mark.parametrize(
    ("form", "score", "believed"),
    [
        ("غابة", 0.7, False),
        ("الشواطئ", 0.4, False),
        ("غابة", 0.99, True),
        ("غابة المعمورة", 0.7, True),
        ("نيكاراغوا", 0.4, True),  # in the gazetteer
        ("تازوكارت", 0.4, True),  # no ordinary word
    ],
)
def test_an_ordinary_word_is_no_place(form: str, score: float, believed: bool) -> None:
    assert believable(Mention(0, 9, form, "LOC", score)) is believed
    assert believable(Mention(0, 9, form, "ORG", score))
