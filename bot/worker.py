"""The worker: sends the outbox, gives back what the dead left, keeps time. ``python -m bot.worker``

Why this file exists: nothing here may slow a citizen's message down, and it stays small (no content, no
actions, no language code): unanswered messages are taken over by app processes, not here.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.courier import Courier
from bot.errands import start_waiting
from bot.identity import own_name
from bot.journal import Journal
from bot.logging import configure, get_logger
from bot.recovery import absorb, free_lost_senders, given_by_living
from bot.settings import Settings, SettingsFault, load_settings
from bot.shared_memory import shared_memory
from bot.wechat.client import wechat_api
from bot.wechat.config import WechatConfig, wechat_config
from bot.wechat.sender import Sender
from bot.wechat.text import quoted
from bot.wechat.token import TokenKeeper
from store import leases, outbox, recovery, retention, switches, tickets
from store.database import Connection, Database
from store.errors import StoreError
from store.lane import Lane
from store.retention import DAY_S, Ages

log = get_logger(__name__)
TICK_S = 0.2
DEFAULT_AGES = Ages()
LEASE_S = 10.0
SENDERS = 4
RETURN_AFTER_S = 30 * 60.0
"""Silence after which a hand-off returns to the assistant (as WeChat's own sessions, PROTOCOL 1.6)."""


@dataclass(slots=True)
class Timer:
    """Something one worker does every ``period_s``; ``run`` gets a write transaction and the time."""

    name: str
    period_s: float
    run: Callable[[Connection, float], Any]
    due: float = 0.0


def return_handoffs(connection: Connection, now: float) -> int:
    """Give conversations back that nobody wrote in for half an hour."""
    return tickets.return_silent(connection, now - RETURN_AFTER_S, now)


def delete_old(connection: Connection, now: float, ages: Ages = DEFAULT_AGES) -> dict[str, int]:
    """Retention."""
    recovery.forget_processes(connection, now - 3600)
    return retention.end_forgotten(connection, now, ages) | retention.sweep(connection, now, ages)


def default_timers(ages: Ages = DEFAULT_AGES) -> list[Timer]:
    """The channel's timers; other parts append theirs."""
    return [
        Timer("return_handoffs", 30, return_handoffs),
        Timer("retention", 600, partial(delete_old, ages=ages)),
        Timer("training", 2, start_waiting),
    ]


class Worker:
    """One worker process.

    Args:
        config: the door's settings.
        lane: its database.
        sender: None for accounts without the customer-service right.
        journal: its flight recorder.
        owner: its name.
    """

    def __init__(
        self, config: WechatConfig, lane: Lane, sender: Sender | None, journal: Journal, owner: str,
        timers: list[Timer] | None = None,
    ) -> None:  # fmt: skip
        self.config = config
        self.lane = lane
        self.sender = sender
        self.journal = journal
        self.owner = owner
        self.timers = default_timers() if timers is None else timers
        self.stopping = threading.Event()
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="sender")
        self._second = 0.0

    def run(self) -> None:
        """Work until ``stopping`` is set; trouble of the database only postpones."""
        while not self.stopping.is_set():
            try:
                busy = self.once(time.time())
            except StoreError as trouble:
                busy = False
                log.warning("database trouble", reason=str(trouble))
            except Exception as error:  # a bug in one round must not end the worker
                busy = False
                log.error("worker round failed", exc_info=error)
            if not busy:
                self.stopping.wait(TICK_S)
        self._pool.shutdown(wait=True)

    def once(self, now: float) -> bool:
        """One round; gives whether there was something to send."""
        if not 0.0 <= now - self._second < 1.0:  # also when the clock was set back
            self._every_second(now)
            self._second = now
        if self.sender is None:
            return False
        taken = self.sender.take(SENDERS * 4)
        list(self._pool.map(self.sender.deliver, taken))
        return bool(taken)

    def _every_second(self, now: float) -> None:
        report = json.dumps({"alarm": self.sender.alarm if self.sender else ""}, ensure_ascii=False)
        self.lane.call(lambda c: recovery.beat(c, self.owner, "worker", report, now))
        absorb(self.lane, self.config.journals, now)
        free_lost_senders(self.lane, now, LEASE_S)
        self._push_undelivered(now)
        for timer in self.timers:
            if not 0.0 < timer.due - now <= timer.period_s:
                timer.due = now + timer.period_s
                self._run_timer(timer, now)

    def _run_timer(self, timer: Timer, now: float) -> None:
        def alone(connection: Connection) -> Any:
            if leases.take_lease(connection, timer.name, self.owner, now, timer.period_s * 0.9):
                return timer.run(connection, now)
            return None

        self.lane.call(alone)

    def _push_undelivered(self, now: float) -> None:
        """Answers no retry has fetched: their process died, or WeChat gave up."""
        given = sorted(given_by_living(self.config.journals))

        def push(connection: Connection) -> int:
            if not recovery.anything_undelivered(connection, now - self.config.retry_window_s):
                return 0
            recovery.mark_delivered(connection, given)
            passive = self.sender is None or bool(switches.switch(connection, switches.PASSIVE_ONLY, now))
            to = "held" if passive else "outbox"
            return recovery.push_undelivered(connection, now - self.config.retry_window_s, now, to, quoted)

        self.lane.call(push, durable=True)

    def leave(self) -> None:
        """End in order."""
        with suppress(StoreError):  # the journal tells the next process what could not be stored
            if self.sender is not None:
                self.sender.settle()
            self.lane.call(lambda c: outbox.requeue(c, self.owner))
            self.lane.call(lambda c: recovery.leave(c, self.owner))
            self.journal.close()
        self.lane.close()


def build(settings: Settings) -> Worker:
    """Plug the real things together."""
    config = wechat_config(settings)
    lane = Lane(Database(settings.database), threads=1)
    owner = own_name("worker")
    journal = Journal(config.journals, owner)
    sender = None
    if config.customer_service:
        memory = shared_memory(settings.redis_url)
        keeper = partial(TokenKeeper, lane, memory, config.appid, config.secret)
        sender = Sender(lane, wechat_api(config, keeper), journal, owner)
    ages = Ages(words_s=settings.retention_days * DAY_S, open_s=settings.open_days * DAY_S)
    timers = default_timers(ages)
    return Worker(config, lane, sender, journal, owner, timers)


def main() -> int:
    """Entry of the worker process; 2 when settings do not let it start."""
    try:
        settings = load_settings()
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return 2
    configure(settings.log_level)
    worker = build(settings)
    Courier(settings, worker.lane, worker.owner, worker.stopping).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: worker.stopping.set())
    worker.run()
    worker.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main())
