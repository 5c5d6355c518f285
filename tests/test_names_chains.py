"""Chains: every line of ``data/chains.txt`` is its own expected output."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from arxtract.names import chains
from arxtract.records import Entity, Place
from arxtract.text.reader import plain

TYPES = {"P": "PER", "G": "ORG", "L": "LOC", "M": "MISC"}
MARK = regex.compile(r"⟦(\w)(\d*):([^⟧]*)⟧")
LINES = [
    line
    for line in Path(__file__).with_name("data").joinpath("chains.txt")
    .read_text(encoding="utf-8").splitlines()
    if line and line[0] != "#"
]  # fmt: skip


def link(line: str) -> tuple[str, list[Entity], list[str]]:
    """Return the raw text, the linked entities and the expected chain numbers."""
    raw, entities, numbers, place = "", [], [], 0
    for mark in MARK.finditer(line):
        raw += line[place : mark.start()]
        place = mark.end()
        start = len(raw)
        raw += mark[3]
        entities.append(
            Entity(
                id=f"e{len(entities)}", start=start, end=len(raw), text=mark[3],
                type=TYPES[mark[1]], name="", chain="",
            )
        )  # fmt: skip
        numbers.append(mark[2])
    raw += line[place:]
    return raw, chains.link(plain(raw), entities), numbers


@pytest.mark.parametrize("line", LINES)
def test_line_is_its_own_output(line: str) -> None:
    _, entities, numbers = link(line)
    first: dict[str, str] = {}
    got = [first.setdefault(e.chain, n) for e, n in zip(entities, numbers, strict=True)]
    assert got == numbers
    assert len(set(first.values())) == len(first)


def test_enough_lines() -> None:
    assert len(LINES) >= 40


NAMES = [
    # text, and the name of each mention
    ("قال ⟦P:بوريطة⟧ ثم ⟦P:ناصر بوريطة⟧", ["ناصر بوريطة", "ناصر بوريطة"]),
    ("قال ⟦P:محـــمد العلــوي⟧ كلمة", ["محمد العلوي"]),
    ("قال ⟦P:مُحَمَّد⟧ كلمة", ["محمد"]),
    ("وصل ل⟦L:لمغرب⟧ أمس", ["المغرب"]),
    ("وصل ل⟦L:لبنان⟧ أمس", ["لبنان"]),
    ("تعود ل⟦G:لأمن الوطني⟧ المهمة", ["الأمن الوطني"]),
    ("زار ⟦L:المغرب⟧ أي ⟦L:المملكة المغربية⟧", ["المملكة المغربية"] * 2),
    ("قال ⟦G:داعش⟧ أي ⟦G:تنظيم الدولة الإسلامية⟧", ["تنظيم الدولة الإسلامية"] * 2),
    ('قال حزب ⟦G:"البديل"⟧ كلمة', ["البديل"]),
    ("قال ⟦G:المديرية  العامة⟧ كلمة", ["المديرية العامة"]),
]


@pytest.mark.parametrize(("line", "names"), NAMES)
def test_fullest_name(line: str, names: list[str]) -> None:
    _, entities, _ = link(line)
    assert [e.name for e in entities] == names


def test_nothing_but_name_and_chain_changes() -> None:
    raw, entities, _ = link("قال ⟦P:بوريطة⟧ في ⟦L:الرباط⟧ إن ⟦P:ناصر بوريطة⟧ عاد")
    for i, entity in enumerate(entities):
        assert entity.id == f"e{i}"
        assert raw[entity.start : entity.end] == entity.text
    assert chains.link(plain(raw), entities) == entities


def test_country_of_the_gazetteer_joins_places() -> None:
    raw = "زار الصين الشعبية ثم عاد إلى بلاد التنين"
    place = Place(kind="country", country="CN")
    spans = [(4, 17), (29, 40)]
    entities = [
        Entity(
            id=f"e{i}", start=s, end=e, text=raw[s:e], type="LOC", name="", chain="", place=place
        )
        for i, (s, e) in enumerate(spans)
    ]
    linked = chains.link(plain(raw), entities)
    assert linked[0].chain == linked[1].chain


def test_near_linear() -> None:
    line = " ".join(f"⟦P:فلان{i} العلوي⟧ قال" for i in range(3_000))
    _, entities, _ = link(line)
    assert len({e.chain for e in entities}) == 3_000
