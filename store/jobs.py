"""Background jobs and trained models: asked for by a person, done by a process, chosen by a person.

Why this file exists: a job is taken once, tells how far it is, and its model is known by its hash.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from store.tables import Job, Model

J: Any = Job.__table__
M: Any = Model.__table__
LOG_CHARS = 60_000


def ask(connection: Connection, kind: str, by: str, at: float) -> int:
    """Queue a job unless one of its kind waits or runs; gives its id, 0 when there is one."""
    where = (J.c.kind == kind, J.c.state.in_(("queued", "running")))
    if connection.execute(select(J.c.id).where(*where)).first() is not None:
        return 0
    row = {"kind": kind, "state": "queued", "asked_by": by, "run_at": at, "created_at": at}
    return int(connection.execute(J.insert().returning(J.c.id), row).scalar_one())


def take(connection: Connection, kind: str, owner: str, at: float) -> int:
    """Take the oldest waiting job; 0 when none waits."""
    query = select(J.c.id).where(J.c.kind == kind, J.c.state == "queued").order_by(J.c.id).limit(1)
    job = connection.execute(query).scalar()
    if job is None:
        return 0
    taken = update(J).where(J.c.id == job, J.c.state == "queued")
    done = connection.execute(taken.values(state="running", owner=owner, started_at=at, run_at=at))
    return int(job) if done.rowcount else 0


def tell(connection: Connection, job: int, progress: float, log: str) -> None:
    """Say how far a running job is."""
    values = {"progress": progress, "log": log[-LOG_CHARS:]}
    connection.execute(update(J).where(J.c.id == job, J.c.state == "running").values(**values))


def beat(connection: Connection, job: int, at: float) -> None:
    """Say that the process of a running job lives."""
    connection.execute(update(J).where(J.c.id == job, J.c.state == "running").values(run_at=at))


def end(connection: Connection, job: int, state: str, result: dict[str, Any], at: float) -> None:
    """Finish a job as done or failed."""
    values = {"state": state, "result": result, "ended_at": at, "progress": 1.0}
    connection.execute(update(J).where(J.c.id == job, J.c.state == "running").values(**values))


def lost(connection: Connection, kind: str, before: float, at: float) -> int:
    """Give up running jobs that gave no sign of life (``beat``) since a moment: their process died."""
    where = (J.c.kind == kind, J.c.state == "running", J.c.run_at < before)
    values = {"state": "failed", "result": {"fault": "运行的进程不在了"}, "ended_at": at}
    return int(connection.execute(update(J).where(*where).values(**values)).rowcount)


def latest(connection: Connection, kind: str) -> Any | None:
    """The newest job of a kind."""
    query = select(J).where(J.c.kind == kind).order_by(J.c.id.desc()).limit(1)
    return connection.execute(query).one_or_none()


def add_model(connection: Connection, row: dict[str, Any]) -> None:
    """Remember a trained model: file, sha256, metrics, note, created_at; an equal one is kept once."""
    if connection.execute(select(M.c.id).where(M.c.sha256 == row["sha256"])).first() is None:
        connection.execute(M.insert(), {**row, "state": row.get("state", "candidate")})


def models(connection: Connection) -> list[Any]:
    """Models, newest first."""
    return list(connection.execute(select(M).order_by(M.c.id.desc()).limit(50)))


def model(connection: Connection, number: int) -> Any | None:
    """One model."""
    return connection.execute(select(M).where(M.c.id == number)).one_or_none()


def promote(connection: Connection, number: int, by: str, at: float) -> None:
    """Say that a model serves from now on; the one before retires and stays."""
    connection.execute(update(M).where(M.c.state == "serving").values(state="retired"))
    values = {"state": "serving", "promoted_by": by, "promoted_at": at}
    connection.execute(update(M).where(M.c.id == number).values(**values))
