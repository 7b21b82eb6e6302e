"""The emergency switches in one query, and how they are set.

Why this file exists: every app process asks for all of them twice a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from store import switches
from store.tables import Setting

S: Any = Setting.__table__


@dataclass(frozen=True, slots=True)
class Row:
    """One switch as it is kept; ``value`` holds kind, target and text."""

    name: str
    value: dict[str, Any]
    reason: str
    until: float
    by: str
    at: float


def under(connection: Connection, prefix: str) -> list[Row]:
    """Every switch whose name starts with ``prefix``, whether it has ended or not."""
    columns = (S.c.name, S.c.value, S.c.reason, S.c.until, S.c.changed_by, S.c.changed_at)
    query = select(*columns).where(S.c.name.startswith(prefix, autoescape=True)).order_by(S.c.name)
    return [Row(*row) for row in connection.execute(query)]


def turn_on(connection: Connection, row: Row) -> None:
    """Set a switch."""
    switches.set_switch(
        connection, row.name, row.value, row.at, until=row.until, reason=row.reason, by=row.by
    )  # fmt: skip


def turn_off(connection: Connection, name: str) -> bool:
    """Take a switch away; False when it was not set."""
    return bool(connection.execute(delete(S).where(S.c.name == name)).rowcount)
