from datetime import date

import pytest

from content.workdays import after_workdays, is_workday


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 2, 14), True),
    ],
)
def test_holidays_and_make_up_days_count_as_announced(day, worked):
    assert is_workday(day) is worked


def test_a_year_without_a_calendar_is_not_guessed():
    assert is_workday(date(2031, 1, 2)) is None
    assert after_workdays(date(2026, 12, 31), 1) is None


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 11, 20), 2, date(2026, 11, 24)),
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
        (date(2025, 9, 30), 2, date(2025, 10, 10)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, count, last):
    assert after_workdays(start, count) == last


def test_the_lists_agree_with_the_holidays_package():
    holidays = pytest.importorskip("holidays")
    known = holidays.country_holidays("CN", years=(2025, 2026))
    for day in (
        date.fromordinal(n) for n in range(date(2025, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ):
        assert is_workday(day) is known.is_working_day(day), day
