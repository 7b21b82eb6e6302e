"""What Rasa's classifier makes of the words an operator types: a second opinion, if it comes in time.

Why this file exists: counted words do not know that 买房借钱 is a mortgage; the classifier does, but lives in
another process that citizens are waiting for. So it is asked only while no citizen is, one text at a time,
for a few hundredths of a second, and whatever goes wrong, the desk's own ranking stands. It must not know
documents.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, ImproperConnectionState
from urllib.parse import urlsplit

import numpy as np

from bot.desk.postings import Floats, hashed
from bot.logging import get_logger

log = get_logger(__name__)
PATH = "/webhooks/needs/scores"
BUDGET_S = 0.03
"""Longest time a keystroke waits. What comes later is kept for the next time the same is typed."""
REPLY_S = 1.0
"""Longest time until Rasa counts as away, where nobody waits longer."""
PAUSE_S = 5.0
"""Time in which a Rasa that is away is not asked again."""
LATE_S, LONGEST_LATE_S = 0.5, 30.0
"""Time in which Rasa is not asked after an opinion came too late, twice as long after each further one: on a
busy machine it works for the citizens, not for lists that are already on the screen."""
KEPT = 1024
"""Texts whose opinions are kept, half a kilobyte each, under a hash: the words themselves are not."""
_LETTERS = re.compile(r"[\u4e00-\u9fff][^\u4e00-\u9fff]*[\u4e00-\u9fff]")


class Opinion:
    """Asks for log shares of needs: 0 for the likeliest, less for the others.

    Args:
        url: Rasa's base address; "" asks nobody.
        secret: shared secret; "" asks nobody.
        busy: whether citizens are waiting for Rasa.
        budget_s: longest wait for one text.

    Attributes:
        failures: questions that Rasa did not answer, or not usably.
    """

    def __init__(
        self, url: str, secret: str, busy: Callable[[], bool] = lambda: False, budget_s: float = BUDGET_S
    ) -> None:
        self._to = urlsplit(url)
        self._headers = {"X-Newcitizen-Secret": secret, "Content-Type": "application/json"}
        self._asks = bool(self._to.hostname and secret)
        self._busy, self._budget_s = busy, budget_s
        self._worker = ThreadPoolExecutor(1, "desk-opinion")
        self._line: HTTPConnection | None = None
        self._not_before, self._late = 0.0, 0
        self._kept: OrderedDict[int, tuple[Sequence[str], Floats]] = OrderedDict()
        self.failures = 0

    def of(self, typed: str, needs: Sequence[str]) -> Floats | None:
        """One log share per need, -inf for those Rasa does not know; None where there is no opinion in time.

        Args:
            typed: needs two Chinese letters; pinyin is not asked about.
            needs: ids in the order wanted; the same object each time while they are the same.
        """
        if not self._asks or not _LETTERS.search(typed):
            return None
        found = self._known(typed, needs)
        return found if found is not None or self._held_back() else self._in_time(typed, needs)

    def _known(self, typed: str, needs: Sequence[str]) -> Floats | None:
        ours, found = self._kept.get(hashed(typed), (None, None))
        return found if ours is needs else None

    def _in_time(self, typed: str, needs: Sequence[str]) -> Floats | None:
        asked = self._worker.submit(self._fetch, typed, needs)
        try:
            found = asked.result(self._budget_s)
        except (TimeoutError, CancelledError):
            asked.cancel()
            self._rest(min(LATE_S * 2**self._late, LONGEST_LATE_S))
            self._late += 1
            return None
        self._late = 0
        return found

    def _rest(self, seconds: float) -> None:
        self._not_before = max(self._not_before, time.monotonic() + seconds)

    def _held_back(self) -> bool:
        return self._busy() or time.monotonic() < self._not_before

    def _fetch(self, typed: str, needs: Sequence[str]) -> Floats | None:
        """In the worker: ask, keep, and note when it goes wrong."""
        known = self._known(typed, needs)
        if known is not None or self._held_back():
            return known
        try:
            found = _aligned(self._post(typed), needs)
        except (OSError, HTTPException, ValueError, TypeError, KeyError, AttributeError) as error:
            self._failed(type(error).__name__)
            return None
        self._kept[hashed(typed)] = needs, found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def _failed(self, reason: str) -> None:
        self.failures += 1
        self._rest(PAUSE_S)
        self._hang_up()
        log.info("desk ranks without rasa for a while", reason=reason)

    def _post(self, typed: str) -> object:
        try:
            return self._posted(typed)
        except (ConnectionError, ImproperConnectionState):
            self._hang_up()  # so did Rasa, after seconds of silence
            return self._posted(typed)

    def _posted(self, typed: str) -> object:
        if self._line is None:
            patience = max(REPLY_S, self._budget_s)
            self._line = HTTPConnection(self._to.hostname or "", self._to.port or 80, timeout=patience)
        path = self._to.path.rstrip("/") + PATH
        self._line.request("POST", path, json.dumps({"text": typed}), self._headers)
        with self._line.getresponse() as reply:
            body = reply.read()
        if reply.status != 200:
            raise ValueError(f"status {reply.status}")
        return json.loads(body)["needs"]

    def close(self) -> None:
        """End the worker; safe to call twice, and nobody is asked afterwards."""
        self._asks = False
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._hang_up()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()


def _aligned(shares: object, needs: Sequence[str]) -> Floats:
    """Shares in the order of the needs.

    Raises:
        ValueError: not one of the needs has a finite share.
    """
    if not isinstance(shares, dict):
        raise ValueError("no shares")
    found = np.array([float(shares.get(need, -np.inf)) for need in needs], np.float32)
    if np.isnan(found).any() or not np.isfinite(found).any():
        raise ValueError("no usable share")
    return found - found.max()
