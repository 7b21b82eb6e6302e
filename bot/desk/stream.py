"""``/desk/stream``: lines, queue and fates of texts as they happen, without loss over broken connections.

Why this file exists: every event carries the number of the last line sent; whoever comes back with it gets
what was missed from the database. Lines may come twice, the page knows them by number.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.desk import queue_page
from bot.desk.pulse import Pulse, pulse_of
from bot.desk.site import DESK
from bot.staff.access import Call, Page
from bot.staff.roles import SUPERVISOR
from store import desk_stream
from store.database import Database

LIFE_S = 300.0
"""A stream ends after this and the browser comes back: a session that was ended ends its streams too."""
WAIT_S = 2.0
PING_S = 15


class Listener:
    """One browser's stream.

    Args:
        pulse: the shared look.
        database: for what was missed.
        login: whose tickets' lines are wanted.
        ticket: one more ticket that is being looked at, 0 for none.
        after: number of the last line the browser has, -1: only what comes.
        sees: whether a line's ticket may be looked at by this person; asked for each line, since a
            ticket may be handed to another organisation meanwhile.
    """

    def __init__(
        self,
        pulse: Pulse,
        database: Database,
        login: str,
        ticket: int,
        after: int,
        sees: Callable[[Any], bool] = lambda _: False,
    ) -> None:
        self._pulse = pulse
        self._database = database
        self._login = login
        self._ticket = ticket
        self._after = after
        self._sees = sees
        self._count = 0
        self._mark = ""
        self._fates: dict[int, str] = {}

    async def events(self, stopping: asyncio.Event | None) -> AsyncGenerator[ServerSentEvent]:
        """Events until the life of the stream is over or the app stops."""
        end = time.monotonic() + LIFE_S
        await self._pulse.join()
        try:
            self._count = self._pulse.seen.count
            missed = await run_in_threadpool(self._missed) if self._after >= 0 else []
            self._after = max(self._after, self._pulse.seen.top if self._after < 0 else 0)
            for event in (*self._lines(missed), *self._others()):
                yield event
            while time.monotonic() < end and not (stopping and stopping.is_set()):
                turn = self._pulse.turn
                for event in (*self._lines(self._new()), *self._others()):
                    yield event
                await self._pulse.wait(turn, WAIT_S)
        finally:
            self._pulse.leave()

    def _missed(self) -> list[Any]:
        with self._database.read() as connection:
            return desk_stream.lines(connection, self._after, time.time(), 5000)

    def _new(self) -> list[Any]:
        found = [line for count, line in self._pulse.seen.lines if count > self._count]
        self._count = self._pulse.seen.count
        return found

    def _lines(self, lines: Iterable[Any]) -> list[ServerSentEvent]:
        found = []
        for line in lines:
            self._after = max(self._after, line.id)
            if line.claimed_by == self._login or (line.ticket_id == self._ticket and self._sees(line)):
                found.append(self._event("line", line_json(line)))
        return found

    def _others(self) -> list[ServerSentEvent]:
        seen, found = self._pulse.seen, []
        if seen.queue.mark != self._mark:
            self._mark = seen.queue.mark
            found.append(self._event("queue", {"open": seen.queue.open, "callbacks": seen.queue.callbacks}))
        for line, (ticket, state, owner) in seen.fates.items():
            if owner == self._login and self._fates.get(line) != state:
                self._fates[line] = state
                found.append(self._event("fate", {"line": line, "ticket": ticket, "state": state}))
        return found

    def _event(self, name: str, data: dict[str, Any]) -> ServerSentEvent:
        return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name, id=str(max(self._after, 0)))


def line_json(line: Any) -> dict[str, Any]:
    """A line as the page shows it."""
    return {
        "id": line.id, "ticket": line.ticket_id, "side": line.side, "author": line.author, "text": line.text,
        "at": line.at,
    }  # fmt: skip


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() and len(text) < 16 else otherwise


def stream(call: Call) -> Response:
    """Open a stream; the header of a reconnecting browser counts before the address."""
    after = _number(call.request.headers.get("last-event-id", ""), _number(call.query("after"), -1))
    listener = Listener(
        pulse_of(call.services), call.database, call.me.login, _number(call.query("ticket"), 0), after,
        lambda line: queue_page.for_me(call, line) or call.me.may({SUPERVISOR}),
    )  # fmt: skip
    return EventSourceResponse(listener.events(call.services.extras.get("stopping")), ping=PING_S)


PAGES = (Page("/desk/stream", stream, DESK),)
