"""One spelling for one question, before training and before serving.

Why this file exists: the classifier, the entity finder, search and keyword steps must all see the
same text. It must not hide personal numbers (``mask`` does) nor decide anything.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nlu.text.abbreviations import expand
from nlu.text.characters import clean
from nlu.text.homophones import repair
from nlu.text.words import word_table

LONGEST = 2000
"""Characters looked at; WeChat text messages are at most 2048 bytes, pasted text is cut here."""

_HESITATION = re.compile(
    r"^(?:(?:嗯+|呃+|额|啊|哦|喔|唉|哎|诶|那个|这个|就是说|然后|话说)[，,。.!！~～… 、]+)+"
)
_DAY = "早上|上午|中午|下午|晚上"
_HELLO = rf"(?:[你您]|{_DAY})好[啊呀哦哇]?|哈[喽啰]|(?:hello|hi)(?![a-z])|在[吗么嘛](?=[，,。.?？ ])"
_EXCUSE = r"[，,。.!！~～?？ ]|打扰一下|请问一?下?|(?:麻烦|想)问一?下?|请教一下"
_GREETING = re.compile(rf"^(?:{_HELLO}|亲(?=[，, ]))(?:{_HELLO}|{_EXCUSE})*", re.IGNORECASE)
_ASKED = 4
"""From this many letters on a question follows a greeting: 小助手 and 辛苦了 belong to it."""
_STUTTER = re.compile(r"(那个|这个|就是|然后|我想|我要|请问|怎么)[，, ]*\1")
_INSIDE = re.compile(r"[，,](?:嗯+|呃+|额|那个|就是说|怎么说呢|咋说呢)[，,]")


def _without_fillers(text: str) -> str:
    """Hesitation words dropped, and a greeting before a question, unless nothing would be left."""
    shorter = _INSIDE.sub("，", _STUTTER.sub(r"\1", _HESITATION.sub("", text)))
    asked = _GREETING.sub("", shorter)
    return (asked if sum(map(str.isalnum, asked)) >= _ASKED else shorter).strip() or text


@cache
def _picture_words() -> dict[str, str]:
    return {picture: word for word, pictures in word_table("pictures").items() for picture in pictures}


def _pictures_said(text: str) -> str:
    """What a message of nothing but emoji says, by its first known one; "" where none is known."""
    return next((_picture_words()[c] for c in text if c in _picture_words()), "")


def _once(text: str) -> str:
    cleaned = clean(text)
    return repair(expand(_without_fillers(cleaned))) if cleaned else _pictures_said(text)


@lru_cache(maxsize=64)  # several steps of a turn ask for the same text
def normalise(text: str) -> str:
    """``text`` simplified, half-width, without noise, our terms spelt right. Idempotent.

    >>> normalise("  公鸡金怎麼提？？？😀 ")
    '公积金怎么提？'
    """
    text = text[:LONGEST]
    for _ in range(8):
        again = _once(text)
        if again == text:
            break
        text = again
    return text
