"""How new units and a head over the encoder's vectors learn the examples together.

Why this file exists: one place for what was chosen about the learning. It must not know files, clocks
or the packed format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found]
from torch.nn import functional  # type: ignore[import-not-found]

from nlu.experiments.encoder_torch import BATCH, NEW, VECTORS, Encoder, Lower

RATE, VECTORS_RATE, LAST_RATE, HEAD_RATE = 1e-3, 0.3, 0.25, 1e-3
"""Rate of the units; its shares for biases and norms, and for the last layer's units; rate of the head."""
DROP, BLIND, SMOOTH, SCALE = 0.1, 0.05, 0.1, 20.0
"""Dropout; share of tokens not looked at; label smoothing; what centred vectors are multiplied with."""
WARM_STEPS, LAST_SHARE = 60, 0.02
"""Steps until the full rate; its share that is left at the end."""
HEAD_ROUNDS, HEAD_BATCH, HEAD_START_RATE, HEAD_DECAY = 12, 256, 5e-3, 1e-2
"""How the head starts. A start from 6000 examples only had 48 % of needs right, not 63 % (files c and e)."""


def share_of_rate(steps: int, done: float) -> float:
    """Rises over the first steps, falls with the share of the run that is done."""
    return min(1.0, steps / WARM_STEPS) * max(LAST_SHARE, 1 - done)


class Tuner:
    """An encoder and a linear head on its vectors, which learn the examples together."""

    def __init__(self, encoder: Encoder, lower: Lower, labels: list[str], rate: float) -> None:
        self.encoder, self.lower = encoder, lower
        self.needs = sorted(set(labels))
        number = {need: i for i, need in enumerate(self.needs)}
        self._truth = torch.tensor([number[label] for label in labels])
        self._mean = torch.zeros(encoder.wheel.width)
        self._head = torch.nn.Linear(encoder.wheel.width, len(self.needs))
        torch.nn.init.zeros_(self._head.weight)
        torch.nn.init.zeros_(self._head.bias)
        groups = [*_groups(encoder, rate), _group(list(self._head.parameters()), HEAD_RATE, HEAD_DECAY)]
        self._learning = [w for group in groups[:-1] for w in group["params"]]
        self._optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.99), fused=True)

    def start_head(self) -> None:
        """Fit the head to the examples as the encoder sees them now."""
        vectors = torch.from_numpy(self.encoder.vectors(self.lower))
        self._mean = vectors.mean(0)
        group = _group(list(self._head.parameters()), HEAD_START_RATE, HEAD_DECAY)
        optimizer = torch.optim.AdamW([group])
        for done in range(HEAD_ROUNDS):
            optimizer.param_groups[0]["lr"] = HEAD_START_RATE * (1 - done / HEAD_ROUNDS)
            for batch in torch.randperm(len(vectors)).split(HEAD_BATCH):
                loss = self._loss(vectors[batch], self._truth[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

    def _loss(self, vectors: torch.Tensor, truth: torch.Tensor, drop: float = 0.0) -> torch.Tensor:
        seen = functional.dropout((vectors - self._mean) * SCALE, drop)
        return functional.cross_entropy(self._head(seen), truth, label_smoothing=SMOOTH)

    def step(self, batch: np.ndarray, share: float) -> float:
        """Learn from some examples at a share of the full rate; gives the loss."""
        for group in self._optimizer.param_groups:
            group["lr"] = group["full"] * share
        x, seen = self.lower.stacked(batch)
        kept = torch.rand(seen.shape) > BLIND
        kept[:, 0] = True
        loss = self._loss(self.encoder.upper(x, seen & kept, DROP), self._truth[batch], DROP)
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._learning, 1.0)
        self._optimizer.step()
        return float(loss.item())

    def first_three(self, lower: Lower) -> list[list[str]]:
        """The needs the head ranks first, best first."""
        centred = torch.from_numpy(self.encoder.vectors(lower)) - self._mean
        return [[self.needs[i] for i in row] for row in self._head(centred * SCALE).topk(3).indices]


def _group(weights: list[torch.Tensor], rate: float, decay: float = 0.0) -> dict[str, Any]:
    return {"params": weights, "full": rate, "weight_decay": decay}


def _groups(encoder: Encoder, rate: float) -> Iterator[dict[str, Any]]:
    """What learns in each tuned layer, with its rate."""
    for at in encoder.tuned:
        share = LAST_RATE if at == encoder.tuned[-1] else 1.0
        for parts, own in ((NEW, rate * share), (VECTORS, rate * VECTORS_RATE)):
            yield _group([encoder.weights[f"l{at}.{part}"].requires_grad_() for part in parts], own)


def batches(lengths: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Texts about as long together, for ever; every text once a round."""
    while True:
        order = np.argsort(lengths + rng.random(len(lengths)))
        cut = np.array_split(order, range(BATCH, len(order), BATCH))
        yield from (cut[i] for i in rng.permutation(len(cut)))
