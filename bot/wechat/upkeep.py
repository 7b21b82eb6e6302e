"""What a gateway does beside answering: beat, mark given answers, catch up, take over from the dead.

Why this file exists: none of this may cost a message anything, so it runs twice a second in one task.
"""

from __future__ import annotations

import asyncio
import json
import time

from bot.identity import is_alive
from bot.journal import Journal
from bot.logging import get_logger
from bot.recovery import absorb, dead_journals
from bot.wechat import record
from bot.wechat.background import Background
from bot.wechat.endpoint import WechatEndpoint
from bot.wechat.gateway import Gateway
from bot.wechat.ledger import LEASE_S, Ledger
from store import recovery
from store.database import Connection
from store.errors import StoreUnavailable
from store.recovery import Orphan
from store.switches import PASSIVE_ONLY, switch

log = get_logger(__name__)
PERIOD_S = 0.5
BEAT_S = 2.0
SETTLED_S = 1.0
"""A message younger than this is surely being worked on by whoever accepted it."""


class Upkeep(Background):
    """The background task of one app process."""

    def __init__(self, gateway: Gateway, endpoint: WechatEndpoint, ledger: Ledger, journal: Journal) -> None:
        self.gateway = gateway
        self.endpoint = endpoint
        self.ledger = ledger
        self.journal = journal
        self._beat_at = 0.0
        self._unmarked: list[int] = []

    async def stop(self) -> None:
        """Mark what was given, free what was not finished, leave no journal."""
        await super().stop()
        try:
            await self.ledger.catch_up()
            await self._mark()
            await self.ledger.lane.run(lambda c: recovery.leave(c, self.ledger.owner))
        except StoreUnavailable:
            return  # the journal tells the next process
        if not self.ledger.postponed:
            self.journal.close()

    async def _run(self) -> None:
        while True:
            try:
                await self.once()
            except StoreUnavailable as trouble:
                self.gateway.counts["upkeep_postponed"] += 1
                log.warning("database trouble", reason=trouble.reason)
            except Exception as error:
                self.gateway.counts["bugs"] += 1
                log.error("upkeep failed", exc_info=error)
            await asyncio.sleep(PERIOD_S)

    async def once(self) -> None:
        """One round."""
        now = time.time()
        await self.ledger.catch_up()
        await self._mark()
        if time.monotonic() - self._beat_at >= BEAT_S:
            report = json.dumps(dict(self.gateway.counts))
            await self.ledger.lane.run(lambda c: recovery.beat(c, self.ledger.owner, "app", report, now))
            self.ledger.passive_only = bool(
                await self.ledger.lane.run(lambda c: switch(c, PASSIVE_ONLY, now))
            )
            self._beat_at = time.monotonic()
        folder = self.gateway.config.journals
        if dead_journals(folder):
            await asyncio.to_thread(absorb, self.ledger.lane, folder, now)
        await self._take_over(now)

    async def _mark(self) -> None:
        self._unmarked += self.endpoint.take_given()
        ids = list(self._unmarked)
        if ids:
            await self.ledger.lane.run(lambda c: recovery.mark_delivered(c, ids))
            del self._unmarked[: len(ids)]
        if not self.ledger.postponed and not self._unmarked and not self.endpoint.given:
            self.journal.trim()

    async def _take_over(self, now: float) -> None:
        def look(connection: Connection) -> tuple[list[Orphan], dict[str, float]]:
            found = recovery.unfinished(connection, now - SETTLED_S)
            return found, recovery.heartbeats(connection) if found else {}

        found, beats = await self.ledger.lane.run(look)
        for orphan in found:
            if self._is_free(orphan, beats, now) and orphan.key not in self.gateway.jobs:
                self._start(orphan)

    def _is_free(self, orphan: Orphan, beats: dict[str, float], now: float) -> bool:
        if orphan.owner == self.ledger.owner:
            return orphan.key not in self.ledger.postponed
        alive = is_alive(orphan.owner)
        if alive is None:
            return now - beats.get(orphan.owner, 0.0) > LEASE_S
        return not alive

    def _start(self, orphan: Orphan) -> None:
        self.gateway.counts["taken_over"] += 1
        message = record.from_json(orphan.openid, orphan.key, orphan.inbound)
        self.gateway.start(message, orphan.received_at, orphan.id)
