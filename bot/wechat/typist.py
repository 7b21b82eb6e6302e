"""Shows a citizen that somebody is writing, while a late answer or an operator is at work.

Why this file exists: seconds of silence read as "broken". It is a courtesy only: it has threads of its own,
nobody waits for it, and the first trouble keeps it quiet for a while.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.logging import get_logger
from bot.wechat.client import ApiRefused, WechatApiError

log = get_logger(__name__)
SHOWN_S = 15.0
"""WeChat shows it this long, or until a message comes, and refuses to be told again meanwhile (45081)."""
CONTACT_S = 30.0
"""WeChat refuses it later than this after the person's last contact (45080)."""
HARMLESS = frozenset({45080, 45081})
QUIET_S, LONG_QUIET_S = 60.0, 3600.0
"""Rest after trouble; the long one where the account lacks the right or the day's quota is gone."""
LASTING = frozenset({48001, 45009})
WAITING = 50
"""Most persons it is under way for: more is a storm, where every call is needed for answers."""


class Api(Protocol):
    """What the typist needs of ``WechatApi``."""

    def typing(self, openid: str, on: bool) -> None:
        """Show or take away that somebody is writing."""
        ...


def always() -> bool:
    """For whoever is writing at this moment."""
    return True


class Typist:
    """The typing commands of one process; every method returns at once and never raises.

    Args:
        api: how WeChat is told.
        may_push: whether the account may use the customer-service API now.
        clock: seconds that never jump.

    Attributes:
        counts: shown, harmless, trouble.
    """

    def __init__(
        self, api: Api, may_push: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._api = api
        self._may_push = may_push
        self._clock = clock
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="typist")
        self._shown: dict[str, float] = {}
        self._quiet_until = 0.0
        self._waiting = 0
        self.counts: Counter[str] = Counter()

    def show(self, openid: str, wanted: Callable[[], bool] = always) -> None:
        """Say that somebody is writing to this person, unless it is shown or no longer ``wanted``."""
        now = self._clock()
        if now < self._quiet_until or self._waiting >= WAITING or not self._may_push():
            return
        self._shown = {who: at for who, at in self._shown.items() if now - at < SHOWN_S}
        if openid in self._shown:
            return
        self._shown[openid] = now
        self._waiting += 1
        try:
            self._pool.submit(self._tell, openid, wanted)
        except RuntimeError:  # closed: the process is ending
            self._waiting -= 1

    def _tell(self, openid: str, wanted: Callable[[], bool]) -> None:
        try:
            if not wanted():
                return
            self._api.typing(openid, True)
            self.counts["shown"] += 1
            if not wanted():  # the answer overtook us: it must not be followed by a promise of another
                self._api.typing(openid, False)
        except WechatApiError as trouble:
            self._rest(trouble)
        except Exception as error:
            self.counts["trouble"] += 1
            self._quiet_until = self._clock() + QUIET_S
            log.warning("typing failed", error=type(error).__name__)
        finally:
            self._waiting -= 1

    def _rest(self, trouble: WechatApiError) -> None:
        code = trouble.code if isinstance(trouble, ApiRefused) else 0
        if code in HARMLESS:
            self.counts["harmless"] += 1
            return
        self.counts["trouble"] += 1
        self._quiet_until = self._clock() + (LONG_QUIET_S if code in LASTING else QUIET_S)
        log.warning("typing not shown", code=code, error=type(trouble).__name__)

    def close(self) -> None:
        """Start nothing more; what is under way ends by its own timeouts."""
        self._pool.shutdown(wait=False, cancel_futures=True)
