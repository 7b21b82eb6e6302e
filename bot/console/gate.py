"""The gate every publication passes: what blocks it, what to think about, and which replies change.

Why this file exists: a wrong answer costs someone money, so nothing is published unseen. It looks at two
libraries, the one in force and the one with the change, and must not know drafts or databases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from actions import render
from bot.console.fraud_reading import new_faults
from bot.console.preview import outcome_at
from bot.console.records import called
from bot.console.sayings import shipped_examples
from bot.console.words import plain
from content.check import check
from content.coverage import coverage
from content.find import Library
from content.load import ContentFaults, library_from_texts
from content.model import NATIONAL, Answer

SOON = timedelta(days=30)
REPLIES_SHOWN = 40
QUESTIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that would be another one: for which need, city and questions, before and after."""

    need: str
    city: str
    questions: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Gate:
    """``red`` blocks, ``amber`` is to be thought about; ``more`` replies change beyond those listed."""

    red: tuple[str, ...] = ()
    amber: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    more: int = 0

    def to_json(self) -> dict[str, Any]:
        """For keeping with a draft."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Passing:
    """What is to pass: texts with the change, and kind and key of the records changed."""

    texts: Mapping[str, str]
    records: tuple[tuple[str, str], ...]


Candidate = tuple[Library | None, tuple[str, ...]]
"""The library with a change, or why it cannot be served."""


def candidate(passing: Passing) -> Candidate:
    """What a change makes of the content."""
    return _candidate(frozenset(passing.texts.items()))


@lru_cache(maxsize=1)
def _candidate(texts: frozenset[tuple[str, str]]) -> Candidate:
    """The same change is looked at by its author, by the reviewer and when it is approved."""
    try:
        return library_from_texts(dict(sorted(texts))), ()
    except ContentFaults as faults:
        return None, tuple(f"读不出来：{plain(fault.message)}" for fault in faults.faults[:20])


def blocks(
    now: Library, new: Library | None, faults: tuple[str, ...], passing: Passing, on: date
) -> tuple[str, ...]:
    """What stops a change that would be in force on a day: all a publication has to know."""
    if new is None:
        return faults
    red = [*_new_faults(now, new, passing, on), *_coverage_lost(now, new)]
    red += new_faults(now, new, passing.records)
    for answer in _answers(new, passing):
        red += _days(answer, on)
    return tuple(red)


def judge(now: Library, new: Library | None, faults: tuple[str, ...], passing: Passing, on: date) -> Gate:
    """The whole result for a change that would be in force on a day."""
    red = blocks(now, new, faults, passing, on)
    if new is None:
        return Gate(red=red)
    amber = [note for a in _answers(new, passing) for note in (*_soon(a, on), *_length(a, new, on))]
    changed = list(_replies(now, new, on))
    return Gate(red, tuple(amber), tuple(changed[:REPLIES_SHOWN]), max(0, len(changed) - REPLIES_SHOWN))


def _answers(library: Library, passing: Passing) -> Iterator[Answer]:
    """The changed answers as they would be."""
    for kind, key in passing.records:
        answer = library.answers.get(key) if kind == "answers" else None
        if answer is not None:
            yield answer


@lru_cache(maxsize=2)
def _faults_of(library: Library, on: date) -> tuple[str, ...]:
    """Faults, in order: of the content in force for every edit, of a candidate each time it is looked at."""
    return tuple(fault.message for fault in check(library, on))


def _new_faults(now: Library, new: Library, passing: Passing, on: date) -> Iterator[str]:
    """Faults this change brings, and those its own records have already."""
    before = set(_faults_of(now, on))
    own = tuple(f"{key}：" for _, key in passing.records)
    for message in _faults_of(new, on):
        if message.startswith(own) or message not in before:
            yield f"内容检查：{_in_words(new, message)}"


def _in_words(library: Library, message: str) -> str:
    """A fault with its record's name in place of the id it begins with."""
    key, mark, rest = message.partition("：")
    return f"{called(library, key)}{mark}{plain(rest)}" if mark else plain(message)


def _coverage_lost(now: Library, new: Library) -> Iterator[str]:
    before = {row.id for row in coverage(now) if row.state != "missing"}
    for row in coverage(new):
        if row.state == "missing" and row.id in before:
            city = new.cities[row.city].name if row.city in new.cities else row.city
            yield f"文件覆盖：{city}文件的{row.article}会变成没有内容"


def _days(answer: Answer, on: date) -> Iterator[str]:
    if answer.review_by is not None and answer.review_by < on:
        yield f"日期：复核期限 {answer.review_by} 已经过了，请重新核验后改到以后"
    if answer.valid_to is not None and answer.valid_to < on and not answer.after:
        yield f"日期：这条答复到 {answer.valid_to} 已经结束，请写到期以后怎么说"
    if answer.checked_on > on:
        yield f"日期：核验日期 {answer.checked_on} 还没到"


def _soon(answer: Answer, on: date) -> Iterator[str]:
    for what, day in (("复核期限", answer.review_by), ("结束日期", answer.valid_to)):
        if day is not None and on <= day < on + SOON:
            yield f"日期：{what} {day} 不到三十天了"
    if answer.review_by is None:
        yield "日期：没有写复核期限，到期日历不会提醒"


def _length(answer: Answer, library: Library, on: date) -> Iterator[str]:
    city = "" if answer.scope == NATIONAL else answer.scope
    parts = render.parts(outcome_at(library, answer.need, city, on))
    if len(parts) > 1:
        yield f"微信长度：会分成 {len(parts)} 条发出，每条最多 2048 字节"


def _replies(now: Library, new: Library, on: date) -> Iterator[Reply]:
    """Every need in every city, answered from both libraries: what differs."""
    told, tells = _told(now, on), dict(_tells(new, on))
    for (need, city), before in told.items():
        after = tells.get((need, city), before)
        if before != after:
            yield Reply(need, city, questions_for(need), before, after)


@lru_cache(maxsize=1)
def _told(library: Library, on: date) -> Mapping[tuple[str, str], str]:
    """The replies of the content in force: the same for every edit until the next publication."""
    return dict(_tells(library, on))


def _tells(library: Library, on: date) -> Iterator[tuple[tuple[str, str], str]]:
    for need in library.needs.values():
        if need.handler == "answer":
            for city in ("", *library.cities):
                yield (need.id, city), render.plain(outcome_at(library, need.id, city, on))


def questions_for(need: str) -> tuple[str, ...]:
    """A few sample questions of a need."""
    return shipped_examples().get(need, ())[:QUESTIONS_SHOWN]
