"""How an answer travels: passive reply, customer-service API, or held for the person's next message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.wechat.job import ReplyKind
from bot.wechat.text import content_of, join_held
from store.inbox import HeldText

SENDS = 4
"""Texts pushed after a passive reply: with it five, WeChat's quota for one message (PROTOCOL 1.6)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """``state`` as in the inbox: "" passive, outbox, held, none. ``consumed``: held texts in the reply."""

    state: str = ""
    kind: ReplyKind = ""
    reply: str = ""
    pushes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    consumed: tuple[int, ...] = ()


def late(parts: Sequence[str], may_push: bool) -> Delivery:
    """WeChat was told ``success`` already; the parts say themselves what they belong to."""
    texts = _said(parts)
    if not texts:
        return Delivery("none")
    if may_push:
        return Delivery("outbox", pushes=tuple(texts[: SENDS + 1]), holds=tuple(texts[SENDS + 1 :]))
    return Delivery("held", holds=tuple(texts))


def transfer(parts: Sequence[str]) -> Delivery:
    """WeChat's own customer service takes over; our words follow through the API."""
    return Delivery("", "transfer", pushes=tuple(_said(parts)[: SENDS + 1]))


def passive(parts: Sequence[str], held: Sequence[HeldText], may_push: bool) -> Delivery:
    """In time: the first part is the reply, after what was held where nothing can be pushed."""
    parts = _said(parts)
    if may_push or not held:
        if not parts:
            return Delivery("none")
        if may_push:
            return Delivery("", "text", parts[0], tuple(parts[1 : SENDS + 1]), tuple(parts[SENDS + 1 :]))
    waiting = [(content_of(h.payload), h.question) for h in held]
    reply, taken, rest = join_held(waiting, parts)
    return Delivery("", "text", reply, holds=tuple(rest), consumed=tuple(h.id for h in held[:taken]))


def _said(parts: Sequence[str]) -> list[str]:
    """Without parts that say nothing: WeChat shows its fault text for an empty reply."""
    return [part for part in parts if part.strip()]
