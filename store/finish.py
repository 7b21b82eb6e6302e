"""Store an answer: transaction 2 of docs/architecture.md, all of it or nothing.

Why this file exists: the reply, the conversation, the turn record, effects (tickets, deletion) and
outbox rows must appear together and only once, whoever else worked on the same message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, text

from store import conversations, effects
from store.inbox import Arrival, accept

_DONE = text(
    "UPDATE inbox SET state = 'done', delivery = :delivery, reply = :reply, reply_kind = :reply_kind,"
    " inbound = '', question = :question, done_at = :at, purge = :purge"
    " WHERE id = :id AND state = 'working' AND owner = :owner"
)
_TURN_FIELDS = (
    "turn", "sender", "at", "day", "kind", "outcome", "need", "confidence", "city", "aspect", "answer_id",
    "content_version", "verdict", "handoff", "suggestions", "ms", "text", "handled",
)  # fmt: skip
_TURN = text(
    f"INSERT INTO turns ({', '.join(_TURN_FIELDS)}) VALUES ({', '.join(':' + f for f in _TURN_FIELDS)})"  # noqa: S608
)
_PUT = text(
    "INSERT INTO outbox (openid, state, source, inbox_id, question, payload, attempts, next_at, owner,"
    " last_error, created_at, sent_at) VALUES (:openid, :state, :source, :inbox_id, :question, :payload, 0,"
    " :next_at, '', '', :at, 0)"
)
_CONSUMED = text(
    "UPDATE outbox SET state = 'sent', sent_at = :at WHERE id IN :ids AND state = 'held'"
).bindparams(bindparam("ids", expanding=True))


@dataclass(slots=True)
class Finish:
    """Everything one answered message changes.

    ``delivery``: "" when a passive reply is about to be given, outbox | held | none otherwise. ``pushes`` and
    ``holds`` are API bodies as JSON. ``turn`` has the columns of ``store.tables.TurnRecord`` but id; None
    where no turn took place. ``conversation`` is JSON text, None to leave it; ``loaded`` what it was
    computed from. ``window`` is message | click | "". ``arrival`` stores a message that could not be
    accepted while the database was away.
    """

    inbox_id: int
    owner: str
    openid: str
    at: float
    received_at: float
    delivery: str = ""
    reply: str = ""
    reply_kind: str = ""
    question: str = ""
    pushes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    consumed: tuple[int, ...] = ()
    conversation: str | None = None
    loaded: str = ""
    version: int = 0
    window: str = ""
    turn: dict[str, Any] | None = None
    effects: tuple[dict[str, Any], ...] = field(default=())
    arrival: Arrival | None = None

    @property
    def deletes(self) -> bool:
        """Whether the person asked to be forgotten."""
        return any(e.get("do") == "delete_data" for e in self.effects)

    @property
    def obliges(self) -> bool:
        """Whether something outlives the reply and must survive a power cut."""
        return bool(self.effects or self.pushes or self.holds)


def finish(connection: Connection, done: Finish) -> bool:
    """Store the answer. False: another process was first, or the person was deleted; nothing changed."""
    if done.arrival is not None and not done.inbox_id:
        done.inbox_id = accept(connection, done.arrival, done.owner).id
    values = {
        "id": done.inbox_id, "owner": done.owner, "delivery": done.delivery, "reply": done.reply,
        "reply_kind": done.reply_kind, "at": done.at, "purge": done.deletes,
        "question": "" if done.deletes or done.delivery else done.question,
    }  # fmt: skip
    if connection.execute(_DONE, values).rowcount != 1:
        return False
    if done.conversation is not None and not done.deletes:
        conversations.save(connection, done)
    turn = done.turn
    if turn is not None:
        connection.execute(_TURN, {**turn, "sender": "", "text": ""} if done.deletes else turn)
    scene = effects.Scene(done.openid, done.inbox_id, done.at, turn or {})
    for effect in done.effects:
        effects.apply(connection, effect, scene)
    _outbox(connection, done)
    return True


def _outbox(connection: Connection, done: Finish) -> None:
    if done.consumed:
        connection.execute(_CONSUMED, {"ids": list(done.consumed), "at": done.at})
    rows = [("queued", p) for p in done.pushes] + [("held", p) for p in done.holds]
    for state, payload in rows:
        put(
            connection,
            done.openid,
            payload,
            done.at,
            state=state,
            inbox_id=done.inbox_id,
            question=done.question,
        )


def put(
    connection: Connection, openid: str, payload: str, at: float, *, state: str = "queued",
    source: str = "answer", inbox_id: int = 0, question: str = "", delay_s: float = 0.0,
) -> None:  # fmt: skip
    """Add one text to the outbox; texts of a person leave in the order they were put."""
    values = {
        "openid": openid, "state": state, "source": source, "inbox_id": inbox_id, "question": question,
        "payload": payload, "next_at": at + delay_s, "at": at,
    }  # fmt: skip
    connection.execute(_PUT, values)


def text_payload(content: str) -> str:
    """The API body of a text, without ``touser``; UTF-8 as WeChat wants it, not escaped."""
    return json.dumps({"msgtype": "text", "text": {"content": content}}, ensure_ascii=False)
