"""Words that always work, with or without Rasa: 菜单, 人工, 原文, and the lines of our own lists."""

from __future__ import annotations

from actions import events, handoff, pending, phrases, privacy, titles
from actions.outcome import Outcome
from actions.turn import Turn

_MENU = {
    "菜单",
    "目录",
    "功能",
    "帮助",
    "help",
    "menu",
    "?",
    "？",
    "0",
    "返回",
    "返回菜单",
    "回到菜单",
    "主菜单",
    "重新开始",
    "上一步",
}


def step(turn: Turn) -> Outcome | None:
    """A command, or a tapped line whose words are exactly a need's own."""
    text = turn.raw.strip()
    if text.lower() in _MENU or not text.strip("?？ "):
        return events.menu(turn)
    if privacy.offers_number(turn.text):
        return privacy.no_numbers()
    if phrases.asks_person(turn.text):
        return handoff.start(turn)
    titled = titles.start(turn)
    if titled is not None:
        return titled
    if turn.conversation.check.get("open"):
        return None
    return pending.said_line(turn)
