"""What processes share for a short time: answers just given, locks, rates, the access token.

Why this file exists: redis is fenced here. With NEWCITIZEN_REDIS_URL several apps share this memory;
without it, or while Redis is away, each process has its own and the database stays the judge of
exactly-once. Keys carry a keyed hash of the person, never the openid.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

import redis

T = TypeVar("T")
PREFIX = "newcitizen:"
ANSWERS = 20_000
"""Answers one process remembers: a minute at 300 messages a second."""
PAUSE_S = 2.0
"""How long an absent Redis is left alone before it is asked again."""
TIMEOUT_S = 0.2
_UNLOCK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


class SharedMemory(Protocol):
    """Short-lived memory. ``person`` is the keyed hash of an openid, ``key`` names a message."""

    @property
    def state(self) -> str:
        """redis | in_process | redis_away, for /healthz."""
        ...

    def recall(self, person: str, key: str) -> str | None:
        """The answer given to this message a moment ago, None when not known."""
        ...

    def remember(self, person: str, key: str, answer: str, ttl_s: float) -> None:
        """Keep an answer for retries."""
        ...

    def forget(self, person: str) -> None:
        """Delete everything kept under a person."""
        ...

    def count(self, name: str, period_s: int) -> int:
        """How often ``name`` was counted in the current period, this time included."""
        ...

    def lock(self, name: str, ttl_s: float, wait_s: float) -> contextlib.AbstractContextManager[bool]:
        """A lock with an end; gives False when it could not be had within ``wait_s``."""
        ...

    def close(self) -> None:
        """Give back connections."""
        ...


class InProcessMemory:
    """The variant of one process."""

    state = "in_process"

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], tuple[float, str]] = OrderedDict()
        self._counts: dict[str, tuple[int, int]] = {}
        self._locks: dict[str, tuple[float, object]] = {}
        self._guard = threading.Lock()

    def recall(self, person: str, key: str) -> str | None:
        """See SharedMemory."""
        until, answer = self._answers.get((person, key), (0.0, ""))
        return answer if until > time.monotonic() else None

    def remember(self, person: str, key: str, answer: str, ttl_s: float) -> None:
        """See SharedMemory."""
        self._answers[person, key] = (time.monotonic() + ttl_s, answer)
        while len(self._answers) > ANSWERS:
            self._answers.popitem(last=False)

    def forget(self, person: str) -> None:
        """See SharedMemory."""
        for known in [k for k in self._answers if k[0] == person]:
            del self._answers[known]
        for name in [n for n in self._counts if person in n]:
            del self._counts[name]

    def count(self, name: str, period_s: int) -> int:
        """See SharedMemory."""
        period = int(time.time()) // period_s
        last, number = self._counts.get(name, (period, 0))
        number = number + 1 if last == period else 1
        if len(self._counts) > ANSWERS:
            self._counts.clear()
        self._counts[name] = (period, number)
        return number

    @contextlib.contextmanager
    def lock(self, name: str, ttl_s: float, wait_s: float) -> Iterator[bool]:
        """See SharedMemory."""
        mine = object()
        held = _until(lambda: self._take(name, mine, ttl_s), wait_s)
        try:
            yield held
        finally:
            with self._guard:
                if self._locks.get(name, (0.0, None))[1] is mine:
                    del self._locks[name]

    def _take(self, name: str, mine: object, ttl_s: float) -> bool:
        with self._guard:
            until, _ = self._locks.get(name, (0.0, None))
            if until > time.monotonic():
                return False
            self._locks[name] = (time.monotonic() + ttl_s, mine)
            return True

    def close(self) -> None:
        """See SharedMemory."""


def _until(attempt: Callable[[], bool], wait_s: float) -> bool:
    end = time.monotonic() + wait_s
    while not (done := attempt()) and time.monotonic() < end:
        time.sleep(0.02)
    return done


class RedisMemory:
    """The shared variant; while Redis is away every call is answered by the process's own memory."""

    def __init__(self, url: str) -> None:
        self._redis: Any = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, decode_responses=True
        )
        self._own = InProcessMemory()
        self._away_until = 0.0

    @property
    def state(self) -> str:
        """See SharedMemory."""
        return "redis_away" if self._away_until else "redis"

    def _ask(self, question: Callable[[Any], T], otherwise: Callable[[], T]) -> T:
        if time.monotonic() < self._away_until:
            return otherwise()
        try:
            answer = question(self._redis)
        except (redis.RedisError, OSError):
            self._away_until = time.monotonic() + PAUSE_S
            return otherwise()
        self._away_until = 0.0
        return answer

    def recall(self, person: str, key: str) -> str | None:
        """See SharedMemory."""
        own = self._own.recall(person, key)
        name = f"{PREFIX}answers:{person}"
        return own if own is not None else self._ask(lambda r: r.hget(name, key), lambda: None)

    def remember(self, person: str, key: str, answer: str, ttl_s: float) -> None:
        """See SharedMemory."""
        self._own.remember(person, key, answer, ttl_s)

        def keep(server: Any) -> None:
            name = f"{PREFIX}answers:{person}"
            pipe = server.pipeline(transaction=False)
            pipe.hset(name, key, answer)
            pipe.expire(name, max(1, round(ttl_s)))
            pipe.execute()

        self._ask(keep, lambda: None)

    def forget(self, person: str) -> None:
        """See SharedMemory."""
        self._own.forget(person)
        names = [f"{PREFIX}answers:{person}", f"{PREFIX}count:person:{person}"]
        self._ask(lambda r: r.delete(*names), lambda: None)

    def count(self, name: str, period_s: int) -> int:
        """See SharedMemory."""

        def grow(server: Any) -> int:
            key = f"{PREFIX}count:{name}"
            number = int(server.incr(key))
            if number == 1:
                server.expire(key, period_s)
            return number

        return self._ask(grow, lambda: self._own.count(name, period_s))

    @contextlib.contextmanager
    def lock(self, name: str, ttl_s: float, wait_s: float) -> Iterator[bool]:
        """See SharedMemory."""
        key, mine = f"{PREFIX}lock:{name}", f"{time.time_ns()}.{threading.get_ident()}.{id(self)}"
        life = max(1, int(ttl_s * 1000))

        def take() -> bool:
            return self._ask(lambda r: bool(r.set(key, mine, nx=True, px=life)), lambda: True)

        held = _until(take, wait_s)
        try:
            yield held
        finally:
            self._ask(lambda r: r.eval(_UNLOCK, 1, key, mine), lambda: 0)

    def close(self) -> None:
        """See SharedMemory."""
        self._redis.close()


def shared_memory(url: str) -> SharedMemory:
    """The memory the settings ask for: Redis when there is a URL."""
    return RedisMemory(url) if url else InProcessMemory()
