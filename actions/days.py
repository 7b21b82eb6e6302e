"""Days said relative to today: 去年 and 上个月 written out, and how long ago a day was.

Why this file exists: ``nlu.text`` has no clock, and "去年五月落的户" answers both when and how long.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from nlu.text import entities

_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1}
_MONTHS = {"上上个月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0}
_YEAR = re.compile("|".join(_YEARS))
_MONTH = re.compile("|".join(_MONTHS))
_BARE_MONTH = re.compile(
    r"(?<![0-9年一二三四五六七八九十个])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|初)?"
)
_TOO_CLOSE = 3
"""Years ago for which a year alone does not say on which side of three years it lies."""
_MID_YEAR = 6


def dated(text: str, today: date) -> str:
    """The text with relative years and months written out; a month alone is the last one of its name."""
    text = _YEAR.sub(lambda m: f"{today.year + _YEARS[m[0]]}年", text)
    text = _MONTH.sub(lambda m: _month(today, _MONTHS[m[0]]), text)
    return text if "年" in text else _BARE_MONTH.sub(lambda m: _last_of_name(m[1], today), text)


def _month(today: date, back: int) -> str:
    total = today.year * 12 + today.month - 1 + back
    return f"{total // 12}年{total % 12 + 1}月"


def _last_of_name(month: str, today: date) -> str:
    han = "一二三四五六七八九十"
    number = int(month) if month.isdigit() else 10 * ("十" in month) + (han.find(month[-1]) + 1) % 10
    return f"{today.year - (number > today.month)}年{number}月"


def months_since(text: str, today: date) -> tuple[Decimal, bool] | None:
    """Months since the day in a dated text, and whether it is an estimate; None where it says too little."""
    spans = [f.value.split("-") for f in entities(text) if f.kind == "date" and f.value[:4].isdigit()]
    if not spans:
        return None
    year, *rest = (int(part) for part in spans[0])
    if not rest and (today.year - year) in {0, _TOO_CLOSE}:
        return None
    months = (today.year - year) * 12 + today.month - (rest[0] if rest else _MID_YEAR)
    return (Decimal(months), not rest) if months >= 0 else None


def day_after(text: str, today: date) -> date | None:
    """A day named in the text that is still to come (明年1月, 2027年3月1日), else None."""
    spans = [f.value for f in entities(dated(text, today)) if f.kind == "date" and f.value[:4].isdigit()]
    for span in spans:
        year, *rest = (int(part) for part in span.split("-"))
        month, day = ([*rest, 1, 1])[:2]
        if 1 <= month <= 12 and 1 <= day <= 28 and date(year, month, day) > today:
            return date(year, month, day)
    return None
