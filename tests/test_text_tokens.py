"""Tokens: spaces in the table show the expected cuts, glued tokens joined by ``+``."""

from __future__ import annotations

import pytest

from arxtract.text import plain

ROWS = [
    ("بلغت 2.8 مليار", "word number word"),
    ("نحو 1,200 طن", "word number word"),
    ("القرار 21/78", "word number"),
    ("سعره 27.14 درهما", "word number word"),
    ("11+مايو", "number word"),
    ("ال+31", "word number"),
    ("و+120 مشارك", "word number word"),
    ("١٢ مايو ٢٠٢٢", "number word number"),
    ("۱٫۵ متر", "number word"),
    ("COVID+-+19", "latin punct number"),
    ("قناة France+24", "word latin number"),
    ("(+داعش+)", "punct word punct"),
    ("انتهى+.+.", "word punct punct"),
    ("2022+.", "number punct"),
    ("%+5", "punct number"),
    ("مدينة École", "word latin"),
    ("پاریس چاد ڤيينا", "word word word"),
]


@pytest.mark.parametrize(("row", "kinds"), ROWS)
def test_tokens(row: str, kinds: str) -> None:
    raw = row.replace("+", "")
    document = plain(raw)
    texts = [document.span(token.start, token.end).text for token in document.tokens]
    assert texts == row.replace("+", " ").split()
    assert [token.kind for token in document.tokens] == kinds.split()


def test_diacritics_and_tatweel_are_within_their_word() -> None:
    document = plain("قالَ الوَزيــــرُ")
    assert [document.span(t.start, t.end).text for t in document.tokens] == ["قالَ", "الوَزيــــرُ"]


def test_stem_and_tail() -> None:
    document = plain("وبرنامجها للمغرب 2022")
    stems = [document.clean[t.stem : t.tail] for t in document.tokens]
    assert stems == ["برنامج", "مغرب", "2022"]


def test_sentences_hold_their_tokens() -> None:
    document = plain("وصل الوفد. غادر الوزير.\nانتهى")
    assert [s.last - s.first for s in document.sentences] == [3, 3, 1]
    for sentence in document.sentences:
        tokens = document.tokens[sentence.first : sentence.last]
        assert sentence.start == tokens[0].start
        assert sentence.end == tokens[-1].end
