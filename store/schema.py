"""Bring a database to the schema this program needs, with Alembic, from code.

Why this file exists: ``scripts/up`` and tests migrate without a configuration file or a shell.
"""

from __future__ import annotations

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.database import Database, translated
from store.errors import StoreOutdated, StoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 30.0
"""Another process may be migrating; all migrations together take about a second."""


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = database.engine
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing. Safe to call from several processes at once.

    Raises:
        StoreUnavailable: the database stayed locked for ``PATIENCE_S``.
    """
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            with translated():
                return command.upgrade(_config(database), revision)
        except StoreUnavailable:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def require_current(database: Database) -> None:
    """Refuse a database whose schema is not this program's.

    Raises:
        StoreOutdated: with the command that mends it.
    """
    head = ScriptDirectory.from_config(_config(database)).get_current_head()
    with database.read() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != head:
        raise StoreOutdated(f"数据库结构是 {found or '空的'}，程序需要 {head}。请先运行 scripts/up 升级。")
