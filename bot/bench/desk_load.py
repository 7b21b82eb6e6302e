"""Fifty operators with open streams, hundreds of tickets: is every line seen by whom it is for, how soon?

Why this file exists: part of ``scripts/bench --desk``. Real database, real streams, every fifth browser
breaks off again and again; no HTTP.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

from sse_starlette import ServerSentEvent

from bot.desk.pulse import Pulse
from bot.desk.stream import Listener
from store import conversations, desk_tickets, tickets
from store.database import Database
from store.finish import Finish
from store.schema import migrate

OPERATORS, TICKETS, LINES = 50, 500, 4


class Load:
    """The load and what came of it: lines nobody saw, lines somebody else saw, delays in seconds."""

    def __init__(self, database: Database, operators: int, count: int, lines: int) -> None:
        self.database = database
        self.operators = [f"op{i}" for i in range(operators)]
        self.owners = {f"o{i:027d}": self.operators[i % operators] for i in range(count)}
        self.lines = lines
        self.seen: dict[str, list[int]] = defaultdict(list)
        self.sent: dict[str, set[int]] = defaultdict(set)
        self.delays: list[float] = []
        self.there: set[str] = set()

    def open(self) -> None:
        """Every citizen has a ticket, claimed by its operator."""
        with self.database.write() as connection:
            for openid, login in self.owners.items():
                done = Finish(0, "t", openid, 1.0, 1.0, conversation="{}", window="message")
                conversations.save(connection, done)
                ticket = tickets.open_ticket(connection, openid, {"question": "问"}, time.time())
                desk_tickets.claim(connection, ticket, 1, login, time.time(), "2026-11-20T10:30:00+08:00")

    async def listen(self, pulse: Pulse, login: str, breaks: bool) -> None:
        """A browser; ``breaks``: its line breaks after every five lines and it comes back."""
        after = -1
        while True:
            got = 0
            async with aclosing(Listener(pulse, self.database, login, 0, after).events(None)) as stream:
                async for event in stream:
                    self.there.add(login)
                    after = int(event.id or 0)
                    got += self._note(login, event)
                    if breaks and got >= 5:
                        break

    def _note(self, login: str, event: ServerSentEvent) -> int:
        """Remember a citizen's line; gives 1 for one, 0 for anything else."""
        data = json.loads(str(event.data)) if event.event == "line" else {}
        if data.get("side") != "citizen":
            return 0
        self.seen[login].append(data["id"])
        self.delays.append(time.time() - data["at"])
        return 1

    def write(self, openid: str, number: int) -> None:
        """A citizen's message into the ticket."""
        with self.database.write() as connection:
            ticket = tickets.live_ticket(connection, openid)
            row = {
                "ticket_id": ticket,
                "side": "citizen",
                "author": "",
                "text": str(number),
                "at": time.time(),
            }
            made = connection.execute(
                desk_tickets.M.insert().returning(desk_tickets.M.c.id), row
            ).scalar_one()
        self.sent[self.owners[openid]].add(int(made))

    async def run(self) -> dict[str, Any]:
        """Open, listen, write, wait until everything arrived or two minutes passed."""
        await asyncio.to_thread(self.open)
        pulse = Pulse(self.database)
        tasks = [asyncio.create_task(self.listen(pulse, o, i % 5 == 0)) for i, o in enumerate(self.operators)]
        await until(lambda: self.there == {*self.operators})  # who comes later is told only what comes then
        for number in range(self.lines):
            for openid in self.owners:
                await asyncio.to_thread(self.write, openid, number)
        await until(lambda: all(self.sent[o] <= set(self.seen[o]) for o in self.operators))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return self.figures()

    def figures(self) -> dict[str, Any]:
        """What came of it."""
        lost = sum(len(self.sent[o] - set(self.seen[o])) for o in self.operators)
        strange = sum(len(set(self.seen[o]) - self.sent[o]) for o in self.operators)
        delays = sorted(self.delays)
        return {
            "operators": len(self.operators), "tickets": len(self.owners),
            "lines": sum(map(len, self.sent.values())),
            "lost": lost, "others": strange, "delay_p50_s": round(delays[len(delays) // 2], 3),
            "delay_p95_s": round(delays[int(len(delays) * 0.95)], 3),
        }  # fmt: skip


async def until(true: Callable[[], bool], timeout_s: float = 120.0) -> None:
    """Wait for something, not forever: what did not happen shows in the figures."""
    end = time.monotonic() + timeout_s
    while not true() and time.monotonic() < end:
        await asyncio.sleep(0.05)


def load(operators: int = OPERATORS, count: int = TICKETS, lines: int = LINES) -> dict[str, Any]:
    """Figures of ``operators`` with ``count`` claimed tickets whose citizens write ``lines`` each."""
    with tempfile.TemporaryDirectory(prefix="newcitizen-desk-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'load.db'}")
        migrate(database)
        try:
            return asyncio.run(Load(database, operators, count, lines).run())
        finally:
            database.close()
