"""Tickets as the desk works on them: list, claim, forward, note, close.

Why this file exists: two operators must not get one ticket, and the assistant must be silent exactly while
somebody has it. Every change raises ``version``; a change based on an older one is a ``Conflict``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from store import conversations
from store.errors import Conflict
from store.tables import Ticket, TicketMessage, TurnRecord
from store.tickets import LIVE

T: Any = Ticket.__table__
M: Any = TicketMessage.__table__
R: Any = TurnRecord.__table__


def get(connection: Connection, ticket: int) -> Any | None:
    """One ticket, None when it does not exist (any more: its citizen may have been deleted)."""
    return connection.execute(select(T).where(T.c.id == ticket)).one_or_none()


def listed(
    connection: Connection, states: Collection[str] = LIVE, by: str = "", limit: int = 200
) -> list[Any]:
    """Tickets, open ones first, longest waiting first; of one operator where named."""
    where = [T.c.state.in_(states), *([T.c.claimed_by == by] if by else [])]
    order = (case((T.c.state == "open", 0), (T.c.state == "claimed", 1), else_=2), T.c.opened_at)
    return list(connection.execute(select(T).where(*where).order_by(*order).limit(limit)))


def closed(connection: Connection, limit: int = 50, by: str = "") -> list[Any]:
    """Tickets closed last."""
    where = [T.c.state == "closed", *([T.c.claimed_by == by] if by else [])]
    return list(connection.execute(select(T).where(*where).order_by(T.c.closed_at.desc()).limit(limit)))


def thread(connection: Connection, ticket: int) -> list[Any]:
    """Every line of a ticket, oldest first."""
    return list(connection.execute(select(M).where(M.c.ticket_id == ticket).order_by(M.c.id)))


def last_line(connection: Connection) -> int:
    """Number of the newest line of all tickets; where a stream begins."""
    return int(connection.execute(select(func.coalesce(func.max(M.c.id), 0))).scalar_one())


def note(connection: Connection, ticket: int, side: str, author: str, text: str, at: float) -> int:
    """Add a line nobody but staff sees (side note or system); gives its number."""
    row = {"ticket_id": ticket, "side": side, "author": author, "text": text, "at": at}
    return int(connection.execute(M.insert().returning(M.c.id), row).scalar_one())


def _change(connection: Connection, ticket: int, version: int, states: Collection[str], **to: Any) -> None:
    """Change a ticket that is still as it was seen.

    Raises:
        Conflict: somebody else was first, or it is gone.
    """
    done = connection.execute(
        update(T)
        .where(T.c.id == ticket, T.c.version == version, T.c.state.in_(states))
        .values(version=version + 1, **to)
    )
    if done.rowcount != 1:
        raise Conflict(f"工单 {ticket} 已被别人改动")


def claim(connection: Connection, ticket: int, version: int, by: str, at: float, since: str) -> None:
    """Take an open ticket; from now on the assistant is silent.

    Args:
        connection: a write transaction.
        ticket: which.
        version: as it was seen.
        by: login of the operator.
        at: protocol time.
        since: the same moment on the service's clock, ISO, as the conversation keeps it.

    Raises:
        Conflict: somebody else has it.
    """
    changed = {"state": "claimed", "claimed_by": by, "claimed_at": at, "active_at": at}
    _change(connection, ticket, version, {"open"}, **changed)
    note(connection, ticket, "system", by, "已接单。", at)
    go_live(connection, ticket, by, since, at)


def go_live(connection: Connection, ticket: int, by: str, since: str, at: float) -> None:
    """Set, or prolong, the silence of the assistant."""
    row = get(connection, ticket)
    if row is not None:
        state = {"state": "live", "since": since, "by": by}
        conversations.set_handoff(connection, row.openid, state, at)


def forward(
    connection: Connection, ticket: int, version: int, by: str, at: float, *, to: str = "",
    organisation: str = "",
) -> None:  # fmt: skip
    """Hand a claimed ticket to a colleague, who has it at once, or to an organisation's queue.

    Raises:
        Conflict: it is not as it was seen.
    """
    changed: dict[str, Any] = {"claimed_by": to, "organisation": organisation, "active_at": at}
    changed["state"] = "claimed" if to else "open"
    _change(connection, ticket, version, {"claimed"}, **changed)
    note(connection, ticket, "system", by, f"已转给{to or organisation}。", at)


def close(connection: Connection, ticket: int, version: int, by: str, reason: str, at: float) -> None:
    """End a ticket; the assistant answers again.

    Raises:
        Conflict: it is not as it was seen.
    """
    changed = {"state": "closed", "close_reason": reason, "closed_at": at}
    _change(connection, ticket, version, LIVE, **changed)
    note(connection, ticket, "system", by, "已结束。", at)
    row = get(connection, ticket)
    if row is not None:
        conversations.set_handoff(connection, row.openid, {}, at)


def set_note(connection: Connection, ticket: int, text: str) -> None:
    """Replace the short note shown in the list."""
    connection.execute(update(T).where(T.c.id == ticket).values(note=text))


def said(connection: Connection, senders: Iterable[str], limit: int = 2000) -> dict[str, list[str]]:
    """What people said lately and is still kept (masked), newest first, by sender."""
    query = select(R.c.sender, R.c.text).where(R.c.sender.in_([s for s in senders if s]), R.c.text != "")
    found: dict[str, list[str]] = {}
    for sender, text in connection.execute(query.order_by(R.c.id.desc()).limit(limit)):
        found.setdefault(sender, []).append(text)
    return found


def turns(connection: Connection, sender: str, limit: int = 12) -> list[Any]:
    """The citizen's last answered messages, oldest first: at, text (masked), outcome, answer_id, need."""
    if not sender:
        return []
    columns = (R.c.at, R.c.text, R.c.outcome, R.c.answer_id, R.c.need, R.c.verdict)
    query = select(*columns).where(R.c.sender == sender).order_by(R.c.id.desc()).limit(limit)
    return list(connection.execute(query))[::-1]
