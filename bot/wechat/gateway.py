"""The gateway: one message in, one answer for WeChat within the budget, whatever happens meanwhile.

Why this file exists: it decides who waits for what. Retries wait for the first try; past the budget
``success`` is said and the answer pushed, or, without the customer-service right, the connection is held
so that WeChat comes back for the answer (PROTOCOL 0.5). How a message is answered is in ``course``.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.logging import get_logger, sender_hash
from bot.shared_memory import PERSON_RATE_S, SharedMemory, person_rate
from bot.wechat.config import WechatConfig
from bot.wechat.course import TROUBLE, Course
from bot.wechat.job import SILENT, Answer, Job
from bot.wechat.ledger import Ledger
from bot.wechat.message import Message
from bot.wechat.typist import CONTACT_S, SHOWN_S, Typist

log = get_logger(__name__)
BUSY = "现在咨询的人比较多，您这条没来得及看。请过一会儿再发一次。"
TOO_FAST = "您发得有点快，我一条一条来。请等前面的答复到了再发。"
LOOKING = "这个问题要多查一会儿。请稍后发任意一句话，我先把这条的答复给您。"
LAST_TRY = 3
"""WeChat sends a message three times in all (PROTOCOL 1.5)."""
Gone = Callable[[], Awaitable[None]]


class Gateway:
    """Answers the messages of one process.

    Args:
        config: the door's settings.
        ledger: the durable inbox.
        memory: answers just given, and rates.
        course: how one message is answered.
        typist: shows that a late answer is being written; None where nothing may be pushed.
    """

    def __init__(
        self, config: WechatConfig, ledger: Ledger, memory: SharedMemory, course: Course,
        typist: Typist | None = None,
    ) -> None:  # fmt: skip
        self.typist = typist
        self.config = config
        self.ledger = ledger
        self.memory = memory
        self.course = course
        self.jobs: dict[str, Job] = {}
        self.counts: Counter[str] = Counter()
        self._persons: Counter[str] = Counter()
        self._left: dict[str, tuple[float, int]] = {}
        self._hold_s = config.budget_s * 1.8
        self.draining = False

    async def answer(self, message: Message, gone: Gone) -> Answer:
        """What to say to this try of a message.

        Args:
            message: what WeChat pushed.
            gone: resolves when WeChat has closed the connection.
        """
        if message.kind.deletes:
            await self._forget(message)
            return SILENT
        if message.kind.agent:
            await self._agent(message)
            return SILENT
        if message.inbound is None or self._of_who_left(message):
            return SILENT
        job = self.jobs.get(message.key)
        if job is None:
            known = self._known(message)
            if known is not None:
                return known
            refused = self._refused(message)
            if refused:
                return Answer("text", refused)
            job = self.start(message)
        job.tries += 1
        answer = await self._wait(job, gone)
        return replace(answer, tries=job.tries) if answer.inbox_id else answer

    def start(self, message: Message, received_at: float = 0.0, inbox_id: int = 0) -> Job:
        """Begin to answer; the job goes on whoever waits for it. ``inbox_id``: taken over, stored already."""
        job = Job(message, received_at or time.time(), time.perf_counter())
        job.inbox_id = inbox_id
        self.jobs[message.key] = job
        self._persons[message.openid] += 1
        job.task = asyncio.get_running_loop().create_task(self._work(job))
        return job

    async def _work(self, job: Job) -> None:
        answer = SILENT
        try:
            answer = await self.course.run(job)
            self._remember(job, answer)
        except asyncio.CancelledError:
            self.counts["cancelled"] += 1
            raise
        except Exception as error:  # a bug of ours: WeChat must still get an answer, and the log its place
            self.counts["bugs"] += 1
            log.error("message failed", exc_info=error)
            answer = await self._failed(job)
        finally:
            self.jobs.pop(job.message.key, None)
            self._persons[job.message.openid] -= 1
            if not self._persons[job.message.openid]:
                del self._persons[job.message.openid]
            if not job.done.done():
                job.done.set_result(answer)

    async def _failed(self, job: Job) -> Answer:
        try:
            return await self.course.failed(job)
        except Exception as error:
            log.error("trouble could not be stored", exc_info=error)
            return SILENT if job.deferred else Answer("text", TROUBLE)

    async def _wait(self, job: Job, gone: Gone) -> Answer:
        if not job.done.done():
            await asyncio.wait((job.done,), timeout=self.config.budget_s)
        if job.done.done():
            return job.done.result()
        if self.ledger.may_push or job.finishing:
            return await self._defer(job)
        if job.tries >= LAST_TRY:
            answer = await self._defer(job)
            return Answer("text", LOOKING) if answer is SILENT else answer
        return await self._hold(job, gone)

    async def _defer(self, job: Job) -> Answer:
        """Promise to push the answer, durably, before ``success`` is said."""
        if job.finishing:
            return await asyncio.shield(job.done)
        first = not job.deferred
        job.deferred = True
        self.counts["deferred"] += first
        if first and job.inbox_id:
            await self.ledger.defer(job.inbox_id)
        if first:
            self._show_typing(job)
        return SILENT

    def _show_typing(self, job: Job) -> None:
        """Again and again while the answer is awaited and WeChat allows it."""
        if self.typist is None or job.done.done() or time.perf_counter() - job.started > CONTACT_S:
            return
        self.typist.show(job.message.openid, lambda: not job.done.done())
        asyncio.get_running_loop().call_later(SHOWN_S + 0.5, self._show_typing, job)

    async def _hold(self, job: Job, gone: Gone) -> Answer:
        """Keep WeChat waiting past its deadline: it will ask again and find the answer."""
        closed = asyncio.ensure_future(gone())
        try:
            await asyncio.wait((job.done, closed), timeout=self._hold_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closed.cancel()
        return job.done.result() if job.done.done() else SILENT

    def _known(self, message: Message) -> Answer | None:
        if self.memory.state == "in_process" and not self.ledger.trouble:
            return None  # the database answers retries and keeps count of them
        text = self.memory.recall(self._person(message), message.key)
        return None if text is None else Answer("text" if text else "", text)

    def _remember(self, job: Job, answer: Answer) -> None:
        if answer.forgets:
            self.memory.forget(self._person(job.message))
        if job.deferred or answer.forgets or answer.kind == "transfer":
            return
        ttl = self.config.retry_window_s
        self.memory.remember(self._person(job.message), job.message.key, answer.text, ttl)

    def _refused(self, message: Message) -> str:
        """A polite sentence for what goes beyond the limits; nothing of it is stored."""
        if self.draining or len(self.jobs) >= self.config.waiting_limit:
            self.counts["refused_busy"] += 1
            return BUSY
        if self._persons[message.openid] >= self.config.person_waiting_limit or not self._in_rate(message):
            self.counts["refused_person"] += 1
            return TOO_FAST
        # After the person's own limit: one who storms must not use up what everybody shares.
        if not self.memory.allows("everybody", self.config.global_per_second, 1):
            self.counts["refused_busy"] += 1
            return BUSY
        return ""

    def _in_rate(self, message: Message) -> bool:
        name = person_rate(self._person(message))
        return self.memory.allows(name, self.config.person_per_minute, PERSON_RATE_S)

    def _person(self, message: Message) -> str:
        return sender_hash(self.config.sender_key, message.openid)

    async def _forget(self, message: Message) -> None:
        person = self._person(message)
        self.memory.forget(person)
        for job in [j for j in self.jobs.values() if j.message.openid == message.openid and j.task]:
            assert job.task is not None
            job.task.cancel()
        deleted = await self.ledger.delete_person(message.openid, person)
        self.counts["persons_deleted" if deleted else "deletions_postponed"] += 1
        now = time.monotonic()
        self._left = {k: v for k, v in self._left.items() if now - v[0] < self.config.retry_window_s}
        self._left[person] = (now, message.created_at)

    def _of_who_left(self, message: Message) -> bool:
        """Whether WeChat repeats something from before the person left: answering would store them again."""
        if not self._left:
            return False
        at, created_at = self._left.get(self._person(message), (0.0, 0))
        return message.created_at < created_at and time.monotonic() - at < self.config.retry_window_s

    async def _agent(self, message: Message) -> None:
        """WeChat's own customer service took the conversation, or gave it back."""
        state = {}
        if message.kind.agent == "start":
            state = {"state": "live", "since": self.course.now().isoformat(), "by": "wechat"}
        await self.ledger.set_handoff(message.openid, state, time.time())

    async def drain(self, timeout_s: float) -> None:
        """Let what is running end; what does not is left to another process."""
        self.draining = True
        tasks = [j.task for j in self.jobs.values() if j.task]
        if tasks:
            await asyncio.wait(tasks, timeout=timeout_s)
        for task in tasks:
            task.cancel()
