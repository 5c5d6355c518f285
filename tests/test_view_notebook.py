"""A record in a notebook: what ``_repr_html_`` gives, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from arxtract.records import (
    ArticleRecord,
    DateMention,
    Entity,
    EventCount,
    EventRecord,
    Quantity,
    Span,
)
from arxtract.view import html
from test_view import NASTY, RAW, record


class Shown(HTMLParser):
    """The elements of a piece of HTML, those left open, and for each text what it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[tuple[str, list[tuple[str, dict[str, str | None]]]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, dict(attrs)))
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((data, list(self.open)))

    def plain(self, within: str) -> str:
        return "".join(text for text, around in self.texts if within in [tag for tag, _ in around])

    def directions(self, text: str) -> set[str | None]:
        """The nearest ``dir`` around each occurrence of a text."""
        return {
            next((a["dir"] for _, a in reversed(around) if "dir" in a), None)
            for data, around in self.texts
            if data == text
        }


def test_records_show_themselves():
    assert record()._repr_html_() == html(record())
    event = record().events[0]
    assert event._repr_html_() == html(event)
    assert html(event)._repr_html_() == html(event)


def test_an_event_shows_its_slots():
    for shown in (html(record()), html(record().events[0])):
        table = Shown(shown).plain("tbody")
        for words in (
            "MEETING",
            "مؤتمر الرابع",
            "2024-11-04",
            "الكويت",
            "450 شخص",
            "occurred",
            "0.90",
        ):
            assert words in table
        assert "attendee: ناصر بوريطة, الوزير" in table


def test_the_body_is_whole_and_its_mentions_are_marked():
    shown = html(record())
    assert '<mark class="ax-per" title="PER ناصر بوريطة">ناصر بوريطة</mark>' in shown
    assert '<mark class="ax-count" title="450 شخص">450 شخصا</mark>' in shown
    text = re.sub(r"<[^>]*>", "", shown.split("</summary>")[1])
    assert text == record().body[0].text


def test_overlapping_marks_and_several_stretches_lose_no_letter():
    first, second = (Span(start=a, end=b, text=RAW[a:b]) for a, b in ((20, 60), (60, 110)))
    spans = [(22, 40), (22, 30), (35, 50), (55, 65), (70, 75), (105, 120), (0, 5)]
    names = tuple(
        Entity(start=a, end=b, text=RAW[a:b], id=f"n{n}", type="ORG", name="x", chain="c")
        for n, (a, b) in enumerate(spans)
    )
    shown = Shown(html(ArticleRecord(id="a", body=(second, first), entities=names)))
    assert shown.plain("p").endswith(RAW[20:110])
    assert shown.plain("mark") == RAW[22:40] + RAW[70:75]


def test_nothing_becomes_markup():
    """Every field of a record that a text can reach, filled with markup."""
    whole = Span(start=0, end=len(NASTY), text=NASTY)
    place = {"start": 0, "end": len(NASTY), "text": NASTY}
    nasty = record(
        id=NASTY,
        title=whole,
        warnings=(NASTY,),
        body=(whole,),
        entities=(Entity(**place, id="n1", type="MISC", name=NASTY, chain="c"),),
        dates=(DateMention(**place, id="d1", type="DATE", value=NASTY),),
        quantities=(Quantity(**place, id="q1", value=1, unit=NASTY, unit_class="other"),),
    )
    event = record().events[0]
    date = event.date and event.date.model_copy(update={"value": NASTY})
    who = event.participants[0].model_copy(
        update={"name": NASTY, "role": NASTY, "position": whole, "affiliation": whole}
    )
    where = event.locations[0].model_copy(update={"name": NASTY})
    count = EventCount(mention="q1", value=1, unit=NASTY, unit_class="other")
    changes = {"type": NASTY, "label": whole, "date": date, "participants": (who,),
               "locations": (where,), "counts": (count,)}  # fmt: skip
    event = event.model_copy(update=changes)
    usual = Shown(html(record(warnings=("careful",), title=whole)))
    for shown in (
        Shown(html(nasty.model_copy(update={"events": (event,)}))),
        Shown(event._repr_html_()),
    ):
        assert not shown.open
        assert shown.tags <= usual.tags
        assert shown.attributes <= usual.attributes | {"class", "dir", "title"}
        assert not {"script", "img"} & shown.tags
    slots = ["type", "label", "date", "place", "role", "name", "position", "unit"]
    assert Shown(event._repr_html_()).plain("tbody").count(NASTY) == len(slots)


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("هسبريس - الرباط", "rtl"),
        ("AFP – الرباط: احتضنت الكويت المؤتمر", "rtl"),
        ("2022: أخبار", "rtl"),
        ("Reuters, 3 May", "ltr"),
    ],
)
def test_direction_goes_by_the_letters_not_by_the_first_word(words: str, direction: str):
    whole = Span(start=0, end=len(words), text=words)
    event = record().events[0].model_copy(update={"label": whole})
    shown = Shown(html(record(title=whole, body=(whole,), entities=(), dates=(), quantities=(),
                              events=(event,))))  # fmt: skip
    assert shown.directions(words) == {direction}


def test_signs_of_bounds_stand_outside_the_arabic_unit():
    """Within it they would be mirrored: more than would look like less than."""
    count = EventCount(mention="q1", value=1450, bound="more_than", unit="شخص", unit_class="person")
    event = record().events[0].model_copy(update={"counts": (count,)})
    shown = Shown(html(event))
    assert shown.directions("شخص") == {"rtl"}
    assert shown.directions("> 1,450 ") == {None}


def test_what_is_not_known_is_empty():
    word = Span(start=0, end=1, text="ز")
    fields = {"id": "e1", "type": "VISIT", "status": "possible", "confidence": 0.5}
    bare = EventRecord(**fields, label=word, triggers=(word,))
    assert html(bare).count("<td></td>") == 4
    assert "None" not in html(bare)
    assert "None" not in html(ArticleRecord(id="a"))


def test_size_grows_with_the_record():
    def size(times: int) -> int:
        raw = "\n".join([RAW] * times)
        step = len(RAW) + 1
        names = tuple(
            Entity(
                start=at, end=at + 5, text=raw[at : at + 5], id="n", type="ORG", name="x", chain="c"
            )
            for at in range(0, len(raw) - step, step)
        )
        body = Span(start=0, end=len(raw), text=raw)
        long = ArticleRecord(id="a", body=(body,), entities=names, events=record().events * times)
        shown = html(long)
        assert len(shown) < 2 * len(long.to_json())
        return len(shown)

    assert size(401) - size(201) == pytest.approx(size(201) - size(1), rel=0.05)
