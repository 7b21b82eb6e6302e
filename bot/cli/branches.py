"""``content import-branches FILE [--dry-run]``: branches of banks from a table, all rows or none.

Why this file exists: operators with a shell bring in large tables; the checks are the console's.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.cli.words import fail, settings_or_fail
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


def import_branches(
    file: Annotated[Path, typer.Argument(help="XLSX 或 CSV，列名见 docs/operations/console.md", exists=True)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不导入")] = False,
) -> None:
    """导入银行网点；有一行不对就一行也不导入，并逐行说明。"""
    settings = settings_or_fail()
    database = Database(settings.database)
    migrate(database)
    live = LiveContent(database, texts_under(ROOT / "content"))
    try:
        live.start()
        table = read_table(file.name, file.read_bytes())
    except (BadTable, ContentFaults) as fault:
        fail(str(fault))
    found = read_branches(live.library, table, clock.now(settings).date())
    bad = [branch for branch in found if branch.faults]
    for branch in bad:
        typer.echo(f"第 {branch.number} 行 {branch.name}：{'；'.join(branch.faults)}")
    typer.echo(f"共 {len(found)} 行，{len(bad)} 行有错")
    if bad:
        fail("没有导入。")
    if not dry_run:
        typer.echo(f"已导入，第 {_publish(settings, database, live, found)} 次发布")


def _publish(settings: Settings, database: Database, live: LiveContent, found: list[Branch]) -> int:
    now = clock.now(settings)

    def also(connection: Connection, number: int) -> None:
        detail = {"count": len(found), "release": number}
        audit.write(connection, "cli", "imported", "branches", time.time(), detail=detail)

    try:
        judge = judge_for(live, now.date())
        return publish(database, live, wanted(found, "cli", "cli"), judge, now.timestamp(), also)
    except (Blocked, Conflict) as fault:
        fail(f"没有导入：{fault}")
