"""A few values of a fact that stand for all it can be, as far as a rule can tell them apart.

Why this file exists: what can still change a verdict is found by trying each kind of answer once.
It must not evaluate rules; it only knows the bounds they compare with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from content.criterion import Question

_WHOLE_KINDS = ("months",)


def samples(question: Question, bounds: Iterable[Any]) -> list[Any]:
    """Values of the fact, at least one of each kind that comparing with ``bounds`` can tell apart."""
    if question.kind == "yes_no":
        return [True, False]
    if question.kind == "choice":
        return [choice.id for choice in question.choices]
    ordered = sorted(set(bounds))
    if question.kind == "date":
        return _dates([bound for bound in ordered if isinstance(bound, date)])
    numbers = [bound for bound in ordered if isinstance(bound, Decimal)]
    found = _whole(numbers) if question.kind in _WHOLE_KINDS else _between(numbers)
    inside = [number for number in found if _possible(number, question)]
    return inside or numbers


def _dates(bounds: list[date]) -> list[date]:
    day = timedelta(days=1)
    return sorted({shifted for bound in bounds for shifted in (bound - day, bound, bound + day)})


def _whole(bounds: list[Decimal]) -> list[Decimal]:
    return sorted({shifted for bound in bounds for shifted in (bound - 1, bound, bound + 1)})


def _between(bounds: list[Decimal]) -> list[Decimal]:
    if not bounds:
        return []
    middles = [(low + high) / 2 for low, high in pairwise(bounds)]
    return sorted({bounds[0] - 1, bounds[-1] + 1, *bounds, *middles})


def _possible(number: Decimal, question: Question) -> bool:
    above = question.minimum is None or number >= question.minimum
    return above and (question.maximum is None or number <= question.maximum)
