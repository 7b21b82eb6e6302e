"""WeChat's API for programs that run once, such as the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.settings import Settings
from bot.shared_memory import shared_memory
from bot.wechat.client import WechatApi, wechat_api
from bot.wechat.config import wechat_config
from bot.wechat.token import TokenKeeper
from store.database import Database
from store.lane import Lane


@contextmanager
def open_api(settings: Settings) -> Iterator[WechatApi]:
    """The account's API with the token all processes share; connections are given back at the end."""
    config = wechat_config(settings)
    database = Database(settings.database)
    lane, memory = Lane(database, threads=1), shared_memory(settings.redis_url)
    try:
        yield wechat_api(config, partial(TokenKeeper, lane, memory, config.appid, config.secret))
    finally:
        lane.close()
        memory.close()
        database.close()
