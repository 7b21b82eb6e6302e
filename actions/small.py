"""好的, 嗯, 知道了: a nod after an answer wants no answer, only to know that we are here.

Why this file exists: a classifier hears feelings in a nod. It is read after every question of ours had
its chance to take it as a yes.
"""

from __future__ import annotations

import re

from actions import phrases, sentence, wording
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

_NOD = re.compile(
    r"^(?:(?:好|好的?|行|可以|嗯|恩|哦|噢|喔|晓得了?|知道了?|明白了?|懂了?|了解了?|收到|ok|okay|要得|中|是|对|哈+|嘿+|呵+|嘻+)"
    r"[的了吧啊呀哈滴嘞哒哟噻~。.!！,， ]*)+$",
    re.I,
)
_UNKNOWN_ALONE = 8
"""Characters up to which a 不清楚 stands alone."""


def step(turn: Turn) -> Outcome | None:
    """A nod is acknowledged, a 不清楚 that answers nothing is taken kindly."""
    text = turn.text.strip()
    if phrases.is_unknown(text) and len(text) <= _UNKNOWN_ALONE and not sentence.asks(text):
        return Outcome(OutcomeKind.CHITCHAT, wording.UNKNOWN, choices=(Choice("人工"), Choice("菜单")))
    return nod() if _NOD.match(text) else None


def nod() -> Outcome:
    """We are here, and nothing else."""
    return Outcome(OutcomeKind.CHITCHAT, wording.NOD, choices=(Choice("菜单"),))
