"""Dates said in full, in part or relative to today.

Why this file exists: the reader of a date has the clock, this file has not, so 去年 stays ``-1y``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.text.found import Found
from nlu.text.numbers import number, plain

_HAN_YEAR = "二[零〇][一二三四五六七八九零〇]{2}"
_MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})"
_DATES = (
    rf"(?P<y>(?:19|20)\d{{2}}|{_HAN_YEAR})年(?:{_MONTH}月(?:份|(?P<d>\d{{1,2}})[日号])?)?",
    r"(?<!\d)(?P<y>20\d{2})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)",
    r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?P<d>\d{1,2})[日号]",
)
_RELATIVE = {"大前年": "-3y", "前年": "-2y", "去年": "-1y", "今年": "0y", "明年": "+1y", "后年": "+2y"}
_RELATIVE |= {"上个月": "-1m", "这个月": "0m", "本月": "0m", "下个月": "+1m"}


def dates(text: str) -> Iterator[Found]:
    """Days: ``2025``, ``2025-03``, ``2025-03-01``, ``--05-01``, or relative ``-1y``, ``+1m``."""
    for pattern in _DATES:
        for m in re.finditer(pattern, text):
            yield Found("date", _iso(m.groupdict()), m.start(), m.end(), m[0])
    for m in re.finditer("大?前年|[去今明后]年|[上下这]个月|本月", text):
        yield Found("date", _RELATIVE[m[0]], m.start(), m.end(), m[0])


def _iso(parts: dict[str, str | None]) -> str:
    year = plain(number(parts["y"] or "0")) if parts.get("y") else "-"
    rest = [f"{int(number(p)):02d}" for p in (parts.get("m"), parts.get("d")) if p]
    return "-".join([year, *rest])
