"""Switches that all processes see: set by staff or by a worker, read every second or two."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from store.tables import Setting

S: Any = Setting.__table__
PASSIVE_ONLY = "wechat_passive_only"
"""Set after WeChat refused a push for lack of the right (48001): apps stop promising pushes."""


def switch(connection: Connection, name: str, at: float) -> dict[str, Any]:
    """The value of a switch in force at a time; {} when it is not set or has ended."""
    row = connection.execute(select(S.c.value, S.c.until).where(S.c.name == name)).one_or_none()
    return dict(row[0]) if row is not None and (not row[1] or row[1] > at) else {}


def set_switch(
    connection: Connection, name: str, value: dict[str, Any], at: float, *, until: float = 0.0,
    reason: str = "", by: str = "",
) -> None:  # fmt: skip
    """Set a switch; ``until`` 0 for no end. ``number`` grows so that processes notice."""
    number = connection.execute(select(S.c.number).where(S.c.name == name)).scalar() or 0
    connection.execute(delete(S).where(S.c.name == name))
    row = {"name": name, "value": value, "reason": reason, "until": until, "number": number + 1}
    connection.execute(S.insert(), {**row, "changed_by": by, "changed_at": at})


def clear_switch(connection: Connection, name: str) -> None:
    """Take a switch away."""
    connection.execute(delete(S).where(S.c.name == name))
