"""``ask`` and ``eval``: questions through the real pipeline.

Why this file exists: what is measured is what citizens get. The work is in ``batch`` and ``metrics``.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from actions.rasa_actions import LibrarySource
from bot import clock
from bot.bootstrap import build_library
from bot.cli import metrics, picture, report
from bot.cli.batch import BadRow, Citizens, Row, read_rows
from bot.cli.pipeline import Degraded, real_assistant
from bot.cli.words import AsOf, city_id, fail, moment, settings_or_fail
from bot.settings import Settings
from bot.supervise.model import TrainingFailed
from bot.supervise.watch import NotHealthy, PartDied
from content.load import ContentFaults


def ask(
    text: Annotated[str, typer.Argument(help="要问的话")],
    city: Annotated[str, typer.Option(help="当作已经知道的城市：汉字或拼音")] = "",
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行 JSON")] = False,
) -> None:
    """问一句，看市民会收到什么。"""
    settings = settings_or_fail()
    library = library_or_fail(settings)
    if city and not city_id(library(), city):
        fail(f"没有收录“{city}”，可选：{'、'.join(c.name for c in library().cities.values())}", 2)
    row: Row = {"id": "ask", "text": text, "city": city, "city_known": bool(city)}
    found = run_rows(settings, library, [row], moment(as_of, clock.now(settings)))[0]
    typer.echo(json.dumps(found, ensure_ascii=False) if as_json else found["text"])


def evaluate(
    questions: Annotated[Path, typer.Option(help="题目文件，一行一题（JSONL）", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="结果文件（JSONL）；曲线图写在旁边的 .html")],
    as_of: AsOf = None,
    keep: Annotated[bool, typer.Option("--accept", help="把这次结果记为以后比较的基准")] = False,
) -> None:
    """把一批题目走一遍真实流程，有标注时打印各项指标。"""
    settings = settings_or_fail()
    library = library_or_fail(settings)
    try:
        rows = read_rows(questions)
    except (BadRow, OSError) as fault:
        fail(str(fault), 2)
    begun = time.monotonic()
    records = run_rows(settings, library, rows, moment(as_of, clock.now(settings)))
    seconds = time.monotonic() - begun
    write_records(out, records)
    typer.echo(f"{len(rows)} 题，{seconds:.1f} 秒（含启动），结果在 {out}", err=True)
    show(settings, questions, out, metrics.labelled(rows, records), keep)


def library_or_fail(settings: Settings) -> LibrarySource:
    """The content, or the end with code 1 and every fault."""
    try:
        return build_library(settings)
    except ContentFaults as faults:
        fail(str(faults))


def run_rows(
    settings: Settings, library: LibrarySource, rows: Sequence[Row], now: datetime, model: Path | None = None
) -> list[Row]:
    """Records of rows through the real pipeline, or the end with code 1 and why not."""
    try:
        return asyncio.run(_run_rows(settings, library, rows, now, model))
    except (Degraded, NotHealthy, PartDied, TrainingFailed) as fault:
        fail(str(fault))


async def _run_rows(
    settings: Settings, library: LibrarySource, rows: Sequence[Row], now: datetime, model: Path | None
) -> list[Row]:
    async with real_assistant(settings, library, model) as assistant:
        begun = time.monotonic()
        records = await Citizens(assistant, library(), now).ask_all(rows)
        seconds = time.monotonic() - begun
    if len(rows) > 1:
        typer.echo(f"每秒 {len(rows) / seconds:.0f} 题", err=True)
    return records


def write_records(path: Path, records: Sequence[Row]) -> None:
    """One JSON object per line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")


def show(settings: Settings, questions: Path, out: Path, pairs: list[metrics.Pair], keep: bool) -> None:
    """Print the figures of labelled pairs, write the curve, keep them when asked."""
    if not pairs:
        return
    console = Console(width=110)
    baseline = settings.state / "eval" / f"{questions.stem}.json"
    figures = metrics.measure(pairs)
    report.show_figures(console, figures, report.accepted(baseline))
    report.show_groups(console, "主题", metrics.grouped(pairs, lambda row: str(row["topic"])))
    report.show_groups(console, "来源", metrics.grouped(pairs, lambda row: row["id"].rstrip("0123456789")))
    report.show_groups(console, "类型", metrics.grouped(pairs, lambda row: str(row.get("kind", "普通"))))
    report.show_confusions(console, metrics.confusions(pairs))
    chart = out.with_suffix(".html")
    chart.write_text(picture.page(f"{questions.name}：覆盖率与准确率", metrics.curve(pairs)), "utf-8")
    console.print(f"曲线图：{chart}")
    if keep:
        report.accept(baseline, figures)
