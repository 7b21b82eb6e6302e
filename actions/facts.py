"""What a citizen told in checks, kept with its day so that it can be reused, grown or forgotten.

Why this file exists: a fact given once is not asked again, and months go on counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.turn import Conversation
from content.criteria import facts_on
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


def known(
    talk: Conversation, questions: Mapping[str, Question], on: date, wanted: Iterable[Question]
) -> dict[str, FactInput]:
    """The wanted facts told so far, as of a day; growing ones have grown by whole months since."""
    told = {
        q.id: (_value(q, talk.facts[q.id]["value"]), date.fromisoformat(talk.facts[q.id]["on"]))
        for q in wanted
        if q.id in talk.facts
    }
    return facts_on(told, on, questions)


def _value(question: Question, stored: Any) -> FactInput:
    if stored is None or isinstance(stored, bool):
        return stored
    if question.kind == "date":
        return date.fromisoformat(stored)
    return str(stored) if question.kind == "choice" else Decimal(str(stored))
