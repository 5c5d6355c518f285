"""The embedded recogniser: its parts one by one, then what it finds in lines of text."""

from __future__ import annotations

import itertools
import math
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.names import Recogniser, load
from arxtract.names.agreement import Mention, settle_types, with_article
from arxtract.names.crf import Crf, calibrated, spans_of
from arxtract.names.embedded import _windows
from arxtract.names.pack import find_pack
from arxtract.names.proclitics import cut_of
from arxtract.names.words import light, light_of_raw, sentence_ranges, words_of
from arxtract.records import Entity
from arxtract.text.normalise import normalise

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
_MARK = re.compile(r"⟦(PER|ORG|LOC|MISC)\|([^⟧]*)⟧")


def document_of(raw: str) -> Document:
    document = Document(normalise(raw))
    document.body = [(0, len(document.clean))] if document.clean else []
    return document


def read(raw: str) -> list[Entity]:
    return load("base").recognise([document_of(raw)])[0]


def marked(raw: str, entities: list[Entity]) -> str:
    """Write the entities into the text as marks."""
    for entity in reversed(entities):
        mark = f"⟦{entity.type}|{entity.text}⟧"
        raw = raw[: entity.start] + mark + raw[entity.end :]
    return raw


# --- words and sentences


@pytest.mark.parametrize(
    ("clean", "words"),
    [
        ("وقال الوزير، أمس:", ["وقال", "الوزير", "،", "أمس", ":"]),
        ('مجموعة "GIR-DGST"', ["مجموعة", '"', "GIR", "-", "DGST", '"']),
        ("ارتفع 3.5% في 2022الجاري", ["ارتفع", "3.5", "%", "في", "2022", "الجاري"]),
        ("م.ب", ["م", ".", "ب"]),
        ("  \n ", []),
    ],
)
def test_words(clean: str, words: list[str]) -> None:
    assert [clean[a:b] for a, b in words_of(clean, 0, len(clean))] == words


def test_light_form_treats_alef_forms_and_digits_alike() -> None:
    assert light("الأمم") == light("الامم")
    assert light("٢٠٢٢") == "2022"
    assert light("وزارة") == "وزارة"
    assert light_of_raw("محـمَّد") == "محمد"
    assert light_of_raw("\u064b") == "\ufffd"


@pytest.mark.parametrize(
    ("clean", "sentences"),
    [
        ("وصل الوفد. ثم غادر.", ["وصل الوفد.", "ثم غادر."]),
        ("في بوزنيقة.وكان الوفد", ["في بوزنيقة.", "وكان الوفد"]),  # glued, as some sites do
        ("عنوان\n\nنص", ["عنوان", "نص"]),
        ("بنسبة 3.5 في المائة", ["بنسبة 3.5 في المائة"]),
    ],
)
def test_sentences(clean: str, sentences: list[str]) -> None:
    assert [clean[a:b] for a, b in sentence_ranges(clean)] == sentences


@given(
    st.lists(st.lists(st.integers(1, 16), max_size=60), max_size=8),
    st.integers(20, 130),
)
def test_windows_hold_every_word_once_and_no_more_than_fits(
    sizes: list[list[int]], room: int
) -> None:
    kept = []
    for window in _windows(sizes, room):
        assert sum(sum(sizes[p.sentence][p.first : p.last]) for p in window) <= room
        for part in window:
            assert part.first <= part.keep <= part.until <= part.last
            kept += [(part.sentence, i) for i in range(part.keep, part.until)]
    assert kept == [(s, i) for s, words in enumerate(sizes) for i in range(len(words))]


# --- the CRF


def bio_steps() -> tuple[list[float], list[list[float]]]:
    start = [-1e4 if label[0] == "I" else 0.1 * i for i, label in enumerate(LABELS)]
    steps = [
        [
            -1e4 if to[0] == "I" and to[1:] != before[1:] else 0.05 * i - 0.03 * j
            for j, to in enumerate(LABELS)
        ]
        for i, before in enumerate(LABELS)
    ]
    return start, steps


def path_score(scores: np.ndarray, path: tuple[int, ...]) -> float:
    start, steps = bio_steps()
    total = start[path[0]] + scores[0, path[0]]
    for i in range(1, len(path)):
        total += steps[path[i - 1]][path[i]] + scores[i, path[i]]
    return float(total)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_crf_agrees_with_trying_every_path(seed: int, length: int) -> None:
    scores = np.random.default_rng(seed).normal(scale=2, size=(length, len(LABELS)))
    crf = Crf(LABELS, *bio_steps())
    paths = {
        path: path_score(scores, path)
        for path in itertools.product(range(len(LABELS)), repeat=length)
    }
    best = max(paths, key=paths.__getitem__)
    tags = [LABELS[i] for i in best]
    assert crf.tags([scores]) == [tags]
    whole = sum(math.exp(score) for score in paths.values())
    (found,) = crf.spans([scores])
    assert [span[:3] for span in found] == spans_of(tags)
    for span in found:
        part = sum(
            math.exp(score)
            for path, score in paths.items()
            if tuple(span[:3]) in spans_of([LABELS[i] for i in path])
        )
        assert span.score == pytest.approx(part / whole, rel=1e-6)


def test_crf_counts_sentences_side_by_side_as_it_counts_each_alone() -> None:
    dice = np.random.default_rng(3)
    sizes = [7, 0, 1, 30, 7, 9000, 2, 1]
    sentences = [dice.normal(scale=2, size=(size, len(LABELS))) for size in sizes]
    crf = Crf(LABELS, *bio_steps())
    assert crf.tags(sentences) == [tags for one in sentences for tags in crf.tags([one])]
    together = crf.spans(sentences)
    assert together == [spans for one in sentences for spans in crf.spans([one])]
    assert [bool(spans) for spans in together] == [size > 1 for size in sizes]


@pytest.mark.parametrize("score", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_calibration(score: float) -> None:
    assert calibrated(score, 1.0, 0.0) == pytest.approx(score, abs=1e-5)
    assert calibrated(score, 0.5, -0.2) <= calibrated(score + 0.01, 0.5, -0.2)


# --- agreement within an article


def test_one_form_has_one_type() -> None:
    found = [
        Mention(0, 6, "الاهلي", "ORG", 0.9),
        Mention(10, 16, "الاهلي", "PER", 0.6),
        Mention(21, 26, "لاهلي", "LOC", 0.5),
        Mention(30, 35, "باريس", "LOC", 0.5),
    ]
    settled = settle_types(found)
    assert [m.type for m in settled] == ["ORG", "ORG", "LOC", "LOC"]
    assert [m.score for m in settled] == [0.9, 0.3, 0.5, 0.5]


@pytest.mark.parametrize(
    ("form", "whole"), [("لمغرب", "المغرب"), ("لاهلي", "لاهلي"), ("المغرب", "المغرب")]
)
def test_a_merged_article_is_given_back(form: str, whole: str) -> None:
    assert with_article(form) == whole


@pytest.mark.parametrize(
    ("word", "favourite", "cut"),
    [
        ("مؤيد", 1, 0),  # the first letter is no proclitic
        ("وباريس", 1, 1),
        ("ولتونس", 2, 2),
        ("للمغرب", 1, 1),
        ("بن", 1, 0),  # nothing of a name would be left
    ],
)
def test_cuts(word: str, favourite: int, cut: int) -> None:
    scores = np.array([8.0 if k == favourite else 0.0 for k in range(4)])
    assert cut_of(word, scores, alone=True) == cut


# --- the shipped model


def test_loading() -> None:
    recogniser = load()
    assert isinstance(recogniser, Recogniser)
    assert recogniser is load("base")
    assert recogniser.name == "base"
    with pytest.raises(DataError, match="known are base"):
        load("nobody")
    folder = find_pack("ner-base")
    with pytest.raises(DataError, match="it has anercorp, press"):
        load(f"{folder}#klingon")


LINES = [
    "استقبل وزير الخارجية ⟦PER|ناصر بوريطة⟧ نظيره السعودي ⟦PER|فيصل بن فرحان⟧ في ⟦LOC|الرباط⟧.",
    "وصل الرئيس الأمريكي ⟦PER|جو بايدن⟧ إلى ⟦LOC|القاهرة⟧ مساء أمس.",
    "أدانت ⟦ORG|وزارة الخارجية⟧ الهجوم الذي وقع ب⟦LOC|بغداد⟧.",
    "قدم ⟦LOC|لبنان⟧ شكوى إلى ⟦ORG|مجلس الأمن⟧.",
    "التقى ⟦PER|محمد بن سلمان⟧ ب⟦PER|إيمانويل ماكرون⟧ في ⟦LOC|باريس⟧.",
    "وأضاف البلاغ أن الأمطار ستتواصل طيلة الأسبوع.",
]


@pytest.mark.parametrize("line", LINES)
def test_names_in_a_line(line: str) -> None:
    raw = _MARK.sub(r"\2", line)
    assert marked(raw, read(raw)) == line


def test_a_merged_article_stays_inside() -> None:
    found = {entity.text for entity in read("وقدم الوفد هدية للمغرب خلال زيارته للرباط أمس.")}
    assert "لمغرب" in found
    assert "للمغرب" not in found


def test_spans_are_raw_and_names_are_clean() -> None:
    raw = "\u200fوصل مُحَمَّد الســادس إلى الدار\u00a0البيضاء،  قادما من بـاريس"
    entities = read(raw)
    assert entities
    assert all(raw[e.start : e.end] == e.text for e in entities)
    assert "محمد السادس" in {e.name for e in entities}
    assert [e.id for e in entities] == [f"n{i}" for i in range(1, len(entities) + 1)]
    assert [e.start for e in entities] == sorted(e.start for e in entities)
    assert all(e.chain == e.name and 0 <= (e.score or 0) <= 1 for e in entities)


def test_company_and_threads_change_nothing() -> None:
    raws = [_MARK.sub(r"\2", line) for line in LINES]
    alone = [read(raw) for raw in raws]
    together = load("base").recognise([document_of(raw) for raw in raws])
    assert alone == together
    two = load("base", threads=2).recognise([document_of(raw) for raw in raws])
    assert [[e.text for e in entities] for entities in two] == [
        [e.text for e in entities] for entities in alone
    ]


def test_spelling_of_hamza_does_not_matter() -> None:
    raw = "وصل أحمد أبو الغيط إلى الأردن"
    bare = raw.replace("أ", "ا").replace("إ", "ا")
    assert [(e.start, e.end, e.type) for e in read(raw)] == [
        (e.start, e.end, e.type) for e in read(bare)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " \n\t ",
        "\u064b\u064b",
        "ا" * 5000,
        "()[]«»،؛؟!",
        "🙂🏽 \U0001f1f2\U0001f1e6 \ufffd\u200b",
        "Le ministre 漢字 приехал в Москву",
        "محمد " * 1500,
        "،" * 3000,
        "\u0000\u0001 قال",
    ],
)
def test_odd_input_is_read_without_harm(raw: str) -> None:
    document = document_of(raw)
    for entity in load("base").recognise([document])[0]:
        assert raw[entity.start : entity.end] == entity.text


def test_tags_are_valid_and_one_a_word() -> None:
    sentences = [["وصل", "محمد", "الى", "القاهرة", "."], [], ["كلمة"] * 700, ["\u064b", ""]]
    for name in ("base", "base-anercorp"):
        tagged = load(name).tag(sentences)
        assert [len(tags) for tags in tagged] == [len(words) for words in sentences]
        assert tagged[0][1] == "B-PER"
        assert tagged[0][3] == "B-LOC"
        for tags in tagged:
            for before, tag in zip(["O", *tags], tags, strict=False):
                assert tag[0] != "I" or before[1:] == tag[1:]


def test_no_training_library_is_loaded_at_run_time() -> None:
    code = (
        "import sys; from arxtract.names import load; load('base').tag([['القاهرة']]);"
        "print(sorted({'torch', 'transformers', 'onnx', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"
