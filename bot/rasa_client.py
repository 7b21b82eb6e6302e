"""Asks Rasa for a turn, and stops asking for a while when Rasa does not answer.

Why this file exists: Rasa is one HTTP call away and may be down or slow; the citizen must not notice
more than a plainer answer. It must not know WeChat or content.
"""

from __future__ import annotations

import time
from typing import Any

import aiohttp

PATH = "/webhooks/rest/webhook"


class RasaUnavailable(Exception):
    """Rasa did not give a usable answer in time; the message says why, without the citizen's text."""


class Breaker:
    """Opens after ``limit`` failures in a row; lets one try through every ``pause_s`` seconds."""

    def __init__(self, limit: int = 3, pause_s: float = 2.0) -> None:
        self.limit = limit
        self.pause_s = pause_s
        self.failures = 0
        self.retry_at = 0.0

    @property
    def open(self) -> bool:
        """Whether calls are being held back."""
        return self.failures >= self.limit

    def allows(self) -> bool:
        """Whether a call may go out now; reserves the next probe when open."""
        if not self.open:
            return True
        now = time.monotonic()
        if now < self.retry_at:
            return False
        self.retry_at = now + self.pause_s
        return True

    def record(self, ok: bool) -> None:
        """Count a result."""
        self.failures = 0 if ok else self.failures + 1
        if self.open:
            self.retry_at = time.monotonic() + self.pause_s


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
        self.breaker = breaker or Breaker()

    async def turn(self, turn_id: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """The action's custom payload for one message.

        Raises:
            RasaUnavailable: held back, unreachable, too slow, or no payload in the reply.
        """
        if not self.breaker.allows():
            raise RasaUnavailable("held back after repeated failures")
        try:
            payload = await self._post({"sender": turn_id, "message": text, "metadata": metadata})
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self.breaker.record(False)
            raise RasaUnavailable(type(error).__name__) from None
        self.breaker.record(True)
        return payload

    async def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        async with self._session.post(self._url, json=body) as response:
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
        if self._session is not None:
            await self._session.close()
            self._session = None
