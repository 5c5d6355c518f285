"""Offices: every line of ``data/offices.txt`` is its own expected output."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from arxtract.document import Document
from arxtract.names import chains, holders, offices
from arxtract.records import Entity
from arxtract.text.reader import plain

TYPES = {"P": "PER", "G": "ORG", "L": "LOC", "M": "MISC"}
MARK = regex.compile(r"⟦(\w+):|⟧")
LINES = [
    line
    for line in Path(__file__).with_name("data").joinpath("offices.txt")
    .read_text(encoding="utf-8").splitlines()
    if line and line[0] != "#"
]  # fmt: skip


def unmark(marked: str) -> tuple[str, list[Entity], list[tuple[int, int, int | None]]]:
    """Return the raw text, its entities, and its offices as start, end and number of the person."""
    raw, opened, entities, expected = "", [], [], []
    place = 0
    for mark in MARK.finditer(marked):
        raw += marked[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(raw)))
            continue
        kind, start = opened.pop()
        if kind[0] == "O":
            expected.append((start, len(raw), int(kind[1:]) if kind[1:] else None))
        else:
            entities.append((start, len(raw), TYPES[kind]))
    raw += marked[place:]
    made = [
        Entity(id=f"e{i}", start=s, end=e, text=raw[s:e], type=t, name=raw[s:e], chain=raw[s:e])
        for i, (s, e, t) in enumerate(sorted(entities))
    ]
    return raw, made, sorted(expected, key=lambda e: e[:2])


def read(marked: str) -> tuple[Document, list[Entity], list[offices.Office]]:
    raw, entities, _ = unmark(marked)
    document = plain(raw)
    entities = chains.link(document, entities)
    return document, entities, offices.find(document, entities)


def remark(marked: str) -> str:
    """Return the line with the marks of the offices that were found."""
    raw, entities, _ = unmark(marked)
    document, entities, found = read(marked)
    persons = [e.id for e in entities if e.type == "PER"]
    letters = {t: k for k, t in TYPES.items()}
    spans = [(e.start, e.end, letters[e.type]) for e in entities]
    for office in found:
        span = document.span(office.start, office.end)
        number = str(persons.index(office.holder) + 1) if office.holder else ""
        spans.append((span.start, span.end, f"O{number}"))
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for start, end, label in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        opening.setdefault(start, []).append(f"⟦{label}:")
        closing[end] = closing.get(end, 0) + 1
    out = []
    for i in range(len(raw) + 1):
        out.append("⟧" * closing.get(i, 0) + "".join(opening.get(i, ())))
        out.append(raw[i : i + 1])
    return "".join(out)


@pytest.mark.parametrize("line", LINES)
def test_line_is_its_own_output(line: str) -> None:
    assert remark(line) == line


def test_enough_lines_and_counterexamples() -> None:
    counter = [line for line in LINES if "⟦O" not in line]
    assert len(LINES) - len(counter) >= 120
    assert len(counter) * 4 >= len(LINES)


AFFILIATIONS = [
    # what the office names, by name, by noun or by adjective; None where it names nothing
    ("قال ⟦O1:وزير الدفاع الأميركي⟧ ⟦P:لويد أوستن⟧ إن القوات جاهزة", "الأميركي"),
    ("قال ⟦P:فلورنتينو بيريز⟧، رئيس ⟦G:ريال مدريد⟧، كلمته", "ريال مدريد"),
    ("قال المدير العام ل⟦G:لأمن الوطني⟧ ⟦P:عبد اللطيف حموشي⟧ كلمته", "لأمن الوطني"),
    ("قال عمدة ⟦L:إيدي⟧، ⟦P:رينيه فيرهولست⟧، كلمته", "إيدي"),
    ("حضرت سفيرة ⟦L:بريطانيا⟧ ب⟦L:تونس⟧ ⟦P:لويز دي سوزا⟧ الحفل", "بريطانيا"),
    ("قال السفير الروسي لدى ⟦L:الولايات المتحدة⟧ ⟦P:أناتولي أنتونوف⟧ كلمته", "الروسي"),
    ("قال الممثل الدائم ل⟦L:لمغرب⟧ لدى ⟦G:الأمم المتحدة⟧ ⟦P:عمر هلال⟧ كلمته", "الأمم المتحدة"),
    ("قال أمير ⟦L:دولة الكويت⟧ الشيخ ⟦P:نواف الصباح⟧ كلمته", "دولة الكويت"),
    ("قال رئيس مجلس نواب الشعب ⟦P:محمد الناصر⟧ كلمته", "مجلس نواب الشعب"),
    ("قال عمدة الحي المالي لمدينة ⟦L:لندن⟧ ⟦P:اندرو بارملاي⟧ كلمته", "لندن"),
    ("قال مساعد وزير الخارجية لشؤون ⟦L:الوطن العربي⟧ ⟦P:فهد العوضي⟧ كلمته", None),
    ("قال ⟦P:محمد زروقي⟧، المدير الإقليمي للتعليم ب⟦L:سطات⟧، كلمته", None),
    ("قال رئيس الحكومة ⟦P:يوسف الشاهد⟧ كلمته", None),
    ("انعقد ⟦G:المجلس الأعلى للقضاء⟧ وقال رئيس المجلس ⟦P:علي⟧ كلمته", "المجلس الأعلى للقضاء"),
    ("خسر ⟦G:نادي المغرب الفاسي⟧ وقال مدرب الفريق ⟦P:علي⟧ كلمته", "نادي المغرب الفاسي"),
]


@pytest.mark.parametrize(("line", "expected"), AFFILIATIONS)
def test_affiliation(line: str, expected: str | None) -> None:
    document, _, found = read(line)
    held = [office for office in found if office.holder]
    assert len(held) == 1
    affiliation = held[0].affiliation
    assert (document.clean[slice(*affiliation)] if affiliation else None) == expected


RESOLVED = [
    # the text, and who holds each office that has no name beside it (None: nobody, "": left out)
    ("قال وزير التعليم ⟦P:عزام الدخيل⟧ كلمة. وأضاف الوزير أن العمل بدأ", ["عزام الدخيل"]),
    ("قال وزير التعليم ⟦P:عزام الدخيل⟧ كلمة. وأضاف وزير التعليم أن العمل بدأ", ["عزام الدخيل"]),
    ("زار وزير النقل ⟦L:طنجة⟧. وقال وزير النقل ⟦P:محمد عبد الجليل⟧ كلمة", ["محمد عبد الجليل"]),
    (
        "قال ⟦P:علي⟧، الكاتب العام لوزارة الشؤون الخارجية والتعاون، كلمة. "
        "وأضاف الكاتب العام لوزارة الخارجية كلمة",
        ["علي"],
    ),
    (
        "التقى وزير الصحة ⟦P:علي العلوي⟧ وزير النقل ⟦P:سعيد الحسني⟧. وقال الوزير كلمة",
        [None],
    ),
    ("التقى وزير الصحة ⟦P:علي العلوي⟧ وزير النقل ⟦P:سعيد الحسني⟧. وقال وزير النقل كلمة",
     ["سعيد الحسني"]),
    ("قالت وزيرة الصحة ⟦P:ليلى العلوي⟧ كلمة. وقال الوزير كلمة", [None]),
    ("قالت وزيرة الصحة ⟦P:ليلى العلوي⟧ كلمة. وقالت الوزيرة كلمة", ["ليلى العلوي"]),
    ("قال رئيس الحكومة ⟦P:علي العلوي⟧ كلمة. واستقبله الرئيس في القصر", [None]),
    ("قال رئيس الجمهورية ⟦P:علي العلوي⟧ كلمة. واستقبل الرئيس الوفد", ["علي العلوي"]),
    ("غادر المدرب ⟦P:علي العلوي⟧ أمس. وقال مدرب ⟦G:نادي الرياض⟧ كلمة", ["علي العلوي"]),
    ("وصل الوزير ⟦P:علي العلوي⟧ أمس. وقال وزير النقل كلمة", [None]),
    ("قال المتحدث كلمة قصيرة", []),
    ("قال السفير الروسي ⟦P:إيغور⟧ كلمة. وأكد السفير أن العلاقات متينة", ["إيغور"]),
    ("قال رئيس حزب ⟦G:البديل⟧ ⟦P:مهدي جمعة⟧ كلمة. وانتخب ⟦G:حزب آفاق⟧ رئيس الحزب", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), RESOLVED)
def test_later_titles_go_to_the_one_person_they_fit(line: str, expected: list[str | None]) -> None:
    document, entities, found = read(line)
    alone = {(o.start, o.end) for o in found if o.holder is None}
    names = {e.id: e.name for e in entities}
    resolved = holders.resolve(document, entities, found)
    assert [
        names[o.holder] if o.holder else None for o in resolved if (o.start, o.end) in alone
    ] == expected


def test_gender_number_and_head() -> None:
    _, _, found = read("قالت وزيرة المالية ⟦P:ليلى⟧ إن اللاعبين ⟦P:علي⟧ و⟦P:سعيد⟧ غادرا")
    assert [(o.head, o.gender, o.number, o.kind) for o in found] == [
        ("وزير", "f", "singular", "office"),
        ("لاعب", "m", "plural", "post"),
        ("لاعب", "m", "plural", "post"),
    ]


@pytest.mark.parametrize(
    "unit", ["وزير الصحة و", "المكلف ب", "رئيس مجلس ", '"', "نائب ", "وزير الخارجية، ", "لل"]
)
def test_linear_and_shallow_on_odd_text(unit: str) -> None:
    document = plain(unit * 20_000)
    assert isinstance(offices.find(document, []), list)


@pytest.mark.parametrize("text", ["وزير التجارة والمهن من", "الأمين العام والمجالس الدولية في"])
def test_a_sentence_may_end_in_a_preposition(text: str) -> None:
    assert [text[office.start : office.end] for office in offices.find(plain(text), [])]
