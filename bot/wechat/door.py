"""Opens the WeChat door of the app: database, gateway, upkeep, and their place in ``/healthz``."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.routing import BaseRoute, Route

from bot import clock
from bot.identity import own_name
from bot.journal import Journal
from bot.logging import get_logger
from bot.metrics import Metrics
from bot.services import Services
from bot.shared_memory import SharedMemory, shared_memory
from bot.wechat.callers import Callers
from bot.wechat.client import WechatApi, WechatApiError, wechat_api
from bot.wechat.config import WechatConfig, wechat_config
from bot.wechat.course import Course
from bot.wechat.endpoint import WechatEndpoint
from bot.wechat.gateway import Gateway
from bot.wechat.health import Health
from bot.wechat.ledger import Ledger
from bot.wechat.token import TokenKeeper
from bot.wechat.typist import Typist
from bot.wechat.upkeep import Upkeep
from nlu.text import mask
from store.database import Database
from store.lane import Lane
from store.schema import migrate

log = get_logger(__name__)
ASKED_AGAIN_S = 20.0
"""How long it is believed who of WeChat's customer service is online."""
DRAIN_S = 8.0
"""Longest wait at the end for answers under way: more than WeChat waits for one."""


def routes(services: Services) -> list[BaseRoute]:
    """``/wechat``; the channel is opened here and closed with the services."""
    endpoint = open_channel(services)
    return [Route("/wechat", endpoint=endpoint, methods=None)]


def open_channel(services: Services) -> WechatEndpoint:
    """Plug the real things together; the running event loop drives the upkeep."""
    config = wechat_config(services.settings)
    metrics = services.extras.setdefault("metrics", Metrics())
    database = services.extras.get("database")
    if database is None:
        database = services.extras["database"] = Database(services.settings.database)
        migrate(database)
    owner = own_name("app")
    lane = services.extras.setdefault("lane", Lane(database))
    ledger = Ledger(lane, owner, config.customer_service)
    memory = services.extras.setdefault("memory", shared_memory(services.settings.redis_url))
    api = _api(config, lane, memory)
    course = Course(
        config, ledger, services.extras["assistant"], partial(clock.now, services.settings),
        lambda text: mask(text)[0], lambda: services.library().version, _agents(config, api),
        metrics.turn,
    )  # fmt: skip
    gateway = Gateway(config, ledger, memory, course, _typist(services, config, api, ledger))
    journal = Journal(config.journals, owner)
    endpoint = WechatEndpoint(config, gateway, journal, _callers(services, config, api, lane))
    upkeep = Upkeep(gateway, endpoint, ledger, journal)
    services.extras["gateway"] = gateway
    Health(gateway, lane, memory, lambda: endpoint.alarmed).register(services.probes)
    metrics.watch("gateway", "What the WeChat door counted", "what", lambda: gateway.counts)
    metrics.watch("channel", "The WeChat door now", "what", lambda: _state(gateway))

    async def close() -> None:
        await gateway.drain(DRAIN_S)
        await upkeep.stop()
        lane.close()
        memory.close()
        database.close()

    services.closers.append(close)
    asyncio.get_running_loop().call_soon(upkeep.start)
    return endpoint


def _typist(services: Services, config: WechatConfig, api: WechatApi | None, ledger: Ledger) -> Typist | None:
    """Also for the desk, as ``extras["typist"]``: an operator writes too."""
    if api is None or not config.customer_service:
        return None
    typist = services.extras["typist"] = Typist(api, lambda: ledger.may_push)
    metrics: Metrics = services.extras["metrics"]
    metrics.watch("typing", "Typing shown to citizens", "what", lambda: typist.counts)
    services.closers.append(partial(asyncio.to_thread, typist.close))
    return typist


def _callers(services: Services, config: WechatConfig, api: WechatApi | None, lane: Lane) -> Callers | None:
    """The check of addresses, kept fresh from now on; None where it is off."""
    if api is None or not config.callback_check:
        return None
    callers = Callers(api.callback_ips, lane, config.proxies)
    services.probes["callers"] = callers.probe
    services.closers.append(callers.stop)
    asyncio.get_running_loop().call_soon(callers.start)
    return callers


def _state(gateway: Gateway) -> dict[str, float]:
    ledger = gateway.ledger
    return {
        "working": len(gateway.jobs),
        "postponed": len(ledger.postponed),
        "storage_trouble": float(bool(ledger.trouble)),
        "passive_only": float(ledger.passive_only),
        "draining": float(gateway.draining),
    }


def _api(config: WechatConfig, lane: Lane, memory: SharedMemory) -> WechatApi | None:
    """The account's API for what the app itself asks; None without the secret."""
    if not (config.appid and config.secret):
        return None
    return wechat_api(config, partial(TokenKeeper, lane, memory, config.appid, config.secret))


def _agents(config: WechatConfig, api: WechatApi | None) -> Callable[[], Awaitable[bool]] | None:
    """Whether somebody of WeChat's own customer service is online; None where it is not used."""
    if not config.transfer or api is None:
        return None
    known: tuple[float, bool] = (0.0, False)

    async def online() -> bool:
        nonlocal known
        if time.monotonic() - known[0] > ASKED_AGAIN_S or not known[0]:
            try:
                known = (time.monotonic(), await asyncio.to_thread(api.agents_online) > 0)
            except WechatApiError as trouble:  # our own desk takes the hand-off
                log.warning("agents not known", reason=str(trouble))
                known = (time.monotonic(), False)
        return known[1]

    return online
