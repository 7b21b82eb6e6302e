"""Hand-off tickets as the channel needs them: open, append, end. The desk adds claiming and chat."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from store import conversations
from store.tables import Ticket, TicketMessage

T: Any = Ticket.__table__
M: Any = TicketMessage.__table__
LIVE = ("open", "claimed")
"""States in which a person has, or waits for, the conversation."""
_TEXTS = ("reason", "need", "city", "question", "verdict", "contact")


def live_ticket(connection: Connection, openid: str) -> int:
    """Id of the person's ticket that is not closed, 0 if none."""
    found = connection.execute(
        select(T.c.id).where(T.c.openid == openid, T.c.state.in_(LIVE)).order_by(T.c.id.desc())
    ).scalar()
    return int(found or 0)


def open_ticket(connection: Connection, openid: str, effect: dict[str, Any], at: float) -> int:
    """Open a ticket, or add the question to the one still open; gives its id."""
    ticket = live_ticket(connection, openid)
    if ticket:
        append(connection, openid, "citizen", str(effect.get("question") or ""), at)
        return ticket
    row = {k: str(effect.get(k) or "") for k in _TEXTS}
    more = {
        "openid": openid, "state": "open", "version": 1, "confidence": float(effect.get("confidence") or 0),
        "facts": effect.get("facts") or {}, "check": effect.get("check") or {},
        "transcript": {"recent": effect.get("recent") or []}, "opened_at": at, "active_at": at,
    }  # fmt: skip
    return int(connection.execute(T.insert().returning(T.c.id), {**row, **more}).scalar_one())


def append(connection: Connection, openid: str, side: str, text: str, at: float, author: str = "") -> int:
    """Add a line to the live ticket and keep it alive; 0 when there is none."""
    ticket = live_ticket(connection, openid)
    if ticket and text:
        row = {"ticket_id": ticket, "side": side, "author": author, "text": text, "at": at}
        connection.execute(M.insert(), row)
        connection.execute(update(T).where(T.c.id == ticket).values(active_at=at))
    return ticket


def close_for(connection: Connection, openid: str, reason: str, at: float) -> int:
    """Close whatever is live of a person; gives how many."""
    result = connection.execute(
        update(T)
        .where(T.c.openid == openid, T.c.state.in_(LIVE))
        .values(state="closed", close_reason=reason, closed_at=at, version=T.c.version + 1)
    )
    return int(result.rowcount)


def close_forgotten(connection: Connection, before: float, at: float) -> int:
    """End every waiting ticket that nobody took and nobody wrote to since ``before``; gives how many.

    Its words go with those of other closed tickets; open for ever, they would be kept for ever.
    """
    return _end(connection, "open", before, at, "forgotten", "等得太久没有人接，已自动结束。")


def return_silent(connection: Connection, before: float, at: float) -> int:
    """Give back every conversation whose ticket nobody wrote to since ``before``; gives how many.

    The 30 minutes are WeChat's own for customer-service sessions (PROTOCOL 1.6).
    """
    return _end(connection, "claimed", before, at, "silent", "三十分钟没有新消息，已交还给助手。")


def _end(connection: Connection, state: str, before: float, at: float, reason: str, words: str) -> int:
    """Close the tickets in a state without a word since ``before``, say why, let the assistant answer."""
    still = select(T.c.id, T.c.openid).where(T.c.state == state, T.c.active_at < before)
    rows = connection.execute(still).all()
    for ticket, openid in rows:
        close_for(connection, openid, reason, at)
        connection.execute(M.insert(), {"ticket_id": ticket, "side": "system", "text": words, "at": at})
        conversations.set_handoff(connection, openid, {}, at)
    return len(rows)
