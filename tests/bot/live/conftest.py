"""A database with the shipped content in it, and one record to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.live.source import LiveContent
from bot.live.texts import KINDS
from bot.settings import ROOT
from content.load import texts_under
from store.database import Database
from tests.support.databases import sqlite_url

ANSWER = "housing_fund.rent_withdrawal@chengdu"


@pytest.fixture(scope="session")
def shipped() -> dict[str, str]:
    return texts_under(ROOT / "content")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(sqlite_url(tmp_path))


@pytest.fixture
def live(database, shipped) -> LiveContent:
    content = LiveContent(database, shipped)
    content.start()
    return content


@pytest.fixture(params=sorted(KINDS))
def kind(request) -> str:
    return request.param
