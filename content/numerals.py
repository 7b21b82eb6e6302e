"""Numbers as people say them in Chinese: 260 → 二百六十, 12329 → 幺二三二九.

Why this file exists: a spoken sentence（口播）has no digits. It must not know facts or units' meaning.
"""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_PHONE = "零幺二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_COUNTED = "个年次份类种项倍位套人天周条张家步点" + "岁"


def digits(text: str, alphabet: str = _DIGITS) -> str:
    """Digit by digit, as years are read.

    >>> digits("2026")
    '二零二六'
    """
    return "".join(alphabet[int(letter)] for letter in text)


def phone(text: str) -> str:
    """Digit by digit with 幺 for one; separators become a pause.

    >>> phone("400-810")
    '四零零，八幺零'
    """
    return "，".join(digits(part, _PHONE) for part in re.split(r"[-－ ]+", text) if part)


def whole(number: int) -> str:
    """A whole number from 0 to 10¹⁶.

    >>> whole(260), whole(10050), whole(2000), whole(12)
    ('二百六十', '一万零五十', '两千', '十二')
    """
    if number == 0:
        return "零"
    groups: list[int] = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        said += _group(groups[place], place, following=bool(said))
    return said.removeprefix("一") if said.startswith("一十") else said


def _group(value: int, place: int, following: bool) -> str:
    if value == 0:
        return ""
    text, gap = "", following and value < 1000
    for position in range(3, -1, -1):
        digit = value // 10**position % 10
        if digit == 0:
            gap = gap or bool(text)
            continue
        text += ("零" if gap else "") + _digit(digit, position, place, leading=not text and not following)
        gap = False
    return text + _GROUPS[place]


def _digit(digit: int, position: int, place: int, leading: bool) -> str:
    two = digit == 2 and (position == 3 or (leading and position == 0 and place > 0))
    return ("两" if two else _DIGITS[digit]) + _PLACES[position]


def number(text: str) -> str:
    """A written number, with decimals and thousands separators.

    >>> number("3.25"), number("12,000"), number("0.5")
    ('三点二五', '一万两千', '零点五')
    """
    before, _, after = text.replace(",", "").partition(".")
    return whole(int(before)) + (f"点{digits(after)}" if after else "")


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), "date"),
    (re.compile(r"(\d{4})(?=年)"), "year"),
    (
        re.compile(
            r"(?<![\d.])((?:1\d{4}|9\d{4}|0\d{2,3}-\d{5,8}|\d{3}-\d{3}-\d{4}|\d{3}-\d{8}|110|120|119))(?![\d.,元个人%年月天万])"
        ),
        "phone",
    ),
    (re.compile(rf"({_NUMBER})\s*[%％]"), "percent"),
    (re.compile(rf"({_NUMBER})\s*[-–~～]\s*(?={_NUMBER})"), "range"),
    (re.compile(rf"(?<![\d.])2(?=[{_COUNTED}])"), "two"),
    (re.compile(rf"({_NUMBER})"), "number"),
)


def _said(kind: str, match: re.Match[str]) -> str:
    if kind == "date":
        year, month, day = match.groups()
        return f"{digits(year)}年{whole(int(month))}月{whole(int(day))}日"
    if kind == "two":
        return "两"
    text = match.group(1)
    spoken = {"year": digits, "phone": phone}.get(kind, number)(text)
    return {"percent": f"百分之{spoken}", "range": f"{spoken}到"}.get(kind, spoken)


def read_aloud(text: str) -> str:
    """The text with every number as words.

    >>> read_aloud("每月260元，12329，2026-09-01，40%")
    '每月二百六十元，幺二三二九，二零二六年九月一日，百分之四十'
    """
    for pattern, kind in _RULES:
        text = pattern.sub(lambda match, kind=kind: _said(kind, match), text)  # type: ignore[misc]
    return text
