"""Real processes for fault tests: apps and workers on one state folder, with WeChat's simulator outside.

Needs ../shared/wechat (simulator); tests using it carry the marker ``shared``.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, SHARED
from tests.support.channel import KEY
from tests.support.environment import clean_environment
from tests.support.kept import lend_sense
from tests.support.servers import WAIT_S, free_port

APPID = "wx_sim_appid"
START_S = WAIT_S


def simulator() -> Any:
    """The module wechat_sim of ../shared."""
    folder = str(SHARED / "wechat")
    if folder not in sys.path:
        sys.path.append(folder)
    sys.dont_write_bytecode = True
    import wechat_sim  # type: ignore[import-not-found]

    return wechat_sim


class Rig:
    """Starts, kills and restarts apps and workers; ``settings`` are NEWCITIZEN_* without the prefix."""

    def __init__(
        self,
        folder: Path,
        api: str,
        app: str = "tests.support.echo_app",
        delay_s: float = 0.0,
        **settings: str,
    ) -> None:
        self.folder = folder
        self.app_module = app
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.ports: dict[str, int] = {}
        self.log = folder / "processes.log"
        folder.mkdir(parents=True, exist_ok=True)
        lend_sense(folder)
        values = {
            "STATE": str(folder), "WECHAT_TOKEN": "simtoken", "WECHAT_APPID": APPID, "WECHAT_AES_KEY": KEY,
            "WECHAT_SECRET": "sim_secret", "WECHAT_MODE": "safe", "WECHAT_API_BASE": api,
            "WECHAT_CUSTOMER_SERVICE": "true", "INTERNAL_SECRET": "0123456789abcdef0", **settings,
        }  # fmt: skip
        named = {f"NEWCITIZEN_{name}": value for name, value in values.items()}
        self.environment = clean_environment(TEST_ECHO_DELAY_S=str(delay_s), **named)

    def start_app(self, name: str = "app", wait: bool = True) -> int:
        port = self.ports.setdefault(name, free_port())
        self._start(name, [sys.executable, "-m", self.app_module, str(port)])
        if wait:
            self.until(lambda: self.health(name), START_S)
        return port

    def start_worker(self, name: str = "worker") -> None:
        self._start(name, [sys.executable, "-m", "bot.worker"])

    def _start(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=environment or self.environment, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def restart(self, name: str) -> None:
        """Start again what was killed, and wait until it answers."""
        if name.startswith("worker"):
            self.start_worker(name)
        else:
            self.start_app(name)

    def stop(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def health(self, name: str = "app") -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/healthz", timeout=30) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except OSError:
            return {}

    def url(self, name: str = "app") -> str:
        return f"http://127.0.0.1:{self.ports[name]}/wechat"

    def rows(self, statement: str) -> list[Any]:
        connection = sqlite3.connect(self.folder / "newcitizen.db", timeout=60)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def until(self, true: Callable[[], Any], timeout_s: float = WAIT_S) -> None:
        end = time.monotonic() + timeout_s
        while not true():
            assert time.monotonic() < end, f"it did not happen in time:\n{self.log.read_text()[-3000:]}"
            time.sleep(0.05)
