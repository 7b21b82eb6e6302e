"""A bare number becomes the words of the line it picks, before anything else reads the message.

Why this file exists: a picked line must mean what tapping it means, to the steps and to the classifier
alike. Lists of needs, topics and clauses read their own numbers (``actions.pending``).
"""

from __future__ import annotations

import re

from actions import phrases
from actions.turn import Turn
from content.criterion import NUMERIC_KINDS

_OWN_NUMBERS = {"choices", "topics", "clauses"}
_SECOND = re.compile(r"^(?:那|还有)?(?:第二|另(?:外)?一|后(?:面)?(?:一|那))个?(?:问题|件事?|个)?[呢吧。]?$")


def resolve(turn: Turn) -> None:
    """Replace the text where it picks a line shown last."""
    said = _picked(turn)
    if not said:
        return
    if turn.conversation.pending.get("kind") == "list":
        turn.conversation.pending = {}
    turn.text = turn.raw = said


def _picked(turn: Turn) -> str:
    pending = turn.conversation.pending
    second = str(pending.get("second", ""))
    if second and _SECOND.match(turn.text):
        return second
    says = list(pending.get("says", ()))
    number = phrases.list_number(turn.text)
    if number is None or number > len(says) or pending.get("kind") in _OWN_NUMBERS or _counts(turn):
        return ""
    return str(says[number - 1])


def _counts(turn: Turn) -> bool:
    """Whether the question asked last is answered by a number itself."""
    state = turn.conversation.check
    asked = turn.library.questions.get(state.get("asked", "")) if state.get("open") else None
    return asked is not None and asked.kind in NUMERIC_KINDS
