"""Finds cities, aspects, banks, amounts, durations and dates in normalised text.

Why this file exists: one finder for Rasa's entities, the steps before Rasa and the pipeline
without Rasa. Names come from content; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlu.text.dates import dates
from nlu.text.found import Found
from nlu.text.names import banks, city_names, other_places
from nlu.text.quantities import amounts, durations
from nlu.text.words import is_word, word_table

_NEAR = {"蓉": "chengdu", "京": "beijing", "沪": "shanghai", "渝": "chongqing"}
_SHORT = re.compile(r"(?<=[在来到进离])[蓉京沪渝](?![东剧菜北语])|(?<=[从由])[京沪渝蓉](?=[转迁来])")
_ORIGIN_BEFORE = re.compile(r"(?:老家|户口|户籍|籍贯)(?:还?是|还?在|:|：)?$|来自$")
_ORIGIN_AFTER = re.compile(
    r"^(?:省|市|县|那边)?(?:人(?!民|工|事|才|社|均|员)|户口|户籍|老家(?:$|的|[，,])|农村(?:户口|出来|来的))"
)
_NOT_PLACE_AFTER = re.compile(r"^(?:银行|路(?!上)|大道|街|牌|菜|话|火锅|普惠健康保|农商|医惠保|时间|烤鸭)")


@cache
def _alternatives(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")


def _cut_by_word(text: str, start: int, end: int) -> bool:
    """Whether a place name is only part of another word（长沙 in 长沙发）."""
    inner = text[start:end]
    longer = text[start : end + 1]
    return (
        is_word(longer) and not longer.endswith(("市", "省", "县", "区", "人", "州")) and longer[:-1] == inner
    )


def _places(text: str) -> Iterator[Found]:
    names = city_names()
    both = frozenset(names) | other_places()
    matches = [*_alternatives(both).finditer(text), *_SHORT.finditer(text)]
    for m in sorted(matches, key=lambda m: m.start()):
        if _NOT_PLACE_AFTER.match(text[m.end() :]) or _cut_by_word(text, m.start(), m.end()):
            continue
        home = _ORIGIN_BEFORE.search(text[: m.start()]) or _ORIGIN_AFTER.match(text[m.end() :])
        value = names.get(m[0]) or _NEAR.get(m[0]) or f"other:{m[0]}"
        yield Found("origin" if home else "city", value, m.start(), m.end(), m[0])


@cache
def _aspect_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile("|".join(cues), re.I)) for kind, cues in word_table("aspects").items())


def _aspects(text: str) -> Iterator[Found]:
    """At most one span per aspect, the first."""
    for kind, pattern in _aspect_patterns():
        if m := pattern.search(text):
            yield Found("aspect", kind, m.start(), m.end(), m[0])


def _banks(text: str) -> Iterator[Found]:
    names = banks()
    for m in _alternatives(frozenset(names)).finditer(text):
        if not _cut_by_word(text, m.start(), m.end()):
            yield Found("bank", names[m[0]], m.start(), m.end(), m[0])


def entities(text: str) -> list[Found]:
    """Everything found in ``text`` (already normalised), in text order.

    city: one of our ids or ``other:郑州``; origin: the same, where it is a home place（老家河南）;
    aspect: an id of ``content.model.ASPECTS``; bank: a contact id; duration: months; amount: yuan;
    date: ISO parts or relative. Values of quantities may carry ``>``, ``<``, ``>=``, ``<=``, ``~``.
    """
    found = [f for finder in (_places, _aspects, _banks, durations, amounts, dates) for f in finder(text)]
    return sorted(found, key=lambda f: (f.start, f.end, f.kind))
