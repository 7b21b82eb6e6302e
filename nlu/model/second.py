"""The second machine: a soft-max over sentence vectors and the nearest examples.

Why this file exists: it is asked only when the n-grams are unsure; its scores are added to theirs
and calibrated together. It must not know Rasa or the encoder's library.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from sklearn.neural_network import MLPClassifier

from nlu.model.meaning import SCALE, Shelf, key

GATE = 0.9
"""Confidence of the n-grams from which the second machine is not asked (decision 0002)."""

DECAY, PACE, BATCH, ROUNDS = 3e-4, 0.01, 256, 8
"""How the soft-max is learned: Adam without hidden units takes a tenth of the time of a whole-batch solver
and stops as early (decision 0002)."""

NEIGHBOURS = 16
WARMTH = 0.1
"""How fast a neighbour's weight falls with its distance (cosine)."""

NEAR_SHARE = 6.0
"""How much the neighbours' shares (0..1) add to the linear scores."""

KEPT = 2048
"""Texts whose scores are kept, 0.7 kB each: many ask the same in the hour of a change. Only a hash names the
text, so nobody's words stay in memory."""

SHARE = 0.8
"""How much this machine adds to the n-grams' scores."""


@dataclass
class Second:
    """``coef`` (d, needs), ``bias``; ``rows`` int8 of the examples and ``labels`` their needs."""

    coef: np.ndarray
    bias: np.ndarray
    rows: np.ndarray
    labels: np.ndarray
    largest: np.ndarray
    temperature: float = 1.0
    reduce: Shelf | None = None
    _kept: OrderedDict[int, np.ndarray] = field(default_factory=OrderedDict)

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """What is added to the n-grams' scores, one row per vector."""
        linear = vectors @ self.coef + self.bias
        return np.asarray(SHARE * (linear + NEAR_SHARE * self._near(vectors)))

    def scores_of(self, text: str) -> np.ndarray:
        """What is added for one normalised text; asks the encoder unless the same was asked lately."""
        assert self.reduce is not None
        name = key(text)
        if name not in self._kept:
            self._kept[name] = np.asarray(self.scores(self.reduce.vectors([text]))[0])
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name]

    def warm_up(self) -> None:
        """Load the encoder and what it is compared with now: the first person asked would wait 0.1 s."""
        self.scores_of("公积金")

    @cached_property
    def _columns(self) -> np.ndarray:
        """The examples' vectors (d, n) as numbers to multiply with: 25 MB that save 3 ms a text."""
        return np.ascontiguousarray((self.rows * (self.largest / SCALE)).T, dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write one file."""
        assert self.reduce is not None
        weights = {"coef": self.coef.astype(np.float16), "bias": self.bias, "rows": self.rows}
        axes = {"largest": self.largest, "mean": self.reduce.mean, "axes": self.reduce.axes}
        np.savez_compressed(path, labels=self.labels, temperature=self.temperature, **weights, **axes)

    @classmethod
    def load(cls, path: Path) -> Second:
        """Read what ``save`` wrote.

        Raises:
            FileNotFoundError: it is not there.
        """
        with np.load(path, allow_pickle=False) as data:
            none = np.zeros(0, np.uint64), np.zeros((0, 0), np.int8)
            reduce = Shelf(*none, data["largest"], data["mean"], data["axes"])
            coef = data["coef"].astype(np.float32)
            rows, labels, temperature = data["rows"], data["labels"], float(data["temperature"])
            return cls(coef, data["bias"], rows, labels, data["largest"], temperature, reduce)

    def _near(self, vectors: np.ndarray) -> np.ndarray:
        """Shares of the needs among the nearest examples, one row per vector."""
        shares = np.zeros((len(vectors), len(self.bias)), dtype=np.float32)
        likeness = vectors @ self._columns
        count = min(NEIGHBOURS, likeness.shape[1])
        for row, like in enumerate(likeness):
            nearest = np.argpartition(-like, count - 1)[:count]
            weights = np.exp((like[nearest] - 1.0) / WARMTH)
            np.add.at(shares[row], self.labels[nearest], weights / max(float(weights.sum()), 1e-9))
        return shares


def fit_second(vectors: np.ndarray, labels: np.ndarray, needs: int, largest: np.ndarray) -> Second:
    """A second machine on unit vectors (n, d) and need numbers; the same data give the same machine."""
    machine = MLPClassifier((), alpha=DECAY, learning_rate_init=PACE, random_state=1)
    machine.batch_size = min(BATCH, len(vectors))
    for _ in range(ROUNDS):
        machine.partial_fit(vectors, labels, classes=np.arange(needs))
    rows = np.clip(np.round(vectors / largest * SCALE), -SCALE, SCALE).astype(np.int8)
    (coef,), (bias,) = machine.coefs_, machine.intercepts_
    return Second(coef.astype(np.float32), bias.astype(np.float32), rows, labels.astype(np.int16), largest)
