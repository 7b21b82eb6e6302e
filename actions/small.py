"""好的, 嗯, 知道了: a nod after an answer wants no answer, only to know that we are here.

Why this file exists: a classifier hears feelings in a nod. It is read after every question of ours had
its chance to take it as a yes.
"""

from __future__ import annotations

import re

from actions import wording
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

_NOD = re.compile(
    r"^(?:好+|好的?|行|可以|嗯+|恩+|哦+|噢+|喔+|晓得了?|知道了?|明白了?|懂了?|了解了?|收到|ok|okay|要得|中)"
    r"[的了吧啊呀哈~。.!！,， ]*$",
    re.I,
)


def step(turn: Turn) -> Outcome | None:
    """A nod is acknowledged."""
    if not _NOD.match(turn.text.strip()):
        return None
    return Outcome(OutcomeKind.CHITCHAT, wording.NOD, choices=(Choice("菜单"),))
