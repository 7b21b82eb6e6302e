"""Services: the real things the doors work with, built once per process.

Why this file exists: a door (WeChat, try page, console, desk) gets one value and takes from it what it
needs, so tests hand over fakes and processes plug real things together in one place (``bot/bootstrap``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from actions.rasa_actions import LibrarySource

Probe = Callable[[], Awaitable[tuple[str, str]]]
"""State of one part: (``ok`` | ``degraded`` | ``down``, a short sentence)."""

Closer = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Services:
    """What a process offers its doors.

    Attributes:
        library: gives the content in force now.
        probes: name of a part to the question how it is, for ``/healthz``.
        closers: run at the end, last first.
        extras: what a door needs beyond this, by its type's name (database, gateway, assistant).
    """

    settings: Settings
    library: LibrarySource
    probes: dict[str, Probe] = field(default_factory=dict)
    closers: list[Closer] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)

    async def close(self) -> None:
        """Close everything in reverse order of opening."""
        while self.closers:
            await self.closers.pop()()
