"""``/wechat`` as a bare ASGI app: the checks in the order of PROTOCOL 0, then the gateway.

Why this file exists: every byte from the internet meets these few lines first. Forged requests are
refused before their body is read and leave no log line; everything signed gets 200, at worst ``success``,
because any other answer makes WeChat show its fault text.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any

from bot.journal import Journal
from bot.logging import get_logger
from bot.wechat.callers import Callers
from bot.wechat.config import WechatConfig
from bot.wechat.envelope import BadEnvelope, Envelope, open_any
from bot.wechat.gateway import LAST_TRY, Gateway
from bot.wechat.job import SILENT, Answer
from bot.wechat.message import Message, NotAMessage, read_message
from bot.wechat.reply import SUCCESS, sealed, text_xml, transfer_xml
from bot.wechat.signature import is_signed, matches, parse_query, sign
from bot.wechat.xmlcheck import BadXml, read_xml

log = get_logger(__name__)
_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_XML = (b"content-type", b"application/xml; charset=utf-8")
DEADLINE_S = 5.0
"""WeChat hangs up after this (PROTOCOL 0.5)."""
ALARM_AT, ALARM_S = 10, 60.0
"""So many missed deadlines within so many seconds are an alarm; WeChat does not publish its own limit."""
_NOSNIFF = (b"x-content-type-options", b"nosniff")


class Refused(Exception):
    """A request that is not WeChat's; ``status`` is the HTTP status."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class WechatEndpoint:
    """The ASGI app of the callback URL."""

    def __init__(
        self,
        config: WechatConfig,
        gateway: Gateway,
        journal: Journal | None = None,
        callers: Callers | None = None,
    ) -> None:
        self.config = config
        self.callers = callers
        self.gateway = gateway
        self.journal = journal
        self.given: list[int] = []
        self.missed: deque[float] = deque(maxlen=ALARM_AT)
        self._envelopes = tuple(Envelope(k, config.appid) for k in config.aes_keys)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request; never raises, whatever arrives."""
        answer, status, body, kind = SILENT, 200, SUCCESS, _TEXT
        started = time.monotonic()
        try:
            query = self._checked(scope)
            if self.callers is not None and not await self.callers.admits(scope):
                self.gateway.counts["refused_address"] += 1
                raise Refused(403)
            if scope["method"] == "GET":
                body = _echo(query)
            else:
                answer, body, kind = await self._push(query, await self._read(receive), receive)
        except Refused as refusal:
            self.gateway.counts[f"refused_{refusal.status}"] += 1
            status, body = refusal.status, b""
        except (BadXml, NotAMessage):
            self.gateway.counts["unreadable"] += 1
        except asyncio.CancelledError:
            raise
        except Exception as error:  # a bug of ours must not become WeChat's fault text
            self.gateway.counts["bugs"] += 1
            log.error("request failed", exc_info=error)
        again = answer.tries < LAST_TRY
        if answer.inbox_id and again:
            self._note(answer.inbox_id)
        await _respond(send, status, body, kind)
        if time.monotonic() - started > DEADLINE_S:
            self._miss()
        if answer.inbox_id and not again:
            await asyncio.sleep(0)  # uvloop writes at the end of the turn of the loop
            self._note(answer.inbox_id)

    def _checked(self, scope: Any) -> dict[str, str]:
        """Size, method, signature, window; before the body is touched."""
        if scope["method"] not in ("GET", "POST"):
            raise Refused(405)
        for name, value in scope["headers"]:
            if name == b"content-length" and (not value.isdigit() or int(value) > self.config.body_limit):
                raise Refused(413)
        query = parse_query(scope["query_string"])
        if query is None or not is_signed(query, self.config.token, time.time(), self.config.window_s):
            raise Refused(403)
        return query

    async def _read(self, receive: Any) -> bytes:
        """The body; WeChat sends it at once, and would have hung up after ``DEADLINE_S``."""
        try:
            return await asyncio.wait_for(self._body(receive), DEADLINE_S)
        except TimeoutError:
            raise Refused(408) from None

    async def _body(self, receive: Any) -> bytes:
        chunks, size = [], 0
        while True:
            event = await receive()
            if event["type"] == "http.disconnect":
                raise Refused(400)
            chunks.append(event.get("body", b""))
            size += len(chunks[-1])
            if size > self.config.body_limit:
                raise Refused(413)
            if not event.get("more_body"):
                return b"".join(chunks)

    async def _push(self, query: dict[str, str], raw: bytes, receive: Any) -> tuple[Answer, bytes, Any]:
        fields, envelope = self._opened(query, raw)
        message = read_message(fields, time.time())
        if self.config.account and message.account != self.config.account:
            self.gateway.counts["other_account"] += 1
            return SILENT, SUCCESS, _TEXT

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                continue

        answer = await self.gateway.answer(message, gone)
        if not answer.kind:
            return answer, SUCCESS, _TEXT
        xml = self._xml(message, answer)
        return answer, sealed(xml, envelope, self.config.token, query["timestamp"], query["nonce"]), _XML

    def _opened(self, query: dict[str, str], raw: bytes) -> tuple[dict[str, str], Envelope | None]:
        """The fields; our configuration decides whether they must be sealed, never the request."""
        if self.config.mode == "plain":
            return read_xml(raw), None
        try:
            packet = read_xml(raw).get("Encrypt", "")
        except BadXml:
            raise Refused(400) from None
        given = query.get("msg_signature", "")
        expected = sign(self.config.token, query["timestamp"], query["nonce"], packet)
        if not packet or not matches(expected, given):
            raise Refused(403)
        try:
            xml, envelope = open_any(self._envelopes, packet)
        except BadEnvelope:
            raise Refused(403) from None
        return read_xml(xml), envelope

    def _xml(self, message: Message, answer: Answer) -> str:
        if answer.kind == "transfer":
            return transfer_xml(message, self.config.transfer_account, time.time())
        return text_xml(message, answer.text, time.time())

    def _note(self, inbox_id: int) -> None:
        """Write down that the answer is given.

        Just before it is: killed in between, WeChat asks again and finds it stored, whereas an answer given
        and not noted would be pushed again. After the last try nobody asks: there it is noted afterwards.
        """
        if self.journal is not None:
            self.journal.given(inbox_id)
        self.given.append(inbox_id)

    def _miss(self) -> None:
        """WeChat has hung up: too many of these and it stops pushing for a minute (PROTOCOL 0, MarkFail)."""
        self.gateway.counts["past_deadline"] += 1
        self.missed.append(time.monotonic())
        if self.alarmed:
            log.warning("wechat may suspend pushes", missed=len(self.missed), within_s=ALARM_S)

    @property
    def alarmed(self) -> bool:
        """Whether so many requests missed WeChat's deadline lately that it may suspend its pushes."""
        return len(self.missed) == ALARM_AT and time.monotonic() - self.missed[0] < ALARM_S

    def take_given(self) -> list[int]:
        """Answers given since the last call, to be marked in the database."""
        given, self.given = self.given, []
        return given


def _echo(query: dict[str, str]) -> bytes:
    if "echostr" not in query:
        raise Refused(400)
    return query["echostr"].encode()


async def _respond(send: Any, status: int, body: bytes, kind: tuple[bytes, bytes]) -> None:
    headers = [kind, _NOSNIFF, (b"content-length", str(len(body)).encode())]
    if status in (408, 413):
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
