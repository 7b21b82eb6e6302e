"""Wishes to be contacted later: list, attempts with their outcome, the end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from store.errors import Conflict
from store.tables import Callback

B: Any = Callback.__table__


def listed(connection: Connection, state: str = "open", limit: int = 200) -> list[Any]:
    """Wishes in a state, longest waiting first (ended ones: newest first)."""
    order = B.c.created_at if state == "open" else B.c.done_at.desc()
    return list(connection.execute(select(B).where(B.c.state == state).order_by(order).limit(limit)))


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
