"""The service's "now" in China, which tests and demonstrations may set.

Why this file exists: answers depend on the day. Everything about business time asks here; protocol
time (signatures, leases, quotas) is the machine's own.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8))
_STARTED = time.monotonic()


class HasClock(Protocol):
    """The setting NEWCITIZEN_CLOCK: the moment the process starts at, None for the real time."""

    @property
    def clock(self) -> datetime | None:
        """With time zone."""
        ...


def now(settings: HasClock) -> datetime:
    """Now with China's time zone; a set clock runs on from its moment while the process lives."""
    if settings.clock is None:
        return datetime.now(CHINA)
    return settings.clock.astimezone(CHINA) + timedelta(seconds=time.monotonic() - _STARTED)
