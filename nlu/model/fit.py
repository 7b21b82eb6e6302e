"""Fits a Classifier: linear support vector machines, one against the rest, then one temperature.

Why this file exists: the choices here are those of docs/decisions/0002; nlu/experiments/compare.py
reruns the comparison. It must not know files or Rasa.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

from nlu.model.classifier import Classifier
from nlu.model.space import FeatureSpace

WEIGHTS = {"char": 1.0, "word": 0.6, "sound": 0.6}
COST = 1.0
_HELD_OUT = 5
"""Every fifth example of a need is held out to find the temperature."""

Tell = Callable[[float, str], None]
"""Called with the share done (0..1) and what happens next."""


def _silent(share: float, step: str) -> None:
    """Tell nobody."""
    del share, step


def _machine(x: sp.csr_matrix, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    machine = LinearSVC(C=COST, tol=1e-3, max_iter=300, class_weight=None)
    machine.fit(x, y)
    return machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)


def best_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature under which held-out truth is likeliest."""

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likelihood = scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(axis=1))
        return float(-likelihood.mean())

    return min(np.geomspace(0.03, 3, 60), key=loss)


def _held_out(y: np.ndarray) -> np.ndarray:
    """Marks every fifth example of each need."""
    mark = np.zeros(len(y), dtype=bool)
    for need in np.unique(y):
        mark[np.flatnonzero(y == need)[_HELD_OUT - 1 :: _HELD_OUT]] = True
    return mark


def fit(texts: Sequence[str], labels: Sequence[str], tell: Tell = _silent) -> Classifier:
    """A classifier for normalised ``texts`` with their needs."""
    tell(0.05, "features")
    space = FeatureSpace.fit(texts, WEIGHTS)
    x = space.matrix(texts)
    needs = sorted(set(labels))
    number = {need: i for i, need in enumerate(needs)}
    y = np.array([number[label] for label in labels])
    held = _held_out(y)
    tell(0.2, "calibration")
    coef, bias = _machine(x[~held], y[~held])
    temperature = best_temperature(np.asarray(x[held] @ coef + bias), y[held])
    tell(0.55, "weights")
    coef, bias = _machine(x, y)
    return Classifier(space, needs, coef, bias, float(temperature))
