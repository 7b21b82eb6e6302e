"""What processes share for a short time: answers just given, locks, rates, the access token.

Why this file exists: redis and limits are fenced here. With NEWCITIZEN_REDIS_URL several apps share this
memory; without it, or while Redis is away, each process has its own and the database stays the judge of
exactly-once. Keys carry a keyed hash of the person, never the openid.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from limits.storage import MemoryStorage

T = TypeVar("T")
PREFIX = "newcitizen:"
ANSWERS = 20_000
"""Answers one process remembers: a minute at 300 messages a second."""
PAUSE_S = 2.0
"""How long an absent Redis is left alone before it is asked again."""
TIMEOUT_S = 0.2
PERSON_RATE_S = 60
"""The window in which a person's messages are counted."""
_UNLOCK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


def person_rate(person: str) -> str:
    """The name a person's messages are counted under, to be forgotten with the person."""
    return f"person:{person}"


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

    def allows(self, name: str, limit: int, period_s: int) -> bool:
        """Whether ``name`` may once more: ``limit`` times in any ``period_s``, all processes together."""
        ...

    def take(self, name: str, owner: str, ttl_s: float) -> bool:
        """Take a lock that ends by itself; False when another owner has it."""
        ...

    def give(self, name: str, owner: str) -> None:
        """Give a lock back, if it is still this owner's."""
        ...

    def close(self) -> None:
        """Give back connections."""
        ...


class InProcessMemory:
    """The variant of one process."""

    state = "in_process"

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], tuple[float, str]] = OrderedDict()
        self._locks: dict[str, tuple[float, str]] = {}
        self._guard = threading.Lock()

    @cached_property
    def _rates(self) -> MemoryStorage:
        from bot.rates import Rates  # the worker and the command line limit nobody

        return Rates()

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
        self._rates.clear_sliding_window(person_rate(person), PERSON_RATE_S)

    def allows(self, name: str, limit: int, period_s: int) -> bool:
        """See SharedMemory."""
        return self._rates.acquire_sliding_window_entry(name, limit, period_s)

    def take(self, name: str, owner: str, ttl_s: float) -> bool:
        """See SharedMemory."""
        with self._guard:
            until, holder = self._locks.get(name, (0.0, ""))
            if until > time.monotonic() and holder != owner:
                return False
            self._locks[name] = (time.monotonic() + ttl_s, owner)
            return True

    def give(self, name: str, owner: str) -> None:
        """See SharedMemory."""
        with self._guard:
            if self._locks.get(name, (0.0, ""))[1] == owner:
                del self._locks[name]

    def close(self) -> None:
        """See SharedMemory."""


class RedisMemory:
    """The shared variant; while Redis is away every call is answered by the process's own memory."""

    def __init__(self, url: str) -> None:
        import redis  # 15 MB that an installation without Redis need not carry
        from limits.storage import RedisStorage

        self._errors = (redis.RedisError, OSError)
        self._redis: Any = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S, decode_responses=True
        )
        self._rates = RedisStorage(
            url, connection_pool=self._redis.connection_pool, key_prefix=f"{PREFIX}rate"
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
        except self._errors:
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

        def delete(server: Any) -> None:
            server.delete(f"{PREFIX}answers:{person}")
            self._rates.clear_sliding_window(person_rate(person), PERSON_RATE_S)

        self._ask(delete, lambda: None)

    def allows(self, name: str, limit: int, period_s: int) -> bool:
        """See SharedMemory."""
        return self._ask(
            lambda _: self._rates.acquire_sliding_window_entry(name, limit, period_s),
            lambda: self._own.allows(name, limit, period_s),
        )

    def take(self, name: str, owner: str, ttl_s: float) -> bool:
        """See SharedMemory."""
        key, life = f"{PREFIX}lock:{name}", max(1, int(ttl_s * 1000))
        return self._ask(
            lambda r: bool(r.set(key, owner, nx=True, px=life)) or r.get(key) == owner,
            lambda: self._own.take(name, owner, ttl_s),
        )

    def give(self, name: str, owner: str) -> None:
        """See SharedMemory."""
        self._own.give(name, owner)
        self._ask(lambda r: r.eval(_UNLOCK, 1, f"{PREFIX}lock:{name}", owner), lambda: None)

    def close(self) -> None:
        """See SharedMemory."""
        self._redis.close()


def shared_memory(url: str) -> SharedMemory:
    """The memory the settings ask for: Redis when there is a URL."""
    return RedisMemory(url) if url else InProcessMemory()
