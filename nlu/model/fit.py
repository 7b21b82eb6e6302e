"""Fits a Classifier: logistic regressions, one against the rest, for needs and for topics.

Why this file exists: the choices here are those of docs/decisions/0002; nlu/experiments/compare.py
reruns the comparison. It must not know files or Rasa.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from nlu.model.classifier import Classifier
from nlu.model.meaning import Shelf
from nlu.model.second import Second, fit_second
from nlu.model.space import FeatureSpace

WEIGHTS = {"char": 1.0, "word": 0.6, "sound": 0.6}
COST = 20.0
TOLERANCE = 3.0
"""Where the solver stops: 0.1 takes three times as long and ranks no more right (decision 0002)."""

TOPIC_SHARE = 0.25
"""How much the score of a need's topic adds to the need's own."""

KEPT_FEATURES = 200_000
"""The heaviest features that are kept; the rest moves no decision but fills memory (decision 0002)."""

TEMPERATURE, TEMPERATURE_OF_BOTH = 0.956, 1.749
"""What scores are divided by before they become confidences: of the n-grams alone, and with the second
machine. Found by ``nlu.experiments.calibrate``, not by every training: that takes a third of its time to
find the same, with 24,000 examples as with 46,000 (decision 0002)."""

Tell = Callable[[float, str], None]
"""Called with the share done (0..1) and what happens next."""

Weights = tuple[np.ndarray, np.ndarray]
"""One row per feature and one column per label; one bias per label."""


def _silent(share: float, step: str) -> None:
    """Tell nobody."""
    del share, step


def _one_against_rest(x: sp.csr_matrix, y: np.ndarray, group: np.ndarray) -> Weights:
    """Weights for the labels of ``group`` only; all other labels count as the rest."""
    marked = np.where(np.isin(y, group), y, -1)
    machine = LogisticRegression(
        C=COST, solver="liblinear", dual=True, multi_class="ovr", max_iter=60, tol=TOLERANCE, random_state=1
    )
    machine.fit(x, marked)
    own = machine.classes_[-len(machine.coef_) :] >= 0
    return machine.coef_[own].T.astype(np.float32), machine.intercept_[own].astype(np.float32)


def regress(x: sp.csr_matrix, y: np.ndarray) -> Weights:
    """Weights of one logistic regression per label 0..n-1; two halves on two cores (no GIL there)."""
    halves = np.array_split(np.unique(y), 2)
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda half: _one_against_rest(x, y, half), halves))
    return np.hstack([coef for coef, _ in parts]), np.hstack([bias for _, bias in parts])


def with_topics(x: sp.csr_matrix, y: np.ndarray, topic_of: np.ndarray) -> Weights:
    """Need weights with their topic's weights added: one linear machine that serves both."""
    coef, bias = regress(x, y)
    topic_coef, topic_bias = regress(x, topic_of[y])
    return coef + TOPIC_SHARE * topic_coef[:, topic_of], bias + TOPIC_SHARE * topic_bias[topic_of]


def _lean(space: FeatureSpace, coef: np.ndarray) -> tuple[FeatureSpace, np.ndarray]:
    """The same machine with its heaviest features only."""
    heavy = np.sort(np.argsort(-np.linalg.norm(coef, axis=1))[:KEPT_FEATURES])
    names = list(space.index)
    index = {names[i]: at for at, i in enumerate(heavy)}
    return FeatureSpace(space.weights, index, space.idf[heavy]), coef[heavy]


def numbered(labels: Sequence[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Sorted needs, the number of each label's need, and the number of each need's topic."""
    needs = sorted(set(labels))
    number = {need: i for i, need in enumerate(needs)}
    topics = sorted({need.partition(".")[0] for need in needs})
    topic_of = np.array([topics.index(need.partition(".")[0]) for need in needs])
    return needs, np.array([number[label] for label in labels]), topic_of


def fit(
    texts: Sequence[str], labels: Sequence[str], tell: Tell = _silent, shelf: Shelf | None = None
) -> Classifier:
    """A classifier for normalised ``texts`` with their needs; with a shelf of meanings, a second machine."""
    tell(0.05, "features")
    space, x = FeatureSpace.fit(texts, WEIGHTS)
    needs, y, topic_of = numbered(labels)
    tell(0.3, "weights")
    coef, bias = with_topics(x, y, topic_of)
    space, coef = _lean(space, coef)
    classifier = Classifier.of(space, needs, coef, bias, TEMPERATURE)
    if shelf is not None:
        tell(0.7, "meanings")
        classifier.second = _second(texts, y, shelf)
    return classifier


def _second(texts: Sequence[str], y: np.ndarray, shelf: Shelf) -> Second:
    """The second machine for ``texts`` with the numbers of their needs."""
    second = fit_second(shelf.vectors(texts), y, int(y.max()) + 1, shelf.largest)
    second.temperature, second.reduce = TEMPERATURE_OF_BOTH, shelf.axes_only()
    return second
