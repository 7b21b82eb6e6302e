"""A task of one app process that runs from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod


class Background(ABC):
    """Starts and ends ``_run``; what has to be put in order afterwards is done by the subclass."""

    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; calling it again does nothing."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End the task and wait until it has ended."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @abstractmethod
    async def _run(self) -> None:
        """What goes on until it is cancelled."""
