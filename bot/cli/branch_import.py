"""The import of branches from a file on this machine: read, checked and published at once or not at all.

Why this file exists: see ``bot.cli.branches``; the rules are the console's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bot import clock
from bot.console.branches import Branch, read_branches, wanted
from bot.console.publishing import judge_for
from bot.console.sheets import BadTable, read_table
from bot.live.publish import Blocked, publish
from bot.live.source import LiveContent
from bot.settings import ROOT, Settings
from content.load import ContentFaults, texts_under
from store import audit
from store.database import Connection, Database
from store.errors import Conflict
from store.schema import migrate


class NotImported(Exception):
    """Nothing was imported; the message says why."""


def bring_in(settings: Settings, file: Path, dry_run: bool, say: Callable[[str], None]) -> None:
    """Check all rows of a table and publish them; ``say`` gets a line for each bad row and the result.

    Raises:
        NotImported: a row, the table or the content as a whole does not hold.
    """
    database = Database(settings.database)
    migrate(database)
    live = LiveContent(database, texts_under(ROOT / "content"))
    try:
        live.start()
        table = read_table(file.name, file.read_bytes())
    except (BadTable, ContentFaults) as fault:
        raise NotImported(str(fault)) from None
    found = read_branches(live.library, table, clock.now(settings).date())
    bad = [branch for branch in found if branch.faults]
    for branch in bad:
        say(f"第 {branch.number} 行 {branch.name}：{'；'.join(branch.faults)}")
    say(f"共 {len(found)} 行，{len(bad)} 行有错")
    if bad:
        raise NotImported("没有导入。")
    if not dry_run:
        say(f"已导入，第 {_publish(settings, database, live, found)} 次发布")


def _publish(settings: Settings, database: Database, live: LiveContent, found: list[Branch]) -> int:
    now = clock.now(settings)

    def also(connection: Connection, number: int) -> None:
        detail = {"count": len(found), "release": number}
        audit.write(connection, "cli", "imported", "branches", time.time(), detail=detail)

    try:
        judge = judge_for(live, now.date())
        return publish(database, live, wanted(found, "cli", "cli"), judge, now.timestamp(), also)
    except (Blocked, Conflict) as fault:
        raise NotImported(f"没有导入：{fault}") from None
