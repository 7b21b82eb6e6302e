"""``scripts/bench``: measures our service and a stock Rasa, one after the other, and prints the ratio."""

from __future__ import annotations

import asyncio
import json
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import clock
from bot.bench import report
from bot.bench.desk_load import load
from bot.bench.measure import Target, crowd, first_time, long_talk
from bot.bench.overhead import overhead
from bot.bench.scenes import questions, rest_answers, rest_maker, wechat_answers, wechat_maker
from bot.bench.systems import System, cpu_s, memory, ours, settle, stock
from bot.cli.pipeline import real_opinion
from bot.desk.benchmark import timing
from bot.settings import ROOT, Settings, load_settings, plain
from bot.supervise.model import ensure_model
from bot.supervise.secrets import complete
from bot.usage import run_one
from content.benchmark import benchmark
from content.find import Library
from content.load import load_library

CROWDS = (1, 8, 32)
LONG_S = 25.0
"""Longest time the 1,000 messages of one citizen may take before the scene is cut."""


def main(
    seconds: Annotated[float, typer.Option(min=1, help="每个并发场景压多少秒")] = 6.0,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    only_content: Annotated[
        bool, typer.Option("--content", help="只测内容的加载、检查、查找、检索、测算")
    ] = False,
    without_rasa: Annotated[
        bool, typer.Option("--without-rasa", help="只测 Rasa 停着时的答复，半分钟")
    ] = False,
    only_desk: Annotated[
        bool, typer.Option("--desk", help="只测坐席台：五千条答复的搜索，五十个坐席和五百张工单")
    ] = False,
) -> None:
    """安全模式全程压测，与原样 Rasa 同场比较；全程三分多钟。"""
    settings = load_settings()
    if only_content:
        result = benchmark(ROOT / "content", clock.now(settings).date())
        typer.echo(json.dumps(result) if as_json else report.content_lines(result))
        return
    library = load_library(ROOT / "content")
    if only_desk:
        with_rasa = asyncio.run(keystrokes_with_rasa(complete(settings), library))
        figures = {"search": timing(library), "search_with_rasa": with_rasa, "streams": load()}
        typer.echo(json.dumps(figures) if as_json else report.desk_lines(figures))
        return
    with tempfile.TemporaryDirectory(prefix="newcitizen-bench-") as folder:
        if without_rasa:
            found = run_without(Path(folder), library, seconds)
        else:
            found = run_both(Path(folder), library, ensure_model(settings), seconds)
            found |= run_without(Path(folder) / "without", library, seconds)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        report.show(Console(width=110), found)


async def keystrokes_with_rasa(settings: Settings, library: Library) -> dict[str, float]:
    """Figures of a keystroke while a Rasa is there to be asked, each within the desk's own limits."""
    async with real_opinion(settings, lambda: library) as opinion:
        return await asyncio.to_thread(timing, library, opinion=opinion)


def run_both(state: Path, library: Library, model: Path, seconds: float) -> dict[str, Any]:
    """Figures of both systems and the ratios of their throughput, by number of users."""
    asked = questions(library)
    with ours(state) as system:
        door = _door(system, asked)
        mine = scenes(door, system, len(asked), seconds)
        mine["overhead"] = overhead(door, _inside(system, asked), 2 * seconds)
    with stock(state, model) as system:
        target = Target(system.port, lambda per_user: rest_maker(asked, per_user), rest_answers)
        theirs = scenes(target, system, len(asked), seconds)
    pairs = zip(mine["crowds"], theirs["crowds"], strict=True)
    ratios = {str(a["users"]): _ratio(a, b) for a, b in pairs}
    first = _ratio(mine["first_time"], theirs["first_time"])
    return {
        "newcitizen": mine,
        "stock_rasa": theirs,
        "throughput_ratio": ratios,
        "throughput_ratio_first_time": first,
    }


def _ratio(mine: dict[str, Any], theirs: dict[str, Any]) -> float:
    return float(round(mine["per_second"] / theirs["per_second"], 2))


def run_without(state: Path, library: Library, seconds: float) -> dict[str, Any]:
    """Figures of our service while its Rasa is not there."""
    with ours(state, with_rasa=False) as system:
        target = _door(system, questions(library))
        crowd(target, 1, 1.0)
        settle(system)  # the word counts that stand in for Rasa are built beside the first requests
        before = cpu_s(system)
        crowds = [crowd(target, users, seconds).to_json() for users in CROWDS]
        spent = (cpu_s(system) - before) * 1000 / max(1, sum(c["sent"] for c in crowds))
        return {"without_rasa": {"crowds": crowds, "cpu_ms_per_message": round(spent, 2)}}


def _inside(system: System, asked: list[str]) -> Target:
    """The Rasa behind that door, asked without it."""
    secret = plain(system.settings.internal_secret)
    return Target(system.rasa_port, lambda per_user: rest_maker(asked, per_user, secret), rest_answers)


def _door(system: System, asked: list[str]) -> Target:
    """Our WeChat door as a target."""
    return Target(
        system.port,
        lambda per_user: wechat_maker(system, asked, per_user),
        partial(wechat_answers, system),
    )


def scenes(target: Target, system: System, questions: int, seconds: float) -> dict[str, Any]:
    """All scenes on one running system that rests after its start, with its memory before and after.

    Both systems run the same classifier, which keeps what it worked out for a text: each of so many
    questions is asked for the first time on its own, and again and again by the crowds.
    """
    settle(system)
    before = memory(system)
    return {
        "memory_at_rest_mb": before,
        "first_time": first_time(target, questions).to_json(),
        "crowds": [crowd(target, users, seconds).to_json() for users in CROWDS],
        "long_talk": long_talk(target, LONG_S),
        "memory_after_mb": memory(system),
    }


if __name__ == "__main__":
    run_one(main, "scripts/bench")
