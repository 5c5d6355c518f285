"""Places elsewhere: read, written, and refused where they cannot do what a file here can.

With moto, flask and flask-cors installed the tests run against a local S3 server as well.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from arxtract.batch import Options, Output, Unread, read, records
from arxtract.batch.convert import convert
from arxtract.batch.remote import is_remote, path_of
from arxtract.cli import app
from arxtract.errors import ArxtractError, MissingExtra, ReadError
from arxtract.pipeline import Article, Pipeline
from batch_kit import MADE, record

TEXT = "أعلنت وزارة الداخلية المغربية، اليوم الخميس، عن توقيف ثلاثة أشخاص بمدينة فاس."
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
run = CliRunner().invoke


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A local S3 server; gives its address."""
    server = pytest.importorskip("moto.server", reason="pip install 'moto[s3]' flask flask-cors")
    pytest.importorskip("s3fs")
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place elsewhere with nothing in it, ending with a slash."""
    pytest.importorskip("upath")
    if request.param == "s3":
        monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        for name, value in KEYS.items():
            monkeypatch.setenv(name, value)
    address = f"{request.param}://bucket-{uuid4().hex}/"
    place: Any = path_of(address)
    type(place.fs).clear_instance_cache()
    place = path_of(address)
    place.fs.mkdir(place.path.rstrip("/"))
    return address


def put(address: str, data: bytes) -> None:
    path_of(address).write_bytes(data)


def rows(number: int) -> bytes:
    made = ({"id": str(n), "text": TEXT, "published": "2022-11-03"} for n in range(number))
    return "".join(f"{json.dumps(row)}\n" for row in made).encode()


def test_an_address_of_this_machine_is_a_path(tmp_path: Path):
    assert path_of(tmp_path.as_uri()) == tmp_path
    assert path_of("C:/x") == Path("C:/x")
    for here in ("-", "a/b.jsonl", tmp_path.as_uri(), "C:/x"):
        assert not is_remote(here)
    table = tmp_path / "t.jsonl"
    table.write_bytes(rows(2))
    assert [x.id for x in read(table.as_uri())] == ["0", "1"]
    out = tmp_path / "r.jsonl"
    with Output(out.as_uri(), MADE, resume=True) as output:
        output.write(record())
    assert list(records(out.as_uri())) == [record()]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "upath", None)
    for what in (lambda: list(read("s3://b/x.jsonl")), lambda: Output("s3://b/x.jsonl", MADE)):
        with pytest.raises(MissingExtra, match=r"pip install 'arxtract\[remote\]'"):
            what()


def test_a_place_of_no_known_kind_is_refused():
    pytest.importorskip("upath")
    with pytest.raises(ArxtractError, match="no such kind of place"):
        list(read("nowhere://b/x.jsonl"))


def test_folders_archives_and_tables_are_read_as_those_here(bucket: str, tmp_path: Path):
    here = tmp_path / "in"
    (here / "b").mkdir(parents=True)
    (here / "b" / "2.txt").write_text(TEXT, encoding="utf-8")
    (here / "1.txt").write_bytes(TEXT.encode("cp1256"))
    (here / "notes.pdf").write_bytes(b"%PDF")
    (here / "t.jsonl").write_bytes(rows(3))
    with zipfile.ZipFile(here / "a.zip", "w") as archive:
        archive.writestr("x.txt", TEXT)
    for path in here.rglob("*.*"):
        put(f"{bucket}in/{path.relative_to(here).as_posix()}", path.read_bytes())
    for name in ("", "t.jsonl", "a.zip", "1.txt"):
        assert list(read(f"{bucket}in/{name}")) == list(read(here / name)), name
    by_pattern = list(read(f"{bucket}in/*.txt"))
    assert by_pattern == list(read(here / "1.txt"))
    nested = Options(pattern="*.jsonl")
    assert list(read(f"{bucket}in", nested)) == list(read(here, nested))


def test_a_parquet_table_elsewhere(bucket: str):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    with path_of(f"{bucket}t.parquet").open("wb") as file:
        parquet.write_table(arrow.Table.from_pylist([{"id": "x", "text": TEXT}]), file)
    assert list(read(f"{bucket}t.parquet")) == [Article(TEXT, "x")]


def test_what_is_not_there_is_told(bucket: str):
    put(f"{bucket}in/t.jsonl", rows(1))
    put(f"{bucket}in/u.jsonl", b"{broken")
    with pytest.raises(ReadError, match="no such file or folder"):
        list(read(f"{bucket}other.jsonl"))
    with pytest.raises(ReadError, match="no file of such a name"):
        list(read(f"{bucket}in/*.csv"))
    whole, broken = read(f"{bucket}in/*.jsonl")
    assert isinstance(whole, Article)
    assert isinstance(broken, Unread)


@pytest.mark.parametrize("suffix", [".jsonl", ".sqlite", ".csv", ".parquet"])
def test_records_are_put_there_whole(bucket: str, tmp_path: Path, suffix: str):
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    target, here = f"{bucket}out/r{suffix}", tmp_path / f"r{suffix}"
    for out in (target, here):
        with Output(out, MADE) as output:
            output.write(record("a"))
            output.write(record("b"))
            if out == target:
                assert not path_of(target).exists()
    if suffix != ".sqlite":
        assert path_of(target).read_bytes() == here.read_bytes()
    else:
        with pytest.raises(ArxtractError, match="copy it here first"):
            list(records(target))
    if suffix in (".jsonl", ".parquet"):
        assert list(records(target)) == [record("a"), record("b")]
    with pytest.raises(ArxtractError, match="exists already; start anew with --overwrite"):
        Output(target, MADE)
    with Output(target, MADE, overwrite=True):
        pass


def test_a_run_that_is_broken_off_puts_nothing_there(bucket: str):
    target = f"{bucket}r.jsonl"

    def stopped() -> None:
        with Output(target, MADE) as output:
            output.write(record())
            assert output.left == "nothing was put there: start anew"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not path_of(target).exists()


def test_going_on_elsewhere_is_refused_and_converting_works(bucket: str, tmp_path: Path):
    target, here = f"{bucket}r.jsonl", tmp_path / "r.jsonl"
    with pytest.raises(ArxtractError, match="--resume, then arxtract convert it to"):
        Output(target, MADE, resume=True)
    with pytest.raises(ArxtractError, match="name a file in it"):
        Output(bucket, MADE)
    with Output(here, MADE, resume=True) as output:
        output.write(record())
    assert convert(here, target) == 1
    assert path_of(target).read_bytes() == here.read_bytes()
    with pytest.raises(ArxtractError, match="exists already"):
        convert(here, target)


def test_records_that_cannot_be_put_there_are_kept(bucket: str, monkeypatch: pytest.MonkeyPatch):
    target = f"{bucket}r.jsonl"
    place: Any = path_of(target)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    monkeypatch.setattr(place.fs, "put_file", refused)
    output = Output(target, MADE)
    output.write(record())
    with pytest.raises(ArxtractError, match="not allowed: Access Denied") as told:
        output.__exit__(None, None, None)
    kept = Path(str(told.value).partition("kept in ")[2])
    assert list(records(kept)) == [record()]


def test_the_command_reads_and_writes_there(
    bucket: str, tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("arxtract.cli.extract.pipeline_of", lambda *_: pipeline)
    table = tmp_path / "t.jsonl"
    table.write_bytes(rows(3))
    put(f"{bucket}in/t.jsonl", rows(3))
    here, there = str(tmp_path / "r.jsonl"), f"{bucket}out/r.jsonl"
    for source, out in ((str(table), here), (f"{bucket}in/*.jsonl", there)):
        done = run(app, ["extract", source, "-o", out])
        assert done.exit_code == 0, done.output
        assert "3 articles read" in done.output
    assert path_of(there).read_bytes() == Path(here).read_bytes()
    refused = run(app, ["extract", f"{bucket}out/*", "-o", there, "--overwrite"])
    assert "is an input as well" in str(refused.exception)


class TestFaultsOfS3:
    """S3 without what it asks for."""

    @pytest.fixture(autouse=True)
    def server(self, s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("upath")
        monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
            monkeypatch.setenv(name, "/nonexistent")
        for name in (*KEYS, "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        import s3fs

        s3fs.S3FileSystem.clear_instance_cache()

    def test_no_credentials(self):
        for what in (
            lambda: list(read("s3://bucket/x.jsonl")),
            lambda: list(read("s3://bucket/*.jsonl")),
            lambda: Output("s3://bucket/x.jsonl", MADE),
        ):
            with pytest.raises(ArxtractError, match="set AWS_ACCESS_KEY_ID and"):
                what()

    def test_no_such_bucket(self, monkeypatch: pytest.MonkeyPatch):
        for name, value in KEYS.items():
            monkeypatch.setenv(name, value)
        for what in (
            lambda: list(read("s3://nobodys-bucket/x.jsonl")),
            lambda: Output("s3://nobodys-bucket/x.jsonl", MADE),
        ):
            with pytest.raises(ArxtractError, match="no such bucket: nobodys-bucket"):
                what()


def test_ray_reads_and_writes_there(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ray = pytest.importorskip("ray")
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": s3, "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    place: Any = path_of("s3://for-ray/")
    place.fs.mkdir("for-ray")
    table = tmp_path / "t.jsonl"
    table.write_bytes(rows(4))
    put("s3://for-ray/in/t.jsonl", rows(4))
    here, there = str(tmp_path / "r.jsonl"), "s3://for-ray/out/r.jsonl"
    assert run(app, ["extract", str(table), "-o", here]).exit_code == 0
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    try:
        given = ["extract", "s3://for-ray/in/*.jsonl", "-o", there, "--engine", "ray"]
        done = run(app, [*given, "--workers", "2"])
    finally:
        ray.shutdown()
    assert done.exit_code == 0, done.output
    assert path_of(there).read_bytes() == Path(here).read_bytes()
