"""The form of ``NAME.yaml``: what one annotated article's file may say, checked strictly."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from arxtract.evaluate import notation
from arxtract.records import Status


def _text(value: Any) -> Any:
    """Undo YAML's own reading of ``2024-11-06`` and ``2018``."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _texts(value: Any) -> Any:
    """Let one name stand for a list of one."""
    return [_text(v) for v in value] if isinstance(value, list) else [_text(value)]


def _edtf(value: Any) -> Any:
    text = _text(value)
    if isinstance(text, str) and (text == notation.UNKNOWN or not text.strip()):
        return None
    if isinstance(text, str) and not (text[0] not in "PT" and notation.is_value(text)):
        raise ValueError(f"{text!r} is no EDTF date such as 2024-11-06 or 2024-11-04/2024-11-05")
    return text


def _count(value: Any) -> notation.GoldCount:
    return notation.count(str(value))


def _lines(value: Any) -> list[int]:
    entries = value if isinstance(value, list) else str(value).split(",")
    return notation.lines(entries)


def _list(value: Any) -> Any:
    return [] if value is None else value


Names = Annotated[tuple[str, ...], BeforeValidator(_texts), Field(min_length=1)]
Edtf = Annotated[str | None, BeforeValidator(_edtf)]
Count = Annotated[notation.GoldCount, BeforeValidator(_count)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class GoldParticipant(_Strict):
    """Who took part, by each of the names that are acceptable, the fullest first."""

    name: Names
    role: Names
    position: Annotated[str | None, BeforeValidator(_text)] = None
    affiliation: Annotated[str | None, BeforeValidator(_text)] = None
    nominal: bool = False
    optional: bool = False
    note: str | None = None


class GoldEvent(_Strict):
    """One event of an annotated article."""

    type: str
    label: Annotated[str, BeforeValidator(_text)]
    triggers: Annotated[tuple[str, ...], BeforeValidator(_texts), Field(min_length=1)]
    status: Status
    date: Edtf = None
    locations: Annotated[tuple[Names, ...], BeforeValidator(_list)] = ()
    participants: Annotated[tuple[GoldParticipant, ...], BeforeValidator(_list)] = ()
    counts: Annotated[tuple[Count, ...], BeforeValidator(_list)] = ()
    source: str | None = None
    optional: bool = False
    note: str | None = None


class GoldFile(_Strict):
    """The whole of ``NAME.yaml``."""

    source: Annotated[str | None, BeforeValidator(_text)] = None
    published: date | None = None
    published_given: bool = False
    title: Annotated[str | None, BeforeValidator(_text)] = None
    body_lines: Annotated[tuple[int, ...], BeforeValidator(_lines)]
    events: Annotated[tuple[GoldEvent, ...], BeforeValidator(_list)] = ()
    note: str | None = None
