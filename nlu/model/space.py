"""FeatureSpace: tokens to numbers. Fitted once, then the same dictionary serves.

Why this file exists: scikit-learn's vectorisers cost more than a millisecond per text; a plain
dictionary look-up costs a tenth and is stored as text, not as a pickle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from nlu.model.tokens import tokens

Vector = tuple[np.ndarray, np.ndarray]
"""Feature numbers (int32) and their values (float32)."""


@dataclass(slots=True)
class FeatureSpace:
    """``index`` numbers every known token, ``idf`` weighs it; ``weights`` scales whole blocks."""

    weights: dict[str, float]
    index: dict[str, int]
    idf: np.ndarray

    @classmethod
    def fit(cls, texts: Iterable[str], weights: dict[str, float], min_texts: int = 2) -> FeatureSpace:
        """A space of all tokens that occur in at least ``min_texts`` texts."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update({t for block in tokens(text, tuple(weights)).values() for t in block})
        kept = sorted(t for t, n in seen.items() if n >= min_texts)
        idf = np.log((1 + count) / (1 + np.array([seen[t] for t in kept], dtype=np.float32))) + 1
        return cls(weights, {t: i for i, t in enumerate(kept)}, idf.astype(np.float32))

    def vector(self, text: str) -> Vector:
        """One text; empty where no token is known."""
        ids: list[np.ndarray] = []
        values: list[np.ndarray] = []
        for block, found in tokens(text, tuple(self.weights)).items():
            known = np.fromiter({self.index[t] for t in found if t in self.index}, dtype=np.int32)
            scaled = self.idf[known]
            length = float(np.sqrt(scaled @ scaled)) or 1.0
            ids.append(known)
            values.append(scaled * (self.weights[block] / length))
        return np.concatenate(ids), np.concatenate(values).astype(np.float32)

    def matrix(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Many texts as rows."""
        rows = [self.vector(t) for t in texts]
        starts = np.cumsum([0, *(len(ids) for ids, _ in rows)])
        ids, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        return sp.csr_matrix((values, ids, starts), shape=(len(rows), len(self.index)))
