"""The course of one message: accept, take its turn, ask the assistant, store, decide how it travels.

Why this file exists: the order of these steps is what makes an answer exist exactly once (see
docs/decisions/0004). It must not know HTTP or XML.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from actions import render
from actions.outcome import Outcome, OutcomeKind
from actions.turn import Conversation
from bot.inbound import Inbound
from bot.logging import get_logger, sender_hash
from bot.wechat import delivery, record
from bot.wechat.config import WechatConfig
from bot.wechat.delivery import Delivery
from bot.wechat.job import SILENT, Answer, Job
from bot.wechat.ledger import Ledger
from bot.wechat.text import CONTINUE, lead
from bot.wechat.turnstile import Turnstile
from store.errors import StoreUnavailable
from store.finish import Finish, text_payload
from store.inbox import Accepted, Arrival

log = get_logger(__name__)
TROUBLE = (
    "抱歉，我这边出了点问题，这条没能答上来。请稍后再发一次；急事请拨打当地12345热线的电话，由人工帮您。"
)
LOGGED_S = 0.02
"""A turn is logged when its answer is on the way: nobody waits for the log."""
ORDER_S = 10.0
"""Longest wait for an older message of the same person that another process answers."""


class Response(Protocol):
    """What an assistant gives (``bot.assistant.Response``)."""

    @property
    def outcome(self) -> Outcome:
        """How the turn ended."""
        ...

    @property
    def conversation(self) -> Conversation:
        """What to remember."""
        ...


class Assistant(Protocol):
    """Whoever answers (``bot.assistant.Assistant``)."""

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> Response:
        """Never raises; trouble is an outcome."""
        ...


class Course:
    """Answers jobs, one at a time per person and ``config.workers`` in all.

    Args:
        config: the door's settings.
        ledger: the durable inbox.
        assistant: who answers.
        now: the service's clock.
        mask: hides personal numbers; nothing is stored before it ran.
        version: content version in force, for the turn record.
        agents_online: asked before a transfer to WeChat's customer service; None: never transfer.
        count: told the outcome and the seconds of every turn.
    """

    def __init__(
        self, config: WechatConfig, ledger: Ledger, assistant: Assistant, now: Callable[[], datetime],
        mask: Callable[[str], str], version: Callable[[], str],
        agents_online: Callable[[], Awaitable[bool]] | None = None,
        count: Callable[[str, float], None] = lambda _outcome, _seconds: None,
    ) -> None:  # fmt: skip
        self.config = config
        self.ledger = ledger
        self.assistant = assistant
        self.now = now
        self.mask = mask
        self.version = version
        self.agents_online = agents_online
        self.count = count
        self._slots = asyncio.Semaphore(config.workers)
        self._turnstile = Turnstile()

    async def run(self, job: Job) -> Answer:
        """Answer a message; gives the passive reply, SILENT when there is none."""
        assert job.message.inbound is not None
        job.message = record.masked(job.message, self.mask(job.message.inbound.text))
        accepted = await self._accept(job)
        if accepted is not None and accepted.status == "done":
            return stored(accepted)
        end = time.monotonic() + ORDER_S
        while True:
            async with self._turnstile.turn(job.message.openid) as waited:
                accepted = await self._now(job, accepted, waited)
                if accepted is None or not accepted.before or time.monotonic() > end:
                    return await self._answer(job, accepted)
            await asyncio.sleep(0.05)

    async def _accept(self, job: Job) -> Accepted | None:
        """Ours to answer, or already done; None when the database does not take it."""
        if job.inbox_id:
            accepted = await self.ledger.see(job.inbox_id)
            if accepted is None:
                raise asyncio.CancelledError  # the person was deleted meanwhile
        else:
            accepted = await self.ledger.accept(_arrival(job))
        if accepted is None:
            return None
        accepted = await self.ledger.follow(accepted)
        job.inbox_id, job.tries = accepted.id, max(job.tries, accepted.tries)
        if job.deferred and accepted.status != "done":
            await self.ledger.defer(accepted.id)
        job.deferred = job.deferred or accepted.deferred
        return accepted

    async def _now(self, job: Job, accepted: Accepted | None, waited: bool) -> Accepted | None:
        """The conversation after the messages that came before this one."""
        if accepted is None or not (waited or accepted.before):
            return accepted
        try:
            return await self.ledger.look(accepted, job.message.openid)
        except StoreUnavailable:
            return accepted

    async def _answer(self, job: Job, accepted: Accepted | None) -> Answer:
        inbound = job.message.inbound
        assert inbound is not None
        held = accepted.held if accepted else ()
        if held and inbound.text.strip() in CONTINUE:
            parts: list[str] = []
            way = delivery.passive(parts, held, self.ledger.may_push)
            return await self._store(job, self._finish(job, way))
        kept = accepted.conversation if accepted else self.ledger.remembered(job.message.openid)
        talk = Conversation.from_json(json.loads(kept or "{}"))
        async with self._slots:
            now = self.now()
            response = await self.assistant.respond(inbound, talk, now)
        outcome = response.outcome
        way = await self._way(job, outcome, accepted)
        done = self._finish(job, way)
        done.conversation = json.dumps(response.conversation.to_json(), ensure_ascii=False)
        done.loaded, done.version = kept, accepted.version if accepted else 0
        done.effects = outcome.effects
        turn = secrets.token_hex(6)
        sender = sender_hash(self.config.sender_key, job.message.openid)
        ms = round((time.perf_counter() - job.started) * 1000)
        done.turn = record.turn_row(outcome, inbound, sender, turn, now, done.at, ms, self.version())
        answer = await self._store(job, done)
        self.count(outcome.kind.value, time.perf_counter() - job.started)
        line = partial(
            log.info, "turn", turn=turn, sender=sender, outcome=outcome.kind.value, answer=outcome.answer_id,
            city=outcome.city, kind=inbound.kind, ms=ms, late=job.deferred,
        )  # fmt: skip
        asyncio.get_running_loop().call_later(LOGGED_S, line)
        return answer

    async def _way(self, job: Job, outcome: Outcome, accepted: Accepted | None) -> Delivery:
        """How the answer travels; from here on it is too late to defer a passive one."""
        may_push = self.ledger.may_push
        over = outcome.handoff == "started" and may_push and not job.message.is_event and not job.deferred
        over = over and self.agents_online is not None and await self.agents_online()
        if job.deferred:
            return delivery.late(render.parts(_tied(job, outcome)), may_push)
        parts, job.finishing = render.parts(outcome), True
        if over:
            return delivery.transfer(parts)
        return delivery.passive(parts, accepted.held if accepted else (), may_push)

    def _finish(self, job: Job, way: Delivery) -> Finish:
        message = job.message
        assert message.inbound is not None
        return Finish(
            job.inbox_id, self.ledger.owner, message.openid, time.time(), job.received_at,
            delivery=way.state, reply=way.reply, reply_kind=way.kind,
            question=record.question_of(message.inbound),
            pushes=tuple(map(text_payload, way.pushes)), holds=tuple(map(text_payload, way.holds)),
            consumed=way.consumed, window=message.kind.window,
            arrival=None if job.inbox_id else _arrival(job),
        )  # fmt: skip

    async def _store(self, job: Job, done: Finish) -> Answer:
        """Transaction 2; when somebody else was first, their answer counts."""
        job.finishing = job.finishing or not job.deferred
        if await self.ledger.finish(job.message.key, done):
            job.inbox_id = done.inbox_id
            kind = done.reply_kind if not done.delivery or done.reply else ""
            return Answer("transfer" if kind == "transfer" else "text" if kind else "", done.reply,
                          done.inbox_id, done.deletes)  # fmt: skip
        row = await self.ledger.see(done.inbox_id)
        return stored(row) if row else SILENT

    async def failed(self, job: Job) -> Answer:
        """Our own program failed: the citizen gets a next step, and the message is not tried for ever."""
        if job.deferred:
            way = delivery.late([TROUBLE], self.ledger.may_push)
        else:
            way = delivery.passive([TROUBLE], (), self.ledger.may_push)
        done = self._finish(job, way)
        outcome = Outcome(OutcomeKind.SERVICE_TROUBLE, TROUBLE)
        assert job.message.inbound is not None
        sender = sender_hash(self.config.sender_key, job.message.openid)
        done.turn = record.turn_row(
            outcome, job.message.inbound, sender, secrets.token_hex(6), self.now(), done.at, 0, self.version()
        )
        return await self._store(job, done)


def _tied(job: Job, outcome: Outcome) -> Outcome:
    """A late outcome that names its question, before it is cut into parts: the source stays on the first."""
    assert job.message.inbound is not None
    first = lead(record.question_of(job.message.inbound))
    return replace(outcome, text=first + outcome.text) if outcome.text else outcome


def _arrival(job: Job) -> Arrival:
    message = job.message
    assert message.inbound is not None
    question = record.question_of(message.inbound)
    return Arrival(message.key, message.openid, record.to_json(message), question, job.received_at)


def stored(accepted: Accepted) -> Answer:
    """The answer a retry gets: the same as the first try, unless it travels by other ways."""
    if accepted.delivery not in ("", "passive") or not accepted.reply_kind:
        return SILENT
    return Answer("transfer" if accepted.reply_kind == "transfer" else "text", accepted.reply, accepted.id)
