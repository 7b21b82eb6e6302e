"""Ids of tickets are never used twice, and what was read out can be shown again.

A citizen who unsubscribes is deleted with the newest ticket; with SQLite's default the next citizen's
ticket would get the same id, and an operator's open page would write to the wrong person.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_desk_memory"
down_revision = "0007_append_only"
branch_labels = None
depends_on = None

ASCENDING = ("tickets", "ticket_messages", "callbacks")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ASCENDING:
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
                pass
    op.create_table(
        "copied_texts",
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_copied_texts"),
    )
    op.add_column("copies", sa.Column("text_hash", sa.String(128), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("copies") as copies:
        copies.drop_column("text_hash")
    op.drop_table("copied_texts")
