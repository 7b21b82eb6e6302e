"""Several questions in one message: the first is answered, the others offered by name as taps.

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
_OUTRIGHT = re.compile(
    r"[?？]|[吗呢么嘛]$|怎么|咋|多少|多久|多长时间|几[次成天]|[能行要]不[能行要]|可不可以|哪|什么|啥|如何|有没有"
)
"""Words that ask whatever stands around them; 断了几个月 does not."""
_SHORTEST = 4
"""Characters of the shortest half that can be a question with a subject."""
_PIECES = re.compile(rf"(?:[。？?！!；;\n，,、]|\s|{_JOIN})+")
_POLITE = re.compile(r"^(?:谢谢|多谢|麻烦|请问|辛苦|急|在线等|你好|您好).{0,6}$")
_SEVERAL = 3
"""Pieces from which a list of questions needs its subject in the first only."""
_SHORT_PIECE = 14
"""Characters up to which a piece asks on about the subject of the first (多久到账)."""
_NO_OFFER = {OutcomeKind.URGENT_FRAUD, OutcomeKind.HANDED_OFF, OutcomeKind.SERVICE_TROUBLE}


def parts(text: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The questions of a message in their order; the text alone where there is but one.

    Args:
        text: a normalised message.
        topics: ids of the topics whose cue words count as a subject.
    """
    pieces = [p for p in _PIECES.split(text) if p and not _POLITE.match(p)]
    several = len(pieces) >= _SEVERAL and all(_OUTRIGHT.search(p) for p in pieces)
    if several and _has_subject(pieces[0], topics) and all(len(p) <= _SHORT_PIECE for p in pieces[1:]):
        return tuple(pieces)
    first, second = split(text, topics)
    return (first, second) if second else (text,)


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
    return bool(_QUESTION.search(half)) and _has_subject(half, topics)


def _has_subject(half: str, topics: tuple[str, ...]) -> bool:
    if len(half) < _SHORTEST:
        return False
    return any(evidence(half, topic) for topic in topics if topic not in WITHOUT_SUBJECT)


def offer(turn: Turn, outcome: Outcome) -> None:
    """Add the other questions of the message as lines to tap."""
    if outcome.silent or outcome.kind in _NO_OFFER or outcome.verdict.startswith(("likely", "susp", "no_")):
        return
    others = parts(normalise(turn.raw), tuple(turn.library.topics))[1:]
    if not others:
        return
    named = "”“".join(others)
    several = wording.MORE_QUESTIONS_LATER if outcome.asks else wording.MORE_QUESTIONS
    said = wording.SECOND_QUESTION if len(others) == 1 else several
    outcome.text = f"{outcome.text}\n{said.format(second=named)}"
    asked = tuple(Choice(other) for other in others)
    outcome.choices = (*asked, *outcome.choices[:3]) if not outcome.asks else outcome.choices
    says = [c.say for c in outcome.choices]
    turn.conversation.pending = {
        "kind": "list", **turn.conversation.pending, "says": says, "second": others[0],
    }  # fmt: skip
