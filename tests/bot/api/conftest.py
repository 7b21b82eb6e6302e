"""The API over the shipped content and a real database; tokens with chosen scopes."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.api import door
from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.kept import kept_sense
from bot.desk.scopes import SCOPES
from bot.live import texts
from bot.settings import ROOT
from content.dump import record_text
from store import content_records, tokens
from store.content_records import Change
from tests.support.staff import routes_app, with_database


@pytest.fixture(scope="session")
def engine(library) -> Engine:
    return Engine(documents(library), kept_sense(library, ROOT / "var"))


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


@pytest.fixture
def publish(database):
    """Publishes an answer's conclusion as staff did in a release; the shipped text becomes version 1."""

    def make(answer_id: str, conclusion: str, fingerprint: str, number: int) -> None:
        path, value = _shipped(answer_id)
        before = record_text(value)
        change = Change(
            path, "answers", answer_id, "", "", record_text({**value, "conclusion": conclusion}), before,
            texts.fingerprint(value), "lan", "mei", "",
        )  # fmt: skip
        with database.write() as connection:
            content_records.publish(connection, change, number, time.time())
            content_records.note_release(connection, fingerprint, number, time.time())

    return make


def _shipped(answer_id: str) -> tuple[str, dict[str, Any]]:
    """Path of an answer's file and what it says there."""
    for path in sorted((ROOT / "content").rglob("*.yml")):
        value = texts.value(path.read_text("utf-8"), "answers", answer_id)
        if value is not None:
            return str(path.relative_to(ROOT / "content")), value
    raise AssertionError(answer_id)
