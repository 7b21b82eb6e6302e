"""How Chinese characters and our terms are read, without pypinyin's dictionary of phrases.

Why this file exists: the phrases take 43 MB in every process and change the reading of ten of our
300 terms. Those are listed here; a test compares with the full dictionary. Everything of pypinyin
in ``nlu`` comes through here, because the switch must be set before it is imported.
"""

from __future__ import annotations

import os

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

_IN_WORDS = (("银行", 1, "hang"), ("长期", 0, "chang"), ("还贷", 0, "huan"))
"""Word, position of the character in it that is read otherwise than alone, its reading there."""


def marked(char: str) -> str:
    """The first reading of a character with its tone mark; "" for what is no Chinese character."""
    return str(PINYIN_DICT.get(ord(char), "").split(",")[0])


def readings(term: str) -> tuple[str, ...]:
    """Toneless readings of the characters of a term of ours.

    >>> readings("银行卡")
    ('yin', 'hang', 'ka')
    """
    found: list[str] = lazy_pinyin(term)
    for word, position, reading in _IN_WORDS:
        at = term.find(word)
        if at >= 0 and len(found) == len(term):
            found[at + position] = reading
    return tuple(found)
