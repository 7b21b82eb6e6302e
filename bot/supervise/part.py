"""Part: one process of the service, in a process group of its own, logging to its own file.

Why this file exists: a part must never outlive the supervisor, and stopping it must reach whatever it
started itself. It must not know what the parts do.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LOG_KEEP_BYTES = 10_000_000
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Part:
    """A running process called ``name`` whose output goes to ``log``."""

    def __init__(
        self, name: str, command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.is_file() and log.stat().st_size > LOG_KEEP_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                list(command), env=dict(env), cwd=cwd, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_die_with_parent,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Process id, also that of its process group."""
        return self._process.pid

    def returncode(self) -> int | None:
        """None while it runs, else the exit code (negative: the signal that ended it)."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask the whole group to end."""
        self._signal(signal.SIGTERM)

    def finish(self, until: float) -> None:
        """Wait until the monotonic time ``until``, then end the whole group by force."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, until - time.monotonic()))
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def last_lines(self, count: int = 5) -> list[str]:
        """The end of its log, for the person at the keyboard."""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 4000))
            return file.read().decode("utf-8", "replace").splitlines()[-count:]
