"""Migrations and models say the same, over SQLite and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store.database import Database
from store.errors import StoreOutdated
from store.schema import migrate, require_current
from store.tables import Base
from tests.conftest import ROOT
from tests.support.databases import postgres_database, sqlite_url
from tests.support.servers import has, postgres_server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.server)], scope="module")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    if request.param == "sqlite":
        found = Database(sqlite_url(tmp_path_factory.mktemp("db")))
        yield found
        found.close()
        return
    if not has("initdb"):
        pytest.skip("no PostgreSQL on this machine")
    with postgres_server() as server, postgres_database(server.port) as url:
        found = Database(url)
        yield found
        found.close()


def test_the_migrations_build_exactly_the_models(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_current_database_is_accepted(database: Database) -> None:
    require_current(database)
    migrate(database)


def test_an_empty_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(StoreOutdated, match="scripts/up"):
        require_current(database)
    database.close()


MIGRATE = """
import sys
from store.database import Database
from store.schema import migrate
migrate(Database(sys.argv[1]))
"""


def test_processes_may_migrate_at_the_same_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'both.db'}"
    running = [subprocess.Popen([sys.executable, "-c", MIGRATE, url], cwd=ROOT) for _ in range(3)]
    assert [p.wait() for p in running] == [0, 0, 0]
    database = Database(url)
    require_current(database)
    database.close()


def test_every_migration_can_be_taken_back(tmp_path: Path) -> None:
    from alembic import command

    from store.schema import _config

    database = Database(f"sqlite:///{tmp_path / 'down.db'}")
    migrate(database)
    command.downgrade(_config(database), "base")
    with database.read() as connection:
        left = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
    assert set(left) <= {"alembic_version", "sqlite_sequence"}
    database.close()
