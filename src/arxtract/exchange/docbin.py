"""spaCy's DocBin, for training and for looking at models; needs the extra ``spacy``.

All marks are in the span group ``arxtract``, with their values as ``kb_id``; those that lie in no
other are the entities too. The rest of the gold travels as user data and comes back as it went.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import regex

from arxtract.errors import ArxtractError, DataError, MissingExtra
from arxtract.evaluate.notation import Mark
from arxtract.evaluate.sheet import Sheet
from arxtract.exchange import Imported, Losses
from arxtract.exchange.jsons import Foreign, load

GROUP = "arxtract"

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u0640]++|\s|.", regex.DOTALL)


def write(sheets: Iterable[Sheet], target: Path) -> Losses:
    """Write articles to a ``.spacy`` file; nothing is lost.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    spacy = _spacy()
    vocab = spacy.vocab.Vocab()
    docs = [_doc(spacy, vocab, sheet) for sheet in sheets]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        spacy.tokens.DocBin(docs=docs, store_user_data=True).to_disk(target)
    except OSError as error:
        raise ArxtractError(f"{target}: cannot be written: {error.strerror}") from error
    return Counter()


def _spacy() -> Any:
    try:
        import spacy
        import spacy.tokens
        import spacy.vocab
    except ImportError as error:
        raise MissingExtra("spaCy's DocBin", "spacy") from error
    return spacy


def _doc(spacy: Any, vocab: Any, sheet: Sheet) -> Any:
    words, spaces = _tokens(sheet.raw, {at for m in sheet.marks for at in (m.start, m.end)})
    doc = spacy.tokens.Doc(vocab, words=words, spaces=spaces)
    spans = [
        doc.char_span(m.start, m.end, label=m.kind, kb_id=m.value, alignment_mode="strict")
        for m in sheet.marks
    ]
    doc.spans[GROUP] = spans
    doc.ents = [span for span, mark in zip(spans, sheet.marks, strict=True)
                if not _inside(mark, sheet.marks)]  # fmt: skip
    told = {"name": sheet.name, "described": dict(sheet.described)}
    doc.user_data[GROUP] = json.dumps(told, ensure_ascii=False)
    return doc


def _inside(mark: Mark, marks: Sequence[Mark]) -> bool:
    """Say whether a mark lies in one that stands before it."""
    before = marks[: marks.index(mark)]
    return any(other.start <= mark.start and mark.end <= other.end for other in before)


def _tokens(raw: str, cuts: set[int]) -> tuple[list[str], list[bool]]:
    """Return words, cut where marks begin and end, and whether a space follows each."""
    words: list[str] = []
    spaces: list[bool] = []
    for match in _WORD.finditer(raw):
        if match[0] == " " and words and not spaces[-1] and match.start() not in cuts:
            spaces[-1] = True
            continue
        inner = sorted(cut for cut in cuts if match.start() < cut < match.end())
        bounds = [match.start(), *inner, match.end()]
        words += [raw[a:b] for a, b in pairwise(bounds)]
        spaces += [False] * (len(bounds) - 1)
    return words, spaces


def read(source: Path, texts: Path | None = None) -> Imported:
    """Read a ``.spacy`` file; of documents without the span group the entities count.

    Raises:
        MissingExtra: spaCy is not installed.
        DataError: the file is no DocBin.
    """
    spacy = _spacy()
    try:
        docs = list(spacy.tokens.DocBin().from_disk(source).get_docs(spacy.vocab.Vocab()))
        sheets = [_sheet(doc, number) for number, doc in enumerate(docs, 1)]
    except Exception as error:  # zlib, msgpack and spaCy each raise their own
        raise DataError(f"{source}: no DocBin: {type(error).__name__}: {error}") from error
    return Imported(sheets, Counter())


class _Told(Foreign):
    name: str
    described: dict[str, Any]


def _sheet(doc: Any, number: int) -> Sheet:
    spans = doc.spans.get(GROUP, doc.ents)
    marks = [Mark(s.label_, s.kb_id_, s.start_char, s.end_char, 0) for s in spans]
    marks.sort(key=lambda m: (m.start, -m.end))
    if GROUP in doc.user_data:
        told = load(doc.user_data[GROUP], _Told, f"document {number}")
    else:
        told = _Told(name=f"doc{number}", described={"body_lines": _all_lines(doc.text)})
    return Sheet(told.name, doc.text, tuple(marks), told.described)


def _all_lines(raw: str) -> list[int]:
    return [number for number, line in enumerate(raw.split("\n"), 1) if line.strip()]
