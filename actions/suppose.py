"""Suppositions and questions about a question while a form is open: 要是急诊呢, 什么叫有房.

Why this file exists: a word of the form in a question is no answer to it. What is only supposed is
answered in passing and never kept.
"""

from __future__ import annotations

import re

from actions import check_words, facts, hear, sentence, told, verdict
from actions.turn import Turn
from content.criteria import evaluate
from content.criterion import Check, Question

_SUPPOSES = re.compile(r"^(?:那|那么)?(?:要是|如果|假如|假设|若是|万一|换成)|^.{1,10}呢[?？]?$|^那.{1,12}呢")
_ANYBODY = re.compile(r"的人|是不是就|还(?:能|可以)|也(?:能|可以)|就不(?:能|行)|有(?:没有)?影响|影响不|要紧")
"""有房还能提吗: asked about anybody's case, where it is not said of oneself."""
_OWN = re.compile("我|咱")


def in_passing(turn: Turn, check: Check) -> str:
    """Where the check would stand if it were as supposed, or "" where nothing is supposed."""
    text = told.said(turn)
    asked = sentence.asks(text) and _ANYBODY.search(text) and not _OWN.search(text)
    if not (asked or _SUPPOSES.search(text)) or sentence.asks_meaning(text):
        return ""
    heard = told.hear_all(turn, check, text)
    if not heard:
        return ""
    today = turn.now.date()
    what_if = {q.id: facts.plain(h.value) for q, h in heard.items()}
    case = told.known(turn, check, today) | told.supposed(turn, list(heard), what_if, today)
    lines = verdict.supposed(check, evaluate(check, case, today, turn.library), what_if)
    return f"{check_words.SUPPOSED}\n{lines}"


def asks_meaning(turn: Turn, asked: Question) -> bool:
    """Whether the message asks what a word of the question means, not about another subject."""
    text = told.said(turn)
    return sentence.asks_meaning(text) and hear.shared_letters(asked, text) > 0
