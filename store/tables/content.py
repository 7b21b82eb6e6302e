"""Live content: records with versions, drafts with comments, and one counter that says "reload".

Why this file exists: YAML under ``content/`` is the shipped baseline, the live truth is here. A record
is one YAML mapping inside one file, named by ``path`` and ``key``.
"""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Flag, Id, Json, Moment, Name, Ref, Words


class ContentRecord(Base):
    """The published state of a record. ``baseline`` is the hash of the shipped text it started from;
    ``edited`` says that staff changed it since; ``withdrawn`` switches it off."""

    __tablename__ = "content_records"

    id: Mapped[Id]
    path: Mapped[Name]
    key: Mapped[Name]
    kind: Mapped[Name] = mapped_column(index=True)
    city: Mapped[Name] = mapped_column(index=True)
    title: Mapped[Words]
    yaml: Mapped[Words]
    version: Mapped[Count]
    baseline: Mapped[Name]
    edited: Mapped[Flag]
    withdrawn: Mapped[Flag]
    position: Mapped[Count]
    checked_on: Mapped[Name]
    review_by: Mapped[Name]
    valid_to: Mapped[Name]
    updated_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("path", "key"),)


class ContentVersion(Base):
    """One published text of a record, never changed. ``approver`` is somebody other than ``author``."""

    __tablename__ = "content_versions"

    id: Mapped[Id]
    record_id: Mapped[Ref]
    version: Mapped[Count]
    yaml: Mapped[Words]
    author: Mapped[Name]
    approver: Mapped[Name]
    note: Mapped[Words]
    release: Mapped[Ref]
    published_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("record_id", "version"),)


class Draft(Base):
    """An edit under way. ``state`` is draft | submitted | approved | scheduled | published | refused;
    ``base_version`` is what it was started from, ``revision`` detects two people saving at once;
    ``gate`` is the last result of the checks."""

    __tablename__ = "drafts"

    id: Mapped[Id]
    record_id: Mapped[Ref] = mapped_column(index=True)
    path: Mapped[Name]
    key: Mapped[Name]
    base_version: Mapped[Count]
    revision: Mapped[Count]
    yaml: Mapped[Words]
    state: Mapped[Name] = mapped_column(index=True)
    author: Mapped[Name]
    approver: Mapped[Name]
    gate: Mapped[Json]
    publish_at: Mapped[Moment]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]


class Comment(Base):
    """A remark on a draft."""

    __tablename__ = "comments"

    id: Mapped[Id]
    draft_id: Mapped[Ref] = mapped_column(index=True)
    author: Mapped[Name]
    text: Mapped[Words]
    at: Mapped[Moment]


class ContentRelease(Base):
    """One row (id 1): every app process compares ``number`` once a second and reloads when it grew."""

    __tablename__ = "content_release"

    id: Mapped[Id]
    number: Mapped[Ref]
    at: Mapped[Moment]
