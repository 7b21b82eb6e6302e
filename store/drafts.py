"""Edits under way: saved often, never overwritten by a second person, moved from state to state once.

Why this file exists: every change asks for the revision it was made on, so two people cannot undo each
other. It must not know what a record means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from store.errors import Conflict
from store.tables import Comment, Draft

D: Any = Draft.__table__
C: Any = Comment.__table__
OPEN = ("draft", "submitted", "scheduled", "refused")
"""States of an edit that is not finished."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One draft. ``name`` is ``kind:key`` of its record; ``gate`` holds the last checks and the editors."""

    id: int
    name: str
    path: str
    base_version: int
    revision: int
    yaml: str
    state: str
    author: str
    approver: str
    gate: dict[str, Any]
    publish_at: float
    created_at: float
    updated_at: float

    @property
    def kind(self) -> str:
        """Kind of the record."""
        return self.name.partition(":")[0]

    @property
    def key(self) -> str:
        """Id of the record."""
        return self.name.partition(":")[2]

    @property
    def editors(self) -> frozenset[str]:
        """Everybody who wrote in it: none of them may approve it."""
        return frozenset({self.author, *self.gate.get("editors", [])})


_COLUMNS = (
    D.c.id, D.c.key, D.c.path, D.c.base_version, D.c.revision, D.c.yaml, D.c.state, D.c.author, D.c.approver,
    D.c.gate, D.c.publish_at, D.c.created_at, D.c.updated_at,
)  # fmt: skip


def _edits(connection: Connection, *where: Any, limit: int = 500) -> list[Edit]:
    query = select(*_COLUMNS).where(*where).order_by(D.c.updated_at.desc(), D.c.id.desc()).limit(limit)
    return [Edit(*tuple(row)) for row in connection.execute(query)]


def start(connection: Connection, name: str, path: str, base: int, yaml: str, author: str, at: float) -> int:
    """Begin an edit; gives its id."""
    row = {"key": name, "path": path, "base_version": base, "revision": 1, "yaml": yaml, "state": "draft"}
    more = {"author": author, "gate": {"editors": [author]}, "created_at": at, "updated_at": at}
    return int(connection.execute(D.insert().returning(D.c.id), {**row, **more}).scalar_one())


def find(connection: Connection, draft: int) -> Edit | None:
    """An edit by id."""
    return next(iter(_edits(connection, D.c.id == draft)), None)


def in_states(connection: Connection, states: Iterable[str] = OPEN) -> list[Edit]:
    """Edits in some states, last changed first."""
    return _edits(connection, D.c.state.in_(list(states)))


def of_record(connection: Connection, name: str) -> list[Edit]:
    """Unfinished edits of a record."""
    return _edits(connection, D.c.key == name, D.c.state.in_(OPEN))


def due(connection: Connection, at: float) -> list[Edit]:
    """Scheduled edits whose time has come."""
    return _edits(connection, D.c.state == "scheduled", D.c.publish_at <= at, limit=20)


def save(connection: Connection, edit: Edit, yaml: str, editor: str, at: float) -> Edit:
    """Keep what was typed; a submitted or refused edit becomes a draft again.

    Raises:
        Conflict: it was changed since ``edit`` was read.
    """
    editors = sorted(edit.editors | {editor})
    return move(connection, edit, "draft", at, yaml=yaml, gate={"editors": editors}, approver="")


def move(connection: Connection, edit: Edit, state: str, at: float, **values: Any) -> Edit:
    """Change state and columns.

    Raises:
        Conflict: it was changed since ``edit`` was read.
    """
    statement = (
        update(D)
        .where(D.c.id == edit.id, D.c.revision == edit.revision, D.c.state == edit.state)
        .values(state=state, revision=edit.revision + 1, updated_at=at, **values)
    )
    if connection.execute(statement).rowcount != 1:
        raise Conflict("别人刚改过这份草稿")
    found = find(connection, edit.id)
    assert found is not None
    return found


def comment(connection: Connection, draft: int, author: str, text: str, at: float) -> None:
    """Add a remark."""
    connection.execute(C.insert(), {"draft_id": draft, "author": author, "text": text, "at": at})


def comments(connection: Connection, draft: int) -> list[Any]:
    """Remarks on an edit, oldest first."""
    return list(connection.execute(select(C).where(C.c.draft_id == draft).order_by(C.c.id)))


def open_names(connection: Connection) -> dict[str, str]:
    """State of the newest unfinished edit by record name."""
    query = select(D.c.key, D.c.state).where(D.c.state.in_(OPEN)).order_by(D.c.updated_at)
    return {row.key: row.state for row in connection.execute(query)}


def counts(connection: Connection) -> dict[str, int]:
    """How many edits there are in each state."""
    query = select(D.c.state, func.count()).group_by(D.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}
