"""Keep a person's conversation, and merge with what the desk or a timer changed meanwhile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from store.finish import Finish

_UPDATE = text(
    "UPDATE conversations SET data = :data, version = version + 1, updated_at = :at,"
    " message_at = CASE WHEN :window = 'message' THEN :seen ELSE message_at END,"
    " click_at = CASE WHEN :window = 'click' THEN :seen ELSE click_at END"
    " WHERE openid = :openid AND version = :version"
)
_INSERT = text(
    "INSERT INTO conversations (openid, data, version, message_at, click_at, created_at, updated_at)"
    " VALUES (:openid, :data, 1, :message_at, :click_at, :at, :at) ON CONFLICT (openid) DO NOTHING"
)
_LOAD = text("SELECT data, version FROM conversations WHERE openid = :openid")
_HANDOFF = text(
    "UPDATE conversations SET data = :data, version = version + 1, updated_at = :at WHERE openid = :openid"
    " AND version = :version"
)


def save(connection: Connection, done: Finish) -> None:
    """Store the conversation of an answered message."""
    data = done.conversation or "{}"
    if _store(connection, done, data, done.version):
        return
    found = connection.execute(_LOAD, {"openid": done.openid}).one()
    _store(connection, done, _merged(data, done.loaded, found[0]), found[1])


def _store(connection: Connection, done: Finish, data: str, version: int) -> bool:
    values = {"openid": done.openid, "data": data, "at": done.at}
    if version:
        seen = {"window": done.window, "seen": done.received_at, "version": version}
        return connection.execute(_UPDATE, values | seen).rowcount == 1
    times = {
        "message_at": done.received_at if done.window == "message" else 0.0,
        "click_at": done.received_at if done.window == "click" else 0.0,
    }
    return connection.execute(_INSERT, values | times).rowcount == 1


def _merged(ours: str, loaded: str, theirs: str) -> str:
    """Ours, with their hand-off state unless this turn itself changed it."""
    mine, before, other = (json.loads(d or "{}") for d in (ours, loaded, theirs))
    if mine.get("handoff") == before.get("handoff"):
        mine["handoff"] = other.get("handoff", {})
    return json.dumps(mine, ensure_ascii=False)


def load(connection: Connection, openid: str) -> tuple[dict[str, Any], int]:
    """The conversation and its version; ({}, 0) for somebody new."""
    row = connection.execute(_LOAD, {"openid": openid}).one_or_none()
    return (json.loads(row[0]), row[1]) if row else ({}, 0)


def set_handoff(connection: Connection, openid: str, handoff: dict[str, Any], at: float) -> bool:
    """Change only the hand-off state ({} | {"state", "since"}). False: nobody known by that openid."""
    while True:
        data, version = load(connection, openid)
        if not version:
            return False
        values = {"openid": openid, "version": version, "at": at}
        values["data"] = json.dumps({**data, "handoff": handoff}, ensure_ascii=False)
        if connection.execute(_HANDOFF, values).rowcount == 1:
            return True
