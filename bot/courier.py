"""Sends ticket events to other systems, signed, with retries. Runs in the worker.

Why this file exists: a slow receiver must not hold a database transaction or a WeChat text, so it has its
own thread. It must not know what an event means.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time

import requests

from bot.logging import get_logger
from bot.seals import unseal
from bot.settings import Settings
from store import copies, leases, webhooks
from store.database import Connection
from store.errors import StoreError
from store.lane import Lane
from store.webhooks import Delivery

log = get_logger(__name__)
PERIOD_S = 2.0
TIMEOUT_S = (3.0, 5.0)
DAILY_S = 3600.0


def signature(secret: str, at: int, body: str) -> str:
    """Value of ``X-Newcitizen-Signature``: ``t=<Unix seconds>,v1=<HMAC-SHA256 of "t.body", hex>``.

    >>> signature("key", 1, "{}")[:12]
    't=1,v1=1ba6b'
    """
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


class Courier(threading.Thread):
    """Looks for events and sends them until ``stopping`` is set."""

    def __init__(self, settings: Settings, lane: Lane, owner: str, stopping: threading.Event) -> None:
        super().__init__(name="courier", daemon=True)
        self._settings = settings
        self._lane = lane
        self._owner = owner
        self._stopping = stopping
        self._swept = 0.0
        self._http = requests.Session()
        self._http.trust_env = False

    def run(self) -> None:
        """Work; trouble only postpones."""
        while not self._stopping.wait(PERIOD_S):
            try:
                self.once(time.time())
            except StoreError:
                log.warning("courier postponed")
            except Exception as error:  # a bug in one round must not end the thread
                log.error("courier round failed", exc_info=error)

    def once(self, now: float) -> int:
        """One round; gives how many events were accepted."""
        found = self._lane.call(lambda c: self._found(c, now))
        return sum(self._deliver(delivery) for delivery in found)

    def _found(self, connection: Connection, now: float) -> list[Delivery]:
        if not leases.take_lease(connection, "courier", self._owner, now, 60.0):
            return []
        if now - self._swept > DAILY_S:
            self._swept = now
            webhooks.forget(connection, now)
            copies.forget(connection, now - copies.KEPT_S)
        webhooks.collect(connection, now)
        return webhooks.due(connection, now)

    def _deliver(self, delivery: Delivery) -> bool:
        error = self._post(delivery)
        now = time.time()
        if error:
            self._lane.call(lambda c: webhooks.failed(c, delivery, error, now))
        else:
            self._lane.call(lambda c: webhooks.sent(c, delivery.id))
        return not error

    def _post(self, delivery: Delivery) -> str:
        """Why it was not accepted, "" when it was."""
        secret = unseal(self._settings, delivery.secret)
        headers = {
            "Content-Type": "application/json", "X-Newcitizen-Event": delivery.event,
            "X-Newcitizen-Delivery": delivery.event_id,
            "X-Newcitizen-Signature": signature(secret, int(time.time()), delivery.body),
        }  # fmt: skip
        try:
            answer = self._http.post(
                delivery.url,
                data=delivery.body.encode(),
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return type(error).__name__
        return "" if 200 <= answer.status_code < 300 else f"HTTP {answer.status_code}"
