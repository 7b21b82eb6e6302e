"""Turns a correction into a question that stands alone, before it is classified.

Why this file exists: "不是租房是买房" means nothing to a classifier; together with what was answered
last it does. It works on words only and must not know Rasa.
"""

from __future__ import annotations

import re

from actions import two
from actions.turn import Conversation
from content.find import Library
from nlu.text import entities

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
_OTHER_NUMBER = re.compile(r"^(?:那|还有)?(?P<whose>[^呢，,。]{2,6}?)(?:的|那边的?)?呢[?？]?$")
"""社保的呢 after a telephone number asks for another number."""
_AROUND = re.compile(r"[我人在是住到这那的呢了啊，,。 ]")
_DENIED = re.compile(r"不是(?:问|说|要|想)?(?P<denied>[^，,。 是我]{1,6})")
_SHORT = 4
"""Characters of a correction that names only the part put right (买房, 报销)."""
_TAIL = 3
"""Characters of a topic's name that carry its subject: 公积金, 就医结算 → 医结算 is not used alone."""


def corrected(text: str) -> str:
    """What a correction asks for instead ("打错了 是蓉易贷" → "蓉易贷"), or "" where it is none."""
    for pattern in _WANTED:
        found = pattern.search(text)
        if found:
            return found["wanted"].strip(" ，,。是")
    return ""


def _put_right(say: str, text: str, wanted: str, subject: str) -> str:
    """The last need's own words with what was denied replaced (租房提公积金 → 买房提公积金).

    Where a single letter of it is denied (提), only the subject is kept.
    """
    denied = _DENIED.search(text)
    words = denied["denied"] if denied else ""
    for size in range(len(words), 0, -1):
        word = words[-size:]
        if word in say:
            return say.replace(word, wanted) if size > 1 else f"{subject}{wanted}{_first_of(wanted)}"
    return f"{say} {wanted}"


def _first_of(wanted: str) -> str:
    """What someone who only names a loan needs to know first."""
    return "要什么条件" if wanted.endswith("贷款") else ""


def _only_place(wanted: str) -> bool:
    """Whether what is wanted instead is just another place (搞错了 我人在重庆)."""
    rest = wanted
    for found in entities(wanted):
        if found.kind == "city":
            rest = rest.replace(found.text, "")
    return rest != wanted and len(_AROUND.sub("", rest)) <= 1


def standalone(text: str, conversation: Conversation, library: Library) -> str:
    """The text to classify: a correction is completed with the subject of the last answer, and of several
    questions the first is taken (``actions.two`` offers the others).

    Args:
        text: normalised text of the message.
        conversation: for the need answered last.
        library: for the words of that need and its topic.
    """
    first, *others = two.parts(text, tuple(library.topics))
    if others:
        return first
    need = library.needs.get(conversation.need)
    other = _OTHER_NUMBER.match(text) if need is not None and need.handler == "contact" else None
    if other:
        return f"{other['whose']}电话多少"
    wanted = corrected(text)
    if not wanted or need is None or _only_place(wanted) or conversation.check.get("open"):
        return text
    if len(wanted) <= _SHORT:
        return _put_right(need.say, text, wanted, library.topics[need.topic].name[-_TAIL:])
    subject = library.topics[need.topic].name[-_TAIL:]
    return wanted if len(wanted) > 8 or subject in wanted else f"{subject} {wanted}"
