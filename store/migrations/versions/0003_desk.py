"""Tickets, call-backs, feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_desk"
down_revision = "0002_people"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _wrong_reports()
    _tickets()
    _feedback()
    _ticket_messages()
    _callbacks()
    _copies()


def _wrong_reports() -> None:
    op.create_table(
        "wrong_reports",
        sa.Column("id", BIG, nullable=False),
        sa.Column("answer_id", sa.String(128), nullable=False),
        sa.Column("content_version", sa.String(128), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_reports"),
    )
    op.create_index("ix_wrong_reports_answer_id", "wrong_reports", ["answer_id"])
    op.create_index("ix_wrong_reports_state", "wrong_reports", ["state"])


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", BIG, nullable=False),
        sa.Column("openid", sa.String(128), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(128), nullable=False),
        sa.Column("need", sa.String(128), nullable=False),
        sa.Column("city", sa.String(128), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("check", sa.JSON(), nullable=False),
        sa.Column("transcript", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(128), nullable=False),
        sa.Column("contact", sa.String(128), nullable=False),
        sa.Column("claimed_by", sa.String(128), nullable=False),
        sa.Column("organisation", sa.String(128), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("close_reason", sa.String(128), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("claimed_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=False),
        sa.Column("active_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
    )
    op.create_index("ix_tickets_openid", "tickets", ["openid"])
    op.create_index("ix_tickets_state_opened_at", "tickets", ["state", "opened_at"])


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("answer_id", sa.String(128), nullable=False),
        sa.Column("content_version", sa.String(128), nullable=False),
        sa.Column("need", sa.String(128), nullable=False),
        sa.Column("city", sa.String(128), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_answer_id", "feedback", ["answer_id"])
    op.create_index("ix_feedback_sender", "feedback", ["sender"])


def _ticket_messages() -> None:
    op.create_table(
        "ticket_messages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("side", sa.String(128), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outbox_id", BIG, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_messages"),
    )
    op.create_index("ix_ticket_messages_ticket_id", "ticket_messages", ["ticket_id"])


def _callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("openid", sa.String(128), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("need", sa.String(128), nullable=False),
        sa.Column("city", sa.String(128), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(128), nullable=False),
        sa.Column("attempts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("handled_by", sa.String(128), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_callbacks"),
    )
    op.create_index("ix_callbacks_openid", "callbacks", ["openid"])
    op.create_index("ix_callbacks_state", "callbacks", ["state"])


def _copies() -> None:
    op.create_table(
        "copies",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user", sa.String(128), nullable=False),
        sa.Column("answer_id", sa.String(128), nullable=False),
        sa.Column("content_version", sa.String(128), nullable=False),
        sa.Column("voice", sa.String(128), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_copies"),
    )
    op.create_index("ix_copies_answer_id", "copies", ["answer_id"])
    op.create_index("ix_copies_at", "copies", ["at"])


def downgrade() -> None:
    op.drop_table("copies")
    op.drop_table("callbacks")
    op.drop_table("ticket_messages")
    op.drop_table("feedback")
    op.drop_table("tickets")
    op.drop_table("wrong_reports")
