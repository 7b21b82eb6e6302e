"""Follow-ups: "那北京呢", "需要什么材料", "一个月最多多少" belong to what was answered last.

Why this file exists: a short message without a subject of its own is answered from the last need
instead of being guessed by the classifier.
"""

from __future__ import annotations

import re

from actions import handlers
from actions.evidence import any_support
from actions.outcome import Outcome
from actions.place import place_of
from actions.thresholds import load_thresholds
from actions.turn import Turn

SHORT = 14
"""Characters up to which a message may be a bare follow-up (dev dialogues: 2 to 12)."""
_STANDING = {"chitchat", "contact", "privacy", "complaint", "out_of_scope", "fraud"}
_EMPTY = re.compile(
    r"[那换成呢的是要在也这样么吗不我老家人现在?？，,。 啊呀看下查]|如果|要是|怎么样|一样|情况"
)


def step(turn: Turn) -> Outcome | None:
    """Answer from the last need when the message only changes the city or asks for an aspect."""
    need = turn.conversation.need
    if not need or need not in turn.library.needs or len(turn.text) > SHORT:
        return None
    if turn.library.needs[need].handler not in {"answer", "program"}:
        return None
    if _only_place(turn):
        turn.conversation.city = place_of(turn).city or turn.conversation.city
        return handlers.handle(turn, need, 1.0)
    if _speaks_for_itself(turn):
        return None
    if turn.understanding and turn.understanding.values("aspect"):
        return handlers.handle(turn, need, 1.0)
    return None


def _only_place(turn: Turn) -> bool:
    """Whether nothing is left when place names and filler are taken out."""
    if not turn.understanding or not turn.understanding.values("city"):
        return False
    rest = turn.text
    for entity in turn.understanding.entities:
        if entity.kind == "city":
            rest = rest.replace(entity.text, "")
    return len(_EMPTY.sub("", rest)) <= 1


def _speaks_for_itself(turn: Turn) -> bool:
    """Whether the message has a subject of its own that the classifier is sure of."""
    if not turn.understanding or not turn.understanding.ranking:
        return any_support(turn)
    best, confidence = turn.understanding.ranking[0]
    if best not in turn.library.needs:
        return False
    topic = turn.library.needs[best].topic
    sure = confidence >= load_thresholds().answer_at
    if topic in _STANDING:
        return sure
    return sure and any_support(turn)
