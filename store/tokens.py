"""Tokens of other systems: only hashes are kept; scopes and a rate belong to each."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from store.tables import ApiToken

K: Any = ApiToken.__table__
TOUCH_S = 60.0
"""How exact ``used_at`` is."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that may be used now. ``per_minute`` requests."""

    id: int
    name: str
    scopes: frozenset[str]
    per_minute: int


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(
    connection: Connection, name: str, token: str, scopes: Collection[str], per_minute: int, by: str,
    at: float, expires_at: float = 0.0,
) -> int:  # fmt: skip
    """Let a system in; gives the id."""
    row = {
        "name": name, "token_hash": hash_of(token), "scopes": {"scopes": sorted(scopes)}, "created_by": by,
        "per_minute": per_minute, "created_at": at, "expires_at": expires_at,
    }  # fmt: skip
    return int(connection.execute(K.insert().returning(K.c.id), row).scalar_one())


def find(connection: Connection, token: str, at: float) -> tuple[Token, float] | None:
    """The token in force and when it was used last; None for unknown, ended and revoked ones."""
    row = connection.execute(select(K).where(K.c.token_hash == hash_of(token))).one_or_none()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= at):
        return None
    scopes = frozenset(map(str, row.scopes.get("scopes", [])))
    return Token(row.id, row.name, scopes, row.per_minute), row.used_at


def touch(connection: Connection, token: int, at: float) -> None:
    """Note that it is in use."""
    connection.execute(update(K).where(K.c.id == token).values(used_at=at))


def revoke(connection: Connection, token: int, at: float) -> bool:
    """End a token; False when there was none."""
    done = connection.execute(update(K).where(K.c.id == token, K.c.revoked_at == 0).values(revoked_at=at))
    return bool(done.rowcount)


def listed(connection: Connection) -> list[Any]:
    """All tokens, newest first, without their hashes."""
    columns = [c for c in K.c if c.name != "token_hash"]
    return list(connection.execute(select(*columns).order_by(K.c.id.desc())))
