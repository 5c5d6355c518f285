"""``arxtract doctor`` and what ``arxtract ontology check`` shows of a folder."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

import arxtract
from arxtract import doctor
from arxtract.cli import app
from arxtract.names.pack import find_pack

RULES = """\
types:
- type: WATER_SHORTAGE
  triggers:
  - {phrase: انقطاع الماء}
  - {phrase: أزمة عطش}
  examples:
  - {say: "انقطاع الماء.", gives: {trigger: انقطاع الماء}}
- type: ARREST
  triggers:
  - {phrase: وضع اليد على}
"""


def call(*arguments: object) -> object:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_all_is_well_in_an_installation_that_is_whole() -> None:
    done = call("doctor")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert f"  ✓ arxtract: {arxtract.__version__}" in lines
    assert any(line.startswith("  ✓ ner-base: ") and "SHA-256" in line for line in lines)
    assert any(line.startswith("  ✓ numpy: ") for line in lines)
    assert any(line.startswith("  ✓ reading: a sentence read: ") for line in lines)
    assert "✗" not in done.output


def test_an_extra_that_is_not_there_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["numpy>=1.26", "nothing-such[x]>=2; extra == 'table'", "numpy; extra == 'zst'"]
    monkeypatch.setattr(metadata, "requires", lambda name: needs)
    found = {f.name: f for f in doctor.examine() if f.group == "extras"}
    assert found["table"].state == "missing"
    assert "pip install 'arxtract[table]'" in found["table"].detail
    assert found["zst"].state == "ok"


def test_a_need_that_is_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: ["nothing-such>=2"])
    done = call("doctor")
    assert done.exit_code == 1
    assert "✗ nothing-such: not installed, >=2 is wanted" in done.output


def test_a_damaged_pack_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "models" / "ner-base"
    shutil.copytree(find_pack("ner-base"), pack)
    with (pack / "tokenizer.json").open("a") as file:
        file.write(" ")
    monkeypatch.setattr(doctor, "package_root", lambda: tmp_path)
    (found,) = doctor._packs()
    assert found.state == "fault"
    assert "tokenizer.json: SHA-256 is" in found.detail


def test_rules_are_tried_on_a_folder(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES, encoding="utf-8")
    (tmp_path / "in").mkdir()
    texts = {"a": "شهدت مدينة فاس انقطاع الماء منذ أمس.", "b": "أوقفت الشرطة شخصا بمدينة فاس."}
    for name, text in texts.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert "events by" not in call("ontology", "check", rules).output
    done = call("ontology", "check", rules, tmp_path / "in")
    assert done.exit_code == 0, done.output
    assert "a.txt: WATER_SHORTAGE by انقطاع الماء (" in done.output
    assert texts["a"] in done.output
    assert "1 events by انقطاع الماء" in done.output
    assert "none by أزمة عطش · وضع اليد على" in done.output
    assert "b.txt" not in done.output
