"""The durable inbox and outbox, and what processes share to work on them.

Why this file exists: a message is answered exactly once although WeChat repeats it and processes die;
docs/decisions/0004 says how these rows make that true.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Flag, Id, Moment, Name, Ref, Words


class Inbox(Base):
    """One message or event that wants an answer.

    ``key`` is ``openid:MsgId`` (events: openid, CreateTime, Event, EventKey). ``state`` is working | done.
    ``delivery`` is "" (not known to have arrived) | passive | outbox | held | none. ``deferred`` says that
    WeChat was told ``success``, so the answer must be pushed. ``inbound`` is the masked message as JSON,
    emptied when done; ``question`` its first words, to quote with a late answer. ``purge`` deletes the
    row once it is no longer needed (the person asked for deletion).
    """

    __tablename__ = "inbox"

    id: Mapped[Id]
    key: Mapped[Words] = mapped_column(unique=True)
    openid: Mapped[Name]
    state: Mapped[Name]
    delivery: Mapped[Name]
    owner: Mapped[Name]
    deferred: Mapped[Flag]
    purge: Mapped[Flag]
    tries: Mapped[Count]
    inbound: Mapped[Words]
    question: Mapped[Words]
    reply: Mapped[Words]
    reply_kind: Mapped[Name]
    received_at: Mapped[Moment]
    tried_at: Mapped[Moment]
    done_at: Mapped[Moment]

    __table_args__ = (
        Index(
            "ix_inbox_working",
            "openid",
            "id",
            sqlite_where=text("state = 'working'"),
            postgresql_where=text("state = 'working'"),
        ),
        Index(
            "ix_inbox_undelivered",
            "tried_at",
            sqlite_where=text("state = 'done' AND delivery = ''"),
            postgresql_where=text("state = 'done' AND delivery = ''"),
        ),
        Index("ix_inbox_received_at", "received_at"),
    )


class Outbox(Base):
    """One text on its way through the customer-service API, or waiting for the person's next message.

    ``state`` is queued | sending | sent | held | dead. Parts of one openid leave in the order of ``id``.
    ``payload`` is the JSON body without ``touser``. ``source`` says who wrote it (answer, operator,
    callback, notice); ``inbox_id`` and ``question`` tie an answer to its message.
    """

    __tablename__ = "outbox"

    id: Mapped[Id]
    openid: Mapped[Name]
    state: Mapped[Name]
    source: Mapped[Name]
    inbox_id: Mapped[Ref]
    question: Mapped[Words]
    payload: Mapped[Words]
    attempts: Mapped[Count]
    next_at: Mapped[Moment]
    owner: Mapped[Name]
    last_error: Mapped[Name]
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment]

    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "openid",
            "id",
            sqlite_where=text("state IN ('queued', 'sending', 'held')"),
            postgresql_where=text("state IN ('queued', 'sending', 'held')"),
        ),
        Index("ix_outbox_openid_sent_at", "openid", "sent_at"),
        Index("ix_outbox_state", "state"),
    )


class Process(Base):
    """A running app or worker; a heartbeat older than the lease means its unfinished work is free.

    ``report`` is JSON for /healthz: the parts only that process can see.
    """

    __tablename__ = "processes"

    owner: Mapped[Name] = mapped_column(primary_key=True)
    kind: Mapped[Name]
    report: Mapped[Words]
    started_at: Mapped[Moment]
    beat_at: Mapped[Moment]


class Lease(Base):
    """A named lock with an end, for work only one process should do at a time."""

    __tablename__ = "leases"

    name: Mapped[Name] = mapped_column(primary_key=True)
    owner: Mapped[Name]
    until: Mapped[Moment]


class AccessToken(Base):
    """WeChat's access token, sealed with a key derived from the AppSecret, shared by all processes."""

    __tablename__ = "access_tokens"

    appid: Mapped[Name] = mapped_column(primary_key=True)
    sealed: Mapped[Words]
    expires_at: Mapped[Moment]
