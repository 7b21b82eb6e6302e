"""One message being answered in this process, shared by all its tries.

Why this file exists: retries wait for the first try and get the same answer; whether an answer is given
passively or pushed is decided once, here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from bot.wechat.message import Message

ReplyKind = Literal["", "text", "transfer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What WeChat gets: a text, a transfer to its customer service, or "" for ``success``.

    ``inbox_id`` names the stored answer, 0 when there is none to mark as given. ``forgets``: the person
    asked to be deleted, so no copy may be kept for retries. ``tries``: how often WeChat has asked.
    """

    kind: ReplyKind = ""
    text: str = ""
    inbox_id: int = 0
    forgets: bool = False
    tries: int = 0


SILENT = Answer()


class Job:
    """State of one message on its way.

    Attributes:
        tries: how often WeChat has sent it, as far as known.
        deferred: WeChat was told ``success``; the answer must be pushed or held.
        finishing: the answer is being stored for a passive reply; it is too late to defer.
    """

    __slots__ = (
        "deferred",
        "done",
        "finishing",
        "inbox_id",
        "message",
        "received_at",
        "started",
        "task",
        "tries",
    )

    def __init__(self, message: Message, received_at: float, started: float) -> None:
        self.message = message
        self.received_at = received_at
        self.started = started
        self.tries = 0
        self.inbox_id = 0
        self.deferred = False
        self.finishing = False
        self.done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.task: asyncio.Task[None] | None = None
