"""Whatever the bytes are, no reader breaks: each article is read, or named with a reason.

The environment variable ``ARXTRACT_FUZZ`` says how many inputs are tried.
"""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arxtract.batch import Options, Reading, Unread
from arxtract.pipeline import Article

try:
    import zstandard
except ImportError:
    zstandard = None
try:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError:
    WARCWriter = None

INPUTS = int(os.environ.get("ARXTRACT_FUZZ", "2000"))
PACKINGS = {"": bytes, ".gz": lambda data: gzip.compress(data, 1)}
if zstandard is not None:
    PACKINGS[".zst"] = zstandard.compress
KINDS = [".txt", ".html", ".csv", ".tsv", ".json", ".jsonl", ".zip"]
if WARCWriter is not None:
    KINDS.append(".warc")

LETTERS = st.text("اب\n\r\t\0\",;[]{}:'=<>/\ufeff", max_size=60)
PIECES = st.one_of(
    st.binary(max_size=80),
    LETTERS.map(str.encode),
    LETTERS.map(lambda text: text.encode("utf-16")),
    LETTERS.map(lambda text: f"id,text,published\n{text},{text}\n".encode()),
    LETTERS.map(lambda text: json.dumps({"id": text, "text": text, "published": text}).encode()),
    LETTERS.map(lambda text: f"<html><body><p>{text}</p>{text}<title>".encode()),
)


def archive(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in ("a.txt", "b.html", "c.jsonl", "../d.csv", "e.txt.gz"):
            file.writestr(name, data)
    return out.getvalue()


def warc(data: bytes) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for media in ("text/html", "text/plain"):
        heads = [("Content-Type", media), ("Content-Encoding", "gzip")]
        head = StatusAndHeaders("200 OK", heads, protocol="HTTP/1.1")
        record = writer.create_warc_record("x:/", "response", io.BytesIO(data), http_headers=head)
        writer.write_record(record)
    return out.getvalue()


MADE = {".zip": archive, ".warc": warc}


@given(
    data=PIECES,
    kind=st.sampled_from(KINDS),
    packing=st.sampled_from(list(PACKINGS)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), max_size=3),
    packed_damage=st.booleans(),
)
@settings(
    max_examples=INPUTS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_reader_breaks(
    tmp_path: Path,
    data: bytes,
    kind: str,
    packing: str,
    damage: list[tuple[float, bytes]],
    packed_damage: bool,
):
    data = MADE.get(kind, bytes)(data)
    if not packed_damage:
        data = damaged(data, damage)
    data = PACKINGS[packing](data)
    if packed_damage:
        data = damaged(data, damage)
    path = tmp_path / f"f{kind}{packing}"
    path.write_bytes(data)
    told: list[Unread] = []
    articles = list(Reading([str(path)], Options(pattern="*"), told.append))
    assert all(isinstance(article, Article) for article in articles)
    assert all(item.reason for item in told)


def damaged(data: bytes, damage: list[tuple[float, bytes]]) -> bytes:
    """Put each new piece over what stands at its place, a share of the length."""
    for share, piece in damage:
        place = int(share * len(data))
        data = data[:place] + piece + data[place + max(1, len(piece)) :]
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_standard_output_is_for_records_alone(
    tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
):
    for n, data in enumerate((b"\0" * 500, b"<<<{{[[" * 90, MADE.get(kind, bytes)(b"x")[:-9])):
        path = tmp_path / f"{n}{kind}"
        path.write_bytes(data)
        list(Reading([str(path)], Options(), lambda item: None))
    assert capfd.readouterr().out == ""
