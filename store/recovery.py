"""Find what dead processes left, and answers nobody is known to have received.

Why this file exists: kill -9 leaves rows behind; these functions give them to somebody else exactly
once. Who is alive is decided by the caller, from the heartbeat and from the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from store.finish import put, text_payload

_BEAT = text(
    "INSERT INTO processes (owner, kind, report, started_at, beat_at)"
    " VALUES (:owner, :kind, :report, :at, :at)"
    " ON CONFLICT (owner) DO UPDATE SET beat_at = :at, report = :report"
)
_LIVE = text("SELECT owner, beat_at FROM processes")
_REPORTS = text("SELECT report FROM processes WHERE kind = :kind AND beat_at >= :since")
_LEAVE = text("DELETE FROM processes WHERE owner = :owner")
_OLD = text("DELETE FROM processes WHERE beat_at < :before")
_FREE = text("UPDATE inbox SET owner = '' WHERE owner = :owner AND state = 'working'")
_ORPHANS = text(
    "SELECT id, owner, openid, key, inbound, question, received_at, deferred FROM inbox"
    " WHERE state = 'working' AND (received_at < :before OR received_at > :future) ORDER BY id LIMIT 500"
)
_PASSIVE = text(
    "UPDATE inbox SET delivery = 'passive' WHERE id IN :ids AND state = 'done' AND delivery = ''"
).bindparams(bindparam("ids", expanding=True))
_GAVE = text(
    "UPDATE inbox SET state = 'done', delivery = 'passive', inbound = '', question = '', done_at = :at"
    " WHERE id IN :ids AND delivery = ''"
).bindparams(bindparam("ids", expanding=True))
_PURGE = text("DELETE FROM inbox WHERE purge = :yes AND delivery <> '' AND tried_at < :before")
_UNDELIVERED = text(
    "SELECT id, openid, reply, question FROM inbox WHERE state = 'done' AND delivery = ''"
    " AND (tried_at < :before OR tried_at > :future) ORDER BY id LIMIT 200"
)
_ANY = text(
    "SELECT id FROM inbox WHERE (state = 'done' AND delivery = ''"
    " AND (tried_at < :before OR tried_at > :future))"
    " OR (purge = :yes AND tried_at < :before) LIMIT 1"
)
_PUSHED = text(
    "UPDATE inbox SET delivery = :to, question = '' WHERE id = :id AND state = 'done' AND delivery = ''"
)


FUTURE_S = 120.0
"""So far after the border between young and old, a time is from before the clock was set back: old."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A message whose process may be dead."""

    id: int
    owner: str
    openid: str
    key: str
    inbound: str
    question: str
    received_at: float
    deferred: bool


def beat(connection: Connection, owner: str, kind: str, report: str, at: float) -> None:
    """Say that a process lives, and in ``report`` (JSON) what only it can see."""
    connection.execute(_BEAT, {"owner": owner, "kind": kind, "report": report, "at": at})


def heartbeats(connection: Connection) -> dict[str, float]:
    """Owner to the time of its last heartbeat."""
    return {row[0]: row[1] for row in connection.execute(_LIVE)}


def reports(connection: Connection, kind: str, since: float) -> list[str]:
    """What the living processes of a kind report."""
    return [str(r) for r in connection.execute(_REPORTS, {"kind": kind, "since": since}).scalars()]


def leave(connection: Connection, owner: str) -> None:
    """A process ends in order: what it could not finish is free at once."""
    connection.execute(_FREE, {"owner": owner})
    connection.execute(_LEAVE, {"owner": owner})


def forget_processes(connection: Connection, before: float) -> None:
    """Drop heartbeats of processes long gone."""
    connection.execute(_OLD, {"before": before})


def unfinished(connection: Connection, before: float) -> list[Orphan]:
    """Messages received before a time and still unanswered, oldest first."""
    rows = connection.execute(_ORPHANS, {"before": before, "future": before + FUTURE_S})
    return [Orphan(r[0], r[1], r[2], r[3], r[4], r[5], r[6], bool(r[7])) for r in rows]


def mark_delivered(connection: Connection, ids: Sequence[int]) -> None:
    """These answers were given to WeChat as passive replies."""
    for start in range(0, len(ids), 500):
        connection.execute(_PASSIVE, {"ids": list(ids[start : start + 500])})


def mark_given(connection: Connection, ids: Iterable[int], at: float) -> None:
    """A dead process gave these answers although it may not have stored them: nobody answers again."""
    listed = list(ids)
    for start in range(0, len(listed), 500):
        connection.execute(_GAVE, {"ids": listed[start : start + 500], "at": at})


def anything_undelivered(connection: Connection, before: float) -> bool:
    """Whether ``push_undelivered`` would find something."""
    values = {"before": before, "future": before + FUTURE_S, "yes": True}
    return connection.execute(_ANY, values).scalar() is not None


def push_undelivered(
    connection: Connection, before: float, at: float, to: str, phrase: Callable[[str, str], Sequence[str]]
) -> int:
    """Put answers on the outbox that no retry has fetched since ``before``; gives how many.

    Args:
        connection: a write transaction.
        before: last try of WeChat, Unix seconds.
        at: now.
        to: "outbox" to send them, "held" for accounts that may not send: they wait for the next message.
        phrase: question and answer to the texts to send.
    """
    rows = connection.execute(_UNDELIVERED, {"before": before, "future": before + FUTURE_S}).all()
    state = "queued" if to == "outbox" else "held"
    for inbox_id, openid, reply, question in rows:
        if connection.execute(_PUSHED, {"id": inbox_id, "to": to}).rowcount != 1 or not reply:
            continue
        for part in phrase(question, reply):
            put(connection, openid, text_payload(part), at, state=state, inbox_id=inbox_id, question=question)
    connection.execute(_PURGE, {"yes": True, "before": before})
    return len(rows)
