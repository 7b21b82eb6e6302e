"""Words that always work, with or without Rasa: 菜单, 人工, 原文, and the lines of our own lists."""

from __future__ import annotations

from actions import eligibility, events, handlers, handoff, pending, phrases, privacy, titles
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
    if privacy.offers_number(turn.text) or privacy.only_number(turn):
        return _no_numbers(turn)
    if turn.conversation.pending.get("kind") == "callback":
        wished = handoff.callback(turn)
        if wished is not None:
            turn.conversation.pending = {}
            return wished
    if phrases.asks_person(turn.text):
        return handoff.start(turn)
    if phrases.is_angry(turn.text):
        return handlers.handle(turn, "complaint.complain_bot", 1.0)
    titled = titles.start(turn)
    if titled is not None:
        return titled
    if turn.conversation.check.get("open"):
        return None
    return pending.said_line(turn)


def _no_numbers(turn: Turn) -> Outcome:
    """We want no number of anybody; a form under way goes on with its question."""
    state = turn.conversation.check
    check = turn.library.checks.get(state.get("id", ""))
    if check is None or not state.get("open"):
        return privacy.no_numbers()
    asked = turn.library.questions[state["asked"]]
    return eligibility.ask(turn, check, asked, lead=privacy.no_numbers().text)
