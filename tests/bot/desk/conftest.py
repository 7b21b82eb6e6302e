"""The desk on a real database with the shipped content; one account per role, one engine for all tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from bot.desk import door as desk
from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.kept import kept_sense
from bot.settings import ROOT
from bot.staff import door as staff
from bot.staff import passwords
from content.find import Library
from store import conversations, tickets
from store.database import Database
from store.finish import Finish
from store.inbox import Arrival, accept
from tests.support.rasa_double import RasaDouble
from tests.support.staff import (
    Browser,
    add_account,
    cheap_hasher,
    one_per_role,
    routes_app,
    with_database,
)

OPENID = "oAbCdEfGhIjKlMnOpQrStUvWxYz1"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", cheap_hasher)


@pytest.fixture
def rasa() -> Iterator[RasaDouble]:
    double = RasaDouble()
    yield double
    double.close()


@pytest.fixture(scope="session")
def engine(library: Library) -> Engine:
    return Engine(documents(library), kept_sense(library, ROOT / "var"))


@pytest.fixture
def services(services_with, engine: Engine):
    services = services_with(WECHAT_CUSTOMER_SERVICE="true", CLOCK="2026-11-20T10:30:00+08:00")
    services.extras["desk_engines"] = SimpleNamespace(current=lambda: engine, prepare=lambda: None)
    return services


def furnish(database: Database) -> None:
    one_per_role(database)
    add_account(database, "lan", ["operator"])


@pytest.fixture
def database(services) -> Database:
    return with_database(services, furnish)


@pytest.fixture
def app(services, database) -> Starlette:
    return routes_app(services, staff, desk)


@pytest.fixture
def sign_in(app):
    """Browsers by login."""

    def make(login: str) -> Browser:
        browser = Browser(app)
        assert browser.sign_in(login).status_code == 303
        return browser

    return make


@pytest.fixture
def operator(sign_in) -> Browser:
    return sign_in("operator")


@pytest.fixture
def open_ticket(database):
    """Opens a ticket of a citizen who has just written."""

    def make(openid: str = OPENID, at: float = 0.0, **effect) -> int:
        moment = at or time.time()
        with database.write() as connection:
            found = accept(connection, Arrival(f"{openid}:{moment}", openid, "{}", "", moment), "t")
            done = Finish(found.id, "t", openid, moment, moment, conversation="{}", window="message")
            _data, version = conversations.load(connection, openid)
            done.version = version
            conversations.save(connection, done)
            asked = {
                "question": "押金不退怎么办",
                "need": "rental.deposit_refund",
                "city": "chengdu",
                **effect,
            }
            return tickets.open_ticket(connection, openid, asked, moment)

    return make
