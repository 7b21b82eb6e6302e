"""Doors are mounted from one list; what is not built is not there."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from bot import doors


def test_what_is_not_part_of_this_build_is_not_mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = (doors.Door("bot.nowhere.door", "/nowhere", "没有"), doors.Door("bot.pages.home"))
    monkeypatch.setattr(doors, "DOORS", wanted)
    assert [door.module for door in doors.present()] == ["bot.pages.home"]


def test_people_are_shown_the_try_page_only_where_it_is_on() -> None:
    assert "/try" in [door.path for door in doors.for_people(True)]
    assert "/try" not in [door.path for door in doors.for_people(False)]


def test_machines_doors_are_not_shown_to_people() -> None:
    assert all(door.path and door.title for door in doors.for_people(True))


def test_the_routes_of_a_door_come_from_its_module(monkeypatch: pytest.MonkeyPatch, services_with) -> None:
    monkeypatch.setattr(doors, "DOORS", (doors.Door("bot.pages.home"), doors.Door("bot.pages.health")))
    paths = [route.path for route in doors.routes(services_with()) if isinstance(route, Route | Mount)]
    assert paths == ["/", "/static", "/healthz", "/metrics"]
