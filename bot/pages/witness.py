"""Lets the try page set the day of its own messages and see how their turns ended.

Why this file exists: the try page goes through the gateway like WeChat, whose protocol carries neither a
day nor an outcome. A ContextVar set in the request's own task cannot be reached over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.outcome import Outcome
from actions.turn import Conversation
from bot.assistant import Response
from bot.inbound import Inbound


@dataclass(slots=True)
class Witness:
    """One simulated push: ``as_of`` the moment to answer for, None for now; ``outcome`` once known."""

    as_of: datetime | None = None
    outcome: Outcome | None = None


_present: ContextVar[Witness | None] = ContextVar("witness", default=None)


@contextmanager
def witnessing(as_of: datetime | None) -> Iterator[Witness]:
    """While inside, turns started by this task are answered for ``as_of`` and their outcome is noted."""
    witness = Witness(as_of)
    token = _present.set(witness)
    try:
        yield witness
    finally:
        _present.reset(token)


class Answering(Protocol):
    """Whoever answers (``bot.assistant.Assistant``)."""

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> Response:
        """Never raises; trouble is an outcome."""
        ...


class Witnessed:
    """An assistant whose turns can be witnessed; everybody else's pass unchanged."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> Response:
        """Answer for the witness's day if there is one."""
        witness = _present.get()
        if witness is None:
            return await self._assistant.respond(inbound, conversation, now)
        response = await self._assistant.respond(inbound, conversation, witness.as_of or now)
        witness.outcome = response.outcome
        return response
