"""Reading ontologies: the one that ships and a user's files, checked as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from arxtract.errors import DataError
from arxtract.events.ontology import EventType, Ontology
from arxtract.resources import package_root, read_yaml


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    types: tuple[EventType, ...]


def _merged(old: EventType, new: EventType) -> EventType:
    """Add a user's entry for a known type to it; what the new one sets, it overrides."""
    given = new.model_fields_set - {"type", "triggers", "roles", "frame"}
    return old.model_copy(
        update={name: getattr(new, name) for name in given}
        | {
            "triggers": new.triggers + old.triggers,
            "roles": old.roles | new.roles,
            "frame": old.frame | new.frame,
        }
    )


def load(sources: Iterable[str | Path] = ("press",)) -> Ontology:
    """Load an ontology: ``"press"`` is the one that ships, anything else a path to a YAML file.

    Raises:
        DataError: a file has a fault; the message names file, line and remedy.
    """
    types: dict[str, EventType] = {}
    for source in sources:
        for event_type in _press() if source == "press" else types_of(Path(source)):
            known = types.get(event_type.type)
            types[event_type.type] = _merged(known, event_type) if known else event_type
    for event_type in types.values():
        _check(event_type)
    return Ontology(list(types.values()))


def types_of(path: Path) -> tuple[EventType, ...]:
    """Return the types that one file holds, as it writes them.

    Raises:
        DataError: the file has a fault; the message names the line.
    """
    return read_yaml(path, _File).types


@lru_cache(maxsize=1)
def _press() -> tuple[EventType, ...]:
    paths = sorted((package_root() / "ontology").glob("*.yaml"))
    return tuple(t for path in paths for t in types_of(path))


def _check(event_type: EventType) -> None:
    known = set(event_type.roles) | {"location", "none"}
    for trigger in event_type.triggers:
        for role in trigger.fills:
            if role not in known | {"date", "count"}:
                raise DataError(f"{event_type.type}: {trigger.name}: fills: no role {role!r}")
    if event_type.listed is not None and event_type.listed.role not in event_type.roles:
        raise DataError(f"{event_type.type}: listed: no role {event_type.listed.role!r}")
    frames = [("frame", event_type.frame)]
    frames += [(trigger.name, trigger.frame) for trigger in event_type.triggers]
    for where, frame in frames:
        for marker, role in frame.items():
            if role not in known:
                raise DataError(
                    f"{event_type.type}: {where}: {marker}: no role {role!r}; "
                    f"known are {', '.join(sorted(known))}"
                )
