"""HTML pages to text: title first, the page's own date, nothing of its menus."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from arxtract.errors import MissingExtra
from arxtract.text import read
from arxtract.text.html import to_text

PAGE = """<!doctype html><html lang="ar"><head>
<title>افتتاح مؤتمر المناخ بالرباط - جريدة المثال</title>
<meta property="og:title" content="افتتاح مؤتمر المناخ بالرباط">
<meta property="article:published_time" content="2023-03-14T10:00:00+01:00"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/p">سياسة</a></nav>
<article><h1>افتتاح مؤتمر المناخ بالرباط</h1>
<p>افتتح وزير البيئة، اليوم الثلاثاء بالرباط، مؤتمر المناخ بمشاركة 200 خبير من 30 دولة،
وذلك بحضور ممثلين عن منظمات دولية عدة.</p>
<p>وقال الوزير إن المؤتمر فرصة لتبادل التجارب بين الدول المشاركة في مجال الطاقات.</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def test_page() -> None:
    pytest.importorskip("trafilatura")
    text, title, published = to_text(PAGE)
    assert title == "افتتاح مؤتمر المناخ بالرباط"
    assert published == date(2023, 3, 14)
    assert text.startswith(title)
    assert text.count(title) == 1
    assert "بمشاركة 200 خبير" in text
    assert "الحقوق" not in text
    assert "الرئيسية" not in text


def test_page_is_an_article() -> None:
    pytest.importorskip("trafilatura")
    text, title, published = to_text(PAGE)
    document = read(text, title=title, published=published)
    assert document.title is not None
    assert document.span(*document.title).text == title
    assert len(document.sentences) == 3


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", "<p></p>", "not html at all"])
def test_nothing_in_it(html: str) -> None:
    pytest.importorskip("trafilatura")
    text, _, published = to_text(html)
    assert published is None
    assert isinstance(text, str)


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r"arxtract\[html\]"):
        to_text(PAGE)
