"""Staff: accounts, roles, sessions, tokens of other systems, and the append-only audit log."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Count, Flag, Id, Json, Moment, Name, Ref, Words


class User(Base):
    """A staff account. ``password`` is an argon2 hash or empty; ``subject`` an OIDC or 企业微信 identity."""

    __tablename__ = "users"

    id: Mapped[Id]
    login: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name]
    organisation: Mapped[Name]
    password: Mapped[Words]
    subject: Mapped[Name] = mapped_column(index=True)
    active: Mapped[Flag]
    failures: Mapped[Count]
    locked_until: Mapped[Moment]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]


class RoleGrant(Base):
    """A role of a user: editor | reviewer | operator | supervisor | admin | auditor."""

    __tablename__ = "role_grants"

    user_id: Mapped[Ref] = mapped_column(primary_key=True)
    role: Mapped[Name] = mapped_column(primary_key=True)
    granted_by: Mapped[Name]
    at: Mapped[Moment]


class StaffSession(Base):
    """A signed-in browser. ``token_hash`` is SHA-256 of the cookie; deleting the row revokes it."""

    __tablename__ = "sessions"

    token_hash: Mapped[Name] = mapped_column(primary_key=True)
    user_id: Mapped[Ref] = mapped_column(index=True)
    csrf: Mapped[Name]
    data: Mapped[Json]
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    expires_at: Mapped[Moment] = mapped_column(index=True)


class AuditEntry(Base):
    """What somebody did; never changed. ``subject`` names the record, ``detail`` holds no secrets."""

    __tablename__ = "audit"

    id: Mapped[Id]
    at: Mapped[Moment] = mapped_column(index=True)
    actor: Mapped[Name] = mapped_column(index=True)
    action: Mapped[Name]
    subject: Mapped[Name]
    reason: Mapped[Words]
    detail: Mapped[Json]
    address: Mapped[Name]


class ApiToken(Base):
    """A token of another system: only its hash is kept; ``scopes`` {"scopes": [...]}."""

    __tablename__ = "api_tokens"

    id: Mapped[Id]
    name: Mapped[Name]
    token_hash: Mapped[Name] = mapped_column(unique=True)
    scopes: Mapped[Json]
    per_minute: Mapped[Count]
    created_by: Mapped[Name]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment]
    used_at: Mapped[Moment]


class Webhook(Base):
    """Where ticket events are posted, signed with ``secret``."""

    __tablename__ = "webhooks"

    id: Mapped[Id]
    url: Mapped[Words]
    secret: Mapped[Words]
    events: Mapped[Json]
    active: Mapped[Flag]
    created_by: Mapped[Name]
    created_at: Mapped[Moment]


class WebhookDelivery(Base):
    """One event on its way to one webhook. ``state`` is queued | sent | dead."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[Id]
    webhook_id: Mapped[Ref]
    event_id: Mapped[Name]
    event: Mapped[Name]
    body: Mapped[Words]
    state: Mapped[Name] = mapped_column(index=True)
    attempts: Mapped[Count]
    next_at: Mapped[Moment]
    last_error: Mapped[Name]
    created_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("webhook_id", "event_id"),)
