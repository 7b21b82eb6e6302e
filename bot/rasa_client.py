"""Asks Rasa for a turn, and stops asking for a while when Rasa does not answer.

Why this file exists: Rasa is one HTTP call away and may be down, hanging or slow; the citizen must not
notice more than a plainer answer, and nobody's message is spent on finding out. It must not know WeChat or
content.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import aiohttp

from bot.logging import get_logger

log = get_logger(__name__)
PATH = "/webhooks/rest/"
PROBE_S = 1.5
"""Longest wait for a sign of life: Rasa says it in a millisecond, but not in the middle of a turn."""


class RasaUnavailable(Exception):
    """Rasa did not give a usable answer in time; the message says why, without the citizen's text."""


class Breaker:
    """Opens after ``limit`` failures in a row and stays open until a probe was answered.

    After that one failure is enough to open it again, for twice as long, ``longest_s`` at most: a Rasa that
    shows life but answers nobody costs few citizens their time.

    Attributes:
        pause_s: seconds before the next probe.
    """

    def __init__(self, limit: int = 3, pause_s: float = 2.0, longest_s: float = 60.0) -> None:
        self.limit = limit
        self.failures = 0
        self.pause_s = self._shortest_s = pause_s
        self._longest_s = longest_s

    @property
    def open(self) -> bool:
        """Whether calls are being held back."""
        return self.failures >= self.limit

    def allows(self) -> bool:
        """Whether a call may go out now."""
        return not self.open

    def record(self, ok: bool) -> None:
        """Count the result of a turn."""
        self.failures = 0 if ok else self.failures + 1
        if ok:
            self.pause_s = self._shortest_s

    def probed(self) -> None:
        """A probe was answered: let calls out again, on trial."""
        self.failures = self.limit - 1
        self.pause_s = min(self.pause_s * 2, self._longest_s)


class RasaClient:
    """One keep-alive session to Rasa's REST channel.

    Args:
        url: base address, loopback.
        secret: shared secret sent as ``X-Newcitizen-Secret``.
        timeout_s: seconds to wait for a turn. It may exceed the answer budget: a late answer is
            delivered by the outbox.
    """

    def __init__(
        self, url: str, secret: str, timeout_s: float = 20.0, breaker: Breaker | None = None
    ) -> None:
        self._url = url.rstrip("/") + PATH
        self._headers = {"X-Newcitizen-Secret": secret}
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, connect=1.0)
        self._session: aiohttp.ClientSession | None = None
        self._probing: asyncio.Task[None] | None = None
        self._hopeless: asyncio.Future[None] | None = None
        self._turns = 0
        self.breaker = breaker or Breaker()

    @property
    def busy(self) -> bool:
        """Whether citizens are waiting for Rasa, or it is not asked at the moment: nobody else should ask."""
        return self._turns > 0 or self.breaker.open

    async def turn(self, turn_id: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """The action's custom payload for one message.

        Raises:
            RasaUnavailable: held back, unreachable, too slow, or no payload in the reply.
        """
        if not self.breaker.allows():
            raise RasaUnavailable("held back after repeated failures")
        self._turns += 1
        try:
            payload = await self._unless_hopeless({"sender": turn_id, "message": text, "metadata": metadata})
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._failed(type(error).__name__)
            raise RasaUnavailable(type(error).__name__) from None
        finally:
            self._turns -= 1
        self.breaker.record(True)
        return payload

    async def _unless_hopeless(self, body: dict[str, Any]) -> dict[str, Any]:
        """The reply; whoever still waits when the breaker opens waits no longer."""
        if self._hopeless is None or self._hopeless.done():
            self._hopeless = asyncio.get_running_loop().create_future()
        asked = asyncio.ensure_future(self._post(body))
        try:
            await asyncio.wait((asked, self._hopeless), return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise RasaUnavailable("given up with the others")
            return asked.result()
        finally:
            asked.cancel()

    def _failed(self, reason: str) -> None:
        self.breaker.record(False)
        log.warning("rasa unavailable", reason=reason, held_back=self.breaker.open)
        if not self.breaker.open:
            return
        if self._hopeless is not None and not self._hopeless.done():
            self._hopeless.set_result(None)
        if self._probing is None or self._probing.done():
            self._probing = asyncio.get_running_loop().create_task(self._probe())

    async def _probe(self) -> None:
        while self.breaker.open:
            await asyncio.sleep(self.breaker.pause_s)
            if await self._lives():
                self.breaker.probed()
                log.info("rasa answers again")

    async def _lives(self) -> bool:
        try:
            async with self._opened().get(self._url, timeout=aiohttp.ClientTimeout(PROBE_S)) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self._session

    async def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        async with self._opened().post(f"{self._url}webhook", json=body) as response:
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            replies = await response.json()
        for reply in replies:
            custom = reply.get("custom")
            if isinstance(custom, dict) and "outcome" in custom:
                return custom
        raise ValueError("no outcome in the reply")

    async def close(self) -> None:
        """Close the session; safe to call twice."""
        if self._probing is not None:
            self._probing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._probing
        if self._session is not None:
            await self._session.close()
            self._session = None
