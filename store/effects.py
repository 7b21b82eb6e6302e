"""What an outcome asks for beside its words: tickets, call-backs, feedback, deletion.

Why this file exists: effects run inside transaction 2, so that a ticket exists exactly when its reply
does. Unknown effects are refused loudly: an effect that silently does nothing breaks a promise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from store import people, tickets
from store.errors import StoreError
from store.tables import Callback, Feedback


@dataclass(frozen=True, slots=True)
class Scene:
    """Whose message it was. ``turn`` has the columns of the turn record (sender, text, need …)."""

    openid: str
    inbox_id: int
    at: float
    turn: dict[str, Any]


Effect = dict[str, Any]


def apply(connection: Connection, effect: Effect, scene: Scene) -> None:
    """Do one effect.

    Raises:
        StoreError: there is no such effect.
    """
    do = EFFECTS.get(effect.get("do", ""))
    if do is None:
        raise StoreError(f"没有这种后续动作：{effect.get('do')}")
    do(connection, effect, scene)


def _open_ticket(connection: Connection, effect: Effect, scene: Scene) -> None:
    tickets.open_ticket(connection, scene.openid, effect, scene.at)


def _append_ticket(connection: Connection, effect: Effect, scene: Scene) -> None:
    text = str(effect.get("text") or scene.turn.get("text", ""))
    tickets.append(connection, scene.openid, "citizen", text, scene.at)


def _close_ticket(connection: Connection, effect: Effect, scene: Scene) -> None:
    tickets.close_for(connection, scene.openid, str(effect.get("reason") or "returned"), scene.at)


def _cancel_ticket(connection: Connection, _: Effect, scene: Scene) -> None:
    tickets.close_for(connection, scene.openid, "cancelled", scene.at)


def _callback(connection: Connection, effect: Effect, scene: Scene) -> None:
    known = {k: str(effect.get(k) or "") for k in ("need", "city", "question", "contact")}
    summary = {k: v for k, v in effect.items() if k not in {"do", *known}}
    row = {**known, "openid": scene.openid, "state": "open", "summary": summary, "created_at": scene.at}
    connection.execute(Callback.__table__.insert(), row)  # type: ignore[attr-defined]


def _feedback(connection: Connection, effect: Effect, scene: Scene) -> None:
    row = {k: str(effect.get(k) or "") for k in ("answer_id", "content_version", "need", "city", "reason")}
    row["content_version"] = row["content_version"] or str(scene.turn.get("content_version", ""))
    extra = {"sender": scene.turn.get("sender", ""), "helpful": bool(effect.get("helpful")), "at": scene.at}
    connection.execute(Feedback.__table__.insert(), {**row, **extra})  # type: ignore[attr-defined]


def _delete_data(connection: Connection, _: Effect, scene: Scene) -> None:
    people.delete_person(connection, scene.openid, str(scene.turn.get("sender", "")), keep=scene.inbox_id)


EFFECTS: dict[str, Callable[[Connection, Effect, Scene], None]] = {
    "open_ticket": _open_ticket,
    "append_ticket": _append_ticket,
    "close_ticket": _close_ticket,
    "cancel_ticket": _cancel_ticket,
    "callback": _callback,
    "feedback": _feedback,
    "delete_data": _delete_data,
}
"""Every effect an outcome may ask for."""
