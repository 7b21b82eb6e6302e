"""The WeChat door as production opens it, in this process: sealed pushes in, what the citizen receives out.

Why this file exists: scripts are judged by what reaches a phone. Only WeChat's own API is a double here,
and the clock is the script's.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr
from sqlalchemy import text as sql
from starlette.applications import Starlette

from actions.outcome import Outcome
from actions.turn import Conversation
from bot.assistant import Assistant, Response
from bot.inbound import Inbound
from bot.journal import Journal
from bot.services import Services
from bot.settings import Settings
from bot.wechat import door
from bot.wechat.config import wechat_config
from bot.wechat.envelope import Envelope
from bot.wechat.sender import Sender
from bot.wechat.signature import sign
from bot.wechat.text import content_of
from bot.wechat.xmlcheck import read_xml
from bot.worker import Worker
from content.find import Library
from store import conversations
from tests.support.channel import APPID, GH, KEY

TOKEN = "simtoken"
WAIT_S = 180.0
TABLES = ("conversations", "inbox", "outbox")
_numbers = itertools.count(10**17)


class Phone:
    """WeChat's API as a double: keeps what is sent to a citizen."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, openid: str, payload: str, handed: Callable[[], None]) -> None:
        """Take one message."""
        handed()
        self.sent.append((openid, content_of(payload)))


class Listening:
    """The assistant, and the outcome of the last turn for the keys that need machine state."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.outcome: Outcome | None = None
        self.given = Conversation()

    async def respond(self, inbound: Inbound, talk: Conversation, now: datetime) -> Response:
        """The assistant's own answer; a script's given city is there from its first turn."""
        talk.city, self.given = talk.city or self.given.city, Conversation()
        response = await self.assistant.respond(inbound, talk, now)
        self.outcome = response.outcome
        return response


class Door:
    """An open channel with its worker, driven message by message."""

    def __init__(self, settings: Settings, assistant: Assistant, library: Callable[[], Library]) -> None:
        self.listening = Listening(assistant)
        self.now = datetime.now().astimezone()
        self.services = Services(settings, library, extras={"assistant": self.listening})
        self.app = Starlette(routes=door.routes(self.services))
        self.gateway = self.services.extras["gateway"]
        self.gateway.course.now = lambda: self.now
        self.phone = Phone()
        lane, config = self.services.extras["lane"], wechat_config(settings)
        journal = Journal(config.journals, "worker-scripts")
        sender = Sender(lane, self.phone, journal, "worker-scripts")
        self.worker = Worker(config, lane, sender, journal, "worker-scripts", [])

    async def push(self, openid: str, xml: str) -> list[str]:
        """Send one message as WeChat does; gives every text the citizen gets for it, in order."""
        before = len(self.phone.sent)
        envelope = Envelope(KEY, APPID)
        sealed = envelope.seal(xml.encode())
        body = f"<xml><ToUserName>{GH}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        status, answer = await self._post(_signed(sealed), body.encode())
        assert status == 200, status
        reply = []
        if answer.startswith(b"<xml"):
            fields = read_xml(envelope.open(read_xml(answer)["Encrypt"]))
            assert fields["ToUserName"] == openid
            reply.append(fields["Content"])
        await self._settled()
        return reply + [said for who, said in self.phone.sent[before:] if who == openid]

    async def _post(self, query: dict[str, str], body: bytes) -> tuple[int, bytes]:
        scope = {
            "type": "http", "method": "POST", "path": "/wechat", "query_string": urlencode(query).encode(),
            "headers": [(b"content-length", str(len(body)).encode())],
        }  # fmt: skip
        waiting = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            if not waiting:
                await asyncio.Event().wait()
            return waiting.pop()

        async def send(event: Any) -> None:
            sent.append(event)

        await self.app(scope, receive, send)
        return sent[0]["status"], b"".join(event.get("body", b"") for event in sent[1:])

    async def _settled(self) -> None:
        end = time.monotonic() + WAIT_S
        while self.gateway.jobs and time.monotonic() < end:
            await asyncio.sleep(0.02)
        while await asyncio.to_thread(self.worker.once, time.time()):
            pass

    def conversation(self, openid: str) -> Conversation:
        """What the database remembers; a fresh one when it knows nobody of that name."""
        with self.services.extras["database"].read() as connection:
            return Conversation.from_json(conversations.load(connection, openid)[0])

    def rows(self, openid: str) -> int:
        """How many rows of the person are left."""
        counts = [sql(f"SELECT count(*) FROM {name} WHERE openid = :o") for name in TABLES]
        with self.services.extras["database"].read() as connection:
            return sum(connection.execute(count, {"o": openid}).scalar_one() for count in counts)


def _signed(sealed: str) -> dict[str, str]:
    stamp, nonce = str(int(time.time())), str(next(_numbers))
    return {
        "signature": sign(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "encrypt_type": "aes",
        "msg_signature": sign(TOKEN, stamp, nonce, sealed),
    }  # fmt: skip


@asynccontextmanager
async def open_door(assistant: Assistant, library: Callable[[], Library], state: Path) -> AsyncIterator[Door]:
    """A door in its own state folder, closed in order."""
    settings = Settings(
        state=state, wechat_token=SecretStr(TOKEN), wechat_appid=APPID, wechat_secret=SecretStr("sim_secret"),
        wechat_aes_key=SecretStr(KEY), wechat_customer_service=True, wechat_api_base="http://127.0.0.1:9",
        internal_secret=SecretStr("scripts-scripts-scripts"),
    )  # fmt: skip
    opened = Door(settings, assistant, library)
    try:
        yield opened
    finally:
        await opened.services.close()
