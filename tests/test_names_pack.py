"""The packs: whole, checked before use, and honest about what they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from arxtract.errors import DataError
from arxtract.names import load
from arxtract.names.pack import FILES, PROTOCOL, find_pack, open_pack

LABELS = ["O", "B-PER", "I-PER"]


def write_pack(folder: Path, **changes: Any) -> Path:
    """Write a pack whose files are no model, but whose meta.json is right but for ``changes``."""
    for name in FILES:
        (folder / name).write_bytes(name.encode())
    meta: dict[str, Any] = {
        "protocol": PROTOCOL,
        "name": "toy",
        "version": "1",
        "labels": LABELS,
        "heads": {"press": {"first_column": 0, "start": [0.0] * 3, "steps": [[0.0] * 3] * 3}},
        "default_head": "press",
        "first_cut_column": 3,
        "cuts": 4,
        "window": 126,
        "trained_on": [{"name": "toys", "licence": "MIT", "used_for": "play"}],
        "scores": {"toys/dev": {"all": 50.0}},
        "sha256": {name: hashlib.sha256(name.encode()).hexdigest() for name in FILES},
    }
    meta.update(changes)
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


def test_the_shipped_pack_is_whole_and_small() -> None:
    pack = open_pack(find_pack("ner-base"))
    assert pack.meta.name == "ner-base"
    assert {"press", "anercorp"} == set(pack.meta.heads)
    assert pack.meta.default_head == "press"
    assert sum(path.stat().st_size for path in pack.folder.iterdir()) < 40e6
    assert {path.suffix for path in pack.folder.iterdir()} == {".json", ".onnx", ".md"}


def test_the_shipped_pack_says_what_it_learnt_from_and_how_well() -> None:
    meta = open_pack(find_pack("ner-base")).meta
    assert all(corpus.licence for corpus in meta.trained_on)
    assert any("ANERcorp" in corpus.name for corpus in meta.trained_on)
    assert meta.scores["press/dev"]["exact all"] > 75
    assert "anercorp/dev" in meta.scores


def test_a_good_meta_is_read(tmp_path: Path) -> None:
    assert open_pack(write_pack(tmp_path)).meta.labels == tuple(LABELS)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"protocol": 99}, "protocol 99"),
        ({"protocol": None}, "install matching versions"),
        ({"surprise": 1}, "surprise"),
        ({"labels": ["O"]}, "must fit the 1 labels"),
        ({"default_head": "wiki"}, "'wiki' is none of the heads"),
        ({"sha256": {"model.onnx": "0"}}, "sha256 lacks tokenizer.json"),
        ({"window": "wide"}, "window"),
    ],
)
def test_a_fault_in_meta_is_named(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        open_pack(write_pack(tmp_path, **changes))
    assert "meta.json" in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_before_it_is_loaded(tmp_path: Path, name: str) -> None:
    write_pack(tmp_path)
    with (tmp_path / name).open("ab") as file:
        file.write(b"!")
    with pytest.raises(DataError, match="SHA-256") as caught:
        load(str(tmp_path))
    assert name in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(DataError, match=r"tokenizer\.json: cannot be read"):
        open_pack(tmp_path)


def test_meta_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="not valid JSON"):
        open_pack(tmp_path)


def test_a_pack_that_does_not_ship() -> None:
    with pytest.raises(DataError, match="ner-huge"):
        find_pack("ner-huge")
