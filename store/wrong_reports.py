"""答错了: what an operator says is wrong, tied to the exact content version and the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from store.tables import Feedback, WrongReport

F: Any = Feedback.__table__
W: Any = WrongReport.__table__


@dataclass(frozen=True, slots=True)
class Wrong:
    """One report; ``question`` and ``sentence`` are masked before they come here."""

    answer_id: str
    content_version: str
    question: str
    sentence: str
    author: str


def report(connection: Connection, wrong: Wrong, at: float) -> int:
    """Add a report in state open; gives its id."""
    row = {
        "answer_id": wrong.answer_id, "content_version": wrong.content_version, "question": wrong.question,
        "sentence": wrong.sentence, "author": wrong.author, "state": "open", "at": at,
    }  # fmt: skip
    return int(connection.execute(W.insert().returning(W.c.id), row).scalar_one())


def open_count(connection: Connection) -> int:
    """Reports nobody has dealt with."""
    return int(connection.execute(select(func.count()).where(W.c.state == "open")).scalar_one())


def opinion(connection: Connection, wrong: Wrong, helpful: bool, at: float) -> None:
    """What another system's user says of an answer: counted; reported where it was no help and says why."""
    row = {"answer_id": wrong.answer_id, "content_version": wrong.content_version, "helpful": helpful}
    connection.execute(F.insert(), {**row, "reason": wrong.sentence, "state": "", "at": at})
    if not helpful and wrong.sentence:
        report(connection, wrong, at)
