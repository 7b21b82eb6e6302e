"""Named functions for conditions and results that a small tree cannot say.

Why this file exists: rules in YAML stay tiny; anything that counts days or combines figures is
Python with tests. A function gets the facts it declared (absent where open, None where the citizen
does not know), the day, and a look-up of dated figures.

A condition function gives True, False, or None while it cannot tell. A result function gives the
value to show, or None for no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from content.workdays import after_workdays

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

    Both figures are facts of the content (``student_loan_extra``, ``student_loan_longest``).
    """
    study, extra = facts.get("study_years"), figures("student_loan_extra")
    ceiling = figures("student_loan_longest")
    if study is None or extra is None or ceiling is None:
        return None
    return min(Decimal(study) + extra, ceiling)


@registered
def student_loan_ceiling(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a year for the level of study told."""
    level = facts.get("study_level")
    names = {"undergraduate": "student_loan_undergrad", "postgraduate": "student_loan_postgrad"}
    return figures(names[level]) if level in names else None


@registered
def complaint_limits(_facts: Mapping[str, Any], _on: date, figures: Figures) -> str | None:
    """Days within which a bank or insurer decides a complaint, and how far they may be extended."""
    days = [figures(f"complaint_days{end}") for end in ("", "_extended", "_longest")]
    if any(count is None for count in days):
        return None
    usual, extended, longest = days
    return f"{usual}天，复杂的能延到{extended}天，最长{longest}天"


@registered
def outside_province(facts: Mapping[str, Any], _on: date, _figures: Figures) -> bool | None:
    """True across provinces; within one the province decides, so it stays open."""
    return True if facts.get("same_province") is False else None


@registered
def registration_kind(facts: Mapping[str, Any], _on: date, _figures: Figures) -> str | None:
    """Which kind of registration away from home belongs to the stay."""
    return {
        "long_term": "长期备案（居住证或个人承诺都行）",
        "referral": "转诊备案（要参保地认可的转诊证明）",
        "temporary": "临时外出备案（自己登记，报销可能比长期的低）",
    }.get(facts.get("stay_kind") or "")


@registered
def pension_room(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan that may still be paid into the personal pension this year."""
    paid, ceiling = facts.get("paid_this_year"), figures("pension_yearly_room")
    return None if paid is None or ceiling is None else max(ceiling - Decimal(paid), Decimal(0))


@registered
def chengdu_rent_cap(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a month for a market flat in Chengdu; more with two children."""
    return figures(f"chengdu_rent_cap{_children(facts)}")


@registered
def beijing_rent_cap(_facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a month and person in Beijing without an invoice."""
    return figures("beijing_rent_no_invoice")


@registered
def shanghai_rent_cap(_facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a month and household for a market flat in Shanghai."""
    return figures("shanghai_rent_cap")


@registered
def chongqing_rent_cap(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a month in Chongqing's centre: per person, or for the couple where married is told."""
    couple = "_couple" if facts.get("married") else ""
    return figures(f"chongqing_rent_cap{_children(facts)}{couple}")


@registered
def xinxiang_rent_cap(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan a month in Xinxiang by the 2023 figures; the household's status must be told."""
    married = facts.get("married")
    if married is None:
        return None
    return figures("xinxiang_rent_cap_married" if married else "xinxiang_rent_cap_single")


def _children(facts: Mapping[str, Any]) -> str:
    return "_children" if (facts.get("minor_children") or 0) >= 2 else ""


@registered
def startup_person_cap(_facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Ten thousand yuan for one person in the national frame."""
    return figures("startup_person_cap")


@registered
def shanghai_startup_cap(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Ten thousand yuan in Shanghai: before or after the business is registered."""
    known = facts.get("business_registered")
    if known is None:
        return None
    return figures("shanghai_startup_solo" if known else "shanghai_startup_pre")


@registered
def stable_jobs_loan_too(facts: Mapping[str, Any], _on: date, figures: Figures) -> str | None:
    """Names the loan for keeping jobs where the business has run long enough."""
    months, wanted = facts.get("registered_months"), figures("stable_jobs_months")
    return "稳岗扩岗专项贷款" if months is not None and wanted is not None and months >= wanted else None


@registered
def consumer_subsidy_year(facts: Mapping[str, Any], _on: date, figures: Figures) -> Decimal | None:
    """Yuan of subsidy in a full year: points of the amount, at most the cap."""
    amount, points = facts.get("consumer_loan_amount"), figures("consumer_subsidy_points")
    cap = figures("consumer_subsidy_cap")
    if amount is None or points is None or cap is None:
        return None
    return min(Decimal(amount) * points / 100, cap)


FIRST_ANSWER_WORKDAYS = 2
"""新金〔2022〕88号 二（二）: the bank answers within two working days of the entry."""


@registered
def first_loan_reply_by(facts: Mapping[str, Any], _on: date, _figures: Figures) -> str | None:
    """The last day of the bank's first answer, counted in working days from the entry."""
    entered = facts.get("loan_entered_on")
    last = after_workdays(entered, FIRST_ANSWER_WORKDAYS) if entered else None
    return f"{last.year}年{last.month}月{last.day}日" if last else None


@registered
def wage_payer(facts: Mapping[str, Any], _on: date, _figures: Figures) -> str | None:
    """Who answers for wages on a building site."""
    return "工地的工资由施工总承包单位代发，找总承包单位也行。" if facts.get("construction_site") else None
