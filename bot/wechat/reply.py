"""Passive replies: CDATA-safe XML, sealed where the mode asks for it.

Why this file exists: wechatpy lets ``]]>`` in a text become markup of the reply (PROTOCOL 2).
"""

from __future__ import annotations

from bot.wechat.envelope import Envelope
from bot.wechat.message import Message
from bot.wechat.signature import sign

SUCCESS = b"success"


def cdata(text: str) -> str:
    """A CDATA section that no text can break out of.

    >>> cdata("a]]>b")
    '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _xml(message: Message, kind: str, inner: str, now_s: float) -> str:
    return (
        f"<xml><ToUserName>{cdata(message.openid)}</ToUserName>"
        f"<FromUserName>{cdata(message.account)}</FromUserName>"
        f"<CreateTime>{int(now_s)}</CreateTime><MsgType>{cdata(kind)}</MsgType>{inner}</xml>"
    )


def text_xml(message: Message, text: str, now_s: float) -> str:
    """A text reply."""
    return _xml(message, "text", f"<Content>{cdata(text)}</Content>", now_s)


def transfer_xml(message: Message, account: str, now_s: float) -> str:
    """Hand the conversation to WeChat's own customer service, to one account when named. Never for events."""
    inner = f"<TransInfo><KfAccount>{cdata(account)}</KfAccount></TransInfo>" if account else ""
    return _xml(message, "transfer_customer_service", inner, now_s)


def sealed(xml: str, envelope: Envelope | None, token: str, timestamp: str, nonce: str) -> bytes:
    """The bytes of the response: sealed and signed with the request's time and nonce, or plain."""
    if envelope is None:
        return xml.encode()
    packet = envelope.seal(xml.encode())
    signature = sign(token, timestamp, nonce, packet)
    return (
        f"<xml><Encrypt>{cdata(packet)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    ).encode()
