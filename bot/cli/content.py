"""``content check|show|coverage|due``: what staff ask about the content from a terminal.

Why this file exists: each command says its answer in plain Chinese and by its exit code. The work is
done in ``content``; nothing here judges content.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from bot import clock
from bot.cli.talk import library_or_fail
from bot.cli.words import AsOf, fail, moment, settings_or_fail
from bot.settings import ROOT
from content import check as checking
from content import coverage as covering
from content import due as expiry
from content import voices
from content.find import Library

app = typer.Typer(help="内容：检查、查看、覆盖情况、到期提醒。", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def _opened(as_of: date | None) -> tuple[Library, date]:
    settings = settings_or_fail()
    return library_or_fail(settings)(), moment(as_of, clock.now(settings)).date()


@app.command()
def check(as_of: AsOf = None) -> None:
    """检查全部内容；有毛病就逐条列出文件、行号和改法，退出码 1。"""
    library, on = _opened(as_of)
    examples = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted((ROOT / "nlu" / "topics").glob("*.yml"))
    }
    faults = checking.check(library, on, examples)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        fail(f"共 {len(faults)} 处")
    size = f"{len(library.answers)} 条答复，{len(library.clauses)} 条条款"
    typer.echo(f"内容没有毛病（版本 {library.version}，{size}）")


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="答复、条款、文件、数字、联系点的编号")],
    as_of: AsOf = None,
) -> None:
    """看一条内容现在怎么说；没有这个编号时退出码 1。"""
    library, on = _opened(as_of)
    texts = shown(library, name, on)
    if not texts:
        fail(f"没有编号 {name}{near(library, name)}")
    typer.echo("\n\n".join(texts))


def shown(library: Library, name: str, on: date) -> list[str]:
    """What is known under an id, as text; [] when nothing is."""
    if answer := library.answers.get(name):
        voice = voices.chat(answer, library, on)
        return [f"{voice.text}\n{voice.citation}", f"口播：{voices.spoken(answer, library, on)}"]
    if clauses := library.clauses_by_id(name) or tuple(filter(None, [library.clauses.get(name)])):
        found = [voices.clause_chat(clause, library, on) for clause in clauses]
        return [f"{voice.text}\n{voice.citation}" for voice in found]
    for kind in (library.notices, library.facts, library.contacts, library.checks, library.needs):
        if name in kind:
            return [json.dumps(asdict(kind[name]), ensure_ascii=False, indent=1, default=str)]
    return []


def near(library: Library, name: str) -> str:
    """A hint naming ids that look alike, "" when none does."""
    kinds = (
        library.answers,
        library.clauses,
        library.notices,
        library.facts,
        library.contacts,
        library.needs,
    )
    ids = {each: None for kind in kinds for each in kind}
    found = difflib.get_close_matches(name, ids, n=3)
    return f"，是否要看 {'、'.join(found)}？" if found else ""


@app.command()
def coverage(as_json: AsJson = False, as_of: AsOf = None) -> None:
    """逐条核对正式文件：已答复、已声明资料未载、缺；有缺的退出码 1。"""
    library, _ = _opened(as_of)
    board = covering.board(library)
    typer.echo(_json(board) if as_json else covering.board_text(library))
    if board["missing"]:
        raise typer.Exit(1)


@app.command()
def due(
    days: Annotated[int, typer.Option(min=0, help="今后多少天内")] = 90,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """今后几天内到期、待复核的内容，最急的在前。"""
    library, on = _opened(as_of)
    found = expiry.due(library, on, days)
    if as_json:
        typer.echo(_json([asdict(each) for each in found]))
        return
    for each in found:
        typer.echo(str(each))
    typer.echo(f"{days} 天内共 {len(found)} 条")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
