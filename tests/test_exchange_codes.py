"""Events in the codes of ACE and PLOVER."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxtract.batch.writers import JsonLines
from arxtract.cli import app
from arxtract.errors import ArxtractError
from arxtract.events import load
from arxtract.exchange.codes import codes
from arxtract.records import (
    ArticleRecord,
    DateMention,
    Entity,
    EventDate,
    EventLocation,
    EventRecord,
    Participant,
    Place,
)
from evaluate_kit import span

RAW = "أوقفت الشرطة عليا بفاس أمس"


def arrest(**changes: object) -> ArticleRecord:
    """Return a record of an arrest in Fes."""
    place = Place(kind="city", country="MA", lat=34.0, lon=-5.0, source_id="x")
    names = {"ORG": "الشرطة", "PER": "علي", "LOC": "فاس"}
    entities = [
        Entity(**span(RAW, w).model_dump(), id=f"n{i}", type=t, name=w, chain=w,
               place=place if t == "LOC" else None)
        for i, (t, w) in enumerate(names.items())
    ]  # fmt: skip
    roles = (("n0", "ORG", "agent"), ("n1", "PER", "suspect"), ("n1", "PER", "witness"))
    people = [
        Participant(mention=m, span=span(RAW, names[t]), name=names[t], type=t, role=r)
        for m, t, r in roles
    ]
    event = EventRecord(
        id="e1",
        type="ARREST",
        label=span(RAW, "أوقفت"),
        status="planned",
        triggers=(span(RAW, "أوقفت"),),
        date=EventDate(value="2022-11-01", mention="d1"),
        locations=(EventLocation(mention="n2", name="فاس", place=place),),
        participants=tuple(people),
        confidence=0.9,
    )
    match = event.model_copy(update={"id": "e2", "type": "MATCH"})
    date = DateMention(**span(RAW, "أمس").model_dump(), id="d1", type="DATE", value="2022-11-01")
    return ArticleRecord(id="a", entities=tuple(entities), dates=(date,), events=(event, match))


def coded(folder: Path, scheme: str) -> tuple[list[dict], str]:
    writer = JsonLines(folder / "run.jsonl")
    writer.write(arrest())
    writer.close()
    command = ["convert", folder / "run.jsonl", folder / "out.jsonl", "--codes", scheme]
    done = CliRunner().invoke(app, [str(a) for a in command])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], done.output


def test_ace_has_triggers_and_arguments_with_offsets(tmp_path: Path) -> None:
    (line,), told = coded(tmp_path, "ace")
    assert line["doc_id"] == "a"
    types = {e["text"]: e["entity_type"] for e in line["entity_mentions"]}
    assert types == {"الشرطة": "ORG", "علي": "PER", "فاس": "GPE"}
    (event,) = line["event_mentions"]
    assert event["event_type"] == "Justice.Arrest-Jail"
    assert event["trigger"] == {"start": 0, "end": 5, "text": "أوقفت"}
    assert (event["modality"], event["polarity"], event["tense"]) == ("Other", "Positive", "Future")
    roles = [(a["role"], RAW[a["start"] : a["end"]]) for a in event["arguments"]]
    assert roles == [
        ("Agent", "الشرطة"),
        ("Person", "علي"),
        (None, "علي"),
        ("Place", "فاس"),
        ("Time-Within", "أمس"),
    ]
    assert event["arguments"][2]["arxtract_role"] == "witness"
    assert "left out: 1 MATCH, which has no ace code" in told


def test_plover_has_source_and_target(tmp_path: Path) -> None:
    (line,), told = coded(tmp_path, "plover")
    assert (line["id"], line["event_type"], line["date"]) == ("a#e1", "COERCE", "2022-11-01")
    assert [one["name"] for one in line["source"]] == ["الشرطة"]
    assert [one["name"] for one in line["target"]] == ["علي"]
    assert line["location"] == [{"name": "فاس", "country": "MA", "lat": 34.0, "lon": -5.0}]
    assert line["status"] == "planned"
    assert "1 MATCH" in told


def test_an_unknown_scheme(tmp_path: Path) -> None:
    with pytest.raises(ArxtractError, match="known are ace, plover"):
        coded(tmp_path, "cameo")


@pytest.mark.parametrize("scheme", ["ace", "plover"])
def test_the_table_of_roles_fits_the_ontology(scheme: str) -> None:
    types = load().types
    table = getattr(codes(), scheme)
    assert {name for name, t in types.items() if getattr(t, scheme)} == set(table)
    for name, roles in table.items():
        assert set(roles) <= set(types[name].roles), name
