"""Conversations and turn records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_people"
down_revision = "0001_channel"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _turns()
    _conversations()


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", BIG, nullable=False),
        sa.Column("turn", sa.String(128), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("day", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(128), nullable=False),
        sa.Column("outcome", sa.String(128), nullable=False),
        sa.Column("need", sa.String(128), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("city", sa.String(128), nullable=False),
        sa.Column("aspect", sa.String(128), nullable=False),
        sa.Column("answer_id", sa.String(128), nullable=False),
        sa.Column("content_version", sa.String(128), nullable=False),
        sa.Column("verdict", sa.String(128), nullable=False),
        sa.Column("handoff", sa.String(128), nullable=False),
        sa.Column("suggestions", sa.Text(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handled", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_day_outcome", "turns", ["day", "outcome"])
    op.create_index("ix_turns_sender", "turns", ["sender"])
    op.create_index("ix_turns_turn", "turns", ["turn"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("openid", sa.String(128), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("message_at", sa.Double(), nullable=False),
        sa.Column("click_at", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("openid", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])


def downgrade() -> None:
    op.drop_table("conversations")
    op.drop_table("turns")
