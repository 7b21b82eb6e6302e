"""The channel's parts in ``/healthz``: storage, shared memory, outbox, WeChat's API."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.shared_memory import SharedMemory
from bot.wechat.gateway import Gateway
from store import outbox, recovery
from store.errors import StoreUnavailable
from store.lane import Lane

if TYPE_CHECKING:
    from bot.services import Probe

_STORAGE = {
    "locked": "数据库被占用，答复照常，暂不保存",
    "read_only": "数据库只读，答复照常，暂不保存",
    "disk_full": "磁盘已满，答复照常，暂不保存",
    "away": "连不上数据库，答复照常，暂不保存",
}
_MEMORY = {"redis": "Redis", "in_process": "进程内", "redis_away": "Redis 没有应答，改用进程内"}
WORKER_S = 10.0
"""A worker that has not beaten for this long is down (it beats every 2 s)."""


class Health:
    """Answers the probes of the channel."""

    def __init__(
        self, gateway: Gateway, lane: Lane, memory: SharedMemory, alarmed: Callable[[], bool] = lambda: False
    ) -> None:
        self.gateway = gateway
        self.alarmed = alarmed
        self.lane = lane
        self.memory = memory

    def register(self, probes: dict[str, Probe]) -> None:
        """Add the channel's probes."""
        probes["storage"] = self.storage
        probes["memory"] = self.shared
        probes["outbox"] = self.outbox
        probes["worker"] = self.worker
        probes["wechat"] = self.wechat

    async def storage(self) -> tuple[str, str]:
        """Whether answers are being stored."""
        try:
            await self.lane.run(lambda _: None)
        except StoreUnavailable as trouble:
            return "degraded", _STORAGE.get(trouble.reason, "数据库有故障，答复照常，暂不保存")
        waiting = len(self.gateway.ledger.postponed)
        return ("degraded", f"有 {waiting} 条答复待补存") if waiting else ("ok", "")

    async def wechat(self) -> tuple[str, str]:
        """Whether WeChat gets its answers in time."""
        if self.alarmed():
            return "degraded", "一分钟内多次没能在 5 秒内回应，微信可能暂停推送（MarkFail）"
        return "ok", ""

    async def shared(self) -> tuple[str, str]:
        """Which shared memory is in use."""
        state = self.memory.state
        return ("degraded" if state == "redis_away" else "ok"), _MEMORY[state]

    async def outbox(self) -> tuple[str, str]:
        """Texts waiting and dead letters."""
        try:
            counts = await self.lane.run(outbox.counts)
        except StoreUnavailable:
            return "degraded", "数据库暂时不可用"
        dead, waiting = counts.get("dead", 0), counts.get("queued", 0) + counts.get("sending", 0)
        text = f"待发 {waiting}，留待下次 {counts.get('held', 0)}，发不出 {dead}"
        return ("degraded" if dead else "ok"), text

    async def worker(self) -> tuple[str, str]:
        """Whether a worker lives and what it says of WeChat's API."""
        try:
            reports = await self.lane.run(lambda c: recovery.reports(c, "worker", time.time() - WORKER_S))
        except StoreUnavailable:
            return "degraded", "数据库暂时不可用"
        if not reports:
            return "down", "没有 worker 在运行，延迟的答复发不出去"
        alarms = [a for r in reports if (a := str(json.loads(r or "{}").get("alarm", "")))]
        return ("degraded", alarms[0]) if alarms else ("ok", "")
