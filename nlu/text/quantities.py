"""Durations and amounts with comparable values.

Why this file exists: eligibility checks compare what a citizen says（交了八个月, 月薪五千）with a
condition. Values are text so that vagueness survives: a leading ``>``, ``<``, ``>=``, ``<=`` or ``~``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nlu.text.found import Found
from nlu.text.numbers import NUMERAL, number, plain
from nlu.text.words import word_table

_DAY = Decimal(1) / 30
_MONTHS = {"年": Decimal(12), "个月": Decimal(1), "月": Decimal(1), "季度": Decimal(3), "天": _DAY}
_MONTHS |= dict.fromkeys(("周", "星期", "礼拜"), Decimal("0.25"))


def _signs(name: str) -> dict[str, str]:
    return {word: sign for sign, words in word_table(name).items() for word in words}


def _choice(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SIGN_BEFORE, _SIGN_AFTER = _signs("vague"), _signs("vague_after")
_BEFORE = rf"(?P<before>{_choice(_SIGN_BEFORE)})?(?:有|了|是)?"
_AFTER = rf"(?P<after>{_choice(_SIGN_AFTER)})?"
_UNIT = r"(?P<half1>个半)?(?P<more>多|来|几)?个?(?P<unit>年|个?月|季度|周|星期|礼拜|天)(?P<half2>半)?"
_SPAN = rf"(?P<n>{NUMERAL}){_UNIT}(?:零?(?P<m>{NUMERAL})个月)?"
_WORD = r"(?P<word>大半年|小半年|半年|半个月|一年半载|好几年|几年|几个月)"
_DURATION = re.compile(rf"{_BEFORE}(?:{_SPAN}|{_WORD}){_AFTER}")
_WORDS = {"半年": "6", "大半年": ">6", "小半年": "<6", "半个月": "0.5", "一年半载": "~12"}
_WORDS |= {"好几年": ">24", "几年": ">24", "几个月": ">1"}
_YEAR = re.compile(r"\d{4}|[一二三四五六七八九零〇]{4}")
_PAIR = re.compile("[一二两三四五六七八九]{2}")
_AMOUNT = re.compile(
    rf"{_BEFORE}(?P<n>{NUMERAL})(?P<more>多|来|几)?(?P<scale>[万wW亿kK千])?"
    rf"(?P<tail>[一二三四五六七八九]|\d(?!\d))?(?P<unit>元|块钱?|人民币|圆|钱|大洋)?{_AFTER}"
)
_MONEY_BEFORE = re.compile(
    r"(?:工资|月薪|底薪|年薪|收入|到手|月供|房租|租金|押金|欠了?我?|借了?|贷款?|存款?|扣了?我?|基数)"
    r"(?:才|有|是|大概|每月|每个月|一个月)?$"
)
_SCALES = {"万": 10000, "w": 10000, "亿": 10**8, "k": 1000, "千": 1000, "": 1}


def _qualifier(match: re.Match[str]) -> str:
    """The sign that goes with the number; what stands behind it is nearer and wins."""
    after = _SIGN_AFTER.get(match["more"] or "") or _SIGN_AFTER.get(match["after"] or "")
    return after or _SIGN_BEFORE.get(match["before"] or "", "")


def _months(match: re.Match[str]) -> str:
    """The months of a counted span such as 两年半 or 1年3个月."""
    unit = _MONTHS[match["unit"]]
    months = number(match["n"]) * unit + (unit / 2 if match["half1"] or match["half2"] else 0)
    return plain((months + number(match["m"] or "0")).quantize(Decimal("0.01")))


def _duration(match: re.Match[str]) -> str:
    """The value of one match, "" where it is a calendar year or month and no span."""
    if match["word"]:
        value = _WORDS[match["word"]]
        return value if not value[0].isdigit() else _qualifier(match) + value
    if (match["unit"] == "年" and _YEAR.fullmatch(match["n"])) or (
        match["unit"] == "月" and "个" not in match[0]
    ):
        return ""
    if _PAIR.fullmatch(match["n"]):
        return f"~{_pair(match)}"
    return _qualifier(match) + _months(match)


def durations(text: str) -> Iterator[Found]:
    """Spans of time in months: 两年半 ``30``, 三个月出头 ``>3``, 不到一年 ``<12``, 刚半年 ``~6``."""
    for m in _DURATION.finditer(text):
        if value := _duration(m):
            yield Found("duration", value, m.start(), m.end(), m[0])


def _pair(match: re.Match[str]) -> str:
    """Two neighbouring digits say a range: 两三个月 is about two and a half."""
    low, high = (number(c) for c in match["n"])
    return plain(((low + high) / 2 * _MONTHS[match["unit"]]).quantize(Decimal("0.01")))


def amounts(text: str) -> Iterator[Found]:
    """Sums in yuan: 三万五 ``35000``, 5k多 ``>5000``; a bare number without unit is none."""
    for m in _AMOUNT.finditer(text):
        scale = (m["scale"] or "").lower()
        unit = m["unit"] or scale or (_MONEY_BEFORE.search(text[: m.start("n")]) and number(m["n"]) >= 100)
        if not unit or re.match("[个年月天岁口人次套份家平米分]", text[m.end() :]):
            continue
        value = number(m["n"]) * _SCALES[scale]
        if m["tail"]:
            value += number(m["tail"]) * _SCALES[scale] / 10
        sign = _qualifier(m)
        yield Found("amount", sign + plain(value), m.start(), m.end(), m[0])
