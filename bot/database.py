"""The process's one database, opened by whichever door needs it first.

Why this file exists: WeChat, console and desk share an engine and one migration at the start.
"""

from __future__ import annotations

from bot.services import Services
from store.database import Database
from store.schema import migrate


def database_of(services: Services) -> Database:
    """The database of these services; opened and brought up to date on first use."""
    known = services.extras.get("database")
    if isinstance(known, Database):
        return known
    database = Database(services.settings.database)
    migrate(database)
    services.extras["database"] = database

    async def close() -> None:
        database.close()

    services.closers.append(close)
    return database
