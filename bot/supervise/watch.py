"""Waits for parts to be healthy, watches them, stops all of them when asked or when one dies.

Why this file exists: nothing is restarted silently; a part that dies ends the whole with a sentence that
says which and where its log is. It must not know what the parts are.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from bot.supervise.part import Part

STOP_S = 10.0
"""Seconds the parts get to finish what they are doing before they are ended by force."""


class PartDied(Exception):
    """A part ended by itself; the message names it and its log."""

    def __init__(self, part: Part) -> None:
        lines = "\n".join(f"  │ {line}" for line in part.last_lines())
        super().__init__(
            f"{part.name} 停了（返回 {part.returncode()}），日志在 {part.log}，最后几行：\n{lines}"
        )


class NotHealthy(Exception):
    """A part did not become ready in time."""


class Watch:
    """Holds the running parts; ``asked`` is set by SIGINT or SIGTERM."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.asked.set()

    def check(self) -> None:
        """Raise PartDied when a part has ended."""
        for part in self.parts:
            if part.returncode() is not None:
                raise PartDied(part)

    def wait_for(self, healthy: Callable[[], bool], what: str, seconds: float) -> bool:
        """Wait until ``healthy()``; False when asked to stop meanwhile.

        Raises:
            PartDied: a part ended while waiting.
            NotHealthy: it took longer than ``seconds``.
        """
        until = time.monotonic() + seconds
        while not self.asked.is_set():
            self.check()
            if healthy():
                return True
            if time.monotonic() > until:
                raise NotHealthy(f"{what} 在 {seconds:.0f} 秒内没有就绪")
            self.asked.wait(0.1)
        return False

    def run(self, each: Callable[[], None] = lambda: None) -> None:
        """Watch until asked to stop; raises PartDied when a part ends first. ``each`` runs every time."""
        while not self.asked.wait(0.2):
            self.check()
            each()

    def stop(self) -> None:
        """End all parts one after another, the doors before what they call, and leave none behind."""
        until = time.monotonic() + STOP_S
        for part in reversed(self.parts):
            part.terminate()
            part.finish(until)
