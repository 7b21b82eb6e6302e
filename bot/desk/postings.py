"""Terms and what each of them points to, as flat arrays.

Why this file exists: a hundred thousand terms as dictionaries of strings and small arrays took 60 MB of the
app. Terms are kept as 64-bit hashes, alike in every process: two different ones meet once in 10⁹ libraries.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def hashed(term: str) -> int:
    """The number a term is kept as."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little", signed=True)


class Gathered:
    """What is being gathered: a target and a weight for every occurrence of a term."""

    def __init__(self) -> None:
        self._terms, self._targets, self._weights = array("q"), array("i"), array("f")

    def add(self, term: int, target: int, weight: float = 1.0) -> None:
        """Note an occurrence of a term that was ``hashed``; the same term and target may be noted again."""
        self._terms.append(term)
        self._targets.append(target)
        self._weights.append(weight)

    def summed(self, targets: int) -> tuple[Ints, Ints, Ints, Floats]:
        """Sorted term hashes; for every pair with its own target the term's number, the target, the sum."""
        terms, rows = np.unique(np.frombuffer(self._terms, np.int64), return_inverse=True)
        pairs, where = np.unique(
            rows * max(targets, 1) + np.frombuffer(self._targets, np.int32), return_inverse=True
        )
        sums = np.bincount(where, np.frombuffer(self._weights, np.float32), len(pairs))
        row, target = np.divmod(pairs, max(targets, 1))
        return terms, row, target, sums.astype(np.float32)


class Postings:
    """Looks up terms: their targets and weights, in arrays sorted by term.

    Args:
        terms: hashes, ascending.
        rows: for every posting the number of its term, ascending.
        targets: of every posting.
        weights: of every posting.
    """

    def __init__(self, terms: Ints, rows: Ints, targets: Ints, weights: Floats) -> None:
        self._terms = terms
        self._starts = np.searchsorted(rows, np.arange(len(terms) + 1)).astype(np.int32)
        self._targets = targets.astype(np.uint16)
        self._weights = weights.astype(np.float32)

    def __len__(self) -> int:
        return len(self._terms)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What ``from_arrays`` needs to make it again."""
        rows = np.repeat(np.arange(len(self._terms), dtype=np.int64), np.diff(self._starts))
        return {"terms": self._terms, "rows": rows, "targets": self._targets, "weights": self._weights}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Postings:
        """Made again from ``arrays``."""
        return cls(*(arrays[name] for name in ("terms", "rows", "targets", "weights")))

    def of(self, term: str) -> tuple[npt.NDArray[np.uint16], Floats]:
        """Targets of a term, each once, and their weights; empty where it is unknown."""
        [part] = self._parts([term])
        return self._targets[part], self._weights[part]

    def sums(self, terms: Mapping[str, float], targets: int) -> Floats:
        """Weights of all the terms' postings, each times its term's own, summed by target (``targets``,)."""
        if not terms:
            return np.zeros(targets, np.float32)
        parts = self._parts(terms)
        which = np.concatenate([self._targets[part] for part in parts])
        pairs = zip(parts, terms.values(), strict=True)
        gains = np.concatenate([self._weights[part] * weight for part, weight in pairs])
        return np.bincount(which, gains, targets).astype(np.float32)

    def _parts(self, terms: Collection[str]) -> list[slice]:
        """Where each term's postings stand; an empty place for an unknown one."""
        keys = np.fromiter(map(hashed, terms), np.int64, len(terms))
        starts = self._starts[np.searchsorted(self._terms, keys)]
        ends = self._starts[np.searchsorted(self._terms, keys, side="right")]
        return list(map(slice, starts.tolist(), ends.tolist()))
