"""Background work, trained models, and switches an operator can flip while everything runs."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Id, Json, Moment, Name, Share, Words


class Job(Base):
    """Training, evaluation, import. ``state``: queued | running | done | failed | cancelled."""

    __tablename__ = "jobs"

    id: Mapped[Id]
    kind: Mapped[Name]
    state: Mapped[Name] = mapped_column(index=True)
    payload: Mapped[Json]
    result: Mapped[Json]
    log: Mapped[Words]
    progress: Mapped[Share]
    owner: Mapped[Name]
    asked_by: Mapped[Name]
    run_at: Mapped[Moment]
    created_at: Mapped[Moment]
    started_at: Mapped[Moment]
    ended_at: Mapped[Moment]


class Model(Base):
    """A trained model file. ``state`` is candidate | serving | retired; ``metrics`` of its evaluation."""

    __tablename__ = "models"

    id: Mapped[Id]
    file: Mapped[Words]
    sha256: Mapped[Name] = mapped_column(unique=True)
    state: Mapped[Name] = mapped_column(index=True)
    metrics: Mapped[Json]
    note: Mapped[Words]
    promoted_by: Mapped[Name]
    created_at: Mapped[Moment]
    promoted_at: Mapped[Moment]


class Setting(Base):
    """A switch or notice set while running: kill switch, notice to everyone, a city switched off.

    ``value`` is JSON, ``until`` 0 for no end; ``number`` grows with each change so that processes notice.
    """

    __tablename__ = "settings"

    name: Mapped[Name] = mapped_column(primary_key=True)
    value: Mapped[Json]
    reason: Mapped[Words]
    until: Mapped[Moment]
    number: Mapped[Count]
    changed_by: Mapped[Name]
    changed_at: Mapped[Moment]
