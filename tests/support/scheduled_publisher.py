"""An app process's content thread with what the console hangs on it; prints ``LOOKED release`` each look.

Run as ``python -m tests.support.scheduled_publisher STATE CLOCK [LATER]``. With ``LATER`` the clock is put
to it when a line comes in, and the process kills itself in its first publication, half of it written.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import datetime
from typing import Any

from bot.console import door
from bot.live.source import LiveContent
from bot.services import Services
from bot.settings import ROOT, load_settings
from bot.supervise.secrets import complete
from content.load import texts_under
from store import content_records
from tests.support.staff import with_database


def _die(*_given: Any) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def main() -> None:
    state, clock, *later = sys.argv[1:]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # log lines must not come between
    settings = complete(load_settings({"NEWCITIZEN_STATE": state, "NEWCITIZEN_CLOCK": clock}, None))
    services = Services(settings, lambda: live.library)
    live = LiveContent(with_database(services), texts_under(ROOT / "content"))
    live.start()
    services.extras["live"] = live

    def wait() -> None:
        sys.stdin.readline()
        moment = datetime.fromisoformat(later[0])
        services.settings = settings.model_copy(update={"clock": moment})

    if later:
        content_records.publish = _die
        threading.Thread(target=wait, daemon=True).start()
    door.routes(services)
    live.every(lambda: print(f"LOOKED {live.release}", file=out, flush=True))
    live.run()


if __name__ == "__main__":
    main()
