"""Fifty operators with open streams, hundreds of tickets: is every line seen by whom it is for?

Run: ``python -m tests.chaos.desk_load --operators 50 --tickets 500 --lines 4``. Prints one line of figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.desk.pulse import Pulse
from bot.desk.stream import Listener
from store import conversations, desk_tickets, tickets
from store.database import Database
from store.finish import Finish
from tests.support.databases import sqlite_url


class Load:
    """The load and what came of it: ``lost`` and ``doubled`` lines, delays in seconds."""

    def __init__(self, database: Database, operators: int, count: int, lines: int) -> None:
        self.database = database
        self.operators = [f"op{i}" for i in range(operators)]
        self.owners = {f"o{i:027d}": self.operators[i % operators] for i in range(count)}
        self.lines = lines
        self.seen: dict[str, list[int]] = defaultdict(list)
        self.sent: dict[str, set[int]] = defaultdict(set)
        self.delays: list[float] = []

    def open(self) -> None:
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
            stream = Listener(pulse, self.database, login, 0, after).events(None)
            got = 0
            async for event in stream:
                after = int(event.id)
                if event.event == "line":
                    data = json.loads(event.data)
                    if data["side"] == "citizen":
                        self.seen[login].append(data["id"])
                        self.delays.append(time.time() - data["at"])
                        got += 1
                if breaks and got >= 5:
                    break
            await stream.aclose()

    def write(self, openid: str, number: int) -> None:
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
        await asyncio.to_thread(self.open)
        pulse = Pulse(self.database)
        tasks = [asyncio.create_task(self.listen(pulse, o, i % 5 == 0)) for i, o in enumerate(self.operators)]
        await until(lambda: pulse.turn > 0)
        await asyncio.sleep(1)
        for number in range(self.lines):
            for openid in self.owners:
                await asyncio.to_thread(self.write, openid, number)
        await until(lambda: all(self.sent[o] <= set(self.seen[o]) for o in self.operators))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return self.figures()

    def figures(self) -> dict[str, Any]:
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
    end = time.monotonic() + timeout_s
    while not true() and time.monotonic() < end:
        await asyncio.sleep(0.05)


def load(operators: int, count: int, lines: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder)))
        return asyncio.run(Load(database, operators, count, lines).run())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--operators", type=int, default=50)
    parser.add_argument("--tickets", type=int, default=500)
    parser.add_argument("--lines", type=int, default=4)
    given = parser.parse_args()
    print(json.dumps(load(given.operators, given.tickets, given.lines)))
