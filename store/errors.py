"""The errors of the store, so that no SQLAlchemy exception leaves this package.

StoreError
├── StoreUnavailable   the database does not take this now: locked, read-only, full, away
├── StoreOutdated      the schema is not the one this program needs
└── Conflict           somebody else changed the record first
"""

from __future__ import annotations


class StoreError(Exception):
    """Base of every expected error of the store."""


class StoreUnavailable(StoreError):
    """The database does not take this now; ``reason`` is locked | read_only | disk_full | away | other."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"数据库暂时不可用（{reason}）")


class StoreOutdated(StoreError):
    """The schema is older or newer than the program; the message says what to run."""


class Conflict(StoreError):
    """The record was changed by somebody else since it was read."""


_REASONS = (
    ("locked", ("database is locked", "database table is locked", "lock timeout", "could not obtain lock")),
    ("read_only", ("readonly database", "read-only", "read only")),
    ("disk_full", ("disk is full", "disk full", "no space left", "disk i/o error")),
    (
        "away",
        ("unable to open", "connection", "server closed", "terminating", "starting up", "shutting down"),
    ),
)


def reason_of(error: BaseException) -> str:
    """Why the database refused, from the driver's message; never the statement or its values.

    >>> reason_of(Exception("(sqlite3.OperationalError) database is locked"))
    'locked'
    """
    text = str(error).lower()
    return next((reason for reason, marks in _REASONS if any(m in text for m in marks)), "other")
