"""Whatever comes in, every span is the raw text that it names, and ranges rise."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtract.document import Document
from arxtract.text import plain, read
from arxtract.text.normalise import mend_surrogates

PIECES = [
    *"ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    *"آأإٱىةؤئء",
    *"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670",  # diacritics
    "\u0640",  # tatweel
    *"\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff\u00ad",
    *"\r\n\t \x0b\x0c\u2028\u0085",
    "\r\n",
    *"0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२४",
    *".,،؛؟!:…\"'«»“”()[]|/-–%٪٫٬*",
    *"\ufefb\ufef7\ufdf2\ufe8d\ufee0\ufdfa\ufe70\ufc5e",  # presentation forms
    *"aZéçß\u0301\U0001f600\x00\ufffd",
    "الوزير ",
    "شارك",
    "اترك تعليقا\n",
    "12 ماي 2022\n",
    "    ",
    "جميع الحقوق محفوظة\n",
    "اقرأ أيضا: ",
    "الرباط.وكان",
    "هذه فقرة طويلة من نص المقال تتحدث عن لقاء الوزير بنظيره في الرباط، وفيها ما يكفي من الكلمات. ",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
ANY = st.text(max_size=200).map(lambda text: mend_surrogates(text)[0])


def check(document: Document, raw: str) -> None:
    """Check all that a document promises about its ranges."""
    size = len(document.clean)
    place = 0
    for start, end in document.body:
        assert place <= start < end <= size
        place = end
    place = count = 0
    for sentence in document.sentences:
        assert place <= sentence.start < sentence.end <= size
        assert sentence.first == count < sentence.last
        assert any(s <= sentence.start and sentence.end <= e for s, e in document.body)
        place, count = sentence.end, sentence.last
    assert count == len(document.tokens)
    place = last_raw = 0
    for token in document.tokens:
        assert place <= token.start <= token.stem < token.tail <= token.end <= size
        span = document.span(token.start, token.end)
        assert raw[span.start : span.end] == span.text
        assert last_raw <= span.start or span.start < span.end
        place, last_raw = token.end, span.end
    for start, end in [*document.body, *([document.title] if document.title else [])]:
        span = document.span(start, end)
        assert raw[span.start : span.end] == span.text
        assert document.clean_range(span) == (start, end) or span.text


@given(st.one_of(TEXTS, ANY))
@settings(max_examples=250, deadline=None)
def test_plain(raw: str) -> None:
    document = plain(raw)
    check(document, raw)
    assert bool(document.sentences) == bool(document.clean.strip())


@given(st.one_of(TEXTS, ANY))
@settings(max_examples=250, deadline=None)
def test_read(raw: str) -> None:
    check(read(raw), raw)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_same_again(raw: str) -> None:
    one, two = read(raw), read(raw)
    assert (one.body, one.title, one.tokens, one.warnings) == (
        two.body,
        two.title,
        two.tokens,
        two.warnings,
    )


@pytest.mark.parametrize("raw", ["", " ", "\n\n\t \r\n", "\u200b\u200f", "\u064b"])
def test_empty(raw: str) -> None:
    for document in (plain(raw), read(raw)):
        assert (document.body, document.sentences, document.tokens) == ([], [], [])
        assert document.title is None
        assert document.published is None
        assert "empty text" in document.warnings


def test_latin_text_is_read_with_a_warning() -> None:
    raw = "The minister met his counterpart in Rabat. They signed an agreement on trade."
    document = read(raw)
    assert document.warnings[0] == "no Arabic letters in the text"
    assert len(document.sentences) == 2


def test_caller_knows_the_day() -> None:
    raw = "عنوان المقال هنا في سطر\n12 ماي 2022\n\nهذا نص المقال."
    assert read(raw).published == date(2022, 5, 12)
    assert read(raw).published_from == "text"
    document = read(raw, published=date(2022, 5, 13))
    assert document.published == date(2022, 5, 13)
    assert document.published_from == "caller"
    assert plain(raw).published is None


def test_caller_knows_the_title() -> None:
    raw = "سياسة\nلقاء وزاري في الرباط\nهذا نص المقال وفيه خبر اللقاء."
    document = read(raw, title="لقاء وزارى فى الرباط")
    assert document.title is not None
    assert document.span(*document.title).text == "لقاء وزاري في الرباط"


@pytest.mark.parametrize("unit", ["كلمة ", "و", "    عنوان خبر قصير", "\u064b"])
def test_five_megabytes_on_one_line(unit: str) -> None:
    raw = unit * (5_000_000 // len(unit.encode()))
    start = time.process_time()
    document = read(raw)
    assert time.process_time() - start < 15  # some 4 seconds
    for first, last in document.body[:3]:
        span = document.span(first, last)
        assert raw[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "unit", ['"', "2.", "12 ماي 2022 ", "اقرأ أيضا: ", "| ", "#", "a@", "(.\u061f"]
)
def test_linear(unit: str) -> None:
    raw = unit * (100_000 // len(unit))
    start = time.process_time()
    read(raw)
    assert time.process_time() - start < 6
