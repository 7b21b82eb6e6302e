"""What is written down of a message and a turn: enough to take over, to count, and nothing more."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from actions.outcome import Outcome
from bot.inbound import Inbound
from bot.wechat.kinds import EventKind
from bot.wechat.message import Message
from bot.wechat.text import first_words

TEXT_LIMIT = 300
"""Characters of a masked text kept for the unanswered board."""
_NAMED = {
    "click": "菜单",
    "location": "位置",
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "link": "链接",
}


def masked(message: Message, text: str) -> Message:
    """The message with its masked text."""
    assert message.inbound is not None
    return replace(message, inbound=replace(message.inbound, text=text))


def question_of(inbound: Inbound) -> str:
    """How a late answer names what it belongs to; "" where naming makes no sense."""
    return first_words(inbound.text) if inbound.text else _NAMED.get(inbound.kind, "")


def to_json(message: Message) -> str:
    """A message as the inbox keeps it until it is answered."""
    assert message.inbound is not None
    inbound = {k: v for k, v in asdict(message.inbound).items() if v not in ("", None)}
    inbound["at"] = message.inbound.at.isoformat()
    kept = {"account": message.account, "event": message.is_event, "window": message.kind.window}
    return json.dumps({**kept, "created_at": message.created_at, "inbound": inbound}, ensure_ascii=False)


def from_json(openid: str, key: str, kept: str) -> Message:
    """The message again, in another process."""
    data: dict[str, Any] = json.loads(kept)
    inbound = Inbound(**{**data["inbound"], "at": datetime.fromisoformat(data["inbound"]["at"])})
    kind = EventKind(inbound.kind, data["window"])
    return Message(openid, data["account"], key, kind, inbound, data["event"], data["created_at"])


def turn_row(
    outcome: Outcome,
    inbound: Inbound,
    sender: str,
    turn: str,
    now: datetime,
    at: float,
    ms: int,
    version: str,
) -> dict[str, Any]:
    """The columns of a turn record."""
    return {
        "turn": turn, "sender": sender, "at": at, "day": now.date().isoformat(), "kind": inbound.kind,
        "outcome": outcome.kind.value, "need": outcome.need, "confidence": outcome.confidence,
        "city": outcome.city, "aspect": outcome.aspect, "answer_id": outcome.answer_id,
        "content_version": version, "verdict": outcome.verdict, "handoff": outcome.handoff,
        "suggestions": " ".join(outcome.suggestions), "ms": ms, "text": inbound.text[:TEXT_LIMIT],
        "handled": "",
    }  # fmt: skip
