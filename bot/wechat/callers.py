"""Whether a push comes from WeChat's own addresses: a second lock behind the signature, off by default.

Why this file exists: the list of ``getcallbackip`` changes, and behind a proxy the address stands in a
header anybody can write. The signature stays the judge: without a list everybody signed is let in.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.addresses import Networks, networks, sender, within
from bot.logging import get_logger
from bot.wechat.background import Background
from bot.wechat.client import WechatApiError
from store import switches
from store.database import Connection
from store.errors import StoreUnavailable
from store.lane import Lane

log = get_logger(__name__)
INSIDE = "newcitizen.inside"
"""ASGI extension of requests made within this process; no server sets it for one from outside."""
LIST = "wechat_callback_ips"
"""The list as all processes share it (``store.switches``)."""
DAY_S = 24 * 3600.0
AGAIN_S = 600.0
"""Shortest time between two questions to WeChat, whoever knocks."""
PATIENCE_S = 2.5
"""Longest a push from an unknown address waits for a fresh list: within WeChat's 5 s."""


class Callers(Background):
    """The list in force, kept fresh, and the check against it.

    Args:
        fetch: asks WeChat for the list; may wait, raises ``WechatApiError``.
        lane: where the list is shared and survives a restart.
        proxies: whose ``X-Forwarded-For`` is believed.
    """

    def __init__(self, fetch: Callable[[], Sequence[str]], lane: Lane, proxies: Networks = ()) -> None:
        self._fetch = fetch
        self._lane = lane
        self._proxies = proxies
        self._known: Networks = ()
        self._fetched_at = 0.0
        self._asked_at: float | None = None
        self._asking = asyncio.Lock()

    @property
    def known(self) -> int:
        """How many addresses and ranges are known; 0 lets everybody in who is signed."""
        return len(self._known)

    async def probe(self) -> tuple[str, str]:
        """Whether there is a list to check against, for /healthz."""
        return ("ok", "") if self._known else ("degraded", "取不到微信的回调地址清单，暂时只凭签名放行")

    async def admits(self, scope: Mapping[str, Any]) -> bool:
        """Whether a signed request may come in; an unknown address makes us ask WeChat again first."""
        if INSIDE in scope.get("extensions", {}):
            return True
        address = sender(scope, self._proxies)
        if not self._known or within(address, self._known):
            return True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(self.refresh())), PATIENCE_S)
        return within(address, self._known)

    async def _run(self) -> None:
        await self.recall()
        while True:
            if time.time() - self._fetched_at >= DAY_S or self._fetched_at > time.time() or not self._known:
                await self.refresh()
            await asyncio.sleep(AGAIN_S)

    async def recall(self) -> None:
        """The list as some process last stored it."""
        with contextlib.suppress(StoreUnavailable):
            kept = await self._lane.run(lambda c: switches.switch(c, LIST, time.time()))
            self._known = networks(kept.get("list", ()))
            self._fetched_at = float(kept.get("at", 0.0))

    async def refresh(self) -> None:
        """Ask WeChat, unless somebody has just done so; without an answer the old list stays."""
        async with self._asking:
            now = time.monotonic()
            if self._asked_at is not None and now - self._asked_at < AGAIN_S:
                return
            self._asked_at = now
            try:
                texts = list(await asyncio.to_thread(self._fetch))
            except Exception as trouble:  # also a bug: nobody's message may be lost by a second lock
                reason = str(trouble) if isinstance(trouble, WechatApiError) else type(trouble).__name__
                log.warning("callback addresses not known", reason=reason)
                return
            found = networks(texts)
            if not found:  # an empty list would shut everybody out, or let everybody in
                return
            self._known, self._fetched_at = found, time.time()
            with contextlib.suppress(StoreUnavailable):
                await self._lane.run(lambda c: _keep(c, texts))


def _keep(connection: Connection, texts: Sequence[str]) -> None:
    now = time.time()
    switches.set_switch(connection, LIST, {"list": list(texts), "at": now}, now, reason="getcallbackip")
