"""The API over the shipped content and a real database; tokens with chosen scopes."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from bot.api import door
from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.engines import build_sense
from bot.desk.scopes import SCOPES
from store import tokens
from tests.support.staff import routes_app, with_database


@pytest.fixture(scope="session")
def engine(library) -> Engine:
    return Engine(documents(library), build_sense(library))


@pytest.fixture
def services(services_with, engine):
    services = services_with(CLOCK="2026-11-20T10:30:00+08:00", PUBLIC_URL="https://wx.example.cn")
    services.extras["desk_engines"] = SimpleNamespace(current=lambda: engine, prepare=lambda: None)
    return services


@pytest.fixture
def database(services):
    return with_database(services)


@pytest.fixture
def make_token(database):
    def make(*scopes: str, per_minute: int = 600, expires_at: float = 0.0) -> tuple[int, dict[str, str]]:
        word = f"nc_{'_'.join(scopes)}{per_minute}{time.time_ns()}"
        with database.write() as connection:
            made = tokens.add(connection, "CTI", word, scopes, per_minute, "admin", 1.0, expires_at)
        return made, {"Authorization": f"Bearer {word}"}

    return make


@pytest.fixture
def client(services, database) -> TestClient:
    return TestClient(routes_app(services, door))


@pytest.fixture
def everything(make_token) -> dict[str, str]:
    return make_token(*SCOPES)[1]
