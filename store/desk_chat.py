"""What an operator says to a citizen: a line of the ticket and a text in the outbox, both or none.

Why this file exists: a line shown as said must really be on its way, and its fate must be visible. It
must not know how texts are sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from store.finish import text_payload
from store.outbox import CLICK_SENDS, CLICK_WINDOW_S, MESSAGE_SENDS, MESSAGE_WINDOW_S
from store.tables import Conversation, Outbox, Ticket, TicketMessage

C: Any = Conversation.__table__
M: Any = TicketMessage.__table__
O: Any = Outbox.__table__  # noqa: E741
T: Any = Ticket.__table__


@dataclass(frozen=True, slots=True)
class Line:
    """One text to a citizen. ``kept`` is the masked copy the ticket keeps, ``text`` what is sent."""

    ticket: int
    openid: str
    author: str
    text: str
    kept: str


def say(connection: Connection, line: Line, at: float, may_push: bool) -> int:
    """Put a text into the outbox and the ticket; gives the number of the line.

    Args:
        connection: a write transaction.
        line: what to say.
        at: now.
        may_push: False keeps it for the citizen's next message (no customer-service right).
    """
    sending = {
        "openid": line.openid, "state": "queued" if may_push else "held", "source": "operator",
        "payload": text_payload(line.text), "next_at": at, "created_at": at,
    }  # fmt: skip
    outbox = connection.execute(O.insert().returning(O.c.id), sending).scalar_one()
    row = {"ticket_id": line.ticket, "side": "operator", "author": line.author, "text": line.kept}
    made = connection.execute(M.insert().returning(M.c.id), {**row, "outbox_id": outbox, "at": at})
    connection.execute(update(T).where(T.c.id == line.ticket).values(active_at=at))
    return int(made.scalar_one())


def fates(connection: Connection, ticket: int) -> dict[int, tuple[str, str]]:
    """Number of a line to the state of its text (queued, sending, sent, held, dead) and the last error."""
    joined = M.join(O, O.c.id == M.c.outbox_id)
    query = select(M.c.id, O.c.state, O.c.last_error).select_from(joined)
    return {
        int(r[0]): (str(r[1]), str(r[2])) for r in connection.execute(query.where(M.c.ticket_id == ticket))
    }


@dataclass(frozen=True, slots=True)
class Window:
    """Room WeChat leaves for texts to one person: ``left`` sends until ``until`` (Unix seconds)."""

    left: int = 0
    until: float = 0.0


def window(connection: Connection, openid: str, at: float) -> Window:
    """The wider of the two windows: after a message, or after a click (PROTOCOL 1.6)."""
    row = connection.execute(select(C.c.message_at, C.c.click_at).where(C.c.openid == openid)).one_or_none()
    if row is None:
        return Window()
    spans = ((row[0], MESSAGE_WINDOW_S, MESSAGE_SENDS), (row[1], CLICK_WINDOW_S, CLICK_SENDS))
    found = [
        Window(max(0, sends - _used(connection, openid, start)), start + length)
        for start, length, sends in spans
        if start and at - start < length
    ]
    return max(found, key=lambda w: w.left, default=Window())


def _used(connection: Connection, openid: str, since: float) -> int:
    """Sends since then, and those on their way, which will use up room too."""
    sent = (O.c.state == "sent") & (O.c.attempts > 0) & (O.c.sent_at >= since)
    waiting = O.c.state.in_(("queued", "sending"))
    query = select(func.count()).where(O.c.openid == openid, sent | waiting)
    return int(connection.execute(query).scalar_one())
