"""After a verdict: the same rule on a later day, under a supposition, or the day it would be met.

Why this file exists: 再过半年呢, 要是房子在别处呢 and 那什么时候能提 ask about the case just judged. What is
supposed is laid over what was told and never kept as told.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from actions import check_words, days, facts, followup, hear, sentence, told
from actions.eligibility import ask, conclude, over
from actions.outcome import Outcome
from actions.turn import Turn
from content.criterion import Check, Question

_WHEN = re.compile(
    r"(?:什么|啥子?|哪)(?:时候|天|年|个?月)|(?:还|得|要|再)(?:要|得|差|等|需要)?(?:多久|好久|多长时间|几个月|多少个?月)"
    r"|(?:多久|好久|几个月)(?:以?后|之后)?(?:才|就|可以|能)"
)
_FURTHEST = 360
"""Months looked ahead for the day a condition is reached: a working life."""


def step(turn: Turn, check: Check) -> Outcome | None:
    """Look ahead or suppose, where the message asks for it."""
    text = told.said(turn)
    if check_words.supposes(text):
        return _on_day(turn, check, text) or _if_so(turn, check, text)
    if check_words.is_question(text) and days.day_after(text, turn.now.date()):
        return _on_day(turn, check, text)
    if _WHEN.search(text):
        return _when(turn, check)
    return _if_so(turn, check, text) if _asks_if_it_matters(text) else None


def _asks_if_it_matters(text: str) -> bool:
    """我老婆老家有一套影响不: a fact is told to ask what it changes."""
    return sentence.asks(text) and check_words.asks_own_case(text)


def _on_day(turn: Turn, check: Check, text: str) -> Outcome | None:
    """再过半年呢 and 等满三年呢: the same rule on another day, or with the span reached."""
    grows = _growing(turn, check)
    span = check_words.reached(text)
    for question in grows if span else []:
        heard = told.hears(turn, question, span)
        if heard.found:
            return supposed(turn, check, {question.id: facts.plain(heard.value)})
    day = check_words.later_day(text, turn.now.date())
    if day is None:
        return None
    if not check.holds_on(day):
        return over(turn, check, day)
    evaluation = told.standing(turn, check, day)
    return conclude(turn, check, evaluation, check_words.ON_DAY.format(day=day.isoformat()), day)


def _growing(turn: Turn, check: Check) -> list[Question]:
    return [q for q in check_words.questions_of(check, turn.library) if q.grows]


def _when(turn: Turn, check: Check) -> Outcome | None:
    """那什么时候能提: the first month in which what grows by itself is enough, if it ever is."""
    known = told.known(turn, check, turn.now.date())
    waits = any(known.get(q.id) is not None for q in _growing(turn, check))
    if not waits or told.standing(turn, check).verdict != "not_met" or followup.speaks_for_itself(turn):
        return None
    for months in range(1, _FURTHEST):
        day = check_words.months_on(turn.now.date(), Decimal(months))
        evaluation = told.standing(turn, check, day)
        if not evaluation.in_force:
            return None
        if evaluation.verdict != "not_met":
            return conclude(turn, check, evaluation, check_words.REACHED.format(day=_month(day)), day)
    return None


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _if_so(turn: Turn, check: Check, text: str) -> Outcome | None:
    heard = told.hear_all(turn, check, text) or _known_by_name(turn, check, text)
    return supposed(turn, check, {q.id: facts.plain(h.value) for q, h in heard.items()}) if heard else None


def _known_by_name(turn: Turn, check: Check, text: str) -> dict[Question, hear.Heard]:
    """A fact told before that the message names otherwise (老家有一套)."""
    wanted = [q for q in check_words.questions_of(check, turn.library) if q.id in turn.conversation.facts]
    named = {q: told.named(q, text) for q in wanted}
    return {question: heard for question, heard in named.items() if heard.found}


def supposed(turn: Turn, check: Check, what_if: dict[str, object]) -> Outcome:
    """Where it would stand, and the next question if one is left; the told facts stay as they are."""
    turn.conversation.check = {**turn.conversation.check, "what_if": what_if}
    evaluation = told.standing(turn, check)
    outcome = conclude(turn, check, evaluation, lead=check_words.SUPPOSED)
    if evaluation.next_fact:
        following = ask(turn, check, turn.library.questions[evaluation.next_fact], fresh=True)
        outcome.text = f"{outcome.text}\n{following.text}"
        outcome.asks, outcome.choices = following.asks, following.choices
    return outcome
