"""The whole service but Rasa, as real processes: app with desk, worker, WeChat's simulator outside."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store.database import Database
from tests.support.channel import KEY
from tests.support.rig import APPID, Rig, simulator
from tests.support.servers import WAIT_S, free_port
from tests.support.staff import add_account

MORNING, EVENING = "2026-11-20T10:30:00+08:00", "2026-11-20T20:30:00+08:00"


class DeskRig(Rig):
    """``bot.app`` and ``bot.worker``; Rasa is away, so messages go by phrases, keywords and search."""

    def __init__(self, folder: Path, api: Any, clock: str = MORNING) -> None:
        port = free_port()
        super().__init__(
            folder, api.base, "bot.app", CLOCK=clock, PORT=str(port), RASA_URL="http://127.0.0.1:1",
            TRUSTED_PROXIES="127.0.0.1",
        )  # fmt: skip
        self.api = api
        self.ports["app"] = port
        self.start_app()
        self.start_worker()
        self.platform = simulator().Platform(
            self.url(), "simtoken", appid=APPID, aes_key=KEY, mode="safe", api=api, timeout=WAIT_S
        )
        database = Database(f"sqlite:///{folder / 'newcitizen.db'}")
        for login in ("lan", "mei"):
            add_account(database, login, ["operator"])
        add_account(database, "chief", ["supervisor"])
        database.close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.ports['app']}"

    def _start(self, name: str, command: list[str]) -> None:
        own = [sys.executable, "-m", "bot.app"] if name == "app" else command
        super()._start(name, own)

    def writes(self, openid: str, text: str) -> str:
        """A citizen's message; gives what the citizen sees at once."""
        return str(self.platform.push(self.platform.text(openid, text)).user_sees)

    def hears(self, openid: str, text: str) -> str:
        """A citizen's message and its answer: at once, or pushed where a busy machine is late with it."""
        before = len(self.got(openid))
        at_once = self.writes(openid, text)
        if not at_once:
            until(lambda: len(self.got(openid)) > before)
        return at_once or "\n".join(self.got(openid)[before:])

    def leaves(self, openid: str) -> None:
        self.platform.push(self.platform.event(openid, "unsubscribe"))

    def got(self, openid: str) -> list[str]:
        """Texts the citizen got through the API."""
        return [m["text"]["content"] for m in self.api.sent_to(openid) if m.get("msgtype") == "text"]


@contextmanager
def desk_rig(folder: Path, clock: str = MORNING) -> Iterator[DeskRig]:
    """A whole service but Rasa, with WeChat's simulator on the other side, until the end."""
    with simulator().FakeAPI(appid=APPID, secret="sim_secret") as api:
        rig = DeskRig(folder, api, clock)
        try:
            yield rig
        finally:
            rig.stop()


def until(true: Callable[[], Any], timeout_s: float = WAIT_S) -> None:
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
