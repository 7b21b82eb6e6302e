"""The alarm for victims in plain words, and a box to try a sentence in: does it fire, and by which rule.

Why this file exists: staff see why somebody was told to call the police, and what their change would do,
before it is in force. What is typed is kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from actions import urgent
from actions.alarm import Alarm
from actions.turn import Conversation, Turn
from bot.console import preview, words
from bot.console.site import SITE
from bot.live.texts import put
from bot.staff.access import Call, Page
from bot.staff.common import library_of, today
from bot.staff.roles import READERS
from content.find import Library
from content.yamltext import YamlError, read
from nlu.text import normalise
from store import drafts
from store.drafts import Edit

LONGEST = 500
PATH = "content/fraud/urgent.yml"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a sentence does: the situation and rule that hold ("" and none), the words found by group, and
    what is sent at once ("" where nothing is)."""

    text: str
    situation: str
    rule: tuple[str, ...]
    hits: tuple[tuple[str, str], ...]
    reply: str


def show(call: Call) -> Response:
    """The rules, with a draft's where the query names one."""
    return _page(call, call.query("draft"))


def ask(call: Call) -> Response:
    """Try a sentence."""
    return _page(call, call.text("draft"), call.text("text", LONGEST))


def _page(call: Call, number: str, text: str = "") -> Response:
    library, edit = library_of(call), _draft(call, number)
    fault = ""
    data = library.fraud["urgent"]
    try:
        data = _with(library, edit) if edit else data
        tried = _try(library, Alarm(data) if edit else urgent.alarm(library), text, call) if text else None
    except (YamlError, re.error, TypeError):
        fault, tried = "这份修改现在还读不出来，先把它改好再试。", None
    values = {
        "tried": tried, "edit": edit, "fault": fault, "text": text, "longest": LONGEST, "words": words,
        "rule_words": in_words, "situations": [_situation(s) for s in data["situations"]],
        "groups": [(name, words.group(name), len(each)) for name, each in data["groups"].items()],
    }  # fmt: skip
    return SITE.page(call, "console/alarm.html", values)


def _draft(call: Call, number: str) -> Edit | None:
    if not number.isdecimal() or len(number) > 9:
        return None
    with call.database.read() as connection:
        found = drafts.find(connection, int(number))
    return found if found and found.kind == "groups" else None


def _with(library: Library, edit: Edit) -> dict[str, Any]:
    data: dict[str, Any] = read(put(library.texts[PATH], edit.kind, edit.key, read(edit.yaml)))
    return data


def _situation(data: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Id, word and rules in words."""
    return data["id"], words.situation(data["id"]), [in_words(rule) for rule in data["rules"]]


def in_words(rule: Sequence[str]) -> str:
    """A rule as a sentence.

    >>> in_words(["scam_word", "paid", "not:education"])
    '说到骗 ＋ 钱转出、付出了，但不是：问怎么防骗、科普'
    """
    there = " ＋ ".join(words.group(name) for name in rule if not name.startswith("not:"))
    absent = "；".join(words.group(name[4:]) for name in rule if name.startswith("not:"))
    return f"{there}，但不是：{absent}" if absent else there


def _try(library: Library, alarm: Alarm, text: str, call: Call) -> Tried:
    hits = alarm.hits(text)
    found = alarm.reason(hits)
    named = tuple((words.group(name), said) for name, said in hits.items())
    if found is None:
        return Tried(text, "", (), named, "")
    situation, rule = found
    return Tried(text, situation.id, tuple(rule), named, _reply(library, text, situation.steps, call))


def _reply(library: Library, text: str, steps: str, call: Call) -> str:
    """What would be sent first: the steps, with the bank that is named."""
    turn = Turn(normalise(text), text, preview.moment(today(call)), library, Conversation())
    bank = library.bank(text)
    turn.conversation.fraud = {"bank": bank.id if bank else ""}
    return urgent.assemble(turn, steps)


PAGES = (Page("/console/alarm", show, READERS), Page("/console/alarm", ask, READERS, "POST"))
