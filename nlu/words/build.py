"""Writes ``nlu/words/terms.txt``: names of programs from content, for spelling repair and word cutting.

A name is taken where it is coined (蓉易贷, 天府信用通: cut into everyday words, single characters are
left over), short enough to be said, and not listed in ``terms_never.txt``. Names made of everyday
words only (绿色金融) would turn text that is right into themselves; the few that people do say as a
name (伙伴银行) stand in ``core_terms.txt``.

Run ``.venv/bin/python -m nlu.words.build`` when programs with names of their own came in, look at the
difference, and train again. A test refuses a list that is not what this writes.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Any

from nlu.text.names import programs
from nlu.text.words import WORDS_DIR, word_list

_HEAD = "# 由 python -m nlu.words.build 从 content/ 生成，请勿手改：有自己名字的平台、产品和机制。\n"
_BRACKETS = re.compile(r"[（(].*?[）)]|[“”\"《》‘’]")
_ONE_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{3,8}")
"""Shorter ones are everyday words, longer ones and lists with marks are no names people say."""


@cache
def _everyday() -> Any:
    """jieba with its own dictionary only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    return jieba.Tokenizer()


def is_coined(name: str) -> bool:
    """Whether everyday words do not make up the name.

    >>> is_coined("蓉易贷"), is_coined("绿色金融")
    (True, False)
    """
    return any(len(piece) == 1 for piece in _everyday().lcut(name, HMM=False))


def bare(name: str) -> str:
    """A program name as it is said, without brackets and quotation marks."""
    return _BRACKETS.sub("", name).strip()


def terms() -> list[str]:
    """Coined program names without brackets, three to eight characters, sorted."""
    names = {bare(name) for name in programs()} - set(word_list("terms_never"))
    return sorted(name for name in names if _ONE_NAME.fullmatch(name) and is_coined(name))


def text() -> str:
    """The file as it has to be."""
    return _HEAD + "".join(f"{term}\n" for term in terms())


def main() -> None:
    """Write the list."""
    (WORDS_DIR / "terms.txt").write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
