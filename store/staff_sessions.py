"""Signed-in browsers on the server's side, so that they can be ended there.

Why this file exists: only a hash of the cookie is kept; deleting a row signs a browser out at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from store import accounts
from store.accounts import Account
from store.tables import StaffSession

S: Any = StaffSession.__table__
TOUCH_S = 60.0
"""How exact ``seen_at`` is: a write per request is not worth more."""


@dataclass(frozen=True, slots=True)
class Session:
    """A live session and whose it is; ``address`` is where it was opened from."""

    token_hash: str
    account: Account
    csrf: str
    created_at: float
    seen_at: float
    address: str = ""


def open_session(
    connection: Connection, account: int, token_hash: str, csrf: str, at: float, life_s: float, address: str
) -> None:
    """Remember a browser that has just signed in, for at most ``life_s`` seconds."""
    row = {"token_hash": token_hash, "user_id": account, "csrf": csrf, "data": {"address": address}}
    connection.execute(S.insert(), {**row, "created_at": at, "seen_at": at, "expires_at": at + life_s})


def find(connection: Connection, token_hash: str, at: float, idle_s: float) -> Session | None:
    """The session of a cookie's hash, if it is neither over nor idle and its account still active."""
    where = (S.c.token_hash == token_hash, S.c.expires_at > at, S.c.seen_at > at - idle_s)
    row = connection.execute(select(S).where(*where)).one_or_none()
    owner = accounts.by_id(connection, row.user_id) if row is not None else None
    if row is None or owner is None or not owner.active:
        return None
    address = str(row.data.get("address", ""))
    return Session(row.token_hash, owner, row.csrf, row.created_at, row.seen_at, address)


def touch(connection: Connection, token_hash: str, at: float) -> None:
    """Note that the session is in use."""
    connection.execute(update(S).where(S.c.token_hash == token_hash).values(seen_at=at))


def of_account(connection: Connection, account: int, at: float) -> list[dict[str, Any]]:
    """Live sessions of an account, newest first: hash, times, address."""
    query = select(S).where(S.c.user_id == account, S.c.expires_at > at).order_by(S.c.created_at.desc())
    return [
        {"hash": r.token_hash, "created_at": r.created_at, "seen_at": r.seen_at, **r.data}
        for r in connection.execute(query)
    ]


def end(connection: Connection, token_hash: str) -> None:
    """Sign a browser out."""
    connection.execute(delete(S).where(S.c.token_hash == token_hash))


def end_all(connection: Connection, account: int, keep: str = "") -> int:
    """Sign every browser of an account out but ``keep``; gives how many."""
    where = (S.c.user_id == account, S.c.token_hash != keep)
    return int(connection.execute(delete(S).where(*where)).rowcount)
