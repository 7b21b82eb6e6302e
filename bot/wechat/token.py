"""The access token: one for all processes, fetched by one of them.

Why this file exists: every process fetching its own token exhausts the daily 2,000 and, with the old
endpoint, makes the others' invalid (PROTOCOL 2, wechatpy #684). The token is sealed at rest with a key
derived from the AppSecret: a copied database alone cannot speak for the account.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken

from bot.shared_memory import SharedMemory
from store import leases
from store.errors import StoreUnavailable
from store.lane import Lane

MARGIN_S = 300.0
"""stable_token gives the same token until five minutes before its end (PROTOCOL 1.6)."""
LOCK_S = 10.0
"""Longer than one fetch may take."""


class TokenKeeper:
    """Gives the token; refreshes it under a lock in Redis, or in the database without Redis.

    Args:
        lane: where the token is shared.
        memory: where the lock is, when it is Redis.
        appid: whose token.
        secret: the AppSecret, for the seal.
        fetch: asks WeChat; gives the token and its seconds to live.
    """

    def __init__(
        self,
        lane: Lane,
        memory: SharedMemory,
        appid: str,
        secret: str,
        fetch: Callable[[], tuple[str, float]],
    ) -> None:
        self._lane = lane
        self._memory = memory
        self._appid = appid
        self._seal = Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{appid}:{secret}".encode()).digest()))
        self._fetch = fetch
        self._own = ("", 0.0)
        self._guard = threading.Lock()
        self._name = secrets.token_hex(8)

    def token(self) -> str:
        """A token that is valid as far as anybody knows."""
        token, until = self._own
        if token and until - time.time() > MARGIN_S:
            return token
        return self._refreshed(bad="")

    def renewed(self, bad: str) -> str:
        """Another token than ``bad``, which WeChat refused: somebody else's newer one, or a fetched one."""
        return self._refreshed(bad)

    def _refreshed(self, bad: str) -> str:
        with self._guard:
            if self._usable(self._own, bad):
                return self._own[0]
            end = time.monotonic() + LOCK_S
            while True:
                shared = self._shared()
                if self._usable(shared, bad):
                    self._own = shared
                    return shared[0]
                if self._locked() or time.monotonic() > end:
                    break
                time.sleep(0.05)
            try:
                return self._fetched(bad)
            finally:
                self._unlock()

    def _fetched(self, bad: str) -> str:
        shared = self._shared()  # another process may have fetched just before the lock was ours
        if not self._usable(shared, bad):
            token, life = self._fetch()
            # A token WeChat gives near its end is used at least once; if it is refused then, it is renewed.
            shared = (token, time.time() + max(life, MARGIN_S + LOCK_S))
            with suppress(StoreUnavailable):
                sealed = self._seal.encrypt(token.encode()).decode()
                self._lane.call(lambda c: leases.write_token(c, self._appid, sealed, shared[1]))
        self._own = shared
        return shared[0]

    @staticmethod
    def _usable(known: tuple[str, float], bad: str) -> bool:
        token, until = known
        return bool(token) and token != bad and until - time.time() > MARGIN_S

    def _shared(self) -> tuple[str, float]:
        try:
            sealed, until = self._lane.call(lambda c: leases.read_token(c, self._appid))
            return (self._seal.decrypt(sealed.encode()).decode() if sealed else ""), until
        except (StoreUnavailable, InvalidToken):
            return "", 0.0

    def _locked(self) -> bool:
        if self._memory.state == "redis":
            return self._memory.take(f"token:{self._appid}", self._name, LOCK_S)
        try:
            return self._lane.call(
                lambda c: leases.take_lease(c, f"token:{self._appid}", self._name, time.time(), LOCK_S)
            )
        except StoreUnavailable:
            return True

    def _unlock(self) -> None:
        self._memory.give(f"token:{self._appid}", self._name)
        with suppress(StoreUnavailable):
            self._lane.call(lambda c: leases.give_lease(c, f"token:{self._appid}", self._name))
