"""The outbox as a sender sees it: the next text of each person, and what became of it.

Why this file exists: parts of one person leave in order by construction: only the oldest unfinished
row of an openid can be taken, so a second sender finds nothing of that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, text

MESSAGE_WINDOW_S, MESSAGE_SENDS = 48 * 3600.0, 5
"""Five sends within 48 h of a message (PROTOCOL 1.6)."""
CLICK_WINDOW_S, CLICK_SENDS = 60.0, 3
"""Three sends within a minute of a menu click, scan or subscription (PROTOCOL 1.6)."""


STEP_S = 60.0
"""What was stored so far in the future comes from before the clock was set back: it is due."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One text taken for sending. ``attempts`` counts this one; ``held``: it was kept back before."""

    id: int
    openid: str
    payload: str
    question: str
    attempts: int
    source: str
    held: bool
    inbox_id: int = 0


_HEADS = text(
    "SELECT id, openid, payload, question, attempts, source, last_error, inbox_id FROM outbox o"
    " WHERE state = 'queued' AND (next_at <= :at OR created_at > :future)"
    " AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.openid = o.openid AND b.id < o.id"
    " AND b.state IN ('queued', 'sending')) ORDER BY id LIMIT :limit"
)
_TAKE = text(
    "UPDATE outbox SET state = 'sending', owner = :owner, attempts = attempts + 1 WHERE id = :id"
    " AND state = 'queued'"
)
_WINDOW = text(
    "SELECT c.message_at, c.click_at,"
    " (SELECT count(*) FROM outbox WHERE openid = :openid AND state = 'sent' AND attempts > 0"
    "  AND sent_at >= c.message_at),"
    " (SELECT count(*) FROM outbox WHERE openid = :openid AND state = 'sent' AND attempts > 0"
    "  AND sent_at >= c.click_at) FROM conversations c WHERE c.openid = :openid"
)
_SENT = text(
    "UPDATE outbox SET state = 'sent', sent_at = :at, payload = '', question = ''"
    " WHERE id = :id AND owner = :owner"
)
_LATER = text(
    "UPDATE outbox SET state = :state, next_at = :next_at, last_error = :error"
    " WHERE id = :id AND owner = :owner"
)
_REWRITE = text("UPDATE outbox SET state = 'queued', payload = :payload WHERE id = :id AND owner = :owner")
_HOLD_REST = text(
    "UPDATE outbox SET state = 'held', last_error = 'held' WHERE openid = :openid AND state = 'queued'"
)
_RELEASE = text("UPDATE outbox SET state = 'queued', next_at = :at WHERE openid = :openid AND state = 'held'")
_DROP_REST = text(
    "UPDATE outbox SET state = 'dead', last_error = :error"
    " WHERE openid = :openid AND state IN ('queued', 'held')"
)
_UNTAKEN = text(
    "UPDATE outbox SET state = 'queued', owner = '', attempts = attempts - 1"
    " WHERE id = :id AND owner = :owner AND state = 'sending'"
)
_DROP_ANSWER = text(
    "UPDATE outbox SET state = 'dead', last_error = :error WHERE openid = :openid AND inbox_id = :inbox_id"
    " AND state IN ('queued', 'held')"
)
_HANDED = text(
    "UPDATE outbox SET state = 'sent', sent_at = :at, payload = '', question = ''"
    " WHERE id IN :ids AND state = 'sending'"
).bindparams(bindparam("ids", expanding=True))
_REQUEUE = text("UPDATE outbox SET state = 'queued', owner = '' WHERE state = 'sending' AND owner = :owner")
_SENDERS = text("SELECT DISTINCT owner FROM outbox WHERE state = 'sending'")
_COUNTS = text("SELECT state, count(*) FROM outbox WHERE state <> 'sent' GROUP BY state")


def take(connection: Connection, owner: str, at: float, limit: int = 20) -> list[Sending]:
    """Take the oldest due text of up to ``limit`` persons."""
    values = {"at": at, "future": at + STEP_S, "limit": limit}
    rows = connection.execute(_HEADS, values).all()
    taken = [r for r in rows if connection.execute(_TAKE, {"id": r[0], "owner": owner}).rowcount == 1]
    return [Sending(r[0], r[1], r[2], r[3], r[4] + 1, r[5], r[6] != "", r[7]) for r in taken]


def may_send(connection: Connection, openid: str, at: float) -> bool:
    """Whether WeChat's windows leave room for one more send to this person."""
    row = connection.execute(_WINDOW, {"openid": openid}).one_or_none()
    if row is None:
        return False
    message_at, click_at, since_message, since_click = row
    by_message = at - message_at < MESSAGE_WINDOW_S and since_message < MESSAGE_SENDS
    return bool(by_message or (at - click_at < CLICK_WINDOW_S and since_click < CLICK_SENDS))


def sent(connection: Connection, sending: Sending, owner: str, at: float) -> None:
    """It was accepted by WeChat."""
    connection.execute(_SENT, {"id": sending.id, "owner": owner, "at": at})


def put_back(
    connection: Connection, sending: Sending, owner: str, error: str, next_at: float,
    state: Literal["queued", "held", "dead"] = "queued",
) -> None:  # fmt: skip
    """It was not: try at ``next_at``, keep it for the person's next message, or give up on it."""
    values = {"id": sending.id, "owner": owner, "state": state, "next_at": next_at, "error": error[:120]}
    connection.execute(_LATER, values)
    if state == "held":
        connection.execute(_HOLD_REST, {"openid": sending.openid})


def untaken(connection: Connection, sending: Sending, owner: str) -> None:
    """It was not even tried: as if it had never been taken."""
    connection.execute(_UNTAKEN, {"id": sending.id, "owner": owner})


def drop_answer(connection: Connection, sending: Sending, error: str) -> None:
    """Part of an answer is lost: what follows would stand there without beginning or source."""
    if sending.inbox_id:
        values = {"openid": sending.openid, "inbox_id": sending.inbox_id, "error": error[:120]}
        connection.execute(_DROP_ANSWER, values)


def rewrite(connection: Connection, sending: Sending, owner: str, payload: str) -> None:
    """Try again at once with another body (a menu as numbered text)."""
    connection.execute(_REWRITE, {"id": sending.id, "owner": owner, "payload": payload})


def drop_person(connection: Connection, openid: str, error: str) -> None:
    """The person no longer follows the account: what is left for them is dead."""
    connection.execute(_DROP_REST, {"openid": openid, "error": error})


def release(connection: Connection, openid: str, at: float) -> None:
    """The person wrote again: held texts may go."""
    connection.execute(_RELEASE, {"openid": openid, "at": at})


def mark_handed(connection: Connection, ids: Iterable[int], at: float) -> None:
    """A dead sender had handed these to the network: they count as sent."""
    if listed := list(ids):
        connection.execute(_HANDED, {"ids": listed, "at": at})


def senders(connection: Connection) -> list[str]:
    """Owners of texts that are on their way."""
    return [str(o) for o in connection.execute(_SENDERS).scalars()]


def requeue(connection: Connection, owner: str) -> int:
    """Give back what a dead sender had taken; gives how many."""
    return int(connection.execute(_REQUEUE, {"owner": owner}).rowcount)


def counts(connection: Connection) -> dict[str, int]:
    """State to number of texts not sent yet, dead letters included."""
    return {str(row[0]): int(row[1]) for row in connection.execute(_COUNTS)}
