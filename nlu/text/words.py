"""Word lists under ``nlu/words`` and the general Chinese dictionary, read once.

Why this file exists: the guard against harming correct text needs to know which strings are
ordinary words; lists are data files, not code. It must not know what a list is used for.
"""

from __future__ import annotations

import logging
import warnings
from array import array
from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

WORDS_DIR = Path(__file__).resolve().parent.parent / "words"


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Entries of ``nlu/words/<name>.txt`` in file order, without comments and blank lines."""
    lines = (WORDS_DIR / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.split("#")[0].strip()))


def word_table(name: str) -> dict[str, tuple[str, ...]]:
    """Rows ``key: a b c`` of a list as a mapping to its words."""
    rows = (entry.partition(":") for entry in word_list(name))
    return {key.strip(): tuple(rest.split()) for key, _, rest in rows}


@cache
def _words() -> tuple[array[int], array[int]]:
    """Codes of the words of two to four characters, sorted, and their frequencies: 4 MB, as a dict 28.

    jieba's dictionary (word, frequency and kind a line) is read without jieba, whose own tables and prefixes
    take 80 MB.
    """
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.submodule_search_locations
    fields = (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text("utf-8").split()
    letters = np.array(fields[::3], "U5").view(np.uint32).reshape(-1, 5)
    times = np.fromiter(map(int, fields[1::3]), np.uint32, len(letters))
    kept = (letters[:, 1] > 0) & (letters[:, 4] == 0)
    codes = _codes(letters[kept, :4])
    order = np.argsort(codes)
    return array("Q", codes[order].tobytes()), array("I", times[kept][order].tobytes())


def _codes(letters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """``_code`` of many words at once; four letters a row, 0 after a word's end."""
    codes = np.zeros(len(letters), np.uint64)
    for letter in letters.astype(np.uint64).T:
        codes = np.where(letter > 0, codes << np.uint64(16) | letter, codes)
    codes[(letters > 0xFFFF).any(axis=1)] = 0
    return codes


def _code(word: str) -> int:
    """A word of up to four characters as one number of 64 bits; 0 with characters outside the BMP."""
    raw = word.encode("utf-16-be", "surrogatepass")
    return int.from_bytes(raw, "big") if len(raw) == 2 * len(word) else 0


def is_word(text: str, at_least: int = 3) -> bool:
    """Whether ``text`` is a Chinese word of two to four characters seen ``at_least`` so often.

    Counts are those of jieba's dictionary, from 1 to some 10⁶; below 3 are oddities, from 50 on
    words that everybody uses.
    """
    if not 2 <= len(text) <= 4:
        return False
    codes, times = _words()
    code = _code(text)
    at = bisect_left(codes, code)
    return at < len(codes) and codes[at] == code != 0 and times[at] >= at_least


@cache
def _cutter() -> Any:
    """jieba with our terms as words; takes a second and 80 MB, so only where words are cut."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    for term in (*word_list("core_terms"), *word_list("terms")):
        jieba.add_word(term)
    return jieba


def cut(text: str) -> list[str]:
    """``text`` as words, our terms kept whole."""
    words: list[str] = _cutter().lcut(text, HMM=False)
    return words
