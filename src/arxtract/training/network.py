"""The recogniser as a network: the encoder, one head a convention, a CRF, and the cut head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch import nn

from arxtract.names.hints import TIES
from arxtract.training.encoder import Encoder, Pretrained
from arxtract.training.hints import EVENT_TYPES, SLOTS

LABELS = ("O", *(f"{p}-{t}" for t in ("PER", "ORG", "LOC", "MISC") for p in "BI"))
CUTS = 4
TIE_SIZE = 32
"""Length of the vectors whose product says how far a name is tied to the word of an event."""
FORBIDDEN = -1e4


def allowed() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the penalties of starts and of steps (from, to) that BIO does not know."""
    start = torch.zeros(len(LABELS))
    steps = torch.zeros(len(LABELS), len(LABELS))
    for j, to in enumerate(LABELS):
        if to[0] == "I":
            start[j] = FORBIDDEN
            for i, before in enumerate(LABELS):
                if before[1:] != to[1:]:
                    steps[i, j] = FORBIDDEN
    return start, steps


class Head(nn.Module):  # type: ignore[misc]
    """A linear layer to label scores, and a CRF over them."""

    start_penalty: torch.Tensor
    step_penalty: torch.Tensor

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.linear = nn.Linear(hidden, len(LABELS))
        nn.init.normal_(self.linear.weight, std=0.02)
        nn.init.zeros_(self.linear.bias)
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        start, steps = allowed()
        self.register_buffer("start_penalty", start, persistent=False)
        self.register_buffer("step_penalty", steps, persistent=False)

    def moves(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of starts and of steps, penalties in."""
        return self.start + self.start_penalty, self.steps + self.step_penalty

    def loss(self, scores: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the summed negative log-likelihood of ``gold`` (batch × words)."""
        start, steps = self.moves()
        total = start + scores[:, 0]
        path = start[gold[:, 0]] + scores[:, 0].gather(1, gold[:, :1])[:, 0]
        for i in range(1, scores.shape[1]):
            here = mask[:, i]
            step = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, i]
            total = torch.where(here[:, None], step, total)
            gain = steps[gold[:, i - 1], gold[:, i]]
            gain = gain + scores[:, i].gather(1, gold[:, i : i + 1])[:, 0]
            path = path + torch.where(here, gain, torch.zeros_like(gain))
        return (torch.logsumexp(total, 1) - path).sum()

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def decode(self, scores: torch.Tensor, length: int) -> list[int]:
        """Return the best path of one sentence (words × labels)."""
        start, steps = self.moves()
        best = start + scores[0]
        backs = []
        for i in range(1, length):
            reach, back = (best[:, None] + steps).max(0)
            backs.append(back)
            best = reach + scores[i]
        path = [int(best.argmax())]
        for back in reversed(backs):
            path.append(int(back[path[-1]]))
        return path[::-1]


def ties_of(sides: torch.Tensor) -> torch.Tensor:
    """Multiply the vectors of words as those of events with those of words as names or dates."""
    events, names = sides.unflatten(-1, (2, len(TIES), TIE_SIZE)).unbind(-3)
    scores: torch.Tensor = torch.einsum("birk,bjrk->bijr", events, names)
    return scores


class Network(nn.Module):  # type: ignore[misc]
    """Encoder and heads. ``conventions`` names the heads."""

    def __init__(self, source: Pretrained, conventions: Sequence[str], dropout: float = 0.1):
        super().__init__()
        self.encoder = Encoder(source, dropout)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({name: Head(source.shape.hidden) for name in conventions})
        self.cut = nn.Linear(source.shape.hidden, CUTS)
        self.hint = nn.Linear(source.shape.hidden, 1 + len(EVENT_TYPES) + len(SLOTS))
        self.tie = nn.Linear(source.shape.hidden, 2 * len(TIES) * TIE_SIZE)

    def words(self, ids: torch.Tensor, mask: torch.Tensor, firsts: torch.Tensor) -> torch.Tensor:
        """Return the vector of each word's first piece."""
        x = self.encoder(ids, mask)
        index = firsts[:, :, None].expand(-1, -1, x.shape[2])
        out: torch.Tensor = self.dropout(x.gather(1, index))
        return out

    def tied(self, vectors: torch.Tensor) -> torch.Tensor:
        """Return how far words tell of events (rows) that words fill (columns), batch by batch.

        Log-odds, batch × words × words × ``TIES``.
        """
        return ties_of(self.tie(vectors))

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def observe(self, batches: Iterable[Sequence[torch.Tensor]]) -> None:
        """Find anew the widest inner values of each layer; a batch is ids, mask, first pieces."""
        self.eval()
        for layer in self.encoder.layers:
            layer.widest.zero_()
        for ids, mask, firsts, *_ in batches:
            self.words(ids, mask, firsts)
