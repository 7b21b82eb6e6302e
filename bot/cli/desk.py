"""``desk-eval``: what an operator finds by typing, on labelled questions.

Why this file exists: the promise of the desk's search is measured with any labelled file, as an operator gets
it: with Rasa's opinion, from a running service or a private one. The measuring is ``bot.desk.evaluate``'s.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.batch import BadRow, Row, read_rows
from bot.cli.pipeline import TURN_S, real_opinion
from bot.cli.words import fail, settings_or_fail
from bot.desk.documents import documents
from bot.desk.engine import Engine
from bot.desk.evaluate import Ask, accuracy
from bot.desk.kept import kept_sense
from bot.settings import ROOT, Settings
from bot.supervise.watch import NotHealthy, PartDied
from content.find import Library
from content.load import load_library

Files = list[tuple[Path, list[Row]]]
_File = typer.Argument(help="题目文件（JSONL），可以几个", exists=True, dir_okay=False)
_Typed = typer.Option(
    "--typed", help="人打的词（JSONL：id、typed 列表），可以几个", exists=True, dir_okay=False
)


def evaluate(
    questions: Annotated[list[Path], _File],
    typed: Annotated[list[Path] | None, _Typed] = None,
    without_rasa: Annotated[bool, typer.Option("--without-rasa", help="只靠坐席台自己的排序")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON")] = False,
) -> None:
    """像坐席那样打字，看前三条里有没有对的；题目要有 topic 和 need。"""
    try:
        by_hand = _by_hand(typed or [])
        files = [(path, _asked(read_rows(path), by_hand)) for path in questions]
    except (BadRow, OSError) as fault:
        fail(str(fault), 2)
    settings, library = settings_or_fail(), load_library(ROOT / "content")
    engine = Engine(documents(library), kept_sense(library, settings.state))
    if without_rasa:
        _measure(files, library, engine, lambda _: None, as_json)
    else:
        asyncio.run(_with_rasa(settings, files, library, engine, as_json))


def _asked(rows: Iterable[Row], by_hand: Mapping[str, list[str]]) -> list[Row]:
    """The labelled questions, with what a person typed for them."""
    labelled = (row for row in rows if row.get("topic") and row.get("need"))
    return [{**row, "typed": by_hand.get(row["id"])} for row in labelled]


def _by_hand(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Question id to what a person typed.

    Raises:
        BadRow: a line is not an object with ``id`` and a list ``typed``.
        OSError: a file cannot be read.
    """
    found = {}
    for path in paths:
        for line in filter(str.strip, path.read_text("utf-8").splitlines()):
            try:
                row = json.loads(line)
                found[str(row["id"])] = [str(words) for words in list(row["typed"])]
            except (ValueError, KeyError, TypeError):
                raise BadRow(f"{path}: 应为一行一个 JSON 对象，有 id 和 typed") from None
    return found


async def _with_rasa(
    settings: Settings, files: Files, library: Library, engine: Engine, as_json: bool
) -> None:
    try:
        async with real_opinion(settings, lambda: library, TURN_S) as opinion:
            await asyncio.to_thread(
                _measure,
                files,
                library,
                engine,
                lambda typed: opinion.of(engine.meant(typed), engine.needs),
                as_json,
            )
    except (PartDied, NotHealthy) as fault:
        fail(str(fault))
    if opinion.failures:
        fail(f"Rasa 有 {opinion.failures} 次没有应答，结果不算数")


def _measure(files: Files, library: Library, engine: Engine, ask: Ask, as_json: bool) -> None:
    for path, rows in files:
        found = accuracy(library, engine, rows, ask)
        if as_json:
            typer.echo(json.dumps({"file": path.name, **found}, ensure_ascii=False))
        else:
            by_hand = f"，其中 {found.pop('typed'):.0f} 题有人打的词" if "typed" in found else ""
            typer.echo(f"{path.name}：{found.pop('questions'):.0f} 题{by_hand}")
            typer.echo("\n".join(f"  {way}　{share:.1%}" for way, share in found.items()))
