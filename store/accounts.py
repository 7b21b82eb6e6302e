"""Staff accounts and their roles; passwords arrive here only as hashes.

Why this file exists: sign-in, the account pages and the command line change accounts in one way.
It must not know how a password is hashed or what a role may do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from store.errors import Conflict
from store.tables import RoleGrant, User

U: Any = User.__table__
R: Any = RoleGrant.__table__


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. ``password`` is a hash or ""; ``locked_until`` in Unix seconds."""

    id: int
    login: str
    name: str
    organisation: str
    password: str
    subject: str
    active: bool
    failures: int
    locked_until: float
    roles: frozenset[str] = frozenset()

    def may(self, roles: Iterable[str]) -> bool:
        """Whether one of ``roles`` is held."""
        return not self.roles.isdisjoint(roles)


_COLUMNS = (
    U.c.id, U.c.login, U.c.name, U.c.organisation, U.c.password, U.c.subject, U.c.active, U.c.failures,
    U.c.locked_until,
)  # fmt: skip


def accounts(connection: Connection, where: Any = True) -> list[Account]:
    """Accounts with their roles by login, in one query."""
    joined = U.outerjoin(R, R.c.user_id == U.c.id)
    rows = connection.execute(
        select(*_COLUMNS, R.c.role).select_from(joined).where(where).order_by(U.c.login)
    )
    found: dict[int, tuple[dict[str, Any], set[str]]] = {}
    for row in rows:
        columns = dict(row._mapping)
        role = columns.pop("role")
        found.setdefault(row.id, (columns, set()))[1].update([role] if role else [])
    return [Account(**columns, roles=frozenset(roles)) for columns, roles in found.values()]


def by_login(connection: Connection, login: str) -> Account | None:
    """The account of a login name."""
    return next(iter(accounts(connection, U.c.login == login)), None)


def by_id(connection: Connection, account: int) -> Account | None:
    """The account of an id."""
    return next(iter(accounts(connection, U.c.id == account)), None)


def by_subject(connection: Connection, subject: str) -> Account | None:
    """The account bound to an identity of OIDC or 企业微信."""
    return next(iter(accounts(connection, U.c.subject == subject)), None) if subject else None


def add(
    connection: Connection, login: str, name: str, password: str, at: float, *, organisation: str = "",
    subject: str = "",
) -> int:  # fmt: skip
    """Make an account without roles; gives its id.

    Raises:
        Conflict: the login name is taken.
    """
    if by_login(connection, login) is not None:
        raise Conflict(f"登录名 {login} 已经有人用")
    row = {"login": login, "name": name, "organisation": organisation, "password": password}
    more = {"subject": subject, "active": True, "created_at": at}
    return int(connection.execute(U.insert().returning(U.c.id), {**row, **more}).scalar_one())


def change(connection: Connection, account: int, **values: Any) -> None:
    """Set columns of an account: name, organisation, password, subject, active."""
    connection.execute(update(U).where(U.c.id == account).values(**values))


def set_roles(connection: Connection, account: int, roles: Iterable[str], by: str, at: float) -> None:
    """Give exactly these roles."""
    connection.execute(delete(R).where(R.c.user_id == account))
    rows = [{"user_id": account, "role": r, "granted_by": by, "at": at} for r in sorted(set(roles))]
    if rows:
        connection.execute(R.insert(), rows)


def note_failure(connection: Connection, account: int, at: float, limit: int, lock_s: float) -> int:
    """Count a wrong password; from ``limit`` on the account is locked for ``lock_s``. Gives the count."""
    statement = update(U).where(U.c.id == account).values(failures=U.c.failures + 1).returning(U.c.failures)
    failures = int(connection.execute(statement).scalar_one())
    if failures >= limit:
        change(connection, account, locked_until=at + lock_s, failures=0)
    return failures


def note_success(connection: Connection, account: int, at: float) -> None:
    """Forget earlier failures."""
    change(connection, account, failures=0, locked_until=0.0, seen_at=at)
