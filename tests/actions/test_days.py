"""Days said relative to today."""

from datetime import date
from decimal import Decimal

import pytest

from actions import days

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "written"),
    [("去年五月办的", "2025年五月办的"), ("上个月放的款", "2026年10月放的款"), ("3月份贷的", "2026年3月贷的"),
     ("12月贷的", "2025年12月贷的"), ("十二月贷的", "2025年12月贷的"), ("交了三个月", "交了三个月")],
)  # fmt: skip
def test_relative_days_are_written_out(text, written):
    assert days.dated(text, TODAY) == written


def test_a_month_and_year_tell_how_long_ago():
    assert days.months_since("2025年5月", TODAY) == (Decimal(18), False)


def test_a_year_alone_is_an_estimate():
    assert days.months_since("2024年", TODAY) == (Decimal(29), True)


@pytest.mark.parametrize("text", ["2023年", "2026年", "两年"])
def test_a_year_that_leaves_the_side_of_three_years_open_tells_nothing(text):
    assert days.months_since(text, TODAY) is None


def test_a_day_to_come_is_found_and_a_past_one_is_not():
    assert days.day_after("明年1月还能贴吗", TODAY) == date(2027, 1, 1)
    assert days.day_after("今年3月贷的", TODAY) is None
