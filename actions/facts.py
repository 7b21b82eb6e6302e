"""What a citizen told in checks, kept with its day so that it can be reused, grown or forgotten.

Why this file exists: a fact given once is not asked again, and months go on counting. A local fact
(户口、住房、缴存) belongs to one city and is never reused for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from actions.turn import Conversation
from content.criteria import facts_on
from content.criterion import FactInput, Question


def keep(talk: Conversation, fact: str, value: FactInput, on: date, city: str = "") -> None:
    """Store a value (None: asked and not known) with the day and the city it was told for."""
    talk.facts[fact] = {"value": plain(value), "on": on.isoformat(), "city": city}


def plain(value: FactInput) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def forget(talk: Conversation, fact: str) -> None:
    """Drop one fact."""
    talk.facts.pop(fact, None)


def known(
    talk: Conversation,
    questions: Mapping[str, Question],
    on: date,
    wanted: Iterable[Question],
    city: str = "",
) -> dict[str, FactInput]:
    """The wanted facts told so far, as of a day; growing ones have grown by whole months since.

    Args:
        talk: the conversation that holds them.
        questions: for which facts grow.
        on: the day wanted.
        wanted: the questions of the check.
        city: the check's city; local facts told for another are left out.
    """
    told = {}
    for question in wanted:
        stored = talk.facts.get(question.id)
        if stored is None or (question.local and stored.get("city", "") != city):
            continue
        told[question.id] = (typed(question, stored["value"]), date.fromisoformat(stored["on"]))
    return facts_on(told, on, questions)


def typed(question: Question, stored: Any) -> FactInput:
    """The value of a stored fact; inverse of ``plain``."""
    if stored is None or isinstance(stored, bool):
        return stored
    if question.kind == "date":
        return date.fromisoformat(stored)
    return str(stored) if question.kind == "choice" else Decimal(str(stored))
