"""Two questions in one message: the first is answered, the second offered as a tap.

Why this file exists: a classifier gives one need per text, and a question silently dropped is a lost
one. It works on words only.
"""

from __future__ import annotations

import re

from actions import wording
from actions.evidence import WITHOUT_SUBJECT
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn
from nlu.text import evidence, normalise

_JOIN = r"还有|另外|然后|以及|顺便(?:问(?:一?下|问)?)?|再问(?:一?下|个)?|还想问"
_PARTING = re.compile(rf"[。？?！!；;\n]+|[，, ]*(?:{_JOIN})[，, ：:]*")
_LEAD = re.compile(rf"^[，, ]*(?:{_JOIN}|对了)?[，, ：:]*")
_QUESTION = re.compile(
    r"[?？]|[吗呢么嘛][。!！,， ]*$|怎么|咋|多少|能不能|行不行|可不可以|哪|几|什么|啥|要不要|如何|有没有"
    r"|算不算|办不办"
)
_SHORTEST = 4
"""Characters of the shortest half that can be a question with a subject."""
_NO_OFFER = {OutcomeKind.URGENT_FRAUD, OutcomeKind.HANDED_OFF, OutcomeKind.SERVICE_TROUBLE}


def split(text: str, topics: tuple[str, ...]) -> tuple[str, str]:
    """The first question and the second, or the text and "" where there are not two.

    Args:
        text: a normalised message.
        topics: ids of the topics whose cue words count as a subject.
    """
    for parting in _PARTING.finditer(text):
        first, second = text[: parting.start()].strip("，, "), _LEAD.sub("", text[parting.end() :])
        mark = parting[0].strip()[:1]
        asked = first + ("?" if mark in {"?", "？"} else "")
        if all(_asks(half, topics) for half in (asked, second)):
            return first, second
    return text, ""


def _asks(half: str, topics: tuple[str, ...]) -> bool:
    if len(half) < _SHORTEST or not _QUESTION.search(half):
        return False
    return any(evidence(half, topic) for topic in topics if topic not in WITHOUT_SUBJECT)


def offer(turn: Turn, outcome: Outcome) -> None:
    """Add the second question of the message as a line to tap."""
    if outcome.silent or outcome.kind in _NO_OFFER or outcome.verdict.startswith(("likely", "susp", "no_")):
        return
    second = split(normalise(turn.raw), tuple(turn.library.topics))[1]
    if not second:
        return
    outcome.text = f"{outcome.text}\n{wording.SECOND_QUESTION.format(second=second)}"
    outcome.choices = (Choice(second), *outcome.choices[:3]) if not outcome.asks else outcome.choices
    says = [c.say for c in outcome.choices]
    turn.conversation.pending = {
        "kind": "list", **turn.conversation.pending, "says": says, "second": second,
    }  # fmt: skip
