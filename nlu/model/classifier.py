"""Classifier: normalised text to needs with calibrated confidences.

Why this file exists: the one model that decides what a citizen asks. A linear machine over n-gram
features: trains in a minute, parses in a fraction of a millisecond, explains itself by its
weights. Stored as numpy arrays and JSON, never as a pickle.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.model.second import GATE, Second
from nlu.model.space import FeatureSpace

_ARRAYS, _TABLES, _SECOND = "weights.npz", "tables.json", "second.npz"
_LARGEST = 127


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


@dataclass(slots=True)
class Classifier:
    """``coef`` (int8) has a row per feature and a column per need, ``steps`` (float32) what one is worth in
    each row; ``temperature`` calibrates; ``second`` is asked where the first is less sure than ``GATE``."""

    space: FeatureSpace
    needs: list[str]
    coef: np.ndarray
    steps: np.ndarray
    bias: np.ndarray
    temperature: float
    second: Second | None = None

    @classmethod
    def of(
        cls, space: FeatureSpace, needs: list[str], weights: np.ndarray, bias: np.ndarray, temperature: float
    ) -> Classifier:
        """One from weights (features, needs) of any floating kind, rounded to 255 steps a feature."""
        steps = np.maximum(np.abs(weights).max(axis=1), 1e-12).astype(np.float32) / _LARGEST
        coef = np.round(weights / steps[:, None]).astype(np.int8)
        return cls(space, needs, coef, steps, bias, temperature)

    def scores(self, text: str) -> np.ndarray:
        """Raw scores, one per need."""
        ids, values = self.space.vector(text)
        return np.asarray((values * self.steps[ids]) @ self.coef[ids].astype(np.float32) + self.bias)

    def confidences(self, text: str) -> np.ndarray:
        """Probabilities that sum to one."""
        scores = self.scores(text)
        sure = _softmax(scores / self.temperature)
        if self.second is None or sure.max() >= GATE:
            return sure
        return _softmax((scores + self.second.scores_of(text)) / self.second.temperature)

    def ranking(self, text: str, limit: int = 10) -> list[tuple[str, float]]:
        """Needs best first with their confidences."""
        confidences = self.confidences(text)
        best = np.argsort(-confidences)[:limit]
        return [(self.needs[i], float(confidences[i])) for i in best]

    def save(self, folder: Path) -> None:
        """Write two files into an existing folder."""
        # Packed here: Rasa packs the folder once more, at zlib's slowest level, 17 s for numbers as they are.
        arrays = {"coef": self.coef, "steps": self.steps, "bias": self.bias, "idf": self.space.idf}
        np.savez_compressed(folder / _ARRAYS, **arrays)
        tables = {
            "needs": self.needs,
            "tokens": list(self.space.index),
            "weights": self.space.weights,
            "temperature": self.temperature,
        }
        if self.second is not None:
            self.second.save(folder / _SECOND)
        (folder / _TABLES).write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Read what ``save`` wrote.

        Raises:
            FileNotFoundError: where the folder holds no model.
        """
        tables = json.loads((folder / _TABLES).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            coef, steps, bias, idf = (arrays[name] for name in ("coef", "steps", "bias", "idf"))
        space = FeatureSpace(tables["weights"], {t: i for i, t in enumerate(tables["tokens"])}, idf)
        second = Second.load(folder / _SECOND) if (folder / _SECOND).exists() else None
        return cls(space, tables["needs"], coef, steps, bias, tables["temperature"], second)
