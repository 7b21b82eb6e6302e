"""``desk-eval``: what an operator finds by typing, on labelled questions.

Why this file exists: the promise of the desk's search is measured with any labelled file. The measuring is
``bot.desk.evaluate``'s.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.batch import BadRow, read_rows
from bot.cli.words import fail, settings_or_fail
from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.evaluate import accuracy
from bot.desk.kept import kept_sense
from bot.settings import ROOT
from content.load import load_library


def evaluate(
    questions: Annotated[
        list[Path], typer.Argument(help="题目文件（JSONL），可以几个", exists=True, dir_okay=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON")] = False,
) -> None:
    """像坐席那样打字，看前三条里有没有对的；题目要有 topic 和 need。"""
    try:
        files = [(path, read_rows(path)) for path in questions]
    except (BadRow, OSError) as fault:
        fail(str(fault), 2)
    library = load_library(ROOT / "content")
    engine = Engine(documents(library), kept_sense(library, settings_or_fail().state))
    for path, rows in files:
        found = accuracy(library, engine, (row for row in rows if row.get("topic") and row.get("need")))
        if as_json:
            typer.echo(json.dumps({"file": path.name, **found}, ensure_ascii=False))
        else:
            typer.echo(f"{path.name}：{found.pop('questions'):.0f} 题")
            typer.echo("\n".join(f"  {way}　{share:.1%}" for way, share in found.items()))
