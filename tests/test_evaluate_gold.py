"""Reading annotated articles, and refusing those with a fault, by file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.evaluate import read, read_article
from arxtract.evaluate.gold import ontology_roles
from arxtract.evaluate.marked import unit_class
from arxtract.text.normalise import normalise
from evaluate_kit import ROLES, gold, told, write

LINE = "استقبل ⟦PER|ناصر بوريطة⟧ ⟦QTY 3 وزير|ثلاثة وزراء⟧ ب⟦LOC|مراكش⟧ " + (
    "⟦DATE 2024-11-04/2024-11-05|يومي 4 و5 نونبر⟧"
)
PEOPLE = [{"name": ["ناصر بوريطة", "بوريطة"], "role": "attendee", "position": "وزير"}]


def test_an_article_becomes_records_with_raw_offsets(tmp_path: Path) -> None:
    event = told(
        "MEETING", "استقبل", PEOPLE, date=date(2024, 11, 4), locations=["مراكش"], counts=["3 وزير"]
    )
    article = gold(tmp_path, LINE, [event], published=date(2024, 11, 6), title="استقبل ناصر")
    mentions = [*article.entities, *article.dates, *article.quantities]
    assert all(article.raw[m.start : m.end] == m.text for m in mentions)
    assert [(e.id, e.type, e.text) for e in article.entities] == [
        ("n1", "PER", "ناصر بوريطة"),
        ("n2", "LOC", "مراكش"),
    ]
    (day,) = article.dates
    assert (day.id, day.type, day.value) == ("d1", "DATE", "2024-11-04/2024-11-05")
    assert (day.earliest, day.latest) == (date(2024, 11, 4), date(2024, 11, 5))
    (quantity,) = article.quantities
    assert (quantity.id, quantity.value, quantity.unit, quantity.unit_class) == (
        "q1",
        3,
        "وزير",
        "person",
    )
    (found,) = article.events
    assert found.date == "2024-11-04"
    assert found.locations == (("مراكش",),)
    assert found.participants[0].name == ("ناصر بوريطة", "بوريطة")
    assert article.title is not None
    assert article.title.start == 0


def test_the_caller_is_told_the_day_only_where_the_index_gave_it(tmp_path: Path) -> None:
    day = date(2024, 11, 6)
    assert gold(tmp_path, LINE, published=day, published_given=True).told == day
    assert gold(tmp_path, LINE, published=day, published_given=False).told is None


@pytest.mark.parametrize(
    ("value", "kind"), [("P2D", "DURATION"), ("T21:30", "TIME"), ("2018", "DATE"), ("?", "DATE")]
)
def test_the_type_of_a_date_follows_from_its_value(tmp_path: Path, value: str, kind: str) -> None:
    (day,) = gold(tmp_path, f"⟦DATE {value}|كلمة⟧").dates
    assert day.type == kind
    assert day.value == (None if value == "?" else value)


def test_the_body_is_the_named_lines(tmp_path: Path) -> None:
    text = "قائمة\nالعنوان\n\nالخبر\nإعلان\nبقية الخبر\nتعليقات"
    article = gold(tmp_path, text, body_lines=["2-4", 6])
    assert [span.text for span in article.body] == ["العنوان\n\nالخبر", "بقية الخبر"]
    assert all(article.raw[s.start : s.end] == s.text for s in article.body)


def test_mentions_can_be_put_into_a_document(tmp_path: Path) -> None:
    article = gold(tmp_path, LINE, published=date(2024, 11, 6))
    document = Document(normalise(article.raw))
    article.fill(document)
    assert document.entities == article.entities
    assert document.published == article.published
    with pytest.raises(ValueError, match="another text"):
        article.fill(Document(normalise("نص آخر")))


def test_names_are_numbered_as_people_count(tmp_path: Path) -> None:
    for name in ("d10", "d9", "d1"):
        write(tmp_path, "⟦LOC|فاس⟧", name=name)
    assert [a.name for a in read(tmp_path, roles=ROLES)] == ["d1", "d9", "d10"]


def test_texts_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    for folder in ("gold", "articles", "elsewhere"):
        (tmp_path / folder).mkdir()
    text = write(tmp_path / "gold", "⟦LOC|فاس⟧")
    text.rename(tmp_path / "elsewhere" / "a.txt")
    with pytest.raises(DataError, match=r"a\.txt: no such file"):
        read(tmp_path / "gold")
    assert read(tmp_path / "gold", tmp_path / "elsewhere")[0].raw == "فاس"
    (tmp_path / "elsewhere" / "a.txt").rename(tmp_path / "articles" / "a.txt")
    assert read(tmp_path / "gold")[0].raw == "فاس"


def test_a_name_with_the_article_stands_in_the_text_that_joins_it_to_a_preposition(
    tmp_path: Path,
) -> None:
    people = [{"name": "الدرك الملكي", "role": "agent"}]
    article = gold(tmp_path, "حجز للدرك الملكي", [told("SEIZURE", "حجز", people)])
    assert article.warnings == []


@pytest.mark.parametrize(
    ("people", "warning"),
    [
        (
            [{"name": ["بوريطة", "السيد بوريطة"], "role": "attendee"}],
            "'السيد بوريطة' does not stand",
        ),
        ([{"name": ["بوريطة"], "role": ["attendee", "boss"]}], "MEETING has no role 'boss'"),
    ],
)
def test_a_small_fault_is_a_warning(
    tmp_path: Path, people: list[dict[str, object]], warning: str
) -> None:
    (found,) = gold(tmp_path, LINE, [told("MEETING", "استقبل", people)]).warnings
    assert f"{tmp_path / 'a.yaml'}:" in found
    assert warning in found


def test_things_are_no_unknown_role(tmp_path: Path) -> None:
    people = [{"name": "مراكش", "role": "object"}]
    assert gold(tmp_path, LINE, [told("MEETING", "استقبل", people)]).warnings == []


FAULTS = [
    (told("PARTY", "استقبل"), "no type is called 'PARTY'"),
    (told("MEETING", "ودع"), "'ودع' does not stand in the text"),
    (told("MEETING", "استقبل", [{"name": "بنكيران", "role": "chair"}]), "'بنكيران' does not stand"),
    (told("MEETING", "استقبل", locations=[["فاس", "مدينة فاس"]]), "'فاس' does not stand"),
    (told("MEETING", "استقبل", status="done"), "status: Input should be 'occurred'"),
    (told("MEETING", "استقبل", date="2024-13"), "'2024-13' is no EDTF date"),
    (told("MEETING", "استقبل", counts=["ثلاثة وزراء"]), "is no count"),
    (told("MEETING", "استقبل", place="مراكش"), "place: Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("event", "message"), FAULTS)
def test_a_fault_in_an_event_is_named_with_its_line(
    tmp_path: Path, event: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError) as error:
        gold(tmp_path, LINE, [told("MEETING", "استقبل"), event])
    file, line, said = str(error.value).split(":", 2)
    assert file == str(tmp_path / "a.yaml")
    assert int(line) > 3  # in the second event, not at the top of the file
    assert message in said


@pytest.mark.parametrize(
    ("marked", "top", "message"),
    [
        ("سطر\n⟦QTY 3|ثلاثة⟧", {}, "a.marked:2: '3' is no count"),
        ("سطر\n⟦DATE 2024-31|نونبر⟧", {}, "a.marked:2: '2024-31' is no date"),
        ("سطر\n⟦CITY|فاس⟧", {}, "a.marked:2: no mark is called 'CITY'"),
        ("سطر\n⟦LOC|فاس⟧", {"body_lines": [1]}, "a.marked:2: the mark LOC lies outside the body"),
        ("سطر", {"body_lines": [1, 4]}, "a.yaml:1: body_lines: the text has 1 lines, not 4"),
        ("سطر", {"title": "عنوان"}, "title: these words do not stand in the text"),
    ],
)
def test_a_fault_in_the_marks_is_named_with_its_line(
    tmp_path: Path, marked: str, top: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError) as error:
        gold(tmp_path, marked, **top)
    assert message in str(error.value)


def test_marks_taken_off_must_give_the_text(tmp_path: Path) -> None:
    path = write(tmp_path, "سطر\nفي ⟦LOC|فاس⟧ اليوم")
    path.write_text("سطر\nفي فاس  اليوم")
    with pytest.raises(DataError, match=r"a\.marked:2: .* differs .* at column 8"):
        read_article(path, roles=ROLES)


def test_line_ends_are_part_of_the_text(tmp_path: Path) -> None:
    article = gold(tmp_path, "سطر\r\n⟦LOC|فاس⟧\r\n")
    assert article.raw == "سطر\r\nفاس\r\n"
    assert article.entities[0].start == 5


def test_a_yaml_without_marks_is_named(tmp_path: Path) -> None:
    write(tmp_path, "⟦LOC|فاس⟧")
    (tmp_path / "b.yaml").write_text("")
    with pytest.raises(DataError, match=r"b\.yaml: there is no b\.marked"):
        read(tmp_path, roles=ROLES)


def test_the_roles_are_those_of_the_ontology() -> None:
    roles = ontology_roles()
    assert {"speaker", "addressee"} == roles["STATEMENT"]
    assert len(roles) == 23


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("%", "share"), ("EUR", "money"), ("كيلوغرام", "measure"), ("دولة", "country")],
)
def test_what_a_unit_counts(unit: str, kind: str) -> None:
    assert unit_class(unit) == kind
