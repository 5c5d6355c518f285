"""Small records, and a pipeline that reads nothing, for tests of files and folders alone."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from arxtract.batch import Options, Output, Reading
from arxtract.pipeline import Article
from arxtract.records import (
    ArticleRecord,
    DateMention,
    Entity,
    EventCount,
    EventDate,
    EventLocation,
    EventRecord,
    Participant,
    Place,
    Quantity,
    Reason,
    Span,
)

TEXT = "أعلنت وزارة الداخلية، أمس، توقيف ثلاثة أشخاص بمدينة فاس."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def record(id: str = "a", number: int = 3, name: str = "وزارة الداخلية") -> ArticleRecord:
    """Return a record with every slot filled; its spans are those of :data:`TEXT`."""
    place = Place(kind="city", country="MA", lat=34.03, lon=-5.0, source_id="7")
    who, where, when, many = map(span, ("وزارة الداخلية", "فاس", "أمس", "ثلاثة أشخاص"))
    event = EventRecord(
        id="e1",
        type="ARREST",
        label=span("توقيف ثلاثة أشخاص"),
        status="occurred",
        triggers=(span("توقيف"),),
        date=EventDate(
            value="2022-11-03",
            earliest=date(2022, 11, 3),
            latest=date(2022, 11, 3),
            anchored="published",
            mention="d1",
        ),
        locations=(EventLocation(mention="n2", name="فاس", place=place),),
        participants=(
            Participant(
                mention="n1", span=who, name=name, type="ORG", role="announcer", position=who
            ),
            Participant(mention=None, span=who, name="الوالي", type="PER", role="speaker"),
        ),
        counts=(
            EventCount(
                mention="q1", value=number, bound="more_than", unit="شخص", unit_class="person"
            ),
        ),
        source=who,
        confidence=0.8,
        evidence=(span(TEXT),),
        reasons=(Reason(slot="type", rule="arrest", marker=span("توقيف")),),
    )
    return ArticleRecord(
        id=id,
        title=span("أعلنت وزارة الداخلية"),
        published=date(2022, 11, 4),
        published_from="caller",
        body=(span(TEXT),),
        entities=(
            Entity(
                **who.model_dump(), id="n1", type="ORG", name=who.text, chain=who.text, score=0.9
            ),
            Entity(**where.model_dump(), id="n2", type="LOC", name="فاس", chain="فاس", place=place),
        ),
        dates=(DateMention(**when.model_dump(), id="d1", type="DATE", value="2022-11-03"),),
        quantities=(
            Quantity(**many.model_dump(), id="q1", value=number, unit="شخص", unit_class="person"),
        ),
        events=(event,),
        warnings=("a warning",),
    )


DEADLY = "deadly"
"""Id of an article that kills the process that reads it."""
SLOW = "slow"
"""Id of an article that takes an hour."""
STUCK = "stuck"
"""Id of an article over which a search runs for ever and holds the interpreter's lock."""
SETTINGS = {"ner": "stub", "ontology": ("press",), "day_first": True}
MADE = {"arxtract": "1", "settings": {"ner": "stub"}, "model": None, "ontology": "f00"}
"""What a run by the stub says of itself."""


class Stub:
    """A pipeline that gives the same record for each article, after a while."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def stream(self, articles: Iterable[Article]) -> Iterator[ArticleRecord]:
        for article in articles:
            time.sleep(self._seconds)
            yield self.attempt(article)

    def attempt(self, article: Article) -> ArticleRecord:
        if article.id == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if article.id == SLOW:
            time.sleep(3600)
        if article.id == STUCK:
            re.match(r"(x+)+y", "x" * 60)
        return record(article.id, number=len(article.text))


def extract(table: Path, out: Path, *, seconds: float = 0.0, **how: bool) -> Reading:
    """Do what the command does, with a pipeline that only waits."""
    with Output(out, MADE, **how) as output:
        reading = Reading([str(table)], Options(), lambda item: None, new=output.new)
        for item in Stub(seconds).stream(reading):
            output.write(item)
    return reading
