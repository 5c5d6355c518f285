"""``tune``: train the recogniser in stages on annotated sentences.

A stage is a few epochs over a mixture of corpora with its own learning rate; every sentence is
judged by the head of its own convention, so that corpora help each other without having to
agree. Neighbouring sentences of an article are packed into one window, as at run time.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import torch
from torch.nn import functional

from arxtract.names.pieces import Pieces
from arxtract.training.corpora import NO_CUT, Sentence
from arxtract.training.hints import EVENT_TYPES, NO_TIE, SLOTS, UNKNOWN, Tie
from arxtract.training.network import LABELS, Network
from arxtract.training.swap import Pool, swapped

_log = logging.getLogger(__name__)
WINDOW = 126
"""Most pieces of a window, without its two frame pieces."""
_OBSERVED = 100
"""Batches that are read again after a stage, for the widest inner values."""


@dataclass(frozen=True)
class Window:
    """One input of the network with its answers."""

    convention: str
    ids: list[int]
    firsts: list[int]
    labels: list[int]
    cuts: list[int]
    events: list[int]
    slots: list[int]
    ties: list[Tie]


@dataclass(frozen=True)
class Source:
    """Articles (lists of sentences) under one convention.

    ``packed`` joins neighbouring sentences; ``share`` is the part of them seen an epoch, drawn
    anew each time; ``weight`` multiplies their loss.
    """

    convention: str
    articles: Sequence[Sequence[Sentence]]
    packed: bool = True
    share: float = 1.0
    weight: float = 1.0
    pool: Pool | None = None
    """Names to swap in, anew each epoch."""


@dataclass(frozen=True)
class Stage:
    """How to go over the sources: peak rate, warmed up and then let down linearly to ``floor``."""

    name: str
    sources: Sequence[Source]
    epochs: int
    rate: float
    floor: float = 0.0
    warm_up: float = 0.06
    average_last: int = 0
    """Number of last epochs whose weights are averaged; 0 or 1 takes the last as it is."""
    most: int = 1024
    """Pieces of a batch, padding counted."""
    frozen: int = 0
    """Lowest layers that are not trained."""
    hints: float = 1.0
    """What the loss of the hints is multiplied by."""


@dataclass
class Prepared:
    """A sentence with its pieces."""

    pieces: list[tuple[int, ...]]
    labels: list[int]
    cuts: list[int]
    events: list[int]
    slots: list[int]
    ties: list[Tie]
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = sum(map(len, self.pieces))


def prepare(sentence: Sentence, pieces: Pieces) -> list[Prepared]:
    """Tokenise a sentence; one longer than a window is cut, outside of names where it can be."""
    labels = [LABELS.index(tag) for tag in sentence.tags]
    parts: list[Prepared] = []
    start = size = 0
    border = 0
    split = pieces.of_words(sentence.words)

    def part(first: int, last: int) -> Prepared:
        return Prepared(
            split[first:last],
            labels[first:last],
            sentence.cuts[first:last],
            sentence.events[first:last],
            sentence.slots[first:last],
            sentence.ties[first:last],
        )

    for i, word in enumerate(split):
        if size + len(word) > WINDOW:
            cut = border if border > start else i
            parts.append(part(start, cut))
            size = sum(map(len, split[cut:i]))
            start = cut
        if labels[i] == 0:
            border = i
        size += len(word)
    parts.append(part(start, len(split)))
    return parts


def windows_of(
    source: Source, articles: Sequence[Sequence[Prepared]], chance: random.Random
) -> Iterator[Window]:
    """Pack prepared sentences into windows, of a size drawn for each."""
    for article in articles:
        if chance.random() >= source.share:
            continue
        group: list[Prepared] = []
        room = WINDOW
        for part in article:
            if group and (not source.packed or part.size > room):
                yield _window(source.convention, group)
                group = []
            if not group:
                room = WINDOW if chance.random() < 0.6 else chance.randint(16, WINDOW)
            group.append(part)
            room -= part.size
        if group:
            yield _window(source.convention, group)


def _window(convention: str, group: Sequence[Prepared]) -> Window:
    ids = [Pieces.bos]
    firsts = []
    for part in group:
        for word in part.pieces:
            firsts.append(len(ids))
            ids.extend(word)
    ids.append(Pieces.eos)
    return Window(
        convention,
        ids,
        firsts,
        [label for part in group for label in part.labels],
        [cut for part in group for cut in part.cuts],
        [event for part in group for event in part.events],
        [slot for part in group for slot in part.slots],
        [tie for part in group for tie in part.ties],
    )


W = TypeVar("W", bound=Window)
T = TypeVar("T")


def batches_of(windows: Sequence[W], most: int, chance: random.Random) -> list[list[W]]:
    """Group windows of like length into batches of up to ``most`` pieces, padding counted."""
    order = sorted(windows, key=lambda w: len(w.ids) + chance.random())
    batches: list[list[W]] = []
    for window in order:
        if batches and len(window.ids) * (len(batches[-1]) + 1) <= most:
            batches[-1].append(window)
        else:
            batches.append([window])
    chance.shuffle(batches)
    return batches


def tensors_of(batch: Sequence[Window]) -> tuple[torch.Tensor, ...]:
    """Pad a batch: ids, mask, first pieces, labels, word mask, cuts, events, slots, ties."""
    length = max(len(w.ids) for w in batch)
    words = max(len(w.firsts) for w in batch)

    def filled(rows: list[list[T]], size: int, fill: T) -> torch.Tensor:
        return torch.tensor([row + [fill] * (size - len(row)) for row in rows])

    ids = filled([w.ids for w in batch], length, Pieces.pad)
    mask = filled([[1] * len(w.ids) for w in batch], length, 0).bool()
    firsts = filled([w.firsts for w in batch], words, 0)
    labels = filled([w.labels for w in batch], words, 0)
    word_mask = filled([[1] * len(w.firsts) for w in batch], words, 0).bool()
    cuts = filled([w.cuts for w in batch], words, NO_CUT)
    events = filled([w.events for w in batch], words, UNKNOWN)
    slots = filled([w.slots for w in batch], words, UNKNOWN)
    ties = filled([w.ties for w in batch], words, NO_TIE)
    return ids, mask, firsts, labels, word_mask, cuts, events, slots, ties


def batch_loss(
    net: Network, batch: Sequence[Window], weights: dict[str, float], hints: float
) -> torch.Tensor:
    """Return the mean loss a word; each window by its own head, ``hints`` the weight of theirs."""
    ids, mask, firsts, labels, word_mask, cuts, events, slots, ties = tensors_of(batch)
    vectors = net.words(ids, mask, firsts)
    total = torch.zeros(())
    for name in sorted({w.convention for w in batch}):
        rows = torch.tensor([i for i, w in enumerate(batch) if w.convention == name])
        head = net.heads[name]
        nll = head.loss(head.linear(vectors[rows]), labels[rows], word_mask[rows])
        total = total + weights[name] * nll
    known = cuts >= 0
    if known.any():
        total = total + functional.cross_entropy(
            net.cut(vectors[known]), cuts[known], reduction="sum"
        )
    told = hint_loss(net, vectors, events, slots) + tie_loss(net, vectors, events, slots, ties)
    total = total + hints * told
    return total / word_mask.sum()


def hint_loss(
    net: Network, vectors: torch.Tensor, events: torch.Tensor, slots: torch.Tensor
) -> torch.Tensor:
    """Return the summed loss of the hints where they are known."""
    total = torch.zeros(())
    types = 1 + len(EVENT_TYPES)
    if (told := events != UNKNOWN).any():
        scores = net.hint(vectors[told])[:, :types]
        total = total + functional.cross_entropy(scores, events[told], reduction="sum")
    if (asked := slots != UNKNOWN).any():
        scores = net.hint(vectors[asked])[:, types:]
        answers = slots[asked][:, None] >> torch.arange(len(SLOTS)) & 1
        total = total + functional.binary_cross_entropy_with_logits(
            scores, answers.float(), reduction="sum"
        )
    return total


def tie_loss(
    net: Network,
    vectors: torch.Tensor,
    events: torch.Tensor,
    slots: torch.Tensor,
    ties: torch.Tensor,
) -> torch.Tensor:
    """Return the summed loss of the ties between words of events, and names and dates."""
    asked = ((events > 0) & (ties[..., 0] != 0))[:, :, None] & (slots != UNKNOWN)[:, None, :]
    if not asked.any():
        return torch.zeros(())
    answers = (ties[:, :, None, :1] & ties[:, None, :, 1:]) != 0
    return functional.binary_cross_entropy_with_logits(
        net.tied(vectors)[asked], answers[asked].float(), reduction="sum"
    )


class Tuner:
    """Trains a network stage by stage, with checkpoints in ``folder``."""

    def __init__(self, net: Network, pieces: Pieces, folder: Path, seed: int = 7) -> None:
        self.net = net
        self.pieces = pieces
        self.folder = folder
        self.dev: dict[str, Sequence[Sequence[Sentence]]] = {}
        self.chance = random.Random(seed)
        torch.manual_seed(seed)
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, name: str) -> None:
        """Write the weights that are trained (the embeddings never change)."""
        state = {k: v for k, v in self.net.state_dict().items() if not _frozen(k)}
        torch.save(state, self.folder / f"{name}.pt")

    def groups(self) -> list[dict[str, object]]:
        """Return what is trained: heads five times as fast as the encoder.

        Norms and biases do not decay.
        """
        groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, parameter in self.net.named_parameters():
            base = 1.0 if name.startswith("encoder.") else 5.0
            decay = 0.01 if parameter.dim() > 1 and "steps" not in name else 0.0
            groups.setdefault((base, decay), []).append(parameter)
        return [{"params": p, "base": b, "weight_decay": d} for (b, d), p in groups.items()]

    def run(self, stage: Stage) -> None:
        """Train one stage."""
        weights = {source.convention: source.weight for source in stage.sources}
        plan = []
        for _ in range(stage.epochs):
            windows = [w for source in stage.sources for w in self.epoch(source)]
            plan.append(batches_of(windows, stage.most, self.chance))
        steps = sum(map(len, plan))
        self.net.encoder.frozen = stage.frozen
        optimiser = torch.optim.AdamW(self.groups(), lr=stage.rate, fused=True)
        done = 0
        averages: list[dict[str, torch.Tensor]] = []
        for epoch, batches in enumerate(plan, 1):
            started, seen, loss_sum = time.time(), 0, 0.0
            self.net.train()
            for batch in batches:
                factor = rate_at(done / steps, stage)
                for group in optimiser.param_groups:
                    group["lr"] = group["base"] * factor * stage.rate
                loss = batch_loss(self.net, batch, weights, stage.hints)
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
                optimiser.step()
                done += 1
                seen += sum(len(w.ids) for w in batch)
                loss_sum += loss.item()
                if done % 50 == 0:
                    pace = seen / (time.time() - started)
                    _log.info(
                        "%s %d/%d loss %.4f %.0f pieces/s",
                        stage.name,
                        done,
                        steps,
                        loss_sum / 50,
                        pace,
                    )
                    loss_sum = 0.0
            self.save(f"{stage.name}-{epoch}")
            if epoch > stage.epochs - stage.average_last:
                averages.append(
                    {k: v.clone() for k, v in self.net.state_dict().items() if not _frozen(k)}
                )
        if len(averages) > 1:
            mean = {k: torch.stack([a[k] for a in averages]).mean(0) for k in averages[0]}
            self.net.load_state_dict(mean, strict=False)
        self.finish(stage.name, plan[-1])

    def finish(self, name: str, batches: Sequence[Sequence[Window]]) -> None:
        """Save and report a trained stage, after a look at the widest values over ``batches``."""
        self.net.observe(tensors_of(batch) for batch in batches[:_OBSERVED])
        self.save(name)
        self.report(name)

    def epoch(self, source: Source) -> Iterator[Window]:
        """Yield the windows of a source for one epoch, names swapped where it has a pool."""
        pool = source.pool
        articles = [
            [swapped(s, pool, self.chance) for s in article] if pool else article
            for article in source.articles
        ]
        prepared = [[p for s in article for p in prepare(s, self.pieces)] for article in articles]
        return windows_of(source, prepared, self.chance)

    def report(self, name: str) -> None:
        """Log the scores of the development sets, where there are any."""
        for convention, articles in self.dev.items():
            result = evaluate(self.net, self.pieces, convention, articles)
            _log.info("%s dev %s %s", name, convention, json.dumps(result))


def _frozen(name: str) -> bool:
    return name in ("encoder.word", "encoder.position")


def rate_at(progress: float, stage: Stage) -> float:
    if progress < stage.warm_up:
        return max(progress / stage.warm_up, 0.02)
    down = (1 - progress) / (1 - stage.warm_up)
    floor = stage.floor / stage.rate
    return floor + (1 - floor) * down


def spans_of(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the spans [first, last) of BIO tags."""
    spans = set()
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[:1] != "I":
            spans.add((start, i, tags[start][2:]))
            start = None
        if tag[:1] == "B":
            start = i
    return spans


@torch.no_grad()  # type: ignore[untyped-decorator]
def evaluate(
    net: Network, pieces: Pieces, convention: str, articles: Sequence[Sequence[Sentence]]
) -> dict[str, float]:
    """Return exact F1 in per cent, by type and over all, and the share of right cuts."""
    net.eval()
    source = Source(convention, articles, packed=convention != "anercorp")
    prepared = [[p for s in article for p in prepare(s, pieces)] for article in articles]
    chance = random.Random(0)
    chance.random = lambda: 0.0  # type: ignore[method-assign]
    windows = list(windows_of(source, prepared, chance))
    counts: dict[str, list[int]] = {}
    cuts = [0, 0]
    head = net.heads[convention]
    order = sorted(windows, key=lambda w: len(w.ids))
    for i in range(0, len(order), 16):
        batch = order[i : i + 16]
        ids, mask, firsts, _, _, cut_gold, *_ = tensors_of(batch)
        vectors = net.words(ids, mask, firsts)
        scores = head.linear(vectors)
        known = cut_gold >= 0
        if known.any():
            cuts[0] += int((net.cut(vectors[known]).argmax(-1) == cut_gold[known]).sum())
            cuts[1] += int(known.sum())
        for row, window in enumerate(batch):
            found = spans_of([LABELS[k] for k in head.decode(scores[row], len(window.firsts))])
            gold = spans_of([LABELS[k] for k in window.labels])
            for kind in ("all", "PER", "ORG", "LOC", "MISC"):
                f = {s for s in found if kind in ("all", s[2])}
                g = {s for s in gold if kind in ("all", s[2])}
                c = counts.setdefault(kind, [0, 0, 0])
                c[0] += len(f & g)
                c[1] += len(f)
                c[2] += len(g)
    result = {k: round(200 * c[0] / max(c[1] + c[2], 1), 2) for k, c in counts.items()}
    if cuts[1]:
        result["cut"] = round(100 * cuts[0] / cuts[1], 2)
    return result
