"""Bring a database to the schema this program needs, with Alembic, from code.

Why this file exists: ``scripts/up`` and tests migrate without a configuration file or a shell.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store.database import Database
from store.errors import StoreOutdated

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = database.engine
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing. Safe to call from several processes at once."""
    command.upgrade(_config(database), revision)


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
