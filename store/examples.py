"""Sentences staff keep for a need: sample questions for training, stored questions for the gate.

Why this file exists: both lists are "the shipped ones, less those set aside, plus those added", one row
per sentence beside the content. It must not know where the shipped ones are.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, delete, select

from store.tables import ContentRecord

R: Any = ContentRecord.__table__
KIND = "example"
"""Sample questions, merged with the shipped ones at the next training."""
STORED = "regression"
"""Stored questions whose replies the gate compares."""
ASIDE = {KIND: "example_aside", STORED: "regression_aside"}
"""Kind of the rows that set a shipped sentence aside."""


def _key(need: str, text: str, kind: str) -> str:
    """An added sentence belongs to one need; a shipped one may be set aside in each."""
    said = f"{need}\0{text}" if kind in ASIDE.values() else text
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def add(connection: Connection, need: str, text: str, by: str, at: float, kind: str = KIND) -> bool:
    """Add a masked sentence; False when it is there already."""
    key = _key(need, text, kind)
    if connection.execute(select(R.c.id).where(R.c.path == kind, R.c.key == key)).first() is not None:
        return False
    row = {"path": kind, "key": key, "kind": kind, "title": text, "yaml": need, "baseline": by}
    connection.execute(R.insert(), {**row, "updated_at": at})
    return True


def set_aside(connection: Connection, need: str, text: str, by: str, at: float, kind: str = KIND) -> bool:
    """Do without a shipped sentence from now on; False when that is so already."""
    return add(connection, need, text, by, at, ASIDE[kind])


def remove(connection: Connection, number: int, kind: str = KIND) -> bool:
    """Take an added sentence away, or (``ASIDE``) take a shipped one back."""
    return bool(connection.execute(delete(R).where(R.c.id == number, R.c.kind == kind)).rowcount)


def listed(connection: Connection, kind: str = KIND) -> list[Any]:
    """Every sentence: id, need, text, by, at; newest first."""
    columns = (
        R.c.id, R.c.yaml.label("need"), R.c.title.label("text"), R.c.baseline.label("by"),
        R.c.updated_at.label("at"),
    )  # fmt: skip
    return list(connection.execute(select(*columns).where(R.c.kind == kind).order_by(R.c.id.desc())))
