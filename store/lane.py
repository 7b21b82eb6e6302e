"""One thread that owns a database connection, so that the event loop never waits for a disk.

Why this file exists: a message costs two short transactions. Handing them to one thread costs two
context switches, and what is waiting is committed together (one fsync for many). Trouble of the
database is met once and then answered at once for ``RETRY_S``, because WeChat waits only 5 s.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection

from store.database import Database, translated
from store.errors import StoreUnavailable

T = TypeVar("T")
RETRY_S = 0.5
"""Pause before a database that refused is asked again."""
BATCH = 32
"""Most pieces of work in one transaction: at 0.2 ms each still far below BUSY_TIMEOUT_S."""


Waiting = asyncio.Future[Any] | concurrent.futures.Future[Any]


class _Work:
    __slots__ = ("durable", "error", "future", "result", "run")

    def __init__(self, run: Callable[[Connection], Any], durable: bool, future: Waiting) -> None:
        self.run = run
        self.durable = durable
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None


class Lane:
    """Runs functions of a Connection, in order on SQLite, in a few threads on PostgreSQL.

    ``trouble`` is "" or why the database refused last (see ``StoreUnavailable.reason``).
    """

    def __init__(self, database: Database, threads: int = 0) -> None:
        self.database = database
        self.trouble = ""
        self.retry_at = 0.0
        self._generation = 0
        self._closed = False
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        count = threads or (1 if database.sqlite else 4)
        self._threads = [
            threading.Thread(target=self._serve, name=f"lane-{i}", daemon=True) for i in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, work: Callable[[Connection], T], durable: bool = False) -> asyncio.Future[T]:
        """Queue ``work``; the future gives its result after the commit.

        Args:
            work: called in the lane's thread inside a write transaction.
            durable: survive a power cut too, not only a killed process (SQLite only; PostgreSQL always does).

        Raises:
            StoreUnavailable: through the future.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._submit(_Work(work, durable, future))
        return future

    def call(self, work: Callable[[Connection], T], durable: bool = False) -> T:
        """The same for threads without an event loop: waits for the commit.

        Raises:
            StoreUnavailable: the database does not take it now.
        """
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._submit(_Work(work, durable, future))
        return future.result()

    def _submit(self, item: _Work) -> None:
        if self._closed:
            item.future.set_exception(StoreUnavailable("away"))
        elif self.trouble and time.monotonic() < self.retry_at:
            item.future.set_exception(StoreUnavailable(self.trouble))
        else:
            self._queue.put(item)

    def close(self) -> None:
        """Finish what is queued and end the threads; whoever comes later is refused, not left waiting."""
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _serve(self) -> None:
        connection: Connection | None = None
        born = 0
        while (first := self._queue.get()) is not None:
            batch = self._gather(first)
            try:
                with translated():
                    if connection is None or born != self._generation:
                        _drop(connection)
                        connection, born = self.database.engine.connect(), self._generation
                    self._commit(connection, batch)
                self.trouble = ""
            except Exception as error:
                self._refused(error, batch)
                _drop(connection)
                connection = None
            _report(batch)
        _drop(connection)

    def _gather(self, first: _Work) -> list[_Work]:
        batch = [first]
        limit = BATCH if self.database.sqlite else 1
        while len(batch) < limit:
            try:
                item = self._queue.get_nowait()
            except Empty:
                break
            if item is None:
                self._queue.put(None)
                break
            batch.append(item)
        return batch

    def _commit(self, connection: Connection, batch: list[_Work]) -> None:
        if self.database.sqlite:
            self._set_level(connection, "FULL" if any(w.durable for w in batch) else "NORMAL")
        with connection.begin():
            if len(batch) == 1:
                batch[0].result = batch[0].run(connection)
                return
            for work in batch:
                self._one_of_many(connection, work)

    def _set_level(self, connection: Connection, level: str) -> None:
        """Only when it changes: the statement costs as much as a small transaction."""
        if connection.info.get("synchronous") != level:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA synchronous={level}")
            connection.info["synchronous"] = level

    def _one_of_many(self, connection: Connection, work: _Work) -> None:
        """A mistake in one piece must not undo its neighbours; trouble of the database undoes all."""
        connection.exec_driver_sql("SAVEPOINT piece")
        try:
            with translated():
                work.result = work.run(connection)
        except StoreUnavailable:
            raise
        except Exception as error:
            work.error = error
            connection.exec_driver_sql("ROLLBACK TO piece")
        connection.exec_driver_sql("RELEASE piece")

    def _refused(self, error: Exception, batch: list[_Work]) -> None:
        if isinstance(error, StoreUnavailable):
            self.trouble = error.reason
            self.retry_at = time.monotonic() + RETRY_S
            self._generation += 1  # the other threads' connections have met the same trouble
        for work in batch:
            work.error = work.error or error


def _drop(connection: Connection | None) -> None:
    if connection is not None:
        with contextlib.suppress(Exception):
            connection.close()


def _report(batch: list[_Work]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Work]] = {}
    for work in batch:
        if isinstance(work.future, asyncio.Future):
            by_loop.setdefault(work.future.get_loop(), []).append(work)
        else:
            _settle([work])
    for loop, works in by_loop.items():
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, works)


def _settle(works: list[_Work]) -> None:
    for work in works:
        if work.future.done():
            continue
        if work.error is not None:
            work.future.set_exception(work.error)
        else:
            work.future.set_result(work.result)
