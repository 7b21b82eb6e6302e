"""The platform's half of the protocol: builds, seals and signs pushes, opens replies.

Why this file exists: the try page and the bench are answered exactly as WeChat is, through the same
bytes. It must not know what is asked or how it is answered.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.settings import Settings, plain
from bot.wechat.envelope import Envelope
from bot.wechat.reply import cdata
from bot.wechat.signature import sign
from bot.wechat.xmlcheck import read_xml

ACCOUNT = "gh_newcitizen_try"
"""The account name a simulated push is addressed to."""


@dataclass(frozen=True, slots=True)
class Push:
    """One HTTP request as WeChat sends it: query string and body."""

    query: str
    body: bytes


def text_push(openid: str, text: str, message_id: str) -> str:
    """XML of a text message."""
    inner = f"<Content>{cdata(text)}</Content><MsgId>{message_id}</MsgId>"
    return _xml(openid, "text", inner)


def event_push(openid: str, event: str, key: str = "") -> str:
    """XML of an event such as ``subscribe`` or ``CLICK``."""
    return _xml(openid, "event", f"<Event>{cdata(event)}</Event><EventKey>{cdata(key)}</EventKey>")


def _xml(openid: str, kind: str, inner: str) -> str:
    return (
        f"<xml><ToUserName>{cdata(ACCOUNT)}</ToUserName><FromUserName>{cdata(openid)}</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>{cdata(kind)}</MsgType>{inner}</xml>"
    )


def new_message_id() -> str:
    """A message number like WeChat's: 17 to 19 digits."""
    return str(10**17 + secrets.randbelow(9 * 10**17))


class Platform:
    """Knows the account's token and key, as WeChat does."""

    def __init__(self, settings: Settings) -> None:
        self._token = plain(settings.wechat_token)
        key = plain(settings.wechat_aes_key)
        self._envelope = Envelope(key, settings.wechat_appid) if key else None
        self._sealed = settings.wechat_mode != "plain"

    def push(self, xml: str) -> Push:
        """The request that delivers an XML, sealed unless the account is set to plain."""
        stamp, nonce = str(int(time.time())), str(secrets.randbelow(10**10))
        query = {"signature": sign(self._token, stamp, nonce), "timestamp": stamp, "nonce": nonce}
        if not (self._sealed and self._envelope):
            return Push(urlencode(query), xml.encode())
        packet = self._envelope.seal(xml.encode())
        query |= {"encrypt_type": "aes", "msg_signature": sign(self._token, stamp, nonce, packet)}
        body = f"<xml><ToUserName>{cdata(ACCOUNT)}</ToUserName><Encrypt>{cdata(packet)}</Encrypt></xml>"
        return Push(urlencode(query), body.encode())

    def open(self, body: bytes) -> dict[str, str]:
        """Fields of a reply, {} where it only acknowledges.

        Raises:
            ValueError: the reply is not what WeChat accepts.
        """
        if body in (b"", b"success"):
            return {}
        fields = read_xml(body)
        if "Encrypt" in fields:
            signed = (fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
            if self._envelope is None or sign(self._token, *signed) != fields["MsgSignature"]:
                raise ValueError("signature of the reply")
            fields = read_xml(self._envelope.open(fields["Encrypt"]))
        elif self._sealed:
            raise ValueError("reply is not sealed")
        return fields
