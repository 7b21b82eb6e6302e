"""A form's words as facts of a check, and back: an absent field is open, 不清楚 is asked and not known.

Why this file exists: the page and the API read facts alike. It must not evaluate anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from content.criterion import FactInput, Question

UNKNOWN = "unknown"


class BadFact(ValueError):
    """A value that is none of its question's; the message is for people."""


def parse(question: Question, given: str) -> FactInput:
    """The fact behind a field's text.

    Raises:
        BadFact: it is not an answer to the question.
    """
    if given == UNKNOWN:
        return None
    if question.kind == "yes_no" and given in ("yes", "no"):
        return given == "yes"
    if question.kind == "choice" and any(c.id == given for c in question.choices):
        return given
    if question.kind == "date":
        return _date(question, given)
    if question.kind in ("number", "months", "years", "money"):
        return _number(question, given)
    raise BadFact(f"“{label(question)}”的值不对。")


def _date(question: Question, given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadFact(f"“{label(question)}”要写成 2026-01-31 这样的日期。") from None


def _number(question: Question, given: str) -> Decimal:
    try:
        value = Decimal(given)
    except InvalidOperation:
        raise BadFact(f"“{label(question)}”要写数字。") from None
    low, high = question.minimum, question.maximum
    if not value.is_finite() or (low is not None and value < low) or (high is not None and value > high):
        raise BadFact(f"“{label(question)}”超出了范围。")
    return value


def label(question: Question) -> str:
    """The short name of a fact."""
    return question.label or question.ask


def facts_of(questions: list[Question], given: Mapping[str, str]) -> tuple[dict[str, FactInput], list[str]]:
    """Facts by id of every field that is filled in, and what is wrong with the others."""
    facts: dict[str, FactInput] = {}
    faults = []
    for question in questions:
        text = given.get(question.id, "").strip()
        try:
            if text:
                facts[question.id] = parse(question, text)
        except BadFact as fault:
            faults.append(str(fault))
    return facts, faults
