"""What replies promise comes from the settings: hours, days off, retention, rights."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.bootstrap import build_service
from bot.clock import CHINA
from bot.hours import service_of
from bot.setting import spans_of
from bot.settings import SettingsFault, load_settings


def settings(**given: str):
    return load_settings({f"NEWCITIZEN_{name}": value for name, value in given.items()}, None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_hours_are_said_and_kept_as_set() -> None:
    service = service_of(settings(SERVICE_HOURS="8:30-11:00，14:00-20:00"), 2026)
    assert service.hours_text == "工作日 8:30—11:00、14:00—20:00"
    assert service.is_staffed(at("2026-11-20T19:59"))
    assert not service.is_staffed(at("2026-11-20T12:00"))


def test_without_staff_nobody_is_reached_at_any_hour() -> None:
    assert not service_of(settings(STAFFED="false"), 2026).is_staffed(at("2026-11-20T10:00"))


@pytest.mark.parametrize(
    ("day", "worked"),
    [("2026-10-01", False), ("2026-10-10", True), ("2026-11-21", False), ("2026-11-20", True)],
)  # fmt: skip
def test_the_chinese_calendar_decides_which_days_are_worked(day: str, worked: bool) -> None:
    assert service_of(settings(), 2026).is_workday(date.fromisoformat(day)) == worked


def test_days_set_by_staff_win_over_the_calendar() -> None:
    service = service_of(settings(HOLIDAYS="2026-11-20,2026-10-10", WORKDAYS="2026-10-07"), 2026)
    days = [date(2026, 11, 20), date(2026, 10, 10), date(2026, 10, 7)]
    assert [service.is_workday(day) for day in days] == [False, False, True]


def test_next_years_holidays_are_known_on_the_last_day_of_this_one() -> None:
    assert not service_of(settings(), 2026).is_workday(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVICE_HOURS", "9-12"),
        ("SERVICE_HOURS", "12:00-9:00"),
        ("SERVICE_HOURS", "9:00-12:00,11:00-17:00"),
        ("SERVICE_HOURS", "25:00-26:00"),
        ("HOLIDAYS", "2026-02-30"),
        ("WORKDAYS", "tomorrow"),
        ("RETENTION_DAYS", "0"),
    ],
)
def test_what_cannot_be_read_stops_the_start_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsFault, match=f"NEWCITIZEN_{name}"):
        settings(**{name: value})


def test_wechats_customer_service_needs_the_right_to_use_it() -> None:
    assert not build_service(settings(WECHAT_TRANSFER="true")).transfer
    assert build_service(settings(WECHAT_TRANSFER="true", WECHAT_CUSTOMER_SERVICE="true")).transfer


def test_a_span_is_read_as_times() -> None:
    assert [f"{a:%H:%M} {b:%H:%M}" for a, b in spans_of("9:00-12:00")] == ["09:00 12:00"]
