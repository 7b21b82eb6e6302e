"""The bench's figures as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

_SYSTEMS = {"newcitizen": "新市民助手（推送到密文回复）", "stock_rasa": "原样 Rasa（REST 到答复）"}
_WITHOUT = "新市民助手，Rasa 停着"
_CONTENT = {
    "load_s": ("加载", "秒"),
    "check_s": ("检查", "秒"),
    "index_s": ("建检索", "秒"),
    "lookup_ms": ("查找一次", "毫秒"),
    "search_ms": ("检索一次", "毫秒"),
    "evaluate_us": ("测算一次", "微秒"),
}


def show(console: Console, found: Mapping[str, Any]) -> None:
    """Both systems scene by scene, then the ratios and what each needs."""
    table = Table("系统", "同时", "每秒", "p50 毫秒", "p95", "p99", "答复/发出")
    for key, title in {**_SYSTEMS, "without_rasa": _WITHOUT}.items():
        scenes = found.get(key, {})
        if "first_time" in scenes:
            table.add_row(title, "1，首次问", *_cells(scenes["first_time"]))
        for row in scenes.get("crowds", ()):
            table.add_row(title, str(row["users"]), *_cells(row))
    console.print(table)
    if "without_rasa" in found:
        console.print(f"{_WITHOUT}：每条用处理器 {found['without_rasa']['cpu_ms_per_message']} 毫秒")
    if "stock_rasa" in found:
        _compare(console, found)


def _compare(console: Console, found: Mapping[str, Any]) -> None:
    talk = Table("一位市民连发一千条", "发到", "前一百条 p50 毫秒", "最后一百条 p50", "每秒")
    for key, title in _SYSTEMS.items():
        row = found[key]["long_talk"]
        edges = (row["first_p50_ms"], row["last_p50_ms"], row["per_second"])
        talk.add_row(title, str(row["sent"]), *map(str, edges))
    console.print(talk)
    extra = found["newcitizen"]["overhead"]
    console.print(
        f"同时 1 人：推送到密文回复 p50 {extra['push_p50_ms']} 毫秒，其中 Rasa 一轮"
        f" {extra['rasa_turn_p50_ms']} 毫秒，网关多用 {extra['overhead_p50_ms']} 毫秒"
    )
    console.print(f"同时 1 人，每题首次问：吞吐是原样 Rasa 的 {found['throughput_ratio_first_time']} 倍")
    for users, ratio in found["throughput_ratio"].items():
        console.print(f"同时 {users} 人：吞吐是原样 Rasa 的 {ratio} 倍")
    for key, title in _SYSTEMS.items():
        console.print(f"{title} 常驻内存（MB）")
        console.print(f"  空闲：{_memory(found[key], 'at_rest')}；压测后：{_memory(found[key], 'after')}")


def _cells(row: Mapping[str, Any]) -> list[str]:
    figures = [str(row[name]) for name in ("per_second", "p50_ms", "p95_ms", "p99_ms")]
    return [*figures, f"{row['answered']}/{row['sent']}"]


def _memory(system: Mapping[str, Any], when: str) -> str:
    return "，".join(f"{part} {size:.0f}" for part, size in system[f"memory_{when}_mb"].items())


def content_lines(found: Mapping[str, float]) -> str:
    """The content's own figures, one per line."""
    return "\n".join(f"{_CONTENT[name][0]}：{value:.3f} {_CONTENT[name][1]}" for name, value in found.items())


def desk_lines(found: Mapping[str, Mapping[str, float]]) -> str:
    """The desk's figures: a keystroke, and lines of citizens on their way to open pages."""
    key, both, sent = found["search"], found["search_with_rasa"], found["streams"]
    return (
        f"按一次键：p50 {key['p50_ms']} 毫秒，p95 {key['p95_ms']} 毫秒（{key['documents']} 条）\n"
        f"Rasa 帮着排序：p50 {both['p50_ms']} 毫秒，p95 {both['p95_ms']} 毫秒"
        f"（{both['keystrokes']} 次按键，{both['opinions']} 次等到了它的意见）\n"
        f"{sent['operators']} 个坐席、{sent['tickets']} 张工单、{sent['lines']} 句话："
        f"丢 {sent['lost']} 句，到别人那里 {sent['others']} 句，"
        f"p50 {sent['delay_p50_s']} 秒、p95 {sent['delay_p95_s']} 秒到"
    )
