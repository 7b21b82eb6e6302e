"""Turns a correction into a question that stands alone, before it is classified.

Why this file exists: "不是租房是买房" means nothing to a classifier; together with what was answered
last it does. It works on words only and must not know Rasa.
"""

from __future__ import annotations

import re

from actions.turn import Conversation
from content.find import Library

_END = r"[，,。.!！?？ ]*$"
_I = r"[，, ]*(?:我|咱)?"
_WANTED = (
    re.compile(
        rf"(?:也)?不是.{{1,10}}?{_I}(?:是(?:想|要|问)?|要的是|问的是|想(?:问|办)?)(?P<wanted>.{{1,30}}){_END}"
    ),
    re.compile(
        r"^(?:不对|错了|说错了|打错了|搞错了|弄错了|问错了)[，, ]*(?:我)?(?:是|想|要|说的是|问的?是?)?"
        rf"(?P<wanted>.{{2,30}}?)(?:[，, ]*不是.{{1,12}})?{_END}"
    ),
    re.compile(rf"^(?:我)?(?:说|问)的是(?P<wanted>.{{2,20}}){_END}"),
)
_TAIL = 3
"""Characters of a topic's name that carry its subject: 公积金, 就医结算 → 医结算 is not used alone."""


def corrected(text: str) -> str:
    """What a correction asks for instead ("打错了 是蓉易贷" → "蓉易贷"), or "" where it is none."""
    for pattern in _WANTED:
        found = pattern.search(text)
        if found:
            return found["wanted"].strip(" ，,。是")
    return ""


def standalone(text: str, conversation: Conversation, library: Library) -> str:
    """The text to classify: a correction is completed with the subject of the last answer.

    Args:
        text: normalised text of the message.
        conversation: for the need answered last.
        library: for the words of that need and its topic.
    """
    wanted = corrected(text)
    need = library.needs.get(conversation.need)
    if not wanted or need is None:
        return text
    subject = library.topics[need.topic].name[-_TAIL:]
    return wanted if len(wanted) > 8 or subject in wanted else f"{subject} {wanted}"
