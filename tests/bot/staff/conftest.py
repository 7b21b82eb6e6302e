"""Staff's own routes on a real database; one account per role."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from bot.staff import door, passwords
from store.database import Database
from tests.support.staff import Browser, cheap_hasher, one_per_role, routes_app, with_database


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", cheap_hasher)


@pytest.fixture
def services(services_with):
    return services_with()


@pytest.fixture
def database(services) -> Database:
    return with_database(services, one_per_role)


@pytest.fixture
def app(services, database) -> Starlette:
    return routes_app(services, door)


@pytest.fixture
def browser(app) -> Browser:
    return Browser(app)
