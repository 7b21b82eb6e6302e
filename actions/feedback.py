"""Feedback on the last answer: 有帮助 / 没帮助 and the reason, bound to the answer's id."""

from __future__ import annotations

import re

from actions import phrases, sentence, wording
from actions.evidence import any_support
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

_HELPED = re.compile(r"^(有帮助|有用|帮到了|解决了|👍)[了的啊!！。]*$")
_NOT = re.compile(r"^(没帮助|没用|没有帮助|没解决|答得不对|答错了|👎)[了的啊!！。]*$")

_REMARK = re.compile(
    r"没(?:有)?(?:说|讲|写|提|告诉|回答|答)|不(?:对|是我|全|够|清楚|具体|准)|错|看不懂|听不懂|太(?:长|短|笼统|官方)|答非所问|废话|我问的"
)


def _asks_anew(turn: Turn) -> bool:
    """Whether it is a question with a subject of its own, not a remark on the answer (没说怎么算)."""
    if _REMARK.search(turn.text) or not sentence.asks(turn.text):
        return False
    return any_support(turn) or turn.raw.rstrip().endswith(("吗", "?", "？", "呢"))


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
    if len(turn.raw) > 100 or phrases.asks_person(turn.text) or _asks_anew(turn):
        return None
    effect = {"do": "feedback", "helpful": False, "reason": turn.raw, **about}
    return Outcome(
        OutcomeKind.CHITCHAT, wording.FEEDBACK_REASON, choices=(Choice("人工"),), effects=(effect,)
    )
