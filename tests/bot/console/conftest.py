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
from content.load import texts_under
from store.database import Database
from tests.support.staff import (
    Browser,
    add_account,
    cheap_hasher,
    one_per_role,
    routes_app,
    with_database,
)

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


def furnish(database: Database) -> None:
    """Accounts, and the shipped content as a first start brings it in."""
    one_per_role(database)
    add_account(database, "both", ["editor", "reviewer"])
    LiveContent(database, texts_under(ROOT / "content")).start()


@pytest.fixture
def database(services):
    return with_database(services, furnish)


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
