"""Forget a person: official duty on unsubscribe and withdrawn authorisation, and a citizen's wish."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select, update

from store.tables import Callback, Conversation, Feedback, Inbox, Outbox, Ticket, TicketMessage, TurnRecord

_BY_OPENID: tuple[Any, ...] = (
    Outbox.__table__,
    Conversation.__table__,
    Callback.__table__,
    Ticket.__table__,
)
_M: Any = TicketMessage.__table__
_T: Any = Ticket.__table__
_I: Any = Inbox.__table__
_TURNS: Any = TurnRecord.__table__
_FEEDBACK: Any = Feedback.__table__


def delete_person(connection: Connection, openid: str, sender: str, keep: int = 0) -> None:
    """Delete every row of a person; counts stay, without their hash and words.

    Args:
        connection: a write transaction.
        openid: whom to forget.
        sender: the keyed hash their turns are kept under; "" when unknown.
        keep: id of the inbox row that carries the confirmation; it is marked and deleted once delivered.
    """
    of_person = select(_T.c.id).where(_T.c.openid == openid)
    connection.execute(delete(_M).where(_M.c.ticket_id.in_(of_person)))
    for table in _BY_OPENID:
        connection.execute(delete(table).where(table.c.openid == openid))
    connection.execute(delete(_I).where(_I.c.openid == openid, _I.c.id != keep))
    if sender:
        connection.execute(update(_TURNS).where(_TURNS.c.sender == sender).values(sender="", text=""))
        connection.execute(update(_FEEDBACK).where(_FEEDBACK.c.sender == sender).values(sender="", reason=""))
