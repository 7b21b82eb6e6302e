"""Delete on time what is no longer needed; ages are in seconds and come from the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from store import callbacks, tickets
from store.tables import (
    Callback,
    Conversation,
    Inbox,
    Outbox,
    StaffSession,
    Ticket,
    TicketMessage,
    TurnRecord,
)

DAY_S = 86400.0
_I: Any = Inbox.__table__
_O: Any = Outbox.__table__
_C: Any = Conversation.__table__
_TURNS: Any = TurnRecord.__table__
_T: Any = Ticket.__table__
_M: Any = TicketMessage.__table__
_CB: Any = Callback.__table__
_S: Any = StaffSession.__table__


@dataclass(frozen=True, slots=True)
class Ages:
    """How long things are kept, in seconds.

    ``inbox_s``: stored answers for retries (WeChat's last try comes within 15 s). ``words_s``: masked
    words of turns, ended tickets and call-backs, idle conversations. ``texts_s``: undelivered texts.
    ``open_s``: tickets and call-backs nobody handled; then they are ended, with a reason.
    """

    inbox_s: float = DAY_S
    texts_s: float = 7 * DAY_S
    words_s: float = 30 * DAY_S
    open_s: float = 14 * DAY_S


def sweep(connection: Connection, now: float, ages: Ages) -> dict[str, int]:
    """Delete what is too old; gives how many rows of each table went."""
    old_words = now - ages.words_s
    gone = {
        "inbox": delete(_I).where(_I.c.state == "done", _I.c.received_at < now - ages.inbox_s),
        "outbox_sent": delete(_O).where(_O.c.state == "sent", _O.c.sent_at < now - 2 * DAY_S),
        "outbox": delete(_O).where(_O.c.state != "sent", _O.c.created_at < now - ages.texts_s),
        "conversations": delete(_C).where(_C.c.updated_at < old_words),
        "turns": update(_TURNS)
        .where(_TURNS.c.at < old_words, _TURNS.c.text != "")
        .values(text="", sender=""),
        "ticket_messages": delete(_M).where(_M.c.ticket_id.in_(_closed(old_words))),
        "tickets": delete(_T).where(_T.c.id.in_(_closed(old_words))),
        "callbacks": delete(_CB).where(_CB.c.state != "open", _CB.c.done_at < old_words),
        "sessions": delete(_S).where(_S.c.expires_at < now),
    }
    return {name: int(connection.execute(statement).rowcount) for name, statement in gone.items()}


def end_forgotten(connection: Connection, now: float, ages: Ages) -> dict[str, int]:
    """End what nobody handled in time, so that its words go as well; gives how many of each."""
    before = now - ages.open_s
    return {
        "tickets_forgotten": tickets.close_forgotten(connection, before, now),
        "callbacks_forgotten": callbacks.give_up_forgotten(connection, before, now),
    }


def _closed(before: float) -> Any:
    return select(_T.c.id).where(_T.c.state == "closed", _T.c.closed_at < before)
