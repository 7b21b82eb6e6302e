"""Turn records and feedback as boards and charts need them: counted in the database, words only masked.

Why this file exists: no board loads more rows than it shows. It must not know topics or wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, func, select, update

from store.tables import Feedback, TurnRecord, WrongReport

T: Any = TurnRecord.__table__
F: Any = Feedback.__table__
W: Any = WrongReport.__table__
UNANSWERED = ("not_understood", "not_in_sources", "clarify", "city_not_covered", "service_trouble")
"""Outcomes after which somebody should look at the question."""
HELD_OFF = ("started", "outside_hours")


@dataclass(frozen=True, slots=True)
class Asked:
    """A masked question nobody has dealt with."""

    id: int
    text: str
    need: str
    city: str
    outcome: str
    at: float


def unanswered(connection: Connection, since: float, limit: int) -> list[Asked]:
    """Questions that were not answered, newest first."""
    columns = (T.c.id, T.c.text, T.c.need, T.c.city, T.c.outcome, T.c.at)
    where = (T.c.outcome.in_(UNANSWERED), T.c.text != "", T.c.handled == "", T.c.at >= since)
    query = select(*columns).where(*where).order_by(T.c.id.desc()).limit(limit)
    return [Asked(*tuple(row)) for row in connection.execute(query)]


def settle(connection: Connection, turns: Iterable[int], how: str) -> int:
    """Say what became of questions; gives how many."""
    where = (T.c.id.in_(list(turns)), T.c.handled == "")
    return int(connection.execute(update(T).where(*where).values(handled=how)).rowcount)


def unhelpful(connection: Connection, since: float) -> list[Any]:
    """没帮助 by answer: answer id, how often, how often 有帮助, the latest reason."""
    bad = func.sum(func.cast(~F.c.helpful, Integer))
    good = func.sum(func.cast(F.c.helpful, Integer))
    query = (
        select(F.c.answer_id, bad.label("bad"), good.label("good"), func.max(F.c.reason).label("reason"))
        .where(F.c.at >= since, F.c.answer_id != "")
        .group_by(F.c.answer_id)
        .having(bad > 0)
        .order_by(bad.desc())
        .limit(100)
    )
    return list(connection.execute(query))


def wrong_reports(connection: Connection, limit: int = 200) -> list[Any]:
    """答错了: open ones first."""
    query = select(W).order_by(W.c.state != "open", W.c.id.desc()).limit(limit)
    return list(connection.execute(query))


def close_report(connection: Connection, report: int, state: str, resolution: str, at: float) -> bool:
    """Settle a report as fixed or dismissed; False when it is not open."""
    done = connection.execute(
        update(W)
        .where(W.c.id == report, W.c.state == "open")
        .values(state=state, resolution=resolution, closed_at=at)
    )
    return bool(done.rowcount)


def counted(connection: Connection, column: str, since: str, until: str) -> list[tuple[str, int]]:
    """Turns per value of ``day``, ``outcome``, ``city``, ``need`` or ``handoff`` between two days (ISO)."""
    by = T.c[column]
    query = select(by, func.count()).where(T.c.day >= since, T.c.day <= until).group_by(by).order_by(by)
    return [(str(row[0]), int(row[1])) for row in connection.execute(query)]


def times(connection: Connection, since: str, until: str, limit: int = 20_000) -> list[tuple[str, int]]:
    """Day and milliseconds of the latest turns between two days."""
    where = (T.c.day >= since, T.c.day <= until, T.c.ms > 0)
    query = select(T.c.day, T.c.ms).where(*where).order_by(T.c.id.desc()).limit(limit)
    return [(row.day, row.ms) for row in connection.execute(query)]


def satisfaction(connection: Connection, since: float, until: float) -> tuple[int, int]:
    """How many found an answer helpful, and how many did not."""
    query = select(F.c.helpful, func.count()).where(F.c.at >= since, F.c.at < until).group_by(F.c.helpful)
    found: Sequence[Any] = list(connection.execute(query))
    return sum(n for yes, n in found if yes), sum(n for yes, n in found if not yes)
