"""Figures for supervisors: waiting, handled, reasons, satisfaction, hot questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, select

from store.tables import Feedback, Ticket, TurnRecord

F: Any = Feedback.__table__
R: Any = TurnRecord.__table__
T: Any = Ticket.__table__


def waits(connection: Connection, since: float) -> list[float]:
    """Seconds from opening to claim of tickets opened since then, shortest first."""
    query = select(T.c.claimed_at - T.c.opened_at).where(T.c.opened_at >= since, T.c.claimed_at > 0)
    return sorted(float(s) for s in connection.execute(query).scalars())


def opened(connection: Connection, since: float) -> int:
    """Tickets opened since then."""
    return int(connection.execute(select(func.count()).where(T.c.opened_at >= since)).scalar_one())


def handled(connection: Connection, since: float) -> list[tuple[str, int]]:
    """Operator and how many tickets they closed since then."""
    where = (T.c.state == "closed", T.c.closed_at >= since, T.c.claimed_by != "")
    query = select(T.c.claimed_by, func.count()).where(*where).group_by(T.c.claimed_by)
    return [(str(r[0]), int(r[1])) for r in connection.execute(query.order_by(func.count().desc()))]


def reasons(connection: Connection, since: float) -> list[tuple[str, int]]:
    """Reason and how many tickets closed with it since then."""
    query = select(T.c.close_reason, func.count()).where(T.c.state == "closed", T.c.closed_at >= since)
    return [(str(r[0]), int(r[1])) for r in connection.execute(query.group_by(T.c.close_reason))]


def satisfaction(connection: Connection, since: float) -> tuple[int, int]:
    """Answers found helpful and not helpful since then."""
    query = select(F.c.helpful, func.count()).where(F.c.at >= since).group_by(F.c.helpful)
    by = {bool(r[0]): int(r[1]) for r in connection.execute(query)}
    return by.get(True, 0), by.get(False, 0)


def hot(connection: Connection, since: float, limit: int = 10) -> list[tuple[str, int]]:
    """Needs asked most since then."""
    query = select(R.c.need, func.count()).where(R.c.at >= since, R.c.need != "").group_by(R.c.need)
    rows = connection.execute(query.order_by(func.count().desc(), R.c.need).limit(limit))
    return [(str(r[0]), int(r[1])) for r in rows]


def export(connection: Connection, since: float, until: float, write: Callable[[Any], None]) -> None:
    """Give every ticket opened in the span, oldest first, without words or identifiers."""
    columns = [T.c[n] for n in (
        "id", "state", "reason", "need", "city", "claimed_by", "organisation", "close_reason", "opened_at",
        "claimed_at", "closed_at",
    )]  # fmt: skip
    query = select(*columns).where(T.c.opened_at >= since, T.c.opened_at < until).order_by(T.c.id)
    for row in connection.execute(query):
        write(row)
