"""The embedded recogniser: a small transformer in ONNX, a CRF, and a cut for proclitics.

An article is read in windows of neighbouring sentences, one window an inference, so that the
same article gives the same names whatever else is read beside it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from arxtract.document import Document
from arxtract.errors import DataError
from arxtract.names.agreement import Mention, settle_types
from arxtract.names.crf import Crf, LabelSpan, Scores, calibrated
from arxtract.names.hints import TIES, Hints, Ties
from arxtract.names.pack import Pack
from arxtract.names.pieces import Pieces
from arxtract.names.proclitics import cut_of
from arxtract.names.recall import Memory, believable, corrected
from arxtract.names.words import light, light_of_raw, sentence_ranges, words_of
from arxtract.records import Entity

Range = tuple[int, int]

_LEAST_SCORE = 0.4
"""Probability under which a name is let go; chosen on press/dev."""
_SURE_CUT = 2.0
"""Log-odds of a proclitic from which a word is taken for a beginning, not for the middle of a
person's name; chosen as the next one."""
_AGAINST = 3.0
"""What then is taken off its score of going on."""
_LEAST_RECALLED = 0.005
"""The same for a name that something else knows; chosen on press/dev and on annotated articles that
the network had not seen."""
_RECALLED_SCORE = 0.7
"""Probability of such a name, before calibration."""


class _Part(NamedTuple):
    """Words [first, last) of one sentence in a window; [keep, until) take their scores from it."""

    sentence: int
    first: int
    last: int
    keep: int
    until: int


class EmbeddedRecogniser:
    """A recogniser from a pack; ``head`` chooses the convention, the pack's default if None."""

    def __init__(self, pack: Pack, head: str | None, name: str, threads: int = 1) -> None:
        meta = pack.meta
        head = head or meta.default_head
        if head not in meta.heads:
            known = ", ".join(sorted(meta.heads))
            raise DataError(f"{pack.folder}: no convention {head!r} in this pack; it has {known}")
        chosen = meta.heads[head]
        self._name = name
        self._window = meta.window
        self._labels = slice(chosen.first_column, chosen.first_column + len(meta.labels))
        self._cuts = slice(meta.first_cut_column, meta.first_cut_column + meta.cuts)
        self._hints = meta.hints
        self._calibration = meta.calibration
        self._crf = Crf(meta.labels, chosen.start, chosen.steps)
        self._inside_person = list(meta.labels).index("I-PER")
        self._pieces = Pieces(Tokenizer.from_file(str(pack.path("tokenizer.json"))))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(pack.path("model.onnx")), options, providers=["CPUExecutionProvider"]
        )
        self._width = self._session.get_outputs()[0].shape[1]

    @property
    def name(self) -> str:
        return self._name

    def recognise(self, documents: Sequence[Document]) -> list[list[Entity]]:
        """Return the mentions of each document; see :class:`~arxtract.names.Recogniser`."""
        return [self._recognise(document) for document in documents]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return BIO tags for sentences of given words; each is read alone."""
        tagged = []
        for sentence in sentences:
            scores, _ = self._scores([[light_of_raw(word) for word in sentence]])
            tagged += self._crf.tags([scores[0][:, self._labels]])
        return tagged

    def _recognise(self, document: Document) -> list[Entity]:
        clean = document.clean
        sentences = [
            words for start, end in _sentences(document) if (words := words_of(clean, start, end))
        ]
        texts = [[light(clean[a:b]) for a, b in words] for words in sentences]
        mentions = []
        read, windows = self._scores(texts)
        document.hints = self._hints_of(sentences, read, windows)
        labels = [self._apart(scores) for scores in read]
        found = self._crf.spans(labels)
        for words, scores, spans in zip(sentences, read, found, strict=True):
            for span in spans:
                bounds = _bounds(clean, words, span, scores[:, self._cuts])
                if bounds is not None and span.score >= _LEAST_SCORE:
                    form = light(clean[slice(*bounds)])
                    mentions.append(Mention(*bounds, form, span.type, span.score))
        mentions = [m for m in corrected(settle_types(mentions)) if believable(m)]
        mentions += self._recalled(document, sentences, labels, mentions)
        return [
            self._entity(document, mention, number)
            for number, mention in enumerate(sorted(mentions), 1)
        ]

    def _apart(self, scores: Scores) -> Scores:
        """Return the label scores of a sentence; a person's name seldom goes on behind a proclitic.

        (``التقى محمد بن سلمان بإيمانويل ماكرون``; but ``المعتصم بالله``.)
        """
        labels, cuts = scores[:, self._labels].copy(), scores[:, self._cuts]
        labels[cuts[:, 1:].max(axis=1) - cuts[:, 0] > _SURE_CUT, self._inside_person] -= _AGAINST
        return labels

    def _recalled(
        self,
        document: Document,
        sentences: Sequence[Sequence[Range]],
        labels: Sequence[Scores],
        mentions: Sequence[Mention],
    ) -> list[Mention]:
        """Return the names that the network missed but doesn't rule out, and something knows."""
        memory = Memory(document, mentions)
        taken = [(mention.start, mention.end) for mention in mentions]
        recalled = []
        for words, scores in zip(sentences, labels, strict=True):
            free = [
                c for c in memory.candidates(words) if _is_free(taken, words[c.first][0], c.end)
            ]
            spans = [(first, last, kind) for first, last, _, _, kind in free]
            chances = self._crf.probabilities(scores, spans)
            for (first, _, start, end, kind), chance in zip(free, chances, strict=True):
                if chance >= _LEAST_RECALLED and _is_free(taken, words[first][0], end):
                    form = light(document.clean[start:end])
                    recalled.append(Mention(start, end, form, kind, _RECALLED_SCORE))
                    insort(taken, (start, end))
        return recalled

    def _hints_of(
        self, sentences: Sequence[Sequence[Range]], scores: Sequence[Scores], windows: Sequence[int]
    ) -> Hints | None:
        """Return what the network says of the words, if the pack has it and there are words."""
        meta = self._hints
        if meta is None or not sentences:
            return None
        rows = np.concatenate(scores)
        first_slot = meta.first_column + 1 + len(meta.event_types)
        first_tie = first_slot + len(meta.slots)
        return Hints(
            [start for words in sentences for start, _ in words],
            rows[:, meta.first_column : first_slot],
            rows[:, first_slot:first_tie],
            {name: column for column, name in enumerate(meta.event_types)},
            {name: column for column, name in enumerate(meta.slots)},
            self._ties_of(rows[:, first_tie:], windows),
        )

    def _ties_of(self, scores: Scores, windows: Sequence[int]) -> Ties | None:
        """Return the vectors behind the other hints, if the pack has any."""
        if self._hints is None or self._hints.ties != TIES:
            return None
        sides = scores.astype(np.float32).reshape(len(scores), 2, len(TIES), self._hints.tie_size)
        return Ties(sides[:, 0], sides[:, 1], windows)

    def _entity(self, document: Document, mention: Mention, number: int) -> Entity:
        place = document.span(mention.start, mention.end)
        name = document.clean[mention.start : mention.end]
        return Entity(
            id=f"n{number}",
            start=place.start,
            end=place.end,
            text=place.text,
            type=mention.type,  # type: ignore[arg-type]  # a pack's labels are the four types
            name=name,
            chain=name,
            score=round(calibrated(mention.score, *self._calibration), 4),
        )

    def _scores(self, sentences: Sequence[Sequence[str]]) -> tuple[list[Scores], list[int]]:
        """Return the output of the network for every word of the sentences of one text.

        With it comes the number of the window that each word, of all in order, was read in.
        """
        found: list[Scores] = [np.zeros((len(words), self._width)) for words in sentences]
        windows: list[int] = []
        for number, (window, _, _, scores) in enumerate(self._read(sentences)):
            row = 0
            for part in window:
                skip = row + part.keep - part.first
                found[part.sentence][part.keep : part.until] = scores[
                    skip : skip + part.until - part.keep
                ]
                windows += [number] * (part.until - part.keep)
                row += part.last - part.first
        return found, windows

    def read_windows(self, document: Document) -> Iterator[tuple[list[int], list[int], Scores]]:
        """Yield the network's inputs and outputs for a document: ids, first pieces, scores.

        Scores are words × the columns of the pack; a smaller network can learn from them.
        """
        clean = document.clean
        sentences = [words_of(clean, start, end) for start, end in _sentences(document)]
        texts = [[light(clean[a:b]) for a, b in words] for words in sentences if words]
        for _, ids, firsts, scores in self._read(texts):
            yield ids, firsts, scores

    def _read(
        self, sentences: Sequence[Sequence[str]]
    ) -> Iterator[tuple[list[_Part], list[int], list[int], Scores]]:
        """Run the network over the sentences of one text, window by window."""
        split = [self._pieces.of_words(words) for words in sentences]
        for window in _windows([[len(word) for word in words] for words in split], self._window):
            ids = [self._pieces.bos]
            firsts = []
            for part in window:
                for word in split[part.sentence][part.first : part.last]:
                    firsts.append(len(ids))
                    ids.extend(word)
            ids.append(self._pieces.eos)
            feed = {"ids": np.array(ids), "firsts": np.array(firsts)}
            (scores,) = self._session.run(["scores"], feed)
            yield window, ids, firsts, scores


def _windows(sizes: Sequence[Sequence[int]], room: int) -> Iterator[list[_Part]]:
    """Pack sentences, given as the sizes of their words, into windows of up to ``room`` pieces.

    A sentence that is longer by itself is read in windows that overlap by half; each word's
    scores come from the window where it stands farther from the edge.
    """
    group: list[_Part] = []
    used = 0
    for number, words in enumerate(sizes):
        size = sum(words)
        if group and used + size > room:
            yield group
            group, used = [], 0
        if size > room:
            yield from ([part] for part in _overlapping(number, words, room))
        elif words:
            group.append(_Part(number, 0, len(words), 0, len(words)))
            used += size
    if group:
        yield group


def _overlapping(number: int, words: Sequence[int], room: int) -> Iterator[_Part]:
    ranges: list[Range] = []
    first = 0
    while True:
        last, used = first, 0
        while last < len(words) and used + words[last] <= room:
            used += words[last]
            last += 1
        ranges.append((first, last))
        if last == len(words):
            break
        first = max(first + 1, (first + last) // 2)
    keep = 0
    for i, (first, last) in enumerate(ranges):
        until = last if i + 1 == len(ranges) else (ranges[i + 1][0] + last) // 2
        until = max(until, keep)
        yield _Part(number, first, last, keep, until)
        keep = until


def _sentences(document: Document) -> list[Range]:
    """Return the sentences of the body, or of the whole text where none were found yet."""
    if document.sentences:
        return [(sentence.start, sentence.end) for sentence in document.sentences]
    stretches = document.body or [(0, len(document.clean))]
    return [r for start, end in stretches for r in sentence_ranges(document.clean, start, end)]


def _bounds(clean: str, words: Sequence[Range], span: LabelSpan, cuts: Scores) -> Range | None:
    """Turn a range of words into clean offsets, marks at its edges and proclitics cut off."""
    first, last = span.first, span.last - 1
    while first <= last and not clean[words[first][0]].isalnum():
        first += 1
    while last >= first and not clean[words[last][0]].isalnum():
        if _closes(clean[words[last][0]], clean[words[first][0] : words[last][0]]):
            break
        last -= 1
    if first > last:
        return None
    start, stop = words[first]
    cut = cut_of(light(clean[start:stop]), cuts[first], alone=first == last)
    return start + cut, words[last][1]


def _is_free(taken: Sequence[Range], start: int, end: int) -> bool:
    """Say whether no range of the rising ``taken`` has a letter of [start, end)."""
    after = bisect_left(taken, (end, end))
    return after == 0 or taken[after - 1][1] <= start


def _closes(mark: str, before: str) -> bool:
    """Tell whether a closing mark has its opening one inside the name."""
    if mark == '"':
        return before.count(mark) % 2 == 1
    pairs = {")": "(", "]": "[", "\u00bb": "\u00ab", "\u201d": "\u201c"}
    return mark in pairs and before.count(pairs[mark]) > before.count(mark)
