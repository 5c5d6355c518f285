"""``distil``: a small network taught by a large one on raw news, for the pack ``ner-small``.

The student begins as the lowest layers of the teacher (Sajjad et al. 2023, "On the effect of
dropping layers of pre-trained transformer models"). What it learns from is what the teacher's pack
says of every word of unannotated articles, all conventions, cuts and hints, beside the annotated
ones (Hinton et al. 2015, "Distilling the knowledge in a neural network").
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from arxtract.document import Document
from arxtract.names.embedded import EmbeddedRecogniser
from arxtract.text.normalise import normalise
from arxtract.training.encoder import Pretrained
from arxtract.training.hints import EVENT_TYPES, NO_TIE, SLOTS
from arxtract.training.network import LABELS, Network, ties_of
from arxtract.training.tune import Stage, Tuner, Window, batch_loss, batches_of, rate_at, tensors_of

_log = logging.getLogger(__name__)
_MAYBE = -2.0
"""Log-odds from which a word is taken for a date that an event may have."""


@dataclass(frozen=True)
class Lesson(Window):
    """A window with the scores of the teacher's pack, words × columns."""

    scores: npt.NDArray[np.float16]


def shallow(source: Pretrained, layers: int) -> Pretrained:
    """Return the encoder with its lowest layers alone."""
    return replace(source, shape=replace(source.shape, layers=layers))


def lessons(teacher: EmbeddedRecogniser, texts: Iterable[str]) -> Iterator[Lesson]:
    """Yield what the teacher says of the windows of raw articles."""
    for text in texts:
        document = Document(normalise(text))
        for ids, firsts, scores in teacher.read_windows(document):
            nothing = [0] * len(firsts)
            ties = [NO_TIE] * len(firsts)
            yield Lesson(
                "", ids, firsts, nothing, nothing, nothing, nothing, ties, scores.astype(np.float16)
            )


def lesson_loss(net: Network, batch: Sequence[Lesson], heads: Sequence[str]) -> torch.Tensor:
    """Return how far the student is from the teacher, the mean of a word.

    Kullback-Leibler divergence for each convention, the cuts and the events, binary cross entropy
    for the slots and the ties.
    """
    ids, mask, firsts, _, word_mask, *_ = tensors_of(batch)
    vectors = net.words(ids, mask, firsts)
    words = vectors[word_mask]
    told = torch.from_numpy(np.concatenate([lesson.scores for lesson in batch])).float()
    total = torch.zeros(())
    column = 0

    def diverge(scores: torch.Tensor) -> torch.Tensor:
        nonlocal column
        wanted = told[:, column : column + scores.shape[1]]
        column += scores.shape[1]
        return functional.kl_div(
            functional.log_softmax(scores, -1),
            functional.log_softmax(wanted, -1),
            reduction="sum",
            log_target=True,
        )

    for name in heads:
        total = total + diverge(net.heads[name].linear(words))
    total = total + diverge(net.cut(words))
    hints = net.hint(words)
    types = 1 + len(EVENT_TYPES)
    total = total + diverge(hints[:, :types])
    wanted = told[:, column : column + len(SLOTS)]
    slots = functional.binary_cross_entropy_with_logits(
        hints[:, types:], wanted.sigmoid(), reduction="none"
    )
    named = told[:, : len(LABELS)].argmax(-1) > 0
    total = total + slots[named].sum()
    events = told[:, column - types : column].argmax(-1) > 0
    dated = wanted[:, SLOTS.index("date")] > _MAYBE
    total = total + _tie_loss(
        net, vectors, word_mask, told[:, column + len(SLOTS) :], events, named | dated
    )
    return total / len(words)


def _tie_loss(
    net: Network,
    vectors: torch.Tensor,
    word_mask: torch.Tensor,
    told: torch.Tensor,
    events: torch.Tensor,
    fillers: torch.Tensor,
) -> torch.Tensor:
    """Return how far the student's ties of events to fillers are from the teacher's."""

    def padded(values: torch.Tensor) -> torch.Tensor:
        full = torch.zeros(*word_mask.shape, *values.shape[1:], dtype=values.dtype)
        full[word_mask] = values
        return full

    asked = padded(events)[:, :, None] & padded(fillers)[:, None, :]
    wanted = ties_of(padded(told))[asked].sigmoid()
    return functional.binary_cross_entropy_with_logits(
        net.tied(vectors)[asked], wanted, reduction="sum"
    )


def distil(tuner: Tuner, taught: Sequence[Lesson], heads: Sequence[str], stage: Stage) -> None:
    """Train on lessons and on the annotated sources of ``stage``, a batch of each a step.

    An epoch goes over the lessons once; the annotated batches are dealt anew as they run out.
    """
    net, chance = tuner.net, tuner.chance
    weights: Mapping[str, float] = {source.convention: source.weight for source in stage.sources}
    plan = [batches_of(taught, stage.most, chance) for _ in range(stage.epochs)]
    steps = sum(map(len, plan))
    optimiser = torch.optim.AdamW(tuner.groups(), lr=stage.rate, fused=True)
    annotated = _endless(tuner, stage)
    done = 0
    for epoch, batches in enumerate(plan, 1):
        started, seen, loss_sum = time.time(), 0, 0.0
        net.train()
        for batch in batches:
            factor = rate_at(done / steps, stage)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * factor * stage.rate
            gold = next(annotated)
            loss = lesson_loss(net, batch, heads)
            loss = loss + batch_loss(net, gold, dict(weights), stage.hints)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            done += 1
            seen += sum(len(w.ids) for w in (*batch, *gold))
            loss_sum += loss.item()
            if done % 50 == 0:
                pace = seen / (time.time() - started)
                _log.info("small %d/%d loss %.4f %.0f pieces/s", done, steps, loss_sum / 50, pace)
                loss_sum = 0.0
        tuner.save(f"{stage.name}-{epoch}")
    tuner.finish(stage.name, plan[-1])


def _endless(tuner: Tuner, stage: Stage) -> Iterator[list[Window]]:
    while True:
        windows = [w for source in stage.sources for w in tuner.epoch(source)]
        yield from batches_of(windows, stage.most // 2, tuner.chance)
