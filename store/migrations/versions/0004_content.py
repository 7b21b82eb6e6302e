"""Content records, versions, drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_content"
down_revision = "0003_desk"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _comments()
    _content_records()
    _drafts()
    _content_versions()
    _content_release()


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("draft_id", BIG, nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_draft_id", "comments", ["draft_id"])


def _content_records() -> None:
    op.create_table(
        "content_records",
        sa.Column("id", BIG, nullable=False),
        sa.Column("path", sa.String(128), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(128), nullable=False),
        sa.Column("city", sa.String(128), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("yaml", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("baseline", sa.String(128), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.String(128), nullable=False),
        sa.Column("review_by", sa.String(128), nullable=False),
        sa.Column("valid_to", sa.String(128), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_records"),
        sa.UniqueConstraint("path", "key", name="uq_content_records_path_key"),
    )
    op.create_index("ix_content_records_city", "content_records", ["city"])
    op.create_index("ix_content_records_kind", "content_records", ["kind"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("record_id", BIG, nullable=False),
        sa.Column("path", sa.String(128), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("yaml", sa.Text(), nullable=False),
        sa.Column("state", sa.String(128), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("approver", sa.String(128), nullable=False),
        sa.Column("gate", sa.JSON(), nullable=False),
        sa.Column("publish_at", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_record_id", "drafts", ["record_id"])
    op.create_index("ix_drafts_state", "drafts", ["state"])


def _content_versions() -> None:
    op.create_table(
        "content_versions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("record_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("yaml", sa.Text(), nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("approver", sa.String(128), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("release", BIG, nullable=False),
        sa.Column("published_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_versions"),
        sa.UniqueConstraint("record_id", "version", name="uq_content_versions_record_id_version"),
    )


def _content_release() -> None:
    op.create_table(
        "content_release",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content_release"),
    )


def downgrade() -> None:
    op.drop_table("content_release")
    op.drop_table("content_versions")
    op.drop_table("drafts")
    op.drop_table("content_records")
    op.drop_table("comments")
