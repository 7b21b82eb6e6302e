"""Turns written sentences into ones to read out: no brackets, no notice numbers, no digits.

Why this file exists: an operator reads the sentence as it stands. It must not know records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from content.numerals import read_aloud

_NOTICE_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}〔\d{4}〕第?\d+号")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)|【[^【】]*】|〔[^〔〕]*〕|\[[^\[\]]*\]")
_MARKS = re.compile(r"[《》“”\"'「」『』〈〉<>（）()【】]")
_UNITS = re.compile(r"(?<=[\d一-龥])/(?=[一-龥])")
_WORDS = {"+": "加", "LPR": "贷款市场报价利率", "APP": "手机应用"}


def aloud(sentences: Iterable[str]) -> str:
    """The sentences as one text to read out."""
    return "".join(_plain(sentence) for sentence in sentences if sentence)


def _plain(sentence: str) -> str:
    text = sentence.replace("（号码待核实）", "，号码还没有核实")
    while _BRACKETED.search(text):
        text = _BRACKETED.sub("", _NOTICE_NUMBER.sub("这份文件", text))
    text = _MARKS.sub("", _NOTICE_NUMBER.sub("这份文件", text))
    text = _UNITS.sub("每", text)
    for written, said in _WORDS.items():
        text = text.replace(written, said)
    text = re.sub(r"[；;\n]", "，", read_aloud(text)).replace(" ", "")
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
