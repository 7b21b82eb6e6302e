"""FeatureSpace: tokens to numbers. Fitted once, then the same dictionary serves.

Why this file exists: scikit-learn's vectorisers cost more than a millisecond per text; a plain
dictionary look-up costs a tenth and is stored as text, not as a pickle.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    def fit(
        cls, texts: Iterable[str], weights: dict[str, float], min_texts: int = 2
    ) -> tuple[FeatureSpace, sp.csr_matrix]:
        """A space of all tokens that occur in at least ``min_texts`` texts, and the texts as its rows.

        Every text is cut once: cutting takes as long as all that follows.
        """
        numbers: dict[str, int] = {}
        cells: list[np.ndarray] = []
        for text in texts:
            for found in tokens(text, tuple(weights)).values():
                cell = {numbers.setdefault(t, len(numbers)) for t in found}
                cells.append(np.fromiter(cell, dtype=np.int32, count=len(cell)))
        count, sizes = len(cells) // len(weights), [len(cell) for cell in cells]
        ids, cell_of = np.concatenate(cells), np.repeat(np.arange(len(cells)), sizes)
        seen = np.bincount(ids, minlength=len(numbers))
        kept = sorted(t for t, n in numbers.items() if seen[n] >= min_texts)
        old = np.array([numbers[t] for t in kept])
        idf = (np.log((1 + count) / (1 + seen[old].astype(np.float32))) + 1).astype(np.float32)
        space = cls(weights, {t: i for i, t in enumerate(kept)}, idf)
        new = np.full(len(numbers), -1, dtype=np.int32)
        new[old] = np.arange(len(kept), dtype=np.int32)
        known = new[ids] >= 0
        return space, space._rows(new[ids[known]], cell_of[known], count)

    def _rows(self, ids: np.ndarray, cell_of: np.ndarray, count: int) -> sp.csr_matrix:
        """A matrix of ``count`` rows from tokens in order; a cell is a block of a row."""
        values = self.idf[ids]
        lengths = np.sqrt(np.bincount(cell_of, weights=values**2, minlength=count * len(self.weights)))
        scale = np.tile(list(self.weights.values()), count) / np.where(lengths > 0, lengths, 1.0)
        starts = np.searchsorted(cell_of, np.arange(count + 1) * len(self.weights))
        scaled = (values * scale[cell_of]).astype(np.float32)
        rows = sp.csr_matrix((scaled, ids, starts), shape=(count, len(self.index)))
        rows.sort_indices()  # sets have no order: the same texts give the same sums, to the bit
        return rows

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
