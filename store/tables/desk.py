"""Hand-offs to people and what operators write down: tickets, call-backs, feedback, copies."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Flag, Id, Json, Moment, Name, Ref, Share, Words


class Ticket(Base):
    """One hand-off. ``state`` is open | claimed | closed; ``version`` guards a claim against a second one.

    ``live`` ends when closed; ``active_at`` is the last word of either side (30 minutes of silence give the
    conversation back). All texts are masked; ``contact`` is the id of the proposed contact point.
    """

    __tablename__ = "tickets"

    id: Mapped[Id]
    openid: Mapped[Name] = mapped_column(index=True)
    state: Mapped[Name]
    version: Mapped[Count]
    reason: Mapped[Name]
    need: Mapped[Name]
    city: Mapped[Name]
    confidence: Mapped[Share]
    question: Mapped[Words]
    facts: Mapped[Json]
    check: Mapped[Json]
    transcript: Mapped[Json]
    verdict: Mapped[Name]
    contact: Mapped[Name]
    claimed_by: Mapped[Name]
    organisation: Mapped[Name]
    note: Mapped[Words]
    close_reason: Mapped[Name]
    opened_at: Mapped[Moment]
    claimed_at: Mapped[Moment]
    closed_at: Mapped[Moment]
    active_at: Mapped[Moment]

    __table_args__ = (
        Index("ix_tickets_state_opened_at", "state", "opened_at"),
        {"sqlite_autoincrement": True},
    )


class TicketMessage(Base):
    """One line of a ticket. ``side`` is citizen | operator | note | system; ``outbox_id`` 0: unsent."""

    __tablename__ = "ticket_messages"

    id: Mapped[Id]
    ticket_id: Mapped[Ref] = mapped_column(index=True)
    side: Mapped[Name]
    author: Mapped[Name]
    text: Mapped[Words]
    outbox_id: Mapped[Ref]
    at: Mapped[Moment]

    __table_args__ = ({"sqlite_autoincrement": True},)


class Callback(Base):
    """A wish to be contacted later, with consent. ``state`` is open | done | given_up; ``attempts`` a list of
    {at, by, result}."""

    __tablename__ = "callbacks"

    id: Mapped[Id]
    openid: Mapped[Name] = mapped_column(index=True)
    state: Mapped[Name] = mapped_column(index=True)
    need: Mapped[Name]
    city: Mapped[Name]
    question: Mapped[Words]
    summary: Mapped[Json]
    contact: Mapped[Name]
    attempts: Mapped[Json]
    version: Mapped[Count]
    handled_by: Mapped[Name]
    created_at: Mapped[Moment]
    done_at: Mapped[Moment]

    __table_args__ = ({"sqlite_autoincrement": True},)


class Feedback(Base):
    """有帮助 / 没帮助 on one answer, with the reason; ``sender`` a keyed hash, emptied on deletion."""

    __tablename__ = "feedback"

    id: Mapped[Id]
    sender: Mapped[Name] = mapped_column(index=True)
    answer_id: Mapped[Name] = mapped_column(index=True)
    content_version: Mapped[Name]
    need: Mapped[Name]
    city: Mapped[Name]
    helpful: Mapped[Flag]
    reason: Mapped[Words]
    state: Mapped[Name]
    at: Mapped[Moment]


class WrongReport(Base):
    """An operator's 答错了, tied to the exact content version. ``state`` is open | fixed | dismissed."""

    __tablename__ = "wrong_reports"

    id: Mapped[Id]
    answer_id: Mapped[Name] = mapped_column(index=True)
    content_version: Mapped[Name]
    question: Mapped[Words]
    sentence: Mapped[Words]
    author: Mapped[Name]
    state: Mapped[Name] = mapped_column(index=True)
    resolution: Mapped[Words]
    at: Mapped[Moment]
    closed_at: Mapped[Moment]


class CopyRecord(Base):
    """What an operator copied or read out, to be shown later. ``voice`` is chat | copy | spoken;
    ``text_hash`` names the words in ``CopiedText``."""

    __tablename__ = "copies"

    id: Mapped[Id]
    user: Mapped[Name]
    answer_id: Mapped[Name] = mapped_column(index=True)
    content_version: Mapped[Name]
    voice: Mapped[Name]
    text_hash: Mapped[Name]
    at: Mapped[Moment] = mapped_column(index=True)


class CopiedText(Base):
    """The words of copies, once however often they were used. ``hash`` is their SHA-256."""

    __tablename__ = "copied_texts"

    hash: Mapped[Name] = mapped_column(primary_key=True)
    text: Mapped[Words]
