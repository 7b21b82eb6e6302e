"""The declarative base and the column kinds every table uses.

Why this file exists: one spelling of time, id and JSON for SQLite and PostgreSQL. All times are Unix
seconds (UTC) as double precision: no time zone can be lost and the hot path converts nothing.
"""

from __future__ import annotations

from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, Boolean, Double, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

Id = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
"""Ascending integer key; on SQLite an INTEGER so that it is the row id."""
Ref = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), default=0)]
"""A reference to an Id, kept without a foreign key where the target may be deleted for privacy."""
Moment = Annotated[float, mapped_column(Double, default=0.0)]
"""Unix seconds, UTC."""
Name = Annotated[str, mapped_column(String(128), default="")]
"""A short identifier: openid, need, state."""
Words = Annotated[str, mapped_column(Text, default="")]
"""Text of any length."""
Json = Annotated[dict[str, Any], mapped_column(JSON, default=dict)]
"""A JSON object."""
Count = Annotated[int, mapped_column(Integer, default=0)]
"""A small number from 0."""
Flag = Annotated[bool, mapped_column(Boolean, default=False)]
"""Yes or no."""
Share = Annotated[float, mapped_column(Double, default=0.0)]
"""A number in 0..1."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
