"""What is remembered of a citizen: the conversation, and one record per turn.

Why this file exists: both are deleted with the person. Turn records carry no openid, only a keyed
hash, and their text is masked and short-lived.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Id, Moment, Name, Share, Words


class Conversation(Base):
    """``data`` is ``actions.turn.Conversation`` as JSON text; ``version`` counts changes.

    ``message_at`` and ``click_at`` open WeChat's windows: five sends within 48 h of a message, three
    within a minute of a menu click, scan or subscription.
    """

    __tablename__ = "conversations"

    openid: Mapped[Name] = mapped_column(primary_key=True)
    data: Mapped[Words]
    version: Mapped[Count]
    message_at: Mapped[Moment]
    click_at: Mapped[Moment]
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment] = mapped_column(index=True)


class TurnRecord(Base):
    """One answered message, for boards and charts.

    ``sender`` is a keyed hash of the openid; ``day`` the service's local day (ISO); ``text`` masked words,
    kept only for the unanswered board and emptied by retention; ``ms`` from receipt to reply.
    """

    __tablename__ = "turns"

    id: Mapped[Id]
    turn: Mapped[Name] = mapped_column(index=True)
    sender: Mapped[Name]
    at: Mapped[Moment]
    day: Mapped[Name]
    kind: Mapped[Name]
    outcome: Mapped[Name]
    need: Mapped[Name]
    confidence: Mapped[Share]
    city: Mapped[Name]
    aspect: Mapped[Name]
    answer_id: Mapped[Name]
    content_version: Mapped[Name]
    verdict: Mapped[Name]
    handoff: Mapped[Name]
    suggestions: Mapped[Words]
    ms: Mapped[Count]
    text: Mapped[Words]
    handled: Mapped[Name]

    __table_args__ = (
        Index("ix_turns_sender", "sender"),
        Index("ix_turns_day_outcome", "day", "outcome"),
    )
