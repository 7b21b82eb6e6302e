"""How an operator types what a caller says: the simulated ways in which a question reaches the search.

Why this file exists: "typed as an operator would" must mean one thing that anybody can read and repeat. The
words are picked by jieba's own dictionary, tags and TF-IDF, which know nothing of our content or index. It
must not know the engine.

Ways (Chinese names are those of the report):

- 原话前 4 / 6 / 8 字: the first letters of the question itself, without a greeting before it.
- 关键词连打 4 / 6 / 8 字: nobody types 请问一下我想; the telling words in the caller's order, run together.
- 两个词, 三个词: the most telling words with a blank between.
- 首字母, 全拼: the same three words as initials and as pinyin.
- 全拼没打完: two words in pinyin, the last two keys not yet pressed.
- 整句: the whole question.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from bot.desk.letters import runs, syllable

OPENING = re.compile(r"^(?:请问|一下|我想问下?|问一?下|您好|你好|那个|听说|我想|我要|麻烦)+[，, ]*")
TELLING = (
    "n", "nz", "nt", "ng", "nr", "nrt", "v", "vn", "vd", "vi", "vg", "a", "ad", "an", "b", "i", "j", "l", "s",
    "eng",
)  # fmt: skip
"""jieba's tags of words that carry a topic: nouns, verbs, adjectives, set phrases. Places are left out: the
city is chosen in its own field."""
SOME, MANY = 3, 5
"""Words an operator types, and words a phrase is made of."""
LENGTHS = (4, 6, 8)


@cache
def _analyse() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.analyse
        import jieba.posseg
    jieba.setLogLevel(logging.ERROR)
    return jieba.analyse


@lru_cache(maxsize=20_000)
def telling_words(text: str, count: int) -> tuple[str, ...]:
    """The words of two letters or more with the highest TF-IDF, in the order of the text.

    Where fewer than two of them carry a topic by their tag, any words make up for it.
    """
    text = OPENING.sub("", text)
    found = [w for w in _analyse().extract_tags(text, topK=count, allowPOS=TELLING) if len(w) > 1]
    if len(found) < 2:
        found += [w for w in _analyse().extract_tags(text, topK=count) if len(w) > 1 and w not in found]
    lower = text.lower()
    return tuple(sorted(found[:count], key=lambda w: lower.find(w.lower())))


def initials(words: Iterable[str]) -> str:
    """``gjj zf`` for 公积金, 租房."""
    return " ".join("".join(syllable(c)[0] for c in run) for word in words for run in runs(word))


def pinyin(words: Iterable[str]) -> str:
    """``gongjijin zufang`` for 公积金, 租房."""
    return " ".join("".join(map(syllable, run)) for word in words for run in runs(word))


def _beginning(length: int) -> Callable[[str], str]:
    return lambda text: OPENING.sub("", text)[:length]


def _phrase(length: int) -> Callable[[str], str]:
    return lambda text: phrase(text)[:length]


def phrase(text: str) -> str:
    """The telling words of a question run together."""
    return "".join(telling_words(text, MANY))


WAYS: Mapping[str, Callable[[str], str]] = {
    **{f"原话前 {n} 字": _beginning(n) for n in LENGTHS},
    **{f"关键词连打 {n} 字": _phrase(n) for n in LENGTHS},
    "两个词": lambda text: " ".join(telling_words(text, 2)),
    "三个词": lambda text: " ".join(telling_words(text, SOME)),
    "首字母": lambda text: initials(telling_words(text, SOME)),
    "全拼": lambda text: pinyin(telling_words(text, SOME)),
    "全拼没打完": lambda text: pinyin(telling_words(text, 2))[:-2],
    "整句": str,
}
