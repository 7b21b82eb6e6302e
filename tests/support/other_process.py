"""Starts ``tests.support.live_watcher`` and reads what it says, with a deadline."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 180.0
"""A loaded machine starts a process in many seconds; what is waited for comes in one."""

Wait = Callable[[str], float]
"""Waits for a reply holding a text; gives the Unix time it was first served at."""


@contextmanager
def other_process(url: str, need: str, city: str) -> Iterator[Wait]:
    """A second process on the same database."""
    command = [sys.executable, "-m", "tests.support.live_watcher", url, need, city]
    said: queue.Queue[str] = queue.Queue()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout
        assert output is not None

        def listen() -> None:
            for line in output:
                if line.startswith("SAID "):
                    said.put(line.removeprefix("SAID "))

        threading.Thread(target=listen, daemon=True).start()

        def wait(text: str) -> float:
            until = time.monotonic() + DEADLINE_S
            while True:
                at, reply = json.loads(said.get(timeout=max(0.1, until - time.monotonic())))
                if text in reply:
                    return float(at)

        try:
            yield wait
        finally:
            process.terminate()
