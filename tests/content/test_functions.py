from datetime import date
from decimal import Decimal

import pytest

from content import functions

DAY = date(2026, 11, 20)
FIGURES = {
    "student_loan_extra": Decimal(15),
    "student_loan_longest": Decimal(22),
    "pension_yearly_room": Decimal(12000),
    "chengdu_rent_cap": Decimal(1800),
    "chengdu_rent_cap_children": Decimal(2700),
    "chongqing_rent_cap_children_couple": Decimal(5400),
    "xinxiang_rent_cap_single": Decimal(1000),
    "consumer_subsidy_points": Decimal(1),
    "consumer_subsidy_cap": Decimal(3000),
    "stable_jobs_months": Decimal(6),
    "shanghai_startup_pre": Decimal(20),
}


def value(name, **facts):
    return functions.FUNCTIONS[name](facts, DAY, FIGURES.get)


@pytest.mark.parametrize(("study", "years"), [(3, 18), (4, 19), (7, 22), (8, 22)])
def test_the_student_loan_term_is_study_plus_extra_within_the_ceiling(study, years):
    assert value("student_loan_term_years", study_years=Decimal(study)) == years


@pytest.mark.parametrize("name", sorted(set(functions.FUNCTIONS) - {"chengdu_rent_cap"}))
def test_nothing_is_guessed_without_facts_and_figures(name):
    assert functions.FUNCTIONS[name]({}, DAY, {}.get) is None


def test_the_limits_of_a_complaint_are_said_only_when_all_are_known():
    known = {"complaint_days": Decimal(15), "complaint_days_extended": Decimal(30)}
    assert functions.complaint_limits({}, DAY, known.get) is None
    known["complaint_days_longest"] = Decimal(60)
    assert functions.complaint_limits({}, DAY, known.get) == "15天，复杂的能延到30天，最长60天"


def test_within_one_province_the_province_decides():
    assert value("outside_province", same_province=False) is True
    assert value("outside_province", same_province=True) is None


@pytest.mark.parametrize(("paid", "room"), [(0, 12000), (5000, 7000), (15000, 0)])
def test_the_room_of_a_year_never_falls_below_nothing(paid, room):
    assert value("pension_room", paid_this_year=Decimal(paid)) == room


@pytest.mark.parametrize(("children", "cap"), [(0, 1800), (1, 1800), (2, 2700), (3, 2700)])
def test_two_children_raise_the_rent_cap(children, cap):
    assert value("chengdu_rent_cap", minor_children=Decimal(children)) == cap


def test_a_couple_with_children_has_its_own_cap():
    assert value("chongqing_rent_cap", minor_children=Decimal(2), married=True) == 5400


def test_a_cap_by_marriage_needs_the_answer():
    assert value("xinxiang_rent_cap") is None
    assert value("xinxiang_rent_cap", married=False) == 1000


@pytest.mark.parametrize(("amount", "yuan"), [(100000, 1000), (500000, 3000)])
def test_the_subsidy_stops_at_its_cap(amount, yuan):
    assert value("consumer_subsidy_year", consumer_loan_amount=Decimal(amount)) == yuan


@pytest.mark.parametrize(("months", "named"), [(5, False), (6, True)])
def test_the_loan_for_jobs_is_named_from_its_months_on(months, named):
    assert bool(value("stable_jobs_loan_too", registered_months=Decimal(months))) is named


def test_before_the_licence_the_ceiling_is_the_lower_one():
    assert value("shanghai_startup_cap", business_registered=False) == 20


def test_the_first_answer_is_counted_over_the_holidays():
    assert value("first_loan_reply_by", loan_entered_on=date(2025, 9, 30)) == "2025年10月10日"
