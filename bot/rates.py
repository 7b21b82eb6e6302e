"""The in-process storage of ``limits``, swept twice a minute instead of after every count.

Why this file exists: the library starts a thread that walks over all counters, 10 ms after any of them was
touched and none was waiting. With one message at a time that is a thread and a walk for each of them. What
has expired is never counted, swept or not.
"""

from __future__ import annotations

import threading

from limits.storage import MemoryStorage

SWEEP_S = 30.0


class Rates(MemoryStorage):
    """Counters of one process."""

    _timer: threading.Timer

    @property
    def timer(self) -> threading.Timer:
        """What sweeps next; a new one is made when it has run."""
        return self._timer

    @timer.setter
    def timer(self, made: threading.Timer) -> None:
        made.interval = SWEEP_S
        made.daemon = True  # the process ends without waiting for it
        self._timer = made
