"""Feedback on the last answer: 有帮助 / 没帮助 and the reason, bound to the answer's id."""

from __future__ import annotations

import re

from actions import wording
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

_HELPED = re.compile(r"^(有帮助|有用|帮到了|解决了|👍)[了的啊!！。]*$")
_NOT = re.compile(r"^(没帮助|没用|没有帮助|没解决|答得不对|答错了|👎)[了的啊!！。]*$")


def step(turn: Turn) -> Outcome | None:
    """Record a verdict on the last answer; a 没帮助 asks for the reason once."""
    text = turn.raw.strip()
    helped, not_helped = bool(_HELPED.match(text)), bool(_NOT.match(text))
    if not (helped or not_helped) or not turn.conversation.recent:
        return None
    last = turn.conversation.recent[-1]
    effect = {"do": "feedback", "helpful": helped, "reason": "", **last}
    if helped:
        return Outcome(OutcomeKind.CHITCHAT, wording.FEEDBACK_THANKS, effects=(effect,))
    turn.conversation.pending = {"kind": "reason", "about": last}
    return Outcome(
        OutcomeKind.CHITCHAT, wording.FEEDBACK_ASK_REASON, choices=(Choice("人工"),), effects=(effect,)
    )


def reason(turn: Turn, about: dict[str, str]) -> Outcome | None:
    """The reason given after 没帮助; a new question or a request for a person is not a reason."""
    if turn.raw.rstrip().endswith(("吗", "?", "？", "呢", "人工")) or len(turn.raw) > 100:
        return None
    effect = {"do": "feedback", "helpful": False, "reason": turn.raw, **about}
    return Outcome(
        OutcomeKind.CHITCHAT, wording.FEEDBACK_REASON, choices=(Choice("人工"),), effects=(effect,)
    )
