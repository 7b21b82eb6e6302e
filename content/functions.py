"""Named functions for conditions and results that a small tree cannot say.

Why this file exists: rules in YAML stay tiny; anything that counts days or combines figures is
Python with tests. It must not know words. A function gets the facts it declared (absent where
open, None where the citizen does not know), the day, and a look-up of dated figures.

A condition function gives True, False, or None while it cannot tell. A result function gives the
value to show, or None for no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Figures = Callable[[str], Decimal | None]
"""A fact id to its figure on the day of the check; None where nothing covers the day."""

Function = Callable[[Mapping[str, Any], date, Figures], Any]

FUNCTIONS: dict[str, Function] = {}


def registered(function: Function) -> Function:
    """Make a function usable in YAML under its own name."""
    FUNCTIONS[getattr(function, "__name__", "")] = function
    return function


@registered
def student_loan_term_years(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Longest term in years: length of study plus the extra years, but never above the ceiling.

    Both figures are facts of the content (``student_loan_extra_years``, ``student_loan_max_years``).
    """
    study, extra = facts.get("study_years"), figures("student_loan_extra_years")
    ceiling = figures("student_loan_max_years")
    if study is None or extra is None or ceiling is None:
        return None
    return min(Decimal(study) + extra, ceiling)
