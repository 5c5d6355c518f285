"""Reading annotated text into sentences of words: CoNLL files, and articles with offsets.

Every reader yields :class:`Sentence`; words are as the recogniser sees them at run time (see
:func:`arxtract.names.words.words_of`), tags are valid BIO, and where the source says by offsets
where a name begins and ends, ``cuts`` says how many letters of its first word are proclitics.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from arxtract.document import CleanText
from arxtract.evaluate import gold
from arxtract.names.words import light, light_of_raw, sentence_ranges, words_of
from arxtract.text.normalise import normalise
from arxtract.training.hints import NO_TIE, UNKNOWN, Hints, Tie, hints_from, hints_of

HELD_OUT = frozenset(f"d{number}" for number in range(71, 111))
"""Articles of the development gold that nothing is trained on."""
NO_CUT = -1
LONGEST_CUT = 3
T = TypeVar("T")
Name = tuple[int, int, str]
"""Raw start, raw end, type."""


@dataclass
class Sentence:
    """Words with tags; ``cuts`` is ``NO_CUT`` where the source does not say."""

    words: list[str]
    tags: list[str]
    cuts: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    """As in :class:`~arxtract.training.hints.Hints`, ``UNKNOWN`` where the source does not say."""
    slots: list[int] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cuts = self.cuts or [NO_CUT] * len(self.words)
        self.events = self.events or [UNKNOWN] * len(self.words)
        self.slots = self.slots or [UNKNOWN] * len(self.words)
        self.ties = self.ties or [NO_TIE] * len(self.words)


def valid_bio(tags: Sequence[str]) -> list[str]:
    """Turn an ``I-`` that continues nothing into a ``B-``."""
    fixed: list[str] = []
    for tag in tags:
        if tag[:2] == "I-" and (not fixed or fixed[-1][1:] != tag[1:]):
            tag = "B" + tag[1:]
        fixed.append(tag)
    return fixed


def read_conll(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a ``token TAB tag`` file, words made light."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, _, tag = line.rpartition("\t")
            words.append(light_of_raw(word))
            tags.append(tag.strip())
        elif words:
            yield Sentence(words, valid_bio(tags))
            words, tags = [], []


def join_clitics(
    sentence: Sentence, proclitics: frozenset[str], enclitics: frozenset[str]
) -> Sentence:
    """Put lone clitics back on their words, as WikiFANE needs.

    A lone proclitic outside names goes to the word after it, an enclitic outside names to the
    word before it (whose ta marbuta opens); the word's own tag stands.
    """
    words: list[str] = []
    tags: list[str] = []
    waiting = ""
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        arabic = "\u0620" <= word[0] <= "\u064a"
        if tag == "O" and word in proclitics:
            waiting += word
        elif tag == "O" and word in enclitics and words and not waiting and len(words[-1]) > 2:
            stem = words[-1]
            words[-1] = (stem[:-1] + "\u062a" if stem[-1] == "\u0629" else stem) + word
        else:
            if waiting and not arabic:
                words.append(waiting)
                tags.append("O")
                waiting = ""
            if waiting.endswith("\u0644") and word.startswith("\u0627\u0644"):
                word = word[1:]
            words.append(waiting + word)
            tags.append(tag)
            waiting = ""
    if waiting:
        words.append(waiting)
        tags.append("O")
    return Sentence(words, valid_bio(tags))


def sentences_of_text(
    raw: str,
    names: Sequence[tuple[int, int, str]],
    body: Sequence[tuple[int, int]] | None = None,
    hints: Hints | None = None,
) -> list[Sentence]:
    """Cut a raw article into sentences of words, with tags, cuts and hints from raw offsets.

    ``body`` bounds, in raw offsets, the stretches that are annotated; all of it where None.
    """
    text = normalise(raw)
    places = [(*text.clean_range(start, end), kind) for start, end, kind in names]
    places.sort()
    ties = hints.ties() if hints else {}
    found = []
    for start, end in sentence_ranges(text.clean):
        spans = words_of(text.clean, start, end)
        begin = text.starts[start]
        if not spans or (body is not None and not any(a <= begin < b for a, b in body)):
            continue
        tags = ["O"] * len(spans)
        cuts = [NO_CUT] * len(spans)
        for first, last, kind in places:
            inside = [i for i, (a, b) in enumerate(spans) if a < last and b > first]
            if not inside or first < start or first >= end:
                continue
            head = inside[0]
            if tags[head] != "O":
                continue
            cuts[head] = min(max(first - spans[head][0], 0), LONGEST_CUT)
            for i in inside:
                tags[i] = ("B-" if i == head else "I-") + kind
        words = [light(text.clean[a:b]) for a, b in spans]
        events = _labels(text, spans, hints.events if hints else {}, 0 if hints else UNKNOWN)
        slots = _labels(text, spans, hints.slots if hints else {}, UNKNOWN)
        tied = _labels(text, spans, ties, NO_TIE)
        found.append(Sentence(words, tags, cuts, events, slots, tied))
    return found


def _labels(
    text: CleanText, spans: Sequence[tuple[int, int]], labels: Mapping[int, T], other: T
) -> list[T]:
    """Return the label of each word that one is given for, by the raw offset of a letter of it."""
    bounds = [text.raw_range(start, end) for start, end in spans]
    found = [other] * len(spans)
    for place, label in labels.items():
        index = bisect_right(bounds, (place, len(text.raw))) - 1
        if index >= 0 and bounds[index][0] <= place < bounds[index][1]:
            found[index] = label
    return found


def rows_of(path: Path) -> Iterator[tuple[str, list[Name], Hints | None]]:
    """Yield text, names and hints, by raw offsets, of a JSONL file of articles.

    ``text``, ``entities`` as [start, end, type], and perhaps ``events`` as [start, type] (an empty
    type where it is not known) with ``slots`` as [start, slots] and ``told``,
    the offsets of words, names and dates by event.
    """
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            names = [(start, end, kind) for start, end, kind in row["entities"]]
            yield row["text"], names, hints_from(row) if "events" in row else None


def read_offsets(path: Path) -> Iterator[list[Sentence]]:
    """Yield the articles of a JSONL file; see :func:`rows_of`."""
    for text, names, hints in rows_of(path):
        yield sentences_of_text(text, names, hints=hints)


def read_gold(folder: Path) -> Iterator[list[Sentence]]:
    """Yield the annotated articles of a folder, less those held out, with their hints."""
    for article in gold.read(folder):
        if article.name not in HELD_OUT:
            names = [(e.start, e.end, str(e.type)) for e in article.entities]
            body = [(span.start, span.end) for span in article.body]
            yield sentences_of_text(article.raw, names, body, hints_of(article))
