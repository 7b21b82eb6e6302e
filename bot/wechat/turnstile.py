"""One message of a person at a time, in the order of arrival, and nothing kept for people who left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turnstile:
    """Locks by name that vanish when nobody holds or wants them; first come, first served."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[bool]:
        """Hold the name; gives whether somebody was before."""
        lock, count = self._locks.get(name) or (asyncio.Lock(), 0)
        self._locks[name] = (lock, count + 1)
        waited = lock.locked()
        try:
            async with lock:
                yield waited
        finally:
            _, count = self._locks[name]
            if count == 1:
                del self._locks[name]
            else:
                self._locks[name] = (lock, count - 1)
