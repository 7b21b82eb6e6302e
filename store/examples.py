"""Sample questions staff added to a need, merged with the shipped ones at the next training.

Why this file exists: they are kept beside the content (kind ``example``), one row per question.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, delete, select

from store.tables import ContentRecord

R: Any = ContentRecord.__table__
KIND = "example"


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def add(connection: Connection, need: str, text: str, by: str, at: float) -> bool:
    """Add a masked question; False when it is there already."""
    where = (R.c.path == KIND, R.c.key == _key(text))
    if connection.execute(select(R.c.id).where(*where)).first() is not None:
        return False
    row = {"path": KIND, "key": _key(text), "kind": KIND, "title": text, "yaml": need, "baseline": by}
    connection.execute(R.insert(), {**row, "updated_at": at})
    return True


def remove(connection: Connection, example: int) -> bool:
    """Take a question away."""
    return bool(connection.execute(delete(R).where(R.c.id == example, R.c.kind == KIND)).rowcount)


def listed(connection: Connection) -> list[Any]:
    """Every question: id, need, text, by, at; newest first."""
    columns = (
        R.c.id, R.c.yaml.label("need"), R.c.title.label("text"), R.c.baseline.label("by"),
        R.c.updated_at.label("at"),
    )  # fmt: skip
    return list(connection.execute(select(*columns).where(R.c.kind == KIND).order_by(R.c.id.desc())))
