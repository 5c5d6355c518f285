"""Whatever comes in: every span of every record is the raw text that it names."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from arxtract.pipeline import FAULT, LONGEST, Article, Pipeline
from arxtract.records import ArticleRecord, Span
from arxtract.text.normalise import mend_surrogates

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
CORPUS = os.environ.get("ARXTRACT_CORPUS")
"""A folder of gzip JSONL files with a ``text`` in each line; of its articles 1,000 are read."""

SENTENCES = [
    "أعلنت وزارة الداخلية، أمس الأربعاء 2 نونبر 2022، عن توقيف ثلاثة أشخاص بمدينة فاس.",
    "استقبل وزير الشؤون الخارجية، ناصر بوريطة، نظيره الإسباني بالرباط في 12 ماي الجاري.",
    "لقي أكثر من 40 شخصا مصرعهم، وأصيب 120 آخرون، في حريق اندلع بمصنع شرقي القاهرة.",
    "ويشارك في المؤتمر، الذي ينعقد بمراكش يومي 4 و5 نونبر، 450 ممثلا عن 38 دولة.",
    "وقال رئيس الحكومة إن قيمة الصفقة بلغت 2.5 مليون درهم، أي بزيادة 13 في المائة.",
    "ضبطت الشرطة القضائية 1.200 كيلوغرام من المخدرات بميناء طنجة المتوسط فجر الاثنين.",
]
MARKS = [
    *"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670",  # diacritics
    "\u064e\u0651",  # both orders of a shadda and its vowel
    "\u0651\u064e",
    "\u0640",  # tatweel
    "\u0640\u0640\u0640",
    *"\u00a0\u202f\u2009\u3000",  # odd spaces
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2069\ufeff\u00ad",
    "\r\n",
    "\r",
    "\n\n",
    *"0٣۵८߇𝟗",  # digits of several scripts
    "\u0301\u0327",  # Latin marks, in and out of canonical order
    "\u0327\u0301",
    *"\ufefb\ufdf2\ufd3e\ufd3f",  # presentation forms
    "\x00",
    "\ufffd",
    "😀",
    "…",
]
DIGITS = [
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A few sentences with marks set anywhere, in the digits of one script."""
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
    text = text.translate(str.maketrans(DIGITS[0], draw(st.sampled_from(DIGITS))))
    places = st.tuples(st.integers(0, len(text)), st.sampled_from(MARKS))
    for place, mark in sorted(draw(st.lists(places, max_size=60)), reverse=True):
        text = text[:place] + mark + text[place:]
    return text


def spans(value: object) -> Iterator[Span]:
    """Yield every span anywhere in a record."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, BaseModel):
        for _, part in value:
            yield from spans(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from spans(part)


def check(record: ArticleRecord, raw: str) -> int:
    """Check all spans and references of a record; return how many spans there are."""
    number = 0
    for span in spans(record):
        assert raw[span.start : span.end] == span.text
        assert span.text
        number += 1
    mentions = {m.id for m in (*record.entities, *record.dates, *record.quantities)}
    assert len(mentions) == len(record.entities) + len(record.dates) + len(record.quantities)
    for event in record.events:
        named = [part.mention for part in (*event.locations, *event.participants, *event.counts)]
        named += [event.date.mention] if event.date else []
        assert {m for m in named if m is not None} <= mentions
    return number


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda p: p.stem[:3])
def test_the_five_articles(pipeline: Pipeline, path: Path) -> None:
    raw = path.read_bytes().decode("utf-8")
    record = pipeline(raw)
    assert record.title
    assert check(record, raw) > 60
    assert ArticleRecord.model_validate_json(record.to_json()) == record


@given(mutated())
@settings(max_examples=60, deadline=None)
def test_mutated_sentences(pipeline: Pipeline, raw: str) -> None:
    check(pipeline(raw, published="2022-11-03"), raw)


def test_marks_in_the_words_hide_nothing(pipeline: Pipeline) -> None:
    raw = " ".join(SENTENCES)
    marked = "".join(c + ("\u064e\u0640" if c.isalpha() else "") for c in raw)
    plain, found = (pipeline(text, published="2022-11-03") for text in (raw, marked))
    check(found, marked)
    assert [e.name for e in found.entities] == [e.name for e in plain.entities]
    assert [d.value for d in found.dates] == [d.value for d in plain.dates]
    assert [q.value for q in found.quantities] == [q.value for q in plain.quantities]
    assert [e.type for e in found.events] == [e.type for e in plain.events]
    assert len(plain.events) > 3


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends_change_no_value(pipeline: Pipeline, end: str) -> None:
    raw = end.join(SENTENCES)
    record = pipeline(raw, published="2022-11-03")
    check(record, raw)
    assert [d.value for d in record.dates][:1] == ["2022-11-02"]


@pytest.mark.parametrize("separator", ["", "    "], ids=["glued", "bar"])
def test_a_long_line(pipeline: Pipeline, separator: str) -> None:
    raw = separator.join(SENTENCES * 30)
    check(pipeline(raw, published="2022-11-03"), raw)


def test_five_megabytes_on_one_line_are_cut_off(pipeline: Pipeline) -> None:
    raw = " ".join(SENTENCES * (5_000_000 // len(" ".join(SENTENCES).encode())))
    start = time.process_time()
    record = pipeline(raw, published="2022-11-03")
    assert time.process_time() - start < 90  # some 20 seconds
    check(record, raw)
    assert record.warnings == (f"cut off: {LONGEST} of {len(raw)} characters read",)
    assert LONGEST - 200 < record.body[-1].end <= LONGEST


@pytest.mark.skipif(not CORPUS or not Path(CORPUS).is_dir(), reason="ARXTRACT_CORPUS is no folder")
def test_a_thousand_articles(pipeline: Pipeline) -> None:
    files = sorted(Path(str(CORPUS)).glob("*.jsonl.gz"))
    share = -(-1000 // len(files))
    number = 0
    faults = []
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line, _ in zip(lines, range(share), strict=False):
                raw = mend_surrogates(json.loads(line)["text"])[0]
                record = pipeline.attempt(Article(raw, f"{path.name} {number}"))
                faults += [f"{record.id}: {w}" for w in record.warnings if w.startswith(FAULT)]
                check(record, raw)
                number += 1
    assert number >= min(1000, share)
    assert not faults
