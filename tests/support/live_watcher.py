"""Another app process's content: prints ``SAID [time, reply]`` of a need in a city each time it changes.

Run as ``python -m tests.support.live_watcher DATABASE_URL NEED CITY``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date

from actions import render
from bot.console.preview import outcome_at
from bot.live.source import LiveContent
from bot.settings import ROOT
from content.load import texts_under
from store.database import Database

DAY = date(2026, 11, 20)


def main() -> None:
    url, need, city = sys.argv[1:4]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # log lines must not come between
    live = LiveContent(Database(url), texts_under(ROOT / "content"))
    live.start()
    live.watch()
    last = None
    while True:
        library = live.library
        if library is not last:
            said = render.plain(outcome_at(library, need, city, DAY))
            print("SAID " + json.dumps([time.time(), said], ensure_ascii=False), file=out, flush=True)
            last = library
        time.sleep(0.005)


if __name__ == "__main__":
    main()
