"""Durable inbox and outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_channel"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _inbox()
    _processes()
    _leases()
    _access_tokens()
    _outbox()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("openid", sa.String(128), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("delivery", sa.String(128), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("deferred", sa.Boolean(), nullable=False),
        sa.Column("purge", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("inbound", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("reply_kind", sa.String(128), nullable=False),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.Column("tried_at", sa.Double(), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_index(
        "ix_inbox_undelivered",
        "inbox",
        ["tried_at"],
        sqlite_where=sa.text("state = 'done' AND delivery = ''"),
        postgresql_where=sa.text("state = 'done' AND delivery = ''"),
    )
    op.create_index(
        "ix_inbox_working",
        "inbox",
        ["openid", "id"],
        sqlite_where=sa.text("state = 'working'"),
        postgresql_where=sa.text("state = 'working'"),
    )


def _processes() -> None:
    op.create_table(
        "processes",
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(128), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Double(), nullable=False),
        sa.Column("beat_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_processes"),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _access_tokens() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("appid", sa.String(128), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("appid", name="pk_access_tokens"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("openid", sa.String(128), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("source", sa.String(128), nullable=False),
        sa.Column("inbox_id", BIG, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.Double(), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("last_error", sa.String(128), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("sent_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_openid_sent_at", "outbox", ["openid", "sent_at"])
    op.create_index("ix_outbox_state", "outbox", ["state"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["openid", "id"],
        sqlite_where=sa.text("state IN ('queued', 'sending', 'held')"),
        postgresql_where=sa.text("state IN ('queued', 'sending', 'held')"),
    )


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("access_tokens")
    op.drop_table("leases")
    op.drop_table("processes")
    op.drop_table("inbox")
