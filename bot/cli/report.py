"""Figures as tables on the terminal, beside the last accepted run.

Why this file exists: the same report for ``eval`` and ``train``. It must not compute figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.cli.metrics import Figures

NAMES = {
    "count": "题数",
    "topic": "主题对",
    "need": "事项对",
    "need_offered": "事项在答复或建议里",
    "confidently_wrong": "答错还很肯定",
    "out_of_scope_declined": "范围外婉拒",
    "fraud_recall": "诈骗认出",
    "urgent_recall": "紧急诈骗认出",
    "verdict": "粘贴消息判断对",
}


def _cell(value: float | None) -> str:
    if value is None:
        return "—"
    return str(value) if isinstance(value, int) else f"{value:.1%}"


def _change(now: float | None, before: float | None) -> str:
    if now is None or before is None or isinstance(now, int):
        return ""
    return f"{(now - before) * 100:+.1f}" if abs(now - before) >= 0.0005 else "="


def show_figures(console: Console, figures: Figures, before: Mapping[str, float | None]) -> None:
    """All figures, with the change against ``before`` (empty when nothing was accepted yet)."""
    table = Table("指标", "这次", *(["上次接受", "变化（百分点）"] if before else []))
    for field, value in figures.to_json().items():
        old = before.get(field)
        table.add_row(NAMES[field], _cell(value), *([_cell(old), _change(value, old)] if before else []))
    console.print(table)


def show_groups(console: Console, title: str, groups: Mapping[str, Figures]) -> None:
    """One line per group of questions."""
    table = Table(title, "题数", "主题对", "事项对", "答错还很肯定")
    for name, figures in groups.items():
        row = (figures.topic, figures.need, figures.confidently_wrong)
        table.add_row(name, str(figures.count), *(_cell(v) for v in row))
    console.print(table)


def show_confusions(console: Console, confusions: Sequence[tuple[str, str, int]]) -> None:
    """The most frequent wrong pairs."""
    table = Table("应是", "认成", "次数")
    for wanted, got, times in confusions:
        table.add_row(wanted, got, str(times))
    if confusions:
        console.print(table)


def accepted(path: Path) -> dict[str, float | None]:
    """The figures of the last accepted run, {} when there is none."""
    found: dict[str, float | None] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def accept(path: Path, figures: Figures) -> None:
    """Keep these figures as the ones to compare with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures.to_json(), indent=1), "utf-8")
