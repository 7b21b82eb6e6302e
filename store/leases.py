"""Named locks with an end, and the shared access token, for installations without Redis."""

from __future__ import annotations

from sqlalchemy import Connection, text

_TAKE = text(
    "INSERT INTO leases (name, owner, until) VALUES (:name, :owner, :until) ON CONFLICT (name) DO UPDATE"
    " SET owner = :owner, until = :until WHERE leases.until < :at OR leases.owner = :owner"
    # so long only from before the clock was set back
    " OR leases.until > :until + 60"
)
_GIVE = text("DELETE FROM leases WHERE name = :name AND owner = :owner")
_READ = text("SELECT sealed, expires_at FROM access_tokens WHERE appid = :appid")
_WRITE = text(
    "INSERT INTO access_tokens (appid, sealed, expires_at) VALUES (:appid, :sealed, :expires_at)"
    " ON CONFLICT (appid) DO UPDATE SET sealed = :sealed, expires_at = :expires_at"
)


def take_lease(connection: Connection, name: str, owner: str, at: float, ttl_s: float) -> bool:
    """Take or extend a lease; False when another owner holds it."""
    values = {"name": name, "owner": owner, "at": at, "until": at + ttl_s}
    return connection.execute(_TAKE, values).rowcount == 1


def give_lease(connection: Connection, name: str, owner: str) -> None:
    """Give a lease back before its end."""
    connection.execute(_GIVE, {"name": name, "owner": owner})


def read_token(connection: Connection, appid: str) -> tuple[str, float]:
    """The sealed token and its end (Unix seconds); ("", 0) when there is none."""
    row = connection.execute(_READ, {"appid": appid}).one_or_none()
    return (str(row[0]), float(row[1])) if row else ("", 0.0)


def write_token(connection: Connection, appid: str, sealed: str, expires_at: float) -> None:
    """Share a fetched token."""
    connection.execute(_WRITE, {"appid": appid, "sealed": sealed, "expires_at": expires_at})
