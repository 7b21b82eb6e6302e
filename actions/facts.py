"""What a citizen told in checks, kept with its day so that it can be reused, grown or forgotten.

Why this file exists: a fact given once is not asked again, and months go on counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from actions.turn import Conversation
from content.criterion import FactInput, Question


def keep(talk: Conversation, fact: str, value: FactInput, on: date) -> None:
    """Store a value (None: asked and not known) with the day it was told."""
    plain: Any = value
    if isinstance(value, Decimal):
        plain = str(value)
    elif isinstance(value, date):
        plain = value.isoformat()
    talk.facts[fact] = {"value": plain, "on": on.isoformat()}


def forget(talk: Conversation, fact: str) -> None:
    """Drop one fact."""
    talk.facts.pop(fact, None)


def known(talk: Conversation, questions: Iterable[Question], on: date) -> dict[str, FactInput]:
    """The facts told so far as of a day; growing ones have grown by whole months since."""
    out: dict[str, FactInput] = {}
    for question in questions:
        told = talk.facts.get(question.id)
        if told is not None:
            out[question.id] = _as_of(question, told["value"], date.fromisoformat(told["on"]), on)
    return out


def _as_of(question: Question, value: Any, told_on: date, on: date) -> FactInput:
    if value is None or isinstance(value, bool):
        return value
    if question.kind == "date":
        return date.fromisoformat(value)
    if question.kind == "choice":
        return str(value)
    amount = Decimal(str(value))
    if question.grows:
        months = max(0, (on.year - told_on.year) * 12 + on.month - told_on.month - (on.day < told_on.day))
        amount += months if question.kind == "months" else Decimal(months) / 12
    return int(amount) if question.kind == "months" else amount
