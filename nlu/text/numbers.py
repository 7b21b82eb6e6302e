"""Chinese and Arabic numerals as numbers: 两年半, 三万五, 1.5w.

Why this file exists: durations and amounts share one reading of numerals. Plain functions, no
domain words.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMERAL = r"(?:\d+(?:\.\d+)?|[零〇一二两俩三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?)"
"""Pattern of one numeral; 万 and 亿 are units, read by ``money``."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _whole(text: str) -> int:
    """一千二百三十 -> 1230; 两千三 -> 2300; 二零二五 -> 2025."""
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text) or 0)
    total, digit, last = 0, 0, 1
    for i, c in enumerate(text):
        if c in _UNITS:
            last = _UNITS[c]
            total += (digit or (1 if i == 0 or text[i - 1] in "零〇" else 0)) * last
            digit = 0
        else:
            digit, last = _DIGITS[c], (10 if c in "零〇" else last)
    spoken_short = last >= 100 and text[-2:-1] not in "零〇"
    return total + digit * (last // 10 if spoken_short else 1)


def number(text: str) -> Decimal:
    """The value of a string that matches ``NUMERAL``."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    whole, _, part = text.partition("点")
    return Decimal(f"{_whole(whole)}.{''.join(str(_DIGITS[c]) for c in part) or 0}")


def plain(value: Decimal) -> str:
    """Without trailing zeros and exponent: ``30``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
