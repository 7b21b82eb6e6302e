"""What changed at the desk since somebody looked: lines, the queue, fates of texts.

Why this file exists: operators' streams are fed from the database, so any process may serve any of them
and a stream that broke goes on from its last line. One look serves all streams of a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from store.tables import Callback, Outbox, Ticket, TicketMessage
from store.tickets import LIVE

B: Any = Callback.__table__
M: Any = TicketMessage.__table__
O: Any = Outbox.__table__  # noqa: E741
T: Any = Ticket.__table__
LATE_S = 10.0
OVERLAP = 50
"""PostgreSQL gives numbers before it commits: a line may appear a moment after its successor, so the last
few numbers are looked at again for a while."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The state of the queue: counts and a mark that changes with every change of a live ticket."""

    open: int = 0
    claimed: int = 0
    callbacks: int = 0
    oldest: float = 0.0
    mark: str = ""


def queue(connection: Connection) -> Queue:
    """Look at the whole queue; two short queries however many tickets there are."""
    rows = connection.execute(
        select(T.c.state, func.count(), func.sum(T.c.version), func.max(T.c.id), func.min(T.c.opened_at))
        .where(T.c.state.in_(LIVE))
        .group_by(T.c.state)
        .order_by(T.c.state)
    ).all()
    calls = int(connection.execute(select(func.count()).where(B.c.state == "open")).scalar_one())
    by = {r[0]: r for r in rows}
    mark = "/".join(f"{r[0][0]}{r[1]}.{r[2]}.{r[3]}" for r in rows) + f"/{calls}"
    first = by.get("open")
    return Queue(
        first[1] if first else 0, by["claimed"][1] if "claimed" in by else 0, calls,
        float(first[4]) if first else 0.0, mark,
    )  # fmt: skip


def lines(connection: Connection, after: int, at: float, limit: int = 500) -> list[Any]:
    """Lines newer than ``after``, and late ones just before it, with whose ticket it is.

    Returns:
        Rows of id, ticket_id, side, author, text, at, claimed_by, organisation.
    """
    late = (M.c.id > after - OVERLAP) & (M.c.at > at - LATE_S)
    columns = (
        M.c.id,
        M.c.ticket_id,
        M.c.side,
        M.c.author,
        M.c.text,
        M.c.at,
        T.c.claimed_by,
        T.c.organisation,
    )
    query = select(*columns).select_from(M.join(T, T.c.id == M.c.ticket_id)).where((M.c.id > after) | late)
    return list(connection.execute(query.order_by(M.c.id).limit(limit)))


def fates(connection: Connection) -> dict[int, tuple[int, str, str]]:
    """Line to (ticket, state of its text, operator) for every claimed ticket."""
    joined = T.join(M, M.c.ticket_id == T.c.id).join(O, O.c.id == M.c.outbox_id)
    query = select(M.c.id, T.c.id, O.c.state, T.c.claimed_by).select_from(joined)
    rows = connection.execute(query.where(T.c.state == "claimed"))
    return {int(r[0]): (int(r[1]), str(r[2]), str(r[3])) for r in rows}
