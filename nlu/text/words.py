"""Word lists under ``nlu/words`` and the general Chinese dictionary, read once.

Why this file exists: the guard against harming correct text needs to know which strings are
ordinary words; lists are data files, not code. It must not know what a list is used for.
"""

from __future__ import annotations

import logging
import warnings
from functools import cache
from pathlib import Path
from typing import Any

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
def _frequencies() -> dict[str, int]:
    """jieba's word frequencies; loading takes about one second, so it happens on first need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    table: dict[str, int] = jieba.dt.FREQ
    return table


def is_word(text: str, at_least: int = 3) -> bool:
    """Whether ``text`` is a Chinese word of two to four characters seen ``at_least`` so often.

    Counts are those of jieba's dictionary, from 1 to some 10⁶; below 3 are oddities, from 50 on
    words that everybody uses.
    """
    return 2 <= len(text) <= 4 and _frequencies().get(text, 0) >= at_least


@cache
def _cutter() -> Any:
    """jieba with our terms as words; a copy of the dictionary, so that ``is_word`` stays general."""
    import jieba

    words = jieba.Tokenizer()
    words.FREQ, words.total = dict(_frequencies()), jieba.dt.total
    words.initialized = True
    for term in (*word_list("core_terms"), *word_list("terms")):
        words.add_word(term)
    return words


def cut(text: str) -> list[str]:
    """``text`` as words, our terms kept whole."""
    words: list[str] = _cutter().lcut(text, HMM=False)
    return words
