"""Packed and archived input, tables of all kinds, and archives that mean harm."""

import gzip
import io
import json
import sys
import zipfile
from copy import copy
from datetime import date
from pathlib import Path

import pytest

from arxtract.batch import Options, Reading, Unread, limits, read
from arxtract.cli.options import columns_of
from arxtract.errors import ArxtractError, MissingExtra, ReadError
from arxtract.pipeline import Article

TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."
DAY = date(2022, 11, 3)
ARTICLE = Article(TEXT, "x1", DAY, "خبر")
ROW = {"id": "x1", "text": TEXT, "published": "2022-11-03", "title": "خبر"}
HEADER = "id{0}published{0}title{0}text\n"
LINE = "x1{0}2022-11-03{0}خبر{0}" + TEXT + "\n"


def table(suffix: str) -> bytes:
    mark = "\t" if ".tsv" in suffix else ","
    return {
        ".csv": (HEADER + LINE).format(mark),
        ".tsv": (HEADER + LINE).format(mark),
        ".json": json.dumps([ROW], ensure_ascii=False, indent=1),
        ".jsonl": json.dumps(ROW) + "\n",
        ".ndjson": json.dumps(ROW, ensure_ascii=False),
    }[suffix].encode()


KINDS = [".csv", ".tsv", ".json", ".jsonl", ".ndjson"]


@pytest.mark.parametrize("suffix", KINDS)
def test_a_table_of_any_kind_plain_packed_or_in_an_archive(tmp_path: Path, suffix: str):
    plain, packed, archive = (tmp_path / f"t{s}" for s in (suffix, f"{suffix}.gz", ".zip"))
    plain.write_bytes(table(suffix))
    packed.write_bytes(gzip.compress(table(suffix)))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"in/t{suffix}", table(suffix))
        file.writestr(f"in/t{suffix}.gz", gzip.compress(table(suffix)))
    assert list(read(plain)) == [ARTICLE]
    assert list(read(packed)) == [ARTICLE]
    assert list(read(archive, Options(pattern=f"*{suffix}*"))) == [ARTICLE] * 2


@pytest.mark.parametrize("suffix", [*KINDS, ".txt"])
def test_zstandard_is_unpacked_as_gzip_is(tmp_path: Path, suffix: str):
    zstandard = pytest.importorskip("zstandard")
    plain = table(suffix) if suffix in KINDS else TEXT.encode()
    frames = zstandard.compress(plain[:60]) + zstandard.compress(plain[60:])
    (tmp_path / f"t{suffix}.zst").write_bytes(frames)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"t{suffix}.zst", frames)
    expected = ARTICLE if suffix in KINDS else Article(TEXT, "t.txt.zst")
    assert list(read(tmp_path / f"t{suffix}.zst")) == [expected]
    assert list(read(tmp_path / "a.zip", Options(pattern="*.zst"))) == [expected]


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("t.txt.zst", "zstandard", "zst"), ("t.warc", "warcio", "warc")],
)
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
):
    for module in (library, f"{library}.archiveiterator"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(b"WARC/1.0")
    with pytest.raises(MissingExtra, match=rf"pip install 'arxtract\[{extra}\]'"):
        list(read(tmp_path / name))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str):
    path = tmp_path / "t.csv"
    path.write_bytes((HEADER + LINE * 3).format(",").encode(encoding))
    assert list(read(path)) == [ARTICLE] * 3


def test_a_parquet_table_of_no_text(tmp_path: Path):
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    text = arrow.array([b"\xff\xfe\xfa"]).view(arrow.string())
    arrow.parquet.write_table(arrow.table({"text": text}), tmp_path / "t.parquet")
    with pytest.raises(ArxtractError, match=r"t\.parquet: cannot be read as Parquet"):
        list(read(tmp_path / "t.parquet"))


def test_a_parquet_table(tmp_path: Path):
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    rows = [ROW | {"published": DAY}, ROW | {"published": DAY, "text": None}]
    arrow.parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "t.parquet")
    article, unread = read(tmp_path / "t.parquet")
    assert article == ARTICLE
    assert unread == Unread("x1", "no column 'text', or it holds no text")


def test_one_json_object_is_one_article(tmp_path: Path):
    path = tmp_path / "t.json"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    assert list(read(path)) == [ARTICLE]
    path.write_text("[1, 2", encoding="utf-8")
    with pytest.raises(ReadError, match=r"t\.json: no JSON"):
        list(read(path))


def test_columns_are_called_what_the_user_calls_them(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text(f"nr,body,day,text\nx1,{TEXT},2022-11-03,no\n", encoding="utf-8")
    options = Options(columns=columns_of(["id=nr", "text=body", "published=day"]))
    assert list(read(path, options)) == [ARTICLE._replace(title=None)]
    with pytest.raises(ReadError, match="no column 'content'; the columns are nr, body"):
        list(read(path, Options(columns={"text": "content"})))
    with pytest.raises(ArxtractError, match="known are id, text, published, title"):
        Options(columns={"body": "text"})
    with pytest.raises(ArxtractError, match="NAME=YOURS"):
        columns_of(["text"])


def test_texts_and_pages_packed_and_archived_in_sorted_order(tmp_path: Path):
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("b/2.txt", TEXT)
        file.writestr("b/1.txt.gz", gzip.compress(TEXT.encode("cp1256")))
        file.writestr("a.html", page)
        file.writestr("notes.pdf", b"%PDF")
        file.mkdir("c.txt")
    html, packed, plain = read(tmp_path / "a.zip", Options(published=DAY))
    assert (html.id, packed.id, plain.id) == ("a.html", "b/1.txt.gz", "b/2.txt")
    assert isinstance(html, Article)
    assert TEXT in html.text
    assert packed == Article(TEXT, "b/1.txt.gz", DAY, None, ("read as cp1256",))
    assert plain == Article(TEXT, "b/2.txt", DAY)


PAGE = f"<html><body><article><p>{TEXT}</p></article></body></html>".encode()


def warc(*, packed: bool = False, pages: int = 1) -> bytes:
    """Return a web archive: a request, pages, a picture, a page that is gone, a text."""
    writing = pytest.importorskip("warcio.warcwriter")
    from warcio.statusandheaders import StatusAndHeaders

    out = io.BytesIO()
    writer = writing.WARCWriter(out, gzip=packed)

    def add(kind: str, name: str, data: bytes, media: str, status: str | None = None) -> None:
        head = StatusAndHeaders(status, [("Content-Type", media)], "HTTP/1.1") if status else None
        writer.write_record(
            writer.create_warc_record(
                f"https://example.org/{name}",
                kind,
                io.BytesIO(data),
                http_headers=head,
                warc_content_type="" if status else media,
            )
        )

    add("request", "a", b"", "text/html", "GET / HTTP/1.0")
    for n in range(pages):
        add("response", f"a{n}", PAGE, "text/html; charset=utf-8", "200 OK")
    add("response", "b.png", b"\x89PNG", "image/png", "200 OK")
    add("response", "c", PAGE, "text/html", "404 Not Found")
    add("conversion", "d", TEXT.encode("cp1256"), "text/plain")
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages_and_texts(tmp_path: Path, packed: bool):
    path = tmp_path / ("w.warc.gz" if packed else "w.warc")
    path.write_bytes(warc(packed=packed))
    page, text = read(path, Options(published=DAY))
    assert isinstance(page, Article)
    assert (page.id, page.published) == ("https://example.org/a0", DAY)
    assert TEXT in page.text
    assert text == Article(TEXT, "https://example.org/d", DAY, None, ("read as cp1256",))


def test_a_web_archive_in_a_folder_only_by_pattern_and_packed_as_zst(tmp_path: Path):
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "w.warc.zst").write_bytes(zstandard.compress(warc(pages=3)))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [item.id for item in read(tmp_path)] == ["a.txt"]
    assert len(list(read(tmp_path, Options(pattern="*.warc.zst")))) == 4


def test_a_damaged_web_archive_gives_what_comes_before(tmp_path: Path):
    whole = warc(pages=3)
    (tmp_path / "w.warc").write_bytes(whole[: whole.index(b"</html>", whole.index(b"/a2"))])
    (tmp_path / "n.warc").write_bytes(gzip.compress(whole))
    told: list[Unread] = []
    given = [str(tmp_path / name) for name in ("w.warc", "n.warc")]
    ids = [article.id for article in Reading(given, Options(), told.append)]
    assert ids == [f"https://example.org/a{n}" for n in range(3)]
    assert "damaged: cut off" in told[0].reason
    assert "no WARC file" in told[1].reason


def test_a_pattern_chooses_files(tmp_path: Path):
    (tmp_path / "x").mkdir()
    for name in ("a.txt", "x/b.txt", "x/c.html"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "t.jsonl").write_text(json.dumps(ROW), encoding="utf-8")

    def ids(pattern: str | None) -> list[str]:
        return [item.id for item in read(tmp_path, Options(pattern=pattern))]

    assert ids(None) == ["a.txt", "x/b.txt", "x/c.html"]
    assert ids("*.txt") == ["a.txt", "x/b.txt"]
    assert ids("x/*") == ["x/b.txt", "x/c.html"]
    assert ids("*.jsonl") == ["x1"]
    with pytest.raises(ReadError, match=r"no \*\.csv that can be read"):
        ids("*.csv")


def test_a_limit_ends_the_reading(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    path.write_text((json.dumps(ROW) + "\n") * 5 + "{broken", encoding="utf-8")
    told: list[Unread] = []
    reading = Reading([str(path)], Options(), told.append, limit=3)
    assert len(list(reading)) == 3
    assert not told
    assert reading.total() == 3
    reading = Reading([str(path), str(tmp_path / "gone.csv")], Options(), told.append)
    assert len(list(reading)) == 5
    assert [item.reason.partition(":")[0] for item in told] == [
        "no JSON",
        "no such file or folder",
    ]


def drawn(path: Path, **how: int) -> list[str]:
    return [article.id for article in Reading([str(path)], Options(), lambda item: None, **how)]


def test_a_sample_is_drawn_the_same_each_time_and_in_order(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    rows = [json.dumps(ROW | {"id": str(n)}) for n in range(200)]
    rows[50:50] = ["{broken"]
    path.write_text("\n".join(rows), encoding="utf-8")
    sample = drawn(path, sample=20)
    assert sample == drawn(path, sample=20)
    assert sample == sorted(sample, key=int)
    assert len(set(sample)) == 20
    assert sample != drawn(path, sample=20, seed=1)
    assert set(sample) < set(drawn(path, sample=30))
    assert drawn(path, sample=1000) == [str(n) for n in range(200)]
    assert set(drawn(path, sample=5, limit=10)) < {str(n) for n in range(10)}
    assert drawn(path, sample=0) == []
    assert Reading([str(path)], Options(), print, sample=20).total() == 20


def test_reasons_are_counted_by_kind(tmp_path: Path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": 1}\n{broken\n[broken\n{"text": 5}\n', encoding="utf-8")
    reading = Reading([str(path), "gone.txt"], Options(), lambda item: None)
    assert list(reading) == []
    assert reading.unread == 5
    assert reading.reasons == {
        "no column 'text', or it holds no text": 2,
        "no JSON": 2,
        "no such file or folder": 1,
    }


# -- what means harm -------------------------------------------------------------------------------


def test_names_that_climb_out_are_only_ids(tmp_path: Path):
    inside = tmp_path / "in"
    inside.mkdir()
    names = ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt"]
    with zipfile.ZipFile(inside / "a.zip", "w") as file:
        for name in names:
            file.writestr(name, TEXT)
    found = list(read(inside / "a.zip"))
    assert [item.id for item in found] == sorted(names)
    assert all(isinstance(item, Article) for item in found)
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_an_archive_whose_members_overlap_is_refused(tmp_path: Path):
    """Many names for one packed stretch: each within its ratio, all together a bomb."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0.txt", "نص " * 100_000)
        for n in range(1, 50):
            info = copy(file.filelist[0])
            info.filename = f"{n}.txt"
            file.filelist.append(info)
    with pytest.raises(ReadError, match="members overlap"):
        list(read(tmp_path / "a.zip"))


def test_bombs_in_zstandard_and_in_web_archives_are_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "t.jsonl.zst").write_bytes(zstandard.compress(b" " * (16 * 2**20)))
    with pytest.raises(ReadError, match=r"t\.jsonl\.zst: unpacks to more than 200 times"):
        list(read(tmp_path / "t.jsonl.zst"))
    (tmp_path / "w.warc").write_bytes(warc(pages=2))
    monkeypatch.setattr(limits, "TEXT", 50)
    assert all("no article" in item.reason for item in read(tmp_path / "w.warc"))  # type: ignore[union-attr]


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bomb = b" " * (16 * 2**20)  # packs to 1/1000
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", bomb)
        file.writestr("b.txt", TEXT)
        file.writestr("c.txt.gz", gzip.compress(bomb))
    (tmp_path / "t.jsonl.gz").write_bytes(gzip.compress(bomb))
    first, second, third = read(tmp_path / "a.zip")
    assert isinstance(first, Unread)
    assert "more than 200 times" in first.reason
    assert second == Article(TEXT, "b.txt")
    assert isinstance(third, Unread)
    with pytest.raises(ReadError, match=r"t\.jsonl\.gz: unpacks to more than 200 times"):
        list(read(tmp_path / "t.jsonl.gz"))
    monkeypatch.setattr(limits, "TEXT", 1000)
    (tmp_path / "long.txt").write_text("ا" * 1000, encoding="utf-8")
    (unread,) = read(tmp_path / "long.txt")
    assert isinstance(unread, Unread)
    assert "no article" in unread.reason
    for name in ("long.jsonl", "long.csv"):
        (tmp_path / name).write_text("text,id\n" + "ا" * 9000, encoding="utf-8")
        with pytest.raises(ReadError, match="a line longer"):
            list(read(tmp_path / name))


def test_damage_is_told_and_stops_no_other_file(tmp_path: Path):
    whole = gzip.compress(TEXT.encode() * 50)
    (tmp_path / "a.txt.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.txt.gz").write_bytes(b"no gzip")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    cut, none, good = read(tmp_path)
    assert isinstance(cut, Unread)
    assert "damaged" in cut.reason
    assert isinstance(none, Unread)
    assert "damaged" in none.reason
    assert good == Article(TEXT, "c.txt")
    (tmp_path / "t.zip").write_bytes(b"PK no zip")
    with pytest.raises(ReadError, match=r"t\.zip: damaged"):
        list(read(tmp_path / "t.zip"))


def test_an_encrypted_member_is_told(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("a.txt", TEXT)
        file.writestr("b.txt", TEXT)
    data = bytearray((tmp_path / "a.zip").read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1  # the flag of encryption, in the directory and before the data
    data[6] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    locked, good = read(tmp_path / "a.zip")
    assert isinstance(locked, Unread)
    assert "encrypted" in locked.reason
    assert good == Article(TEXT, "b.txt")
