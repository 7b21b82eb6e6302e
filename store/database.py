"""Open a database: engine, SQLite's settings, transactions, migrations.

Why this file exists: SQLite and PostgreSQL must behave alike for everybody else. SQLite runs in WAL
mode; a write transaction takes its lock at once (BEGIN IMMEDIATE), so it never fails half-way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from store.errors import StoreUnavailable, reason_of

BUSY_TIMEOUT_S = 1.0
"""How long a writer waits for SQLite's lock: inside WeChat's 5 s, longer than any transaction of ours."""
KEPT = 2
"""SQLite connections kept open between reads, beside the lane's own."""


class Database:
    """One database and its engine.

    Use ``write()`` for changes, ``read()`` for looking; both give a Connection inside a transaction and
    turn trouble of the database into ``StoreUnavailable``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _engine(url, self.sqlite)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may change rows.

        Raises:
            StoreUnavailable: the database does not take it now.
        """
        with translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only looks; on SQLite it never waits for a writer."""
        with translated(), self.engine.connect() as connection:
            options = {"newcitizen_begin": "DEFERRED"} if self.sqlite else {"postgresql_readonly": True}
            yield connection.execution_options(**options)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


_MISTAKES = ("no such", "has no column", "syntax error")
"""SQLite reports wrong SQL under the same class as a locked database."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's trouble into StoreUnavailable; bugs of ours (constraints, SQL) pass unchanged."""
    try:
        yield
    except OperationalError as error:
        if any(mark in str(error.orig) for mark in _MISTAKES):
            raise
        raise StoreUnavailable(reason_of(error.orig or error)) from None
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable("away") from None
        raise


def _engine(url: str, sqlite: bool) -> Engine:
    if not sqlite:
        args = {"connect_timeout": 2, "options": "-c lock_timeout=2000 -c statement_timeout=10000"}
        # Asked before use: a server that restarted leaves the pool full of dead connections.
        return create_engine(
            url, pool_size=5, max_overflow=5, pool_timeout=2, pool_pre_ping=True, connect_args=args,
            hide_parameters=True,
        )  # fmt: skip
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    args = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    # Few are kept: opening one costs as much as reading, a kept one up to 8 MB of page cache.
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=KEPT, max_overflow=-1, connect_args=args, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    """Settings of one SQLite connection; the driver's own BEGIN is switched off."""
    raw.isolation_level = None
    cursor = raw.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-8000"):
        try:
            cursor.execute(f"PRAGMA {pragma}")
        except Exception as error:
            # A read-only file cannot be switched to WAL; reading must still work.
            if "readonly" not in str(error):
                raise
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("newcitizen_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")
