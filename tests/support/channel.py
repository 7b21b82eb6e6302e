"""The whole channel in one process: endpoint, gateway, store, with an echo assistant behind it.

Messages are signed and sealed like the platform's, straight into the ASGI app, without sockets.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import text as sql

from bot.clock import CHINA
from bot.identity import own_name
from bot.journal import Journal
from bot.shared_memory import InProcessMemory, SharedMemory
from bot.wechat.config import WechatConfig
from bot.wechat.course import Course
from bot.wechat.endpoint import WechatEndpoint
from bot.wechat.envelope import Envelope
from bot.wechat.gateway import Gateway
from bot.wechat.ledger import Ledger
from bot.wechat.signature import sign
from bot.wechat.upkeep import Upkeep
from bot.wechat.xmlcheck import read_xml
from nlu.text import mask
from store.database import Database
from store.lane import Lane
from tests.support.echo import EchoAssistant

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_KEY = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA"
APPID = "wx_test_appid"
GH = "gh_test000000"
_ids = itertools.count(10**17)


@dataclass
class Got:
    """What WeChat received: status, raw body, and the fields of the (opened) reply."""

    status: int
    body: bytes
    headers: dict[str, str]
    reply: dict[str, str]

    @property
    def sees(self) -> str:
        """The citizen's view: the text, or "" for an acknowledgement."""
        return self.reply.get("Content", "") or (f"[{self.reply['MsgType']}]" if self.reply else "")


def config_for(folder: Path, **changes: Any) -> WechatConfig:
    """Settings with a budget no machine uses up; tests of the budget give their own."""
    base = WechatConfig(
        token="simtoken", state=folder, appid=APPID, secret="sim_secret", aes_keys=(KEY,), mode="safe",
        customer_service=True, budget_s=100.0, sender_key=b"k" * 32,
    )  # fmt: skip
    return replace(base, **changes)


def text_xml(openid: str, content: str, msgid: str = "", at: int = 0) -> str:
    number = f"<MsgId>{msgid or next(_ids)}</MsgId>"
    return _xml(openid, "text", f"<Content><![CDATA[{content}]]></Content>{number}", at)


def event_xml(openid: str, event: str, key: str = "", extra: str = "", at: int = 0) -> str:
    inner = f"<Event><![CDATA[{event}]]></Event><EventKey><![CDATA[{key}]]></EventKey>{extra}"
    return _xml(openid, "event", inner, at)


def message_xml(openid: str, kind: str, inner: str = "", at: int = 0) -> str:
    return _xml(openid, kind, f"{inner}<MsgId>{next(_ids)}</MsgId>", at)


def _xml(openid: str, kind: str, inner: str, at: int) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{GH}]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>{at or int(time.time())}</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{inner}</xml>"
    )


class Channel:
    """Opened in a running event loop; ``close`` ends it."""

    def __init__(
        self,
        config: WechatConfig,
        url: str,
        memory: SharedMemory | None = None,
        owner: str = "",
        **course: Any,
    ) -> None:
        self.config = config
        self.closed = False
        self.database = Database(url)
        self.lane = Lane(self.database)
        self.assistant = EchoAssistant()
        owner = owner or own_name("app")
        self.ledger = Ledger(self.lane, owner, config.customer_service)
        self.memory = memory or InProcessMemory()
        self.course = Course(
            config, self.ledger, self.assistant, lambda: datetime.now(CHINA), lambda t: mask(t)[0],
            lambda: "test", **course,
        )  # fmt: skip
        self.gateway = Gateway(config, self.ledger, self.memory, self.course)
        self.journal = Journal(config.journals, owner)
        self.endpoint = WechatEndpoint(config, self.gateway, self.journal)
        self.upkeep = Upkeep(self.gateway, self.endpoint, self.ledger, self.journal)

    async def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        self.assistant.gate.set()
        await self.gateway.drain(60)
        await self.upkeep.stop()
        self.lane.close()
        self.database.close()

    def query(self, key: str = KEY, sealed: str = "", **changes: str | None) -> dict[str, str]:
        stamp, nonce = str(int(time.time())), str(next(_ids))
        stamp, nonce = changes.get("timestamp") or stamp, changes.get("nonce") or nonce
        found: dict[str, str | None] = {
            "signature": sign(self.config.token, stamp, nonce),
            "timestamp": stamp,
        }
        found["nonce"] = nonce
        if sealed:
            found |= {"encrypt_type": "aes", "msg_signature": sign(self.config.token, stamp, nonce, sealed)}
        return {k: v for k, v in {**found, **changes}.items() if v is not None}

    async def push(self, xml: str | bytes, key: str = KEY, **changes: str | None) -> Got:
        """One try of one message."""
        raw = xml.encode() if isinstance(xml, str) else xml
        sealed = ""
        if self.config.mode != "plain":
            sealed = Envelope(key, APPID).seal(raw)
            raw = f"<xml><ToUserName>{GH}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
        query = self.query(key, sealed, **changes)
        got = await self.request("POST", query, raw)
        if got.body.startswith(b"<xml"):
            got.reply = self._opened(got.body, key)
        return got

    def _opened(self, body: bytes, key: str) -> dict[str, str]:
        fields = read_xml(body)
        return read_xml(Envelope(key, APPID).open(fields["Encrypt"])) if "Encrypt" in fields else fields

    async def request(
        self, method: str, query: dict[str, str], body: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None, disconnect: asyncio.Event | None = None,
    ) -> Got:  # fmt: skip
        scope = {
            "type": "http", "method": method, "path": "/wechat", "query_string": urlencode(query).encode(),
            "headers": [(b"content-length", str(len(body)).encode())] if headers is None else headers,
        }  # fmt: skip
        sent: list[dict[str, Any]] = []
        given = False

        async def receive() -> dict[str, Any]:
            nonlocal given
            if not given:
                given = True
                return {"type": "http.request", "body": body, "more_body": False}
            await (disconnect or asyncio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        await self.endpoint(scope, receive, send)
        names = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        return Got(sent[0]["status"], sent[1]["body"], names, {})

    def rows(self, statement: str) -> list[Any]:
        """The rows of a query, for looking into the database."""
        with self.database.read() as connection:
            return list(connection.execute(sql(statement)).all())

    async def until(self, true: Callable[[], Any], timeout_s: float = 180.0) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + timeout_s
        while not true():
            assert time.monotonic() < end, "it did not happen in time"
            await asyncio.sleep(0.02)
