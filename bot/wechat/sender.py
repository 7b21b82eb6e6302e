"""Send what is in the outbox, and react to every error as PROTOCOL 1.6 says.

Why this file exists: an error table is policy; it stands here once, away from HTTP and SQL. A pause holds
all sending back (wrong IP, quota of the day, API away) so that no text wears out its tries meanwhile.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.clock import CHINA
from bot.journal import Journal
from bot.logging import get_logger
from bot.wechat.client import ApiRefused, ApiUnreachable, WechatApiError
from bot.wechat.text import LIMIT_BYTES, content_of, quoted, size
from store import outbox, switches
from store.database import Connection
from store.errors import StoreUnavailable
from store.finish import text_payload
from store.lane import Lane
from store.outbox import Sending

log = get_logger(__name__)
PASSIVE_ONLY_S = 3600.0
BUSY_TRIES = 3
"""-1 means busy: at most two more tries (PROTOCOL 1.6)."""
HANDED_TRIES = 2
"""A request that may have been accepted is repeated once (O10): twice is bad, never is worse."""
OURS = frozenset({40008, 40033, 40035, 43002, 44002, 44004, 45002, 45008, 45072, 47001, *range(65400, 65415)})
"""Refusals of the text itself or of a session that is not there: trying again changes nothing."""
ALARMS = {
    40164: "服务器 IP 不在公众平台的 IP 白名单里，请到“基本配置”加上",
    61004: "服务器 IP 不在公众平台的 IP 白名单里，请到“基本配置”加上",
    40243: "AppSecret 已被冻结，请到公众平台解冻或重置",
    40125: "AppSecret 不对，请核对 NEWCITIZEN_WECHAT_SECRET",
    40013: "AppID 不对，请核对 NEWCITIZEN_WECHAT_APPID",
    40001: "access_token 一直被拒绝，请核对 AppSecret",
    40014: "access_token 一直被拒绝，请核对 AppSecret",
    42001: "access_token 一直被拒绝，请核对 AppSecret",
    45009: "今天的接口调用次数用完了，明天零点恢复",
    48001: "公众号没有客服消息接口权限，已改为只用被动回复",
}
"""What an operator reads in /healthz."""


class Api(Protocol):
    """What the sender needs of ``WechatApi``."""

    def send(self, openid: str, payload: str, handed: Callable[[], None]) -> None:
        """Send one message."""
        ...


@dataclass(frozen=True, slots=True)
class Reaction:
    """What to do with a text: drop it with all of the person's, hold it, try later, or give it up."""

    do: Literal["drop", "hold", "later", "dead", "numbered"]
    after_s: float = 0.0
    pause_s: float = 0.0


def reaction(error: WechatApiError, attempts: int, now: datetime) -> Reaction:
    """The reaction to an error after a number of attempts."""
    if isinstance(error, ApiUnreachable):
        if error.handed and attempts >= HANDED_TRIES:
            return Reaction("dead", pause_s=5)
        return Reaction("later", min(60.0, 2.0**attempts), 1.0)
    assert isinstance(error, ApiRefused)
    code = error.code
    if code in (40003, 43004):
        return Reaction("drop")
    if code in (45015, 45047):
        return Reaction("hold")
    if code == -1:
        return Reaction("later", 2.0**attempts) if attempts < BUSY_TRIES else Reaction("dead")
    if code == 48001:
        return Reaction("hold", pause_s=60)
    if code == 45009:
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=30, microsecond=0)
        return Reaction("later", pause_s=(midnight - now).total_seconds())
    if code in ALARMS:
        return Reaction("later", pause_s=60)
    if code == 40200:
        return Reaction("numbered")
    if code in OURS or attempts >= BUSY_TRIES:
        return Reaction("dead")
    return Reaction("later", 2.0**attempts)  # a code nobody wrote down: perhaps it passes


class Sender:
    """Sends for one worker process.

    Attributes:
        pause_until: no sending before this time (monotonic seconds: clocks are set back).
        alarm: what an operator must mend, "" when all is well.
    """

    def __init__(self, lane: Lane, api: Api, journal: Journal, owner: str) -> None:
        self.lane = lane
        self.api = api
        self.journal = journal
        self.owner = owner
        self.pause_until = 0.0
        self._unsettled: deque[Callable[[Connection], None]] = deque()
        self.alarm = ""

    def take(self, limit: int) -> list[Sending]:
        """The next texts, none while everything pauses; one to probe with while an alarm is on.

        Raises:
            StoreUnavailable: what became of earlier texts cannot be stored yet.
        """
        self.settle()
        if time.monotonic() < self.pause_until:
            return []
        now = time.time()
        return self.lane.call(lambda c: outbox.take(c, self.owner, now, 1 if self.alarm else limit))

    def settle(self) -> None:
        """Store what the database did not take before, oldest first."""
        while self._unsettled:
            self.lane.call(self._unsettled[0], durable=True)
            self._unsettled.popleft()

    def _write(self, work: Callable[[Connection], None]) -> None:
        """Store what became of a text, now or as soon as it can be; until then nobody sends it again."""
        try:
            self.lane.call(work, durable=True)
        except StoreUnavailable:
            self._unsettled.append(work)

    def deliver(self, sending: Sending) -> None:
        """Send one text and store what became of it; never raises, or the person's next texts would wait."""
        try:
            self._deliver(sending)
        except StoreUnavailable:  # before the sending: it is still to be sent
            self._write(lambda c: outbox.untaken(c, sending, self.owner))
        except Exception as error:
            log.error("text cannot be sent", outbox=sending.id, exc_info=error)
            self._store(sending, Reaction("dead"), type(error).__name__)

    def _deliver(self, sending: Sending) -> None:
        if not self.lane.call(lambda c: outbox.may_send(c, sending.openid, time.time())):
            self._store(sending, Reaction("hold"), "quota")
            return
        try:
            self.api.send(sending.openid, _payload(sending), lambda: self.journal.sent(sending.id))
        except WechatApiError as error:
            self.journal.unsent(sending.id)
            self._failed(sending, error)
            return
        self.alarm = ""
        at = time.time()
        self._write(lambda c: outbox.sent(c, sending, self.owner, at))

    def _failed(self, sending: Sending, error: WechatApiError) -> None:
        todo = reaction(error, sending.attempts, datetime.now(CHINA))
        code = error.code if isinstance(error, ApiRefused) else 0
        if todo.pause_s:
            self.pause_until = time.monotonic() + todo.pause_s
            self.alarm = ALARMS.get(code, "微信接口没有应答，正在重试")
        log.warning("send failed", code=code, error=type(error).__name__, reaction=todo.do, outbox=sending.id)
        if code == 48001:
            self._write(self._go_passive)
        self._store(sending, todo, str(code or error))

    def _go_passive(self, connection: Connection) -> None:
        now = time.time()
        switches.set_switch(
            connection,
            switches.PASSIVE_ONLY,
            {"code": 48001},
            now,
            until=now + PASSIVE_ONLY_S,
            reason="48001",
            by=self.owner,
        )

    def _store(self, sending: Sending, todo: Reaction, error: str) -> None:
        def write(connection: Connection) -> None:
            later = time.time() + max(todo.after_s, todo.pause_s)
            if todo.do == "drop":
                outbox.put_back(connection, sending, self.owner, error, 0, "dead")
                outbox.drop_person(connection, sending.openid, error)
            elif todo.do == "hold":
                outbox.put_back(connection, sending, self.owner, error, 0, "held")
            elif todo.do == "numbered" and _as_text(sending.payload):
                outbox.rewrite(connection, sending, self.owner, text_payload(_as_text(sending.payload)))
            elif todo.do == "later":
                outbox.put_back(connection, sending, self.owner, error, later)
            else:
                outbox.put_back(connection, sending, self.owner, error, 0, "dead")
                outbox.drop_answer(connection, sending, error)

        self._write(write)


def _payload(sending: Sending) -> str:
    """The body; a text that was held back says what it belongs to, where there is room."""
    text = content_of(sending.payload) if sending.held and sending.question else ""
    parts = quoted(sending.question, text) if text else []
    return text_payload(parts[0]) if len(parts) == 1 else sending.payload


def _as_text(payload: str) -> str:
    """A msgmenu as numbered text, for accounts that may not send menus (40200); "" for other kinds."""
    menu = json.loads(payload).get("msgmenu")
    if not isinstance(menu, dict):
        return ""
    choices = [f"{i}. {item.get('content', '')}" for i, item in enumerate(menu.get("list", []), 1)]
    text = "\n".join(filter(None, [menu.get("head_content", ""), *choices, menu.get("tail_content", "")]))
    return text if size(text) <= LIMIT_BYTES else ""
