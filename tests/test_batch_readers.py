"""Reading what users really have: odd encodings, broken tables, files that are none."""

import json
from datetime import date
from pathlib import Path

import pytest

from arxtract.batch import Unread, read
from arxtract.batch.decode import decode
from arxtract.errors import ArxtractError, ReadError
from arxtract.pipeline import Article, as_date

TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_give_the_text(encoding):
    assert decode(TEXT.encode(encoding))[0] == TEXT


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
def test_one_byte_encodings_are_found_out_and_told(encoding):
    text, warnings = decode(TEXT.encode(encoding))
    assert text == TEXT
    assert encoding in warnings[0]


def test_latin_and_mixed_text_is_utf8():
    mixed = "Le ministre وزير الداخلية a déclaré que 3 شخصا"
    assert decode(mixed.encode()) == (mixed, ())


def test_broken_utf8_is_replaced_with_a_warning():
    data = TEXT.encode()[:-1] + b"\xff" + b"!" * 400
    text, warnings = decode(data)
    assert "\ufffd" in text
    assert "replaced" in warnings[0]


def test_a_nul_byte_is_told():
    text, warnings = decode((TEXT + "\0" + TEXT).encode())
    assert text.startswith(TEXT)
    assert "control" in warnings[0]


def test_binary_data_is_no_text():
    with pytest.raises(ReadError, match="binary"):
        decode(bytes(range(256)) * 40)


def test_folder_in_sorted_order_with_one_unreadable(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "notes.md").write_text("no article", encoding="utf-8")
    items = list(read(tmp_path))
    assert [i.id for i in items] == ["a.txt", "b/2.txt", "c.txt"]
    assert isinstance(items[1], Article)
    assert items[1].text == TEXT
    assert isinstance(items[2], Unread)


def test_empty_folder_and_unknown_kind_are_errors(tmp_path: Path):
    with pytest.raises(ReadError, match=r"no \.txt"):
        list(read(tmp_path))
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(ReadError, match="of no kind"):
        list(read(tmp_path / "a.pdf"))
    with pytest.raises(ReadError, match="no such file"):
        list(read(tmp_path / "nowhere"))


def test_json_lines(tmp_path: Path):
    table = tmp_path / "t.jsonl"
    rows = [
        json.dumps({"id": "x1", "text": TEXT, "published": "2022-11-03", "title": "خبر"}),
        '{"id": "x2", "text": "\\ud800 نص"}',
        "not json",
        json.dumps({"id": "x4", "body": "نص"}),
        json.dumps({"id": "x5", "text": TEXT, "published": "yesterday"}),
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    first, second, third, fourth, fifth = read(table)
    assert first == Article(TEXT, "x1", date(2022, 11, 3), "خبر")
    assert isinstance(second, Article)
    assert isinstance(third, Unread)
    assert third.id == "t.jsonl:3"
    assert isinstance(fourth, Unread)
    assert "text" in fourth.reason
    assert isinstance(fifth, Article)
    assert fifth.published is None
    assert "no date" in fifth.warnings[0]


def test_csv(tmp_path: Path):
    table = tmp_path / "t.csv"
    table.write_text(f'id,text,published\nx1,"{TEXT}",2022-11-03\n', encoding="utf-8-sig")
    assert list(read(table)) == [Article(TEXT, "x1", date(2022, 11, 3))]
    table.write_text("id,body\nx1,y\n", encoding="utf-8")
    with pytest.raises(ReadError, match="no column 'text'; the columns are id, body"):
        list(read(table))


@pytest.mark.parametrize("day", ["yesterday", "2022-13-01", "03/11/2022", ""])
def test_a_date_that_is_none(day):
    with pytest.raises(ArxtractError, match="YYYY-MM-DD"):
        as_date(day)
