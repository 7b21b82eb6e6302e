"""A worker on a database with WeChat's simulator behind it, driven round by round."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

from bot.identity import own_name
from bot.journal import Journal
from bot.shared_memory import InProcessMemory
from bot.wechat.client import wechat_api
from bot.wechat.sender import Sender
from bot.wechat.token import TokenKeeper
from bot.worker import Worker
from store import conversations, inbox
from store.database import Connection, Database
from store.finish import Finish, finish, put, text_payload
from store.inbox import Arrival
from store.lane import Lane
from tests.support.channel import config_for

ALI = "oAli0000000000000000000000001"


class Bench:
    """A worker on a database, driven round by round."""

    def __init__(self, folder: Path, url: str, api: Any) -> None:
        self.lane = Lane(Database(url), threads=1)
        self.api = api
        config = config_for(folder, api_base=api.base, budget_s=0.1)
        keeper = partial(TokenKeeper, self.lane, InProcessMemory(), config.appid, config.secret)
        self.journal = Journal(config.journals, own_name("worker"))
        self.sender = Sender(self.lane, wechat_api(config, keeper), self.journal, own_name("worker"))
        self.worker = Worker(config, self.lane, self.sender, self.journal, own_name("worker"))

    def wrote(self, openid: str = ALI, window: str = "message") -> None:
        """The person writes: our window and the platform's open."""
        self.api.user_action(openid, "message" if window == "message" else "click")
        now = time.time()

        def turn(c: Connection) -> None:
            accepted = inbox.accept(c, Arrival(f"{openid}:{now}", openid, "{}", "", now), "test")
            _, version = conversations.load(c, openid)
            done = Finish(
                accepted.id,
                "test",
                openid,
                now,
                now,
                "none",
                conversation="{}",
                window=window,
                version=version,
            )
            assert finish(c, done)

        self.lane.call(turn)

    def put(self, *texts: str, openid: str = ALI, question: str = "") -> None:
        def work(c: Connection) -> None:
            for text in texts:
                put(c, openid, text_payload(text), time.time(), question=question)

        self.lane.call(work)

    def rounds(self, count: int = 10) -> None:
        for _ in range(count):
            self.worker.once(time.time())

    def states(self) -> list[str]:
        return [
            str(s)
            for s in self.lane.call(
                lambda c: list(c.exec_driver_sql("SELECT state FROM outbox ORDER BY id").scalars())
            )
        ]

    def seen(self, openid: str = ALI) -> list[str]:
        return [m["text"]["content"] for m in self.api.sent_to(openid)]
