"""Alembic's entry: runs the migrations on the engine that store.schema hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from store.tables import Base

engine = context.config.attributes["engine"]

with engine.begin() as connection:
    if connection.dialect.name == "postgresql":
        # Two processes may start together; SQLite's BEGIN IMMEDIATE already keeps them apart.
        connection.execute(text("SELECT pg_advisory_xact_lock(7203001)"))
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
