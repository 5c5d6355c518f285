"""The body finder: on the five fixture articles, on cue lines, on an article in many wrappings."""

from __future__ import annotations

from pathlib import Path

import pytest

from arxtract.document import Document
from arxtract.text import read
from arxtract.text.cues import boilerplate, classify
from arxtract.text.normalise import normalise

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
# First and last line of the body, headline line, and day of publication, by a reader.
FIVE = {
    "000": ([(1, 15)], 1, None),
    "001": ([(14, 31)], 14, None),
    "002": ([(1, 1), (5, 25)], 5, "2024-11-06"),
    "003": ([(3, 20)], 5, "2022-05-12"),
    "004": ([(3, 26)], 4, "2021-06-25"),
}


def body_characters(document: Document) -> set[int]:
    """Return the raw offsets of the characters of the body that are not space."""
    raw = document.text.raw
    spans = [document.span(start, end) for start, end in document.body]
    return {i for span in spans for i in range(span.start, span.end) if not raw[i].isspace()}


def line_characters(raw: str, kept: set[int]) -> set[int]:
    """Return the offsets of the characters, not space, of the lines whose numbers are given."""
    found, place = set(), 0
    for number, line in enumerate(raw.split("\n"), 1):
        if number in kept:
            found |= {place + i for i, c in enumerate(line) if not c.isspace()}
        place += len(line) + 1
    return found


@pytest.mark.parametrize("name", FIVE)
def test_the_five(name: str) -> None:
    (path,) = ARTICLES.glob(f"{name}_*.txt")
    raw = path.read_bytes().decode("utf-8")
    ranges, headline, day = FIVE[name]
    gold = line_characters(raw, {n for first, last in ranges for n in range(first, last + 1)})
    document = read(raw)
    found = body_characters(document)
    assert 2 * len(found & gold) / (len(found) + len(gold)) >= 0.98
    assert document.title is not None
    assert document.span(*document.title).text == raw.split("\n")[headline - 1].strip()
    assert (document.published.isoformat() if document.published else None) == day
    assert document.published_from == ("text" if day else None)


def _kind(line: str) -> str | None:
    text = normalise(line)
    return classify(text, 0, len(text.clean))


CUES = boilerplate().cues


@pytest.mark.parametrize(("kind", "line"), [(cue.kind, x) for cue in CUES for x in cue.examples])
def test_cue_example(kind: str, line: str) -> None:
    assert _kind(line) == kind


@pytest.mark.parametrize("line", [line for cue in CUES for line in cue.counterexamples])
def test_cue_counterexample(line: str) -> None:
    assert _kind(line) is None


TITLE = "وزير التجهيز يدشن جسرا جديدا على نهر سبو بالقنيطرة"
ARTICLE = [
    "دشن وزير التجهيز والماء، اليوم الثلاثاء بمدينة القنيطرة، جسرا جديدا على نهر سبو بلغت كلفته 120"
    " مليون درهم، بحضور والي الجهة وعدد من المنتخبين.",
    "شارك في حفل تدشين الجسر نحو 300 شخص من سكان المدينة.",
    "وقال الوزير إن الجسر سيخفف الضغط على وسط القنيطرة، مضيفا أن الأشغال استغرقت ثلاث سنوات بسبب"
    " فيضانات نهر سبو.",
    "وأفاد بلاغ للوزارة بأن طول الجسر الجديد يصل إلى 420 مترا، وأنه سيفتح في وجه السيارات ابتداء من"
    " الأسبوع المقبل.",
]
MENU = ["الرئيسية", "سياسة", "مجتمع", "اقتصاد", "رياضة", "فن وثقافة", "صوت وصورة"]
HEADLINES = [
    "إيقاف شخصين بتهمة سرقة الهواتف في مراكش",
    "المنتخب التونسي يستعد لمباراة مالي",
    "أسعار النفط ترتفع بعد اجتماع أوبك",
    "وفاة الفنان الكبير عن سن تناهز الثمانين",
    "انطلاق مهرجان السينما في القاهرة مساء الغد",
]
TEASER = "أعلنت شركة الطيران عن خط يربط لندن وطوكيو ابتداء من الصيف، وقالت إن التذاكر ستباع..."
FORM = [
    "اترك تعليقاً",
    "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
    "الاسم *",
    "البريد الإلكتروني *",
]
COOKIES = "نستخدم ملفات تعريف الارتباط لضمان أفضل تجربة على موقعنا، وباستمرارك فإنك توافق على ذلك."
BODY = [TITLE, *ARTICLE]

WRAPPINGS: dict[str, tuple[list[str], list[str]]] = {
    "bare": ([], []),
    "menu on lines": (MENU, []),
    "menu on one line": ([" ".join(MENU)], []),
    "menu with bars": ([" | ".join(MENU)], []),
    "bar of headlines": (["    ".join(HEADLINES)], []),
    "headlines on lines": ([*MENU, *HEADLINES], []),
    "breadcrumb": ([*MENU, "الرئيسية » مجتمع » وزير التجهيز يدشن جسرا..."], []),
    "cookies above": ([COOKIES, *MENU], []),
    "cookies below": ([], [COOKIES, "موافق"]),
    "French cookies": (["Nous utilisons des cookies pour améliorer votre expérience."], ["OK"]),
    "form": ([], FORM),
    "form above": ([*FORM, *MENU], []),
    "comment widget above": ([*MENU, "أضف تعليقا", "التعليقات (0)"], []),
    "comments": ([], [*FORM, "متتبع", "12 ماي 2022", "كلام جميل نتمنى أن نراه في مدننا كلها."]),
    "share": ([], ["شارك", "فيسبوك", "تويتر", "واتساب", "Facebook Twitter WhatsApp", "طباعة"]),
    "related": ([], ["مواضيع ذات صلة", *HEADLINES]),
    "related without header": (MENU, ["", "", "", *HEADLINES]),
    "related with teasers": ([], ["قد يعجبك أيضا", HEADLINES[0], TEASER, HEADLINES[1], TEASER]),
    "read also at the end": ([], ["اقرأ أيضا", HEADLINES[0], TEASER, HEADLINES[1], TEASER]),
    "most read": ([], ["الأكثر مشاهدة هذا الأسبوع", *HEADLINES]),
    "tags": ([], ["وسوم: القنيطرة، سبو، التجهيز"]),
    "newsletter": (
        [],
        ["الاشتراك بالرسالة الاخبارية", "أدخل بريدك الإلكتروني للتوصل بآخر الأخبار"],
    ),
    "agency": ([], ["و م ع"]),
    "copyright": ([], ["جميع الحقوق محفوظة © 2023 جريدة المثال", "من نحن", "اتصل بنا"]),
    "English widgets": (["Skip to content", "Menu", "Search"], ["Share this:", "Tweet", "Related"]),
    "author": (
        [],
        ["عن الكاتب", "صحفي مهتم بالشأن المحلي، حاصل على الإجازة في القانون العام سنة 2010."],
    ),
    "title repeated": ([TITLE], []),
    "all": (
        [COOKIES, *MENU, "    ".join(HEADLINES), "", ""],
        ["شارك", "فيسبوك", "مقالات ذات صلة", *HEADLINES, *FORM, "جميع الحقوق محفوظة"],
    ),
}


@pytest.mark.parametrize("name", WRAPPINGS)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \u00a0 \n"])
def test_wrapped(name: str, gap: str) -> None:
    above, below = WRAPPINGS[name]
    document = read(gap.join([*above, *BODY, *below]))
    found = [document.clean[s.start : s.end] for s in document.sentences]
    assert found == BODY
    assert document.title is not None
    assert document.span(*document.title).text == TITLE
    assert document.published is None


@pytest.mark.parametrize("name", ["bare", "menu on lines", "headlines on lines", "form", "share"])
@pytest.mark.parametrize("gap", ["      ", "\t\t\t\t\t"])
def test_page_on_one_line(name: str, gap: str) -> None:
    above, below = WRAPPINGS[name]
    document = read(gap.join([*above, *BODY, *below]))
    assert [document.clean[s.start : s.end] for s in document.sentences] == BODY


@pytest.mark.parametrize(
    "inserted",
    [
        ["اقرأ أيضا: إيقاف شخصين بتهمة سرقة الهواتف في مراكش"],
        ["اقرأ أيضا", *HEADLINES[:2]],
        ["إعلان"],
        ["شارك", "فيسبوك", "تويتر"],
        ["شاهد أيضا", "", HEADLINES[0]],
    ],
)
def test_inserted(inserted: list[str]) -> None:
    lines = [*BODY[:3], *inserted, *BODY[3:]]
    document = read("\n".join(lines))
    found = [document.clean[s.start : s.end] for s in document.sentences]
    assert found == BODY


@pytest.mark.parametrize("dateline", ["12 ماي 2022", "نشر في 12/05/2022 - 10:15", "May 12, 2022"])
@pytest.mark.parametrize("above", [False, True])
def test_dateline(dateline: str, above: bool) -> None:
    head = [dateline, TITLE] if above else [TITLE, dateline]
    document = read("\n".join([*MENU, *head, *ARTICLE, *FORM]))
    assert str(document.published) == "2022-05-12"
    first = document.sentences[0]
    assert document.clean[first.start : first.end] == head[0]


def test_dates_in_prose_and_comments_are_no_datelines() -> None:
    lines = [*BODY, "وكان المشروع قد انطلق في 12 ماي 2020.", *FORM, "متتبع", "13 ماي 2022", "جميل"]
    assert read("\n".join(lines)).published is None


def test_site_name_is_no_part_of_the_headline() -> None:
    document = read("\n".join([f"{TITLE} - جريدة المثال", *ARTICLE]))
    assert document.title is not None
    assert document.span(*document.title).text == TITLE


def test_first_of_two_lines_above_a_bare_article_is_the_headline() -> None:
    caption = "جانب من الحضور"
    document = read("\n".join([TITLE, "", caption, *ARTICLE]))
    assert document.title is not None
    assert document.span(*document.title).text == TITLE


def test_article_without_headline() -> None:
    assert read("\n\n".join(ARTICLE)).title is None


def test_page_without_article() -> None:
    document = read("\n".join([*MENU, *FORM]))
    assert document.title is None
    assert "no article found on the page" in document.warnings
