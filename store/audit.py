"""The append-only log of what staff did. There is no function here that changes or deletes an entry.

Why this file exists: an entry is written in the transaction of the deed, so neither exists without the
other. The database itself refuses changes (migration 0007).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from store.tables import AuditEntry

A: Any = AuditEntry.__table__
EXPORT_ROWS = 1000
"""Rows fetched at a time for an export."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries: "" and 0 mean all. ``subject`` matches from its start."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: float = 0.0
    until: float = 0.0

    def where(self) -> list[Any]:
        """As conditions."""
        found = [A.c.actor == self.actor] if self.actor else []
        found += [A.c.action == self.action] if self.action else []
        found += [A.c.subject.startswith(self.subject, autoescape=True)] if self.subject else []
        found += [A.c.at >= self.since] if self.since else []
        return found + ([A.c.at < self.until] if self.until else [])


def write(
    connection: Connection, actor: str, action: str, subject: str, at: float, *, reason: str = "",
    address: str = "", detail: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Add an entry. ``detail`` never holds a password, token or citizen's words."""
    row = {"at": at, "actor": actor, "action": action, "subject": subject[:128], "reason": reason}
    connection.execute(A.insert(), {**row, "detail": detail or {}, "address": address})


def entries(connection: Connection, chosen: Filter, limit: int, offset: int = 0) -> list[Any]:
    """Entries, newest first."""
    query = select(A).where(*chosen.where()).order_by(A.c.id.desc()).limit(limit).offset(offset)
    return list(connection.execute(query))


def count(connection: Connection, chosen: Filter) -> int:
    """How many entries match."""
    return int(connection.execute(select(func.count()).select_from(A).where(*chosen.where())).scalar_one())


def actions(connection: Connection) -> list[str]:
    """The kinds of deeds there are."""
    return list(connection.execute(select(A.c.action).distinct().order_by(A.c.action)).scalars())


def export(connection: Connection, chosen: Filter) -> Iterator[Any]:
    """Every matching entry, oldest first, in pieces."""
    last = 0
    while True:
        query = select(A).where(*chosen.where(), A.c.id > last).order_by(A.c.id).limit(EXPORT_ROWS)
        rows = list(connection.execute(query))
        yield from rows
        if len(rows) < EXPORT_ROWS:
            return
        last = rows[-1].id
