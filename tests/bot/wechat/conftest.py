"""The channel over SQLite and PostgreSQL, with memory in the process and in Redis."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.channel import Channel, config_for
from tests.support.databases import postgres_database, sqlite_url
from tests.support.fake_wechat import fake_api
from tests.support.sender_bench import Bench
from tests.support.servers import WAIT_S, Server, has, postgres_server, redis_server


@pytest.fixture
def api() -> Iterator[Any]:
    with fake_api() as found:
        yield found


@pytest.fixture
def bench(tmp_path: Path, api: Any) -> Iterator[Bench]:
    found = Bench(tmp_path, sqlite_url(tmp_path / "db"), api)
    yield found
    found.worker.leave()
    found.lane.database.close()


@pytest.fixture(scope="session")
def redis() -> Iterator[Server]:
    if not has("redis-server"):
        pytest.skip("no redis-server on this machine")
    with redis_server() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.shared_memory.TIMEOUT_S", WAIT_S)  # a busy machine is not a server that is away
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if not has("initdb"):
        pytest.skip("no PostgreSQL on this machine")
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.server)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database; the same test runs over both kinds."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "db")
        return
    server = request.getfixturevalue("postgres")
    with postgres_database(server.port) as url:
        yield url


@pytest.fixture
async def open_channel(tmp_path: Path) -> AsyncIterator[Any]:
    """Opens channels with changed settings; closes them all."""
    opened: list[Channel] = []

    def open_one(
        url: str = "", memory: Any = None, owner: str = "", course: Any = None, **changes: Any
    ) -> Channel:
        where = url or sqlite_url(tmp_path / "one")
        channel = Channel(config_for(tmp_path, **changes), where, memory, owner, **(course or {}))
        opened.append(channel)
        return channel

    yield open_one
    for channel in opened:
        await channel.close()


@pytest.fixture
async def channel(open_channel: Any, database_url: str) -> Channel:
    """The channel with the usual settings over each kind of database."""
    found: Channel = open_channel(database_url)
    return found
