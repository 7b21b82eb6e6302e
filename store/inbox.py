"""Accept a message once: transaction 1 of docs/architecture.md, and what retries find.

Why this file exists: the statements of the hot path stand here as constants, so that SQLAlchemy
compiles them once. Exactly-once rests on two guards: the unique key and the row's owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, text

Status = Literal["new", "working", "done"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it is kept: ``inbound`` masked JSON, ``question`` its first words, ``at`` in seconds."""

    key: str
    openid: str
    inbound: str
    question: str
    at: float


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text that waits for the person's next message. ``payload`` is the API body as JSON."""

    id: int
    payload: str
    question: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the inbox knows of a message after it arrived (again).

    ``status`` new: ours to answer. working: ``owner`` is at it. done: ``reply`` (kind ``reply_kind``) unless
    ``delivery`` says it was pushed or held. ``before`` is the id of an older unanswered message of the
    same person, 0 if none: it must be answered first.
    """

    id: int
    status: Status
    owner: str = ""
    tries: int = 1
    deferred: bool = False
    delivery: str = ""
    reply: str = ""
    reply_kind: str = ""
    before: int = 0
    conversation: str = ""
    version: int = 0
    held: tuple[HeldText, ...] = ()


_INSERT = text(
    "INSERT INTO inbox (key, openid, state, delivery, owner, deferred, purge, tries, inbound, question,"
    " reply, reply_kind, received_at, tried_at, done_at) VALUES (:key, :openid, 'working', '', :owner,"
    " :no, :no, 1, :inbound, :question, '', '', :at, :at, 0) ON CONFLICT (key) DO NOTHING RETURNING id"
)
_LOOK = text(
    "SELECT c.data, c.version,"
    " (SELECT min(id) FROM inbox WHERE openid = :openid AND state = 'working' AND id < :id),"
    " (SELECT count(*) FROM outbox WHERE openid = :openid AND state = 'held')"
    " FROM (SELECT 1 AS one) AS o LEFT JOIN conversations c ON c.openid = :openid"
)
_AGAIN = text(
    "UPDATE inbox SET tries = tries + 1, tried_at = :at WHERE key = :key"
    " RETURNING id, state, owner, tries, deferred, delivery, reply, reply_kind, openid"
)
_SEE = text(
    "SELECT id, state, owner, tries, deferred, delivery, reply, reply_kind, openid FROM inbox WHERE id = :id"
)
_HELD = text("SELECT id, payload, question FROM outbox WHERE openid = :openid AND state = 'held' ORDER BY id")
_DEFER = text("UPDATE inbox SET deferred = :yes WHERE id = :id AND state = 'working' AND owner = :owner")
_CLAIM = text("UPDATE inbox SET owner = :owner WHERE id = :id AND state = 'working' AND owner = :from_owner")


def accept(connection: Connection, arrival: Arrival, owner: str) -> Accepted:
    """Take the message in, or find what became of it before."""
    values = {
        "key": arrival.key, "openid": arrival.openid, "owner": owner, "no": False,
        "inbound": arrival.inbound, "question": arrival.question, "at": arrival.at,
    }  # fmt: skip
    new = connection.execute(_INSERT, values).scalar()
    if new is not None:
        return look(connection, Accepted(new, "new", owner), arrival.openid)
    row = connection.execute(_AGAIN, {"key": arrival.key, "at": arrival.at}).one()
    return _found(connection, row)


def look(connection: Connection, accepted: Accepted, openid: str) -> Accepted:
    """The same with the person's conversation, older unanswered messages and held texts as they are now."""
    row: Any = connection.execute(_LOOK, {"openid": openid, "id": accepted.id}).one()
    data, version, before, held = row
    return Accepted(
        accepted.id, accepted.status, accepted.owner, accepted.tries, accepted.deferred,
        accepted.delivery, accepted.reply, accepted.reply_kind, before or 0, data or "", version or 0,
        held_texts(connection, openid) if held else (),
    )  # fmt: skip


def see(connection: Connection, inbox_id: int) -> Accepted | None:
    """The row as it is now; None when it was deleted with the person."""
    row = connection.execute(_SEE, {"id": inbox_id}).one_or_none()
    return _found(connection, row) if row is not None else None


def _found(connection: Connection, row: Any) -> Accepted:
    found = Accepted(
        row[0],
        "done" if row[1] == "done" else "working",
        row[2],
        row[3],
        bool(row[4]),
        row[5],
        row[6],
        row[7],
    )
    return found if found.status == "done" else look(connection, found, row[8])


def held_texts(connection: Connection, openid: str) -> tuple[HeldText, ...]:
    """What waits for this person's next message, oldest first."""
    return tuple(HeldText(*row) for row in connection.execute(_HELD, {"openid": openid}))


def defer(connection: Connection, inbox_id: int, owner: str) -> bool:
    """Remember, before ``success`` is said, that the answer has to be pushed. False: not ours any more."""
    values = {"id": inbox_id, "owner": owner, "yes": True}
    return connection.execute(_DEFER, values).rowcount == 1


def claim(connection: Connection, inbox_id: int, from_owner: str, owner: str) -> bool:
    """Take an unfinished message over from a dead process. False: somebody else was faster."""
    values = {"id": inbox_id, "from_owner": from_owner, "owner": owner}
    return connection.execute(_CLAIM, values).rowcount == 1
