"""The gazetteer's look-ups and the linking of a recogniser's names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.places import contains, country_of, find, link, lookup, parents, place
from arxtract.places.gazetteer import Candidate, gazetteer
from arxtract.records import Entity
from arxtract.text.reader import plain


def entity(document: Document, name: str, kind: str = "LOC", nth: int = 0) -> Entity:
    """Mark the ``nth`` place where ``name`` stands, as a recogniser would."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.raw.index(name, start + 1)
    return Entity.model_validate(
        {
            "id": f"e{start}",
            "start": start,
            "end": start + len(name),
            "text": name,
            "type": kind,
            "name": name,
            "chain": name,
        }
    )


def city(name: str, country: str) -> Candidate:
    return next(c for c in lookup(name) if c.kind == "city" and c.country == country)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("مغربي", "MA"),
        ("مغربية", "MA"),
        ("مغاربة", "MA"),
        ("المغربية", "MA"),
        ("المغاربة", "MA"),
        ("للمغاربة", "MA"),
        ("والمغربيات", "MA"),
        ("الجزائريين", "DZ"),
        ("توانسة", "TN"),
        ("أتراك", "TR"),
        ("الروس", "RU"),
        ("أمريكيون", "US"),
        ("الأميركية", "US"),
        ("هنود", "IN"),
        ("إسباني", "ES"),
        ("مصريتان", "EG"),
        ("كوري جنوبي", "KR"),
        ("الكورية الجنوبية", "KR"),
        ("جنوب إفريقية", "ZA"),
        ("المملكة المغربية", "MA"),
        ("فرنسا", "FR"),
        ("مالي", "ML"),
        ("الماليون", "ML"),
        ("المالية", None),  # finance
        ("القمرية", None),  # lunar
        ("طنجة", None),  # a city is no country
        ("كتاب", None),
        ("", None),
    ],
)
def test_country_of(word: str, country: str | None) -> None:
    assert country_of(word) == country


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("تقطن العيون الساحرة هناك", "العيون", "city", "MA"),  # the recogniser's word is enough
        ("أمن ولاية طنجة", "طنجة", "city", "MA"),
        ("رحلة من مطار عدن", "مطار عدن", "venue", "YE"),
        ("حريق بغابة أزرو بالمغرب", "غابة أزرو", "area", "MA"),
        ("في ملعب الشهداء بمدينة الرباط", "ملعب الشهداء", "venue", "MA"),
        ("بدوار أيت فلان بإقليم أزيلال", "أيت فلان", "city", "MA"),
        ("قال إن شارع محمد الخامس بالرباط مغلق", "شارع محمد الخامس", "venue", "MA"),
        ("بين بني ملال - خنيفرة", "بني ملال - خنيفرة", "region", "MA"),
    ],
)
def test_link_one(text: str, name: str, kind: str, country: str) -> None:
    document = plain(text)
    (linked,) = link(document, [entity(document, name)])
    assert linked.place is not None
    assert (linked.place.kind, linked.place.country) == (kind, country)


def test_an_unknown_name_without_any_hint_has_no_place() -> None:
    document = plain("وصل إلى قرقيشوم صباحا")
    assert link(document, [entity(document, "قرقيشوم")])[0].place is None


def test_an_unknown_name_gets_kind_from_its_noun_and_no_invented_coordinates() -> None:
    document = plain("في قرية قرقيشوم")
    found = link(document, [entity(document, "قرقيشوم")])[0].place
    assert found is not None
    assert (found.kind, found.country, found.lat, found.source_id) == ("city", None, None, None)


def test_a_slip_of_the_pen_is_the_place_named_elsewhere() -> None:
    document = plain("خلية بمدينة تيفلت. وأضاف المصدر أن تيلفت هادئة.")
    first, second = link(document, [entity(document, "تيفلت"), entity(document, "تيلفت")])
    assert first.place == second.place


def test_link_leaves_others_alone_and_keeps_the_order() -> None:
    document = plain("قال محمد طنجة إن طنجة جميلة")
    given = [entity(document, "محمد طنجة", "PER"), entity(document, "طنجة", "LOC", 1)]
    linked = link(document, given)
    assert [e.id for e in linked] == [e.id for e in given]
    assert linked[0] == given[0]
    assert linked[1].place is not None
    assert linked[1].place.lat == pytest.approx(35.77, abs=0.1)


def test_link_of_nothing_is_nothing() -> None:
    assert link(plain(""), []) == []


def test_homonyms_follow_the_article() -> None:
    document = plain("طرابلس هادئة. وقال الجيش اللبناني إن بيروت والبقاع في أمان.")
    assert link(document, [entity(document, "طرابلس")])[0].place.country == "LB"  # type: ignore[union-attr]
    document = plain("طرابلس هادئة. وقال الجيش الليبي إن بنغازي وسرت في أمان.")
    assert link(document, [entity(document, "طرابلس")])[0].place.country == "LY"  # type: ignore[union-attr]


def test_one_name_is_one_country_all_through_an_article() -> None:
    document = plain("المحمدية بخير.\nفي الدار البيضاء والرباط بالمغرب أيضا.\nالمحمدية بخير.")
    given = [entity(document, "المحمدية"), entity(document, "المحمدية", nth=1)]
    assert {e.place.country for e in link(document, given) if e.place} == {"MA"}


def test_a_city_lies_in_its_region_and_country() -> None:
    tangier = city("طنجة", "MA")
    (region,) = [c for c in lookup("طنجة تطوان الحسيمة") if c.kind == "region"]
    morocco = place("MA")
    assert morocco is not None
    assert contains(region, tangier)
    assert contains(morocco, tangier)
    assert contains(morocco, region)
    assert not contains(tangier, morocco)
    assert not contains(morocco, city("مدريد", "ES"))
    assert not contains(morocco, morocco)
    assert parents(tangier)[-1] == morocco


def test_parents_of_a_country_are_none() -> None:
    morocco = place("MA")
    assert morocco is not None
    assert parents(morocco) == ()


def test_lookup_takes_clean_and_search_forms() -> None:
    assert lookup("أكادير") == lookup("اكادير")
    assert lookup("كتاب") == ()
    assert place("no such id") is None


def test_spans_are_of_the_raw_text() -> None:
    raw = "وصل إلى طَنْجَــة اليوم"
    (found,) = find(raw)
    assert raw[found.start : found.end] == found.text == "طَنْجَــة"


def test_every_country_has_a_name_a_place_and_coordinates() -> None:
    countries = [
        c
        for number in gazetteer().index.values()
        for c in [gazetteer()._row(number[0])]
        if c.kind == "country"
    ]
    codes = {c.country for c in countries}
    assert len(codes) >= 249
    assert all(c.lat is not None and c.lon is not None for c in countries)


@pytest.mark.parametrize(
    ("country", "units"),
    [
        ("MA", 12 + 64), ("DZ", 58), ("TN", 24), ("EG", 27), ("IQ", 18), ("SY", 14), ("YE", 21),
        ("SA", 13), ("SD", 18), ("JO", 12), ("LB", 8), ("OM", 11), ("MR", 12), ("AE", 7),
        ("LY", 22), ("PS", 16), ("KW", 6), ("QA", 8), ("BH", 4),
    ],
)  # fmt: skip
def test_first_level_units_of_the_arab_states(country: str, units: int) -> None:
    regions = {
        c.id
        for numbers in gazetteer().index.values()
        for c in map(gazetteer()._row, numbers)
        if c.kind == "region" and c.country == country
    }
    assert len(regions) >= units


def test_parents_are_rows_and_regions_are_not_their_own() -> None:
    rows = {c.id: c for ns in gazetteer().index.values() for c in map(gazetteer()._row, ns)}
    for row in rows.values():
        assert not row.parent or place(row.parent) is not None, row
        assert row.parent != row.id


def test_a_missing_gazetteer_says_which_file(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from arxtract.places import gazetteer as module

    monkeypatch.setattr(module, "lexicon", lambda name: tmp_path / name)
    with pytest.raises(DataError, match=r"places\.tsv"):
        module.gazetteer.__wrapped__()


def test_importing_reads_no_data() -> None:
    code = (
        "import arxtract.places.gazetteer as g, arxtract.places;"
        "assert g.gazetteer.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_time_is_linear() -> None:
    from time import perf_counter

    find("طنجة")
    unit = "وبالعيون والداخلة وبني ملال - خنيفرة وسيدي سيدي سيدي 30 بريطانيا السعودية مالي "
    times = []
    for size in (400, 1600):
        start = perf_counter()
        find(unit * size)
        times.append(perf_counter() - start)
    assert times[1] < 12 * times[0]
