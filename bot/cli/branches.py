"""``content import-branches FILE [--dry-run]``: branches of banks from a table, all rows or none.

Why this file exists: operators with a shell bring in large tables; the checks are the console's. The work
is in ``bot.cli.branch_import``, which only this command loads: the others start a second sooner.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.words import fail, settings_or_fail


def import_branches(
    file: Annotated[Path, typer.Argument(help="XLSX 或 CSV，列名见 docs/operations/console.md", exists=True)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不导入")] = False,
) -> None:
    """导入银行网点；有一行不对就一行也不导入，并逐行说明。"""
    from bot.cli.branch_import import NotImported, bring_in

    try:
        bring_in(settings_or_fail(), file, dry_run, typer.echo)
    except NotImported as fault:
        fail(str(fault))
