"""One look at the database for all streams of a process, several times a second while anybody listens.

Why this file exists: fifty operators must not mean fifty queries. What it sees it hands to every stream in
the order it appeared; a stream that was away looks up itself what it missed.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.database import database_of
from bot.logging import get_logger
from bot.services import Services
from store import desk_stream, desk_tickets
from store.database import Database
from store.desk_stream import Queue
from store.errors import StoreUnavailable

log = get_logger(__name__)
PERIOD_S = 0.3
KEPT = 2000
"""Lines kept for streams that are a little behind."""


@dataclass(slots=True)
class Seen:
    """What the last look saw. ``lines`` are (running number, row), newest last."""

    queue: Queue = field(default_factory=Queue)
    fates: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    lines: deque[tuple[int, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    count: int = 0
    top: int = 0


class Pulse:
    """The shared look. ``turn`` grows with every change."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners = 0
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._starting = asyncio.Lock()
        self._recent: set[int] = set()
        self.seen = Seen()
        self.turn = 0

    @property
    def looking(self) -> bool:
        """Whether the look goes on: only while somebody listens."""
        return self._task is not None

    async def join(self) -> None:
        """Begin to listen; the first listener starts the look; those who come at once share it."""
        self._listeners += 1
        async with self._starting:
            if self._task is None or self._task.done():
                self.seen = Seen(top=await run_in_threadpool(self._last_line))
                self._recent = set()
                self._task = asyncio.get_running_loop().create_task(self._run())
            if not self.turn:
                await self._look()

    def leave(self) -> None:
        """Stop listening; nobody left: no looks."""
        self._listeners -= 1
        if not self._listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    async def wait(self, turn: int, timeout_s: float) -> None:
        """Return when something changed since ``turn``, or after the time."""
        if self.turn == turn:
            try:
                await asyncio.wait_for(self._changed.wait(), timeout_s)
            except TimeoutError:
                return

    async def _run(self) -> None:
        while True:
            try:
                await self._look()
            except StoreUnavailable:
                log.warning("desk cannot look")
            await asyncio.sleep(PERIOD_S)

    async def _look(self) -> None:
        queue, fates, lines = await run_in_threadpool(self._read)
        fresh = [line for line in lines if line.id not in self._recent]
        if queue == self.seen.queue and fates == self.seen.fates and not fresh and self.turn:
            return
        for line in fresh:
            self.seen.count += 1
            self.seen.lines.append((self.seen.count, line))
            self.seen.top = max(self.seen.top, line.id)
        self._recent = {i for i in self._recent | {f.id for f in fresh} if i > self.seen.top - KEPT}
        self.seen.queue, self.seen.fates = queue, fates
        self.turn += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def _last_line(self) -> int:
        with self._database.read() as connection:
            return desk_tickets.last_line(connection)

    def _read(self) -> tuple[Queue, dict[int, tuple[int, str, str]], list[Any]]:
        with self._database.read() as connection:
            return (
                desk_stream.queue(connection),
                desk_stream.fates(connection),
                desk_stream.lines(connection, self.seen.top, time.time()),
            )


def pulse_of(services: Services) -> Pulse:
    """The one pulse of this process."""
    known = services.extras.get("desk_pulse")
    if not isinstance(known, Pulse):
        known = services.extras["desk_pulse"] = Pulse(database_of(services))
    return known
