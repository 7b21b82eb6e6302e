"""Wishes to be contacted later: list, attempts with their outcome, the end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from store.errors import Conflict
from store.tables import Callback

B: Any = Callback.__table__


def listed(connection: Connection, limit: int = 200) -> list[Any]:
    """Open wishes, longest waiting first."""
    query = select(B).where(B.c.state == "open").order_by(B.c.created_at)
    return list(connection.execute(query.limit(limit)))


def ended(connection: Connection, limit: int = 20) -> list[Any]:
    """Wishes that were done or given up, newest first."""
    query = select(B).where(B.c.state != "open").order_by(B.c.done_at.desc())
    return list(connection.execute(query.limit(limit)))


def get(connection: Connection, wish: int) -> Any | None:
    """One wish; None when it is gone."""
    return connection.execute(select(B).where(B.c.id == wish)).one_or_none()


def attempt(
    connection: Connection, wish: int, version: int, by: str, result: str, at: float, state: str = "open"
) -> None:
    """Note an attempt; ``state`` done or given_up ends the wish.

    Raises:
        Conflict: somebody else was first, or it is gone.
    """
    row = get(connection, wish)
    made = list((row.attempts or {}).get("list", [])) if row is not None else []
    values = {"attempts": {"list": [*made, {"at": at, "by": by, "result": result}]}, "handled_by": by}
    ended = {"done_at": at} if state != "open" else {}
    done = connection.execute(
        update(B)
        .where(B.c.id == wish, B.c.version == version, B.c.state == "open")
        .values(version=version + 1, state=state, **values, **ended)
    )
    if done.rowcount != 1:
        raise Conflict(f"回电 {wish} 已被别人改动")


def give_up_forgotten(connection: Connection, before: float, at: float) -> int:
    """End every open wish left before ``before``, with a reason anybody can see; gives how many."""
    rows = connection.execute(select(B.c.id, B.c.version).where(B.c.state == "open", B.c.created_at < before))
    found = rows.all()
    for wish, version in found:
        attempt(connection, wish, version, "", "forgotten", at, "given_up")
    return len(found)
