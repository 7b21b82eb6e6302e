"""Every table of the service, in one metadata.

Import this package to have all tables registered; ``Base.metadata`` is what the migrations must equal.
"""

from __future__ import annotations

from store.tables.base import Base
from store.tables.channel import AccessToken, Inbox, Lease, Outbox, Process
from store.tables.content import (
    Comment,
    ContentRecord,
    ContentRelease,
    ContentVersion,
    Draft,
)
from store.tables.desk import Callback, CopiedText, CopyRecord, Feedback, Ticket, TicketMessage, WrongReport
from store.tables.jobs import Job, Model, Setting
from store.tables.people import Conversation, TurnRecord
from store.tables.staff import ApiToken, AuditEntry, RoleGrant, StaffSession, User, Webhook, WebhookDelivery

__all__ = [
    "AccessToken",
    "ApiToken",
    "AuditEntry",
    "Base",
    "Callback",
    "Comment",
    "ContentRecord",
    "ContentRelease",
    "ContentVersion",
    "Conversation",
    "CopiedText",
    "CopyRecord",
    "Draft",
    "Feedback",
    "Inbox",
    "Job",
    "Lease",
    "Model",
    "Outbox",
    "Process",
    "RoleGrant",
    "Setting",
    "StaffSession",
    "Ticket",
    "TicketMessage",
    "TurnRecord",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WrongReport",
]
