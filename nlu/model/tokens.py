"""What the classifier sees of a text: character, word and sound n-grams.

Why this file exists: training and serving must cut alike to the letter. Text is expected to be
normalised. It must not know weights or needs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.text.homophones import toneless
from nlu.text.readings import marked
from nlu.text.words import cut

_DROP = re.compile(r"[\s，。！？：；（）、【】《》“”‘’…,.!?:;()\[\]{}<>\"'`~\-_=+*/\\|@#$^&·—～]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

BLOCKS = ("char", "word", "sound")
"""Feature blocks; each is scaled to length one before its weight is applied."""


def _plain(text: str) -> str:
    """Lower case, marks as one blank, numbers of three and more digits as their length."""
    text = _DROP.sub(" ", text.lower()).strip()
    return _NUMBER.sub(
        lambda m: m[0] if len(m[0]) < 3 or m[0].startswith(("12", "9")) else "0" * len(m[0]), text
    )


def _grams(items: list[str] | str, lengths: range, join: str = "") -> list[str]:
    return [join.join(items[i : i + n]) for n in lengths for i in range(len(items) - n + 1)]


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    """First reading without tone, zh/z, n/l and -ng/-n not told apart; other characters as they are."""
    reading = marked(char)
    return toneless(reading) if reading else char


def char_tokens(text: str) -> list[str]:
    """One to four character n-grams with marks for start and end."""
    return ["c" + g for g in _grams(f"^{text}$", range(1, 5))]


def word_tokens(text: str) -> list[str]:
    """Words and pairs of neighbouring words."""
    words = [w for w in cut(text) if not w.isspace()]
    return ["w" + g for g in _grams(words, range(1, 3), "/")]


def sound_tokens(text: str) -> list[str]:
    """Pairs and triples of syllables as many speakers pronounce them."""
    return ["p" + g for g in _grams([_sound(c) for c in text if c != " "], range(2, 4), "'")]


_CUTTERS = {"char": char_tokens, "word": word_tokens, "sound": sound_tokens}


def tokens(text: str, blocks: tuple[str, ...] = BLOCKS) -> dict[str, list[str]]:
    """Tokens by block for one normalised text."""
    text = _plain(text)
    return {block: _CUTTERS[block](text) for block in blocks}
