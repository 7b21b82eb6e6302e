"""完了完了, 救命, 邻居都投了: too little to know, too much to pass over.

Why this file exists: someone who has just lost money may write two words. Before steps are said, one
question tells an emergency from a sigh; nothing here delays a clear one.
"""

from __future__ import annotations

import re

from actions import wording
from actions.after_fraud import UNDER_WAY, VICTIM
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

_CRY = re.compile(
    r"^(?:(?:我)?(?:完了|完蛋了?|糟了|遭了|坏了|坏事了|出事了|出大事了?|救命|救救我|天[哪呐啊]|我的天|帮帮我|快帮帮?我"
    r"|怎么办|咋办|咋整|咋个办|急+|慌了|吓死|快点?)[啊呀哦嘛了呢我,，。!！?？ ]*)+$"
)
_DANGER = re.compile(r"骗|诈|转|汇|打款|打钱|验证码|密码|链接|卡|警|没了|少了|空了|拉黑|刷单|共享")
_SHORT = 8
"""Characters up to which a message alone tells too little for steps."""
_NOTHING = 2
"""Characters that tell nothing, however sure a classifier is."""
_GOES_ON = 14
"""Characters up to which a message may only go on with what was answered last."""
_PRESSURE = re.compile(
    r"催|给(?:了|他|她|对方)|付|交了|交完|充|借|钱|扫|下载|投|软件|屏幕|冒充|威胁|恐吓|抓|查我|逮捕"
)
_PRICE = re.compile(r"(?:要|收|花|不)*(?:花|交|收)?钱[吗么不嘛]")
"""要花钱吗 asks for a price."""
CLEARLY = 0.5
"""Share of the urgent needs from which a short message without a word of money or fraud is one."""


def step(turn: Turn) -> Outcome | None:
    """A bare cry asks whether money is in danger."""
    text = turn.text.strip()
    return ask(turn) if len(text) <= 2 * _SHORT and _CRY.match(text) and not _under_way(turn) else None


def _under_way(turn: Turn) -> bool:
    """Whether the cry has something to be about: a check, an emergency, an answer just given."""
    talk = turn.conversation
    return bool(talk.check.get("open") or talk.fraud.get("open") or talk.need)


def says_nothing(turn: Turn) -> bool:
    """Whether a message is too short to be anything (要)."""
    return len(turn.text) <= _NOTHING


def too_little(turn: Turn, share: float) -> bool:
    """Whether only the classifier sees an emergency, in a few words without one of money or fraud."""
    few = says_nothing(turn) or (share < CLEARLY and len(turn.text) <= _SHORT) or _goes_on(turn)
    return few and not _DANGER.search(turn.text)


def _goes_on(turn: Turn) -> bool:
    """Whether a few words without one of money or pressure go on with what was answered (我爱人也在交呢)."""
    topic = turn.conversation.need.split(".")[0]
    goes_on = topic not in {"", "fraud"} and len(turn.text) <= _GOES_ON
    return goes_on and not turn.conversation.fraud.get("open") and not has_danger(turn.text)


def has_danger(text: str) -> bool:
    """Whether a word of money lost, of pressure or of a scam is in the text."""
    return bool(_DANGER.search(text) or _PRESSURE.search(_PRICE.sub("", text)))


def ask(turn: Turn) -> Outcome:
    """Is money gone or about to go? A tap or a yes begins the steps."""
    needs = [VICTIM, UNDER_WAY]
    turn.conversation.pending = {"kind": "choices", "needs": needs, "yes": True}
    says = [turn.library.needs[need].say for need in needs]
    return Outcome(
        OutcomeKind.CLARIFY,
        wording.PANIC,
        choices=tuple(Choice(say) for say in says),
        need=VICTIM,
        suggestions=tuple(needs),
        asks="choice",
    )
