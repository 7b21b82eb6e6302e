"""Encodes the examples and writes ``nlu/words/meanings.npz``.

    .venv-rasa/bin/python -m nlu.experiments.meanings [--anew]

Takes about 30 ms of one core an example. Run it when many examples have come in: training encodes
those that are not shelved, which is what this saves. Only new examples are encoded, on the axes
that are there; ``--anew`` encodes all and finds the axes again.
"""

from __future__ import annotations

import sys

import numpy as np

from nlu.model.examples import examples
from nlu.model.meaning import SCALE, SHIPPED, Encode, Shelf, encode, key
from nlu.text import normalise

DIMENSIONS = 192
"""Components kept of 384: more gained nothing on the held-out questions (decision 0002)."""


def build(texts: list[str], encoder: Encode = encode) -> Shelf:
    """A shelf of the texts' vectors with the axes of their largest variance."""
    vectors = encoder(texts)
    mean = vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(vectors - mean, full_matrices=False)
    one = np.ones(1, dtype=np.float32)
    shelf = Shelf(
        np.zeros(0, np.uint64), np.zeros((0, 0), np.int8), one, mean, axes[:DIMENSIONS].T.astype(np.float32)
    )
    return filled(shelf, texts, shelf.reduced(vectors))


def extended(shelf: Shelf, texts: list[str]) -> Shelf:
    """A shelf of these texts only, on the axes of another, whose vectors are taken where known."""
    return filled(shelf, texts, shelf.vectors(texts))


def filled(shelf: Shelf, texts: list[str], small: np.ndarray) -> Shelf:
    """The shelf with the reduced vectors of these texts in place of those it had."""
    keys = np.array([key(t) for t in texts], dtype=np.uint64)
    order = np.argsort(keys)
    shelf.largest = np.abs(small).max(axis=0)
    shelf.rows = np.round(small / shelf.largest * SCALE).astype(np.int8)[order]
    shelf.keys = keys[order]
    return shelf


def main(arguments: list[str]) -> None:
    """Write the shipped file and say how large it is."""
    texts = sorted({normalise(text) for text, _ in examples()} - {""})
    anew = "--anew" in arguments
    (build(texts) if anew else extended(Shelf.load(SHIPPED), texts)).save(SHIPPED)
    print(f"{len(texts)} 条，{SHIPPED.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
