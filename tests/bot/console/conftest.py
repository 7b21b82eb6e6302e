"""A console on the shipped content and a real database; one signed-in browser per role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.applications import Starlette

from bot.console import door
from bot.live.source import LiveContent
from bot.pages import answer
from bot.settings import ROOT
from bot.staff import door as staff_door
from bot.staff import passwords
from bot.staff.roles import ROLES
from content.load import texts_under
from tests.support.staff import Browser, add_account, cheap_hasher, routes_app, with_database

CLOCK = "2026-11-20T10:30:00+08:00"


@pytest.fixture(scope="session")
def shipped() -> dict[str, str]:
    return texts_under(ROOT / "content")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", cheap_hasher)


@pytest.fixture
def services(services_with):
    return services_with(CLOCK=CLOCK)


@pytest.fixture
def database(services):
    database = with_database(services)
    for role in ROLES:
        add_account(database, role, [role])
    add_account(database, "nobody", [])
    add_account(database, "both", ["editor", "reviewer"])
    return database


@pytest.fixture
def live(services, database, shipped) -> LiveContent:
    content = LiveContent(database, shipped)
    content.start()
    services.library = lambda: content.library
    services.extras["live"] = content
    return content


@pytest.fixture
def app(services, live) -> Starlette:
    return routes_app(services, staff_door, door, answer)


@pytest.fixture
def signed_in(app) -> Callable[[str], Browser]:
    def make(login: str) -> Browser:
        browser = Browser(app)
        browser.sign_in(login)
        return browser

    return make


@pytest.fixture
def editor(signed_in) -> Browser:
    return signed_in("editor")


@pytest.fixture
def reviewer(signed_in) -> Browser:
    return signed_in("reviewer")
