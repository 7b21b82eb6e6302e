"""From checked XML fields to a Message: who, what, and the key it is known by.

Why this file exists: openids are used in keys, locks and SQL, so they are checked here before any use;
the key decides what counts as "the same message again".
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from bot.clock import CHINA
from bot.inbound import Inbound, InboundKind
from bot.wechat.kinds import MESSAGES, EventKind, event_kind

_OPENID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?")
_STICKER = "【收到不支持的消息类型"
_TELLING = ("Content", "MediaId", "Location_X", "Location_Y", "Url")
"""Fields that tell two messages of one second apart where there is no MsgId."""
_TEXT_LIMIT = 2048
"""Characters of a text that are looked at: WeChat lets people type about 2,000."""


class NotAMessage(Exception):
    """Signed and well-formed, but nothing we can answer: acknowledge it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One push. ``inbound`` None: acknowledge only. ``account`` is our gh_ id, the reply's sender."""

    openid: str
    account: str
    key: str
    kind: EventKind
    inbound: Inbound | None
    is_event: bool = False
    created_at: int = 0


def read_message(fields: dict[str, str], now_s: float) -> Message:
    """The message in the fields.

    Raises:
        NotAMessage: without sender, type or account, or with an impossible sender.
    """
    openid, account = fields.get("FromUserName", ""), fields.get("ToUserName", "")
    what = fields.get("MsgType", "").lower()
    if not _OPENID.fullmatch(openid) or not account or not what:
        raise NotAMessage
    created = fields.get("CreateTime", "")
    # An absurd time must not reach date arithmetic; ten digits last until the year 2286.
    at = int(created) if created.isascii() and created.isdigit() and len(created) <= 10 else int(now_s)
    if what == "event":
        return _event(fields, openid, account, at)
    inbound = _content(fields, MESSAGES.get(what, "unsupported"), _moment(at))
    kind = EventKind(inbound.kind, "message")
    return Message(openid, account, _message_key(fields, openid, what, at), kind, inbound, created_at=at)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, CHINA)


def _event(fields: dict[str, str], openid: str, account: str, at: int) -> Message:
    event, detail = fields.get("Event", ""), fields.get("EventKey", "")
    kind = event_kind(event)
    if kind.deletes and _OPENID.fullmatch(fields.get("OpenID", "")):
        openid = fields["OpenID"]
    inbound = None
    if kind.inbound == "click":
        inbound = Inbound("click", _moment(at), key=detail[:128])
    elif kind.inbound == "subscribe":
        inbound = Inbound("subscribe", _moment(at), scene=detail.removeprefix("qrscene_")[:64])
    elif kind.inbound == "scan":
        scene = fields.get("ScanCodeInfo/ScanResult", "") if "ScanCodeInfo" in fields else detail
        inbound = Inbound("scan", _moment(at), scene=scene[:64])
    key = f"{openid}:{at}:{_short(event)}:{_short(detail)}"
    return Message(openid, account, key, kind, inbound, True, at)


def _message_key(fields: dict[str, str], openid: str, what: str, at: int) -> str:
    number = fields.get("MsgId", "")
    if number.isascii() and number.isdigit() and len(number) <= 20 and int(number):
        return f"{openid}:{int(number)}"
    # Clicks on a msgmenu sometimes come without MsgId (PROTOCOL 1.4).
    told = "\n".join(fields.get(name, "") for name in _TELLING)
    return f"{openid}:{at}:{what}:{_short(told, 0)}"


def _short(text: str, limit: int = 48) -> str:
    """A part of a key: as it is when short, else its hash."""
    plain = text if re.fullmatch(r"[\w.-]*", text, re.ASCII) else ""
    if len(text) <= limit and plain == text:
        return text
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def _content(fields: dict[str, str], kind: InboundKind, at: datetime) -> Inbound:
    if kind == "location":
        lat, lon = _degrees(fields.get("Location_X", ""), 90), _degrees(fields.get("Location_Y", ""), 180)
        return Inbound("location", at, lat=lat, lon=lon, label=fields.get("Label", "")[:200])
    if kind == "voice":
        heard = fields.get("Recognition", "")
        return Inbound("text" if heard else "voice", at, text=heard[:_TEXT_LIMIT])
    if kind != "text":
        return Inbound(kind, at)
    text = fields.get("Content", "")[:_TEXT_LIMIT]
    if _STICKER in text:
        return Inbound("sticker", at)
    return Inbound("text", at, text=text) if text.strip("\u3000 \n\t") else Inbound("unsupported", at)


def _degrees(text: str, limit: int) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) and abs(float(text)) <= limit else None
