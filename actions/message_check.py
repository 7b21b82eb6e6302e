"""帮我看看这条消息: the signs found in words, and a verdict that never says 安全.

Why this file exists: pasted messages are judged by what they ask for, not by who they say they are
from. The mildest verdict is "no sign found in the text".
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from actions.contacts import contact_words
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.signals import Detector, Finding
from actions.turn import Turn
from content.find import Library

NEED = "fraud.scam_message_check"
_BRACKETED = re.compile(r"【(?!(?:证件号|手机号|银行卡号|长号码|验证码)】)[^】]{2,16}】.{6,}", re.S)
"""A sender's name in brackets; the marks that our own masking leaves do not count."""
_HAS_LINK = re.compile(r"https?://|www\.", re.I)
_ASKS = re.compile(
    r"(帮|给)?我?(看看|看下|瞧瞧|瞅瞅|鉴定|分析|判断|查查)(一?下)?(这|这个|这条|下面|是不是)?.{0,8}"
    r"(短信|消息|信息|聊天|微信|内容|链接|真的?假|骗|问题|靠谱)?|是不是(诈骗|骗子|骗人)(短信|信息)?|能信不?|靠谱[吗不]|真的假的"
)
_OFFER = "high_return"
"""The sign of an offer that deserves a second opinion even alone."""
_STORY = 18
"""Characters from which a text may be a pasted message or a told offer."""
_QUESTION = re.compile(r"[吗么不]\s*[?？。]*$|怎么|咋|行不行|能不能|可不可以|多少|哪里|什么")
_LIKELY, _SURE = 0.3, 0.6
"""Confidences of the message check's own need, and of another fraud need."""
_ASK_PASTE = "可以。请把那条短信或聊天的文字复制发给我，号码、验证码先删掉。我只看文字里有没有骗术的迹象。"
_OR_NO_TEXT = "没有文字可发，就点一下："
_DOUBTED = "fraud.scam_identify"
_WITHOUT_TEXT = (_DOUBTED, "fraud.scam_victim_urgent")
_SCAM = "很像诈骗，先别照做。看到的迹象：{signs}。"
_SUSPICIOUS = "有可疑的地方：{signs}。先别付钱、别填资料，向对方的官方电话核实后再说。"
_NO_SIGN = "从文字里没看出骗术的迹象，但我不能保证它是真的。要办事，请自己打开官方应用或打官方电话核实。"
_CODE = "里面有验证码：如果不是您本人在操作，可能有人在试您的账号。验证码谁要都不给。"
_DO = "别点链接，别转账，别报验证码，别共享屏幕。已经转了钱，马上回复“我被骗了”，并打110。"
_FRESH = timedelta(minutes=30)
_AGAIN = 14
"""Characters up to which a doubt is about the message checked last."""
_DOUBTS = re.compile(
    r"真的|假的|可信|能信|靠谱|能不能信|是不是骗|骗人|骗子|有(?:没有)?问题|真假|那(?:我)?能点|要不要(?:点|回)"
)
_NOT_DONE = re.compile(
    r"^(?:好的?|嗯|我|还|都|也|就)*没(?:有)?(?:点|转|付|给|填|扫|下|下载|告诉|说|理|回|交|加|信)(?:他|她|开|进去|钱|链接|码)?[了过呢]?[。!！]?$"
)
_GOOD = "没照做就好。别点链接、别回复，拉黑前先截图。要是给过验证码、密码，马上打银行卡背面的客服电话。"
_VOUCHES = re.compile(
    r"^(?:但|可|不过)?(?:是)?(?:他们?|她们?|对方|人家|那人|那个人|邻居|朋友|同事|大家|别人|群里|老师|公司).{0,10}"
    r"(?:赚|挣|执照|证|参观|考察|补贴|都(?:投|买|做|在)|是(?:真|正规|国企|战友|老乡)|有(?:公司|办公|门店))"
)
_MOVES_MONEY = re.compile(r"转|打款|打钱|汇|充|交|付|垫|扣|提现|验证码|拉黑")
_VOUCH = 24
"""Characters up to which it is said who or what speaks for the offer."""
_AGAIN_SAID = {
    "likely_scam": "还是那句话：很像诈骗，别照做。执照、证件、截图、参观和熟人都在做，都证明不了是真的。",
    "suspicious": "我分不出真假，可疑的地方还在。执照、证件、参观和熟人都在投，都证明不了是真的。"
    "先别付钱、别填资料。",
    "no_sign_found": "光看文字我分不出真假，只能说没看出骗术的迹象。"
    "别从短信里的链接进，自己打开官方应用或打官方电话核实。",
}


@lru_cache(maxsize=2)
def detector(library: Library) -> Detector:
    """The signals of a content version, compiled once."""
    return Detector(library.fraud["signals"])


def find(turn: Turn, text: str) -> Finding:
    """The finding on a text, by the signals in force; looked for once per message."""
    if turn.finding is None or turn.finding[0] != text:
        turn.finding = (text, detector(turn.library).check(text))
    return turn.finding[1]


def step(turn: Turn) -> Outcome | None:
    """A message that is plainly pasted, or the one we asked for, is checked without a classifier."""
    if turn.conversation.pending.get("kind") == "paste":
        turn.conversation.pending = {}
        if len(turn.raw) >= 8:
            return judge(turn, turn.raw)
    if _BRACKETED.search(turn.raw) or (_HAS_LINK.search(turn.raw) and len(turn.raw) > 15):
        return judge(turn, turn.raw)
    return None


def told(turn: Turn) -> Outcome | None:
    """A message or story without a sender's mark that plainly shows the signs of a scam.

    A question that the classifier is sure of keeps its own answer; an offer asks nothing, and told as a doubt
    it gets a verdict all the same.
    """
    if _asks_again(turn):
        return _verdict_again(turn)
    if _fresh(turn) and _NOT_DONE.match(turn.text):
        return _unharmed(turn)
    if len(turn.raw) < _STORY or turn.understanding is None:
        return None
    top = turn.ranking[:1]
    if top and top[0][0] == NEED and top[0][1] >= _LIKELY:
        return handle(turn, NEED)
    sure = top[0][0] if top and top[0][1] >= _SURE else ""
    if sure and (_QUESTION.search(turn.raw) or (sure.startswith("fraud.") and sure != _DOUBTED)):
        return None
    found = find(turn, turn.raw)
    offered = sure in ("", _DOUBTED) and found.verdict == "suspicious" and _OFFER in found.ids
    plain = found.verdict == "likely_scam"
    return judge(turn, turn.raw) if plain or offered else None


def _unharmed(turn: Turn) -> Outcome:
    """没点, 没转: said right after a message was checked."""
    text = "\n".join([_GOOD, ask_officially(turn, "")])
    return Outcome(OutcomeKind.ANSWERED, text, need=NEED, confidence=1.0, choices=(Choice("我被骗了"),))


def vouched(turn: Turn) -> Outcome | None:
    """他已经赚了两千, 他有执照: what speaks for a suspicious offer proves nothing."""
    signs = turn.conversation.fraud.get("checked") not in {None, "", "no_sign_found"}
    if not signs or not _fresh(turn) or len(turn.raw) > _VOUCH or _MOVES_MONEY.search(turn.raw):
        return None
    return _verdict_again(turn) if _VOUCHES.search(turn.raw) else None


def _fresh(turn: Turn) -> bool:
    state = turn.conversation.fraud
    return bool(state.get("checked")) and turn.now - datetime.fromisoformat(str(state["at"])) < _FRESH


def _asks_again(turn: Turn) -> bool:
    """那是真的吗 right after a message was checked."""
    return _fresh(turn) and len(turn.raw) <= _AGAIN and bool(_DOUBTS.search(turn.raw))


def _verdict_again(turn: Turn) -> Outcome:
    verdict = str(turn.conversation.fraud["checked"])
    text = "\n".join([_AGAIN_SAID[verdict], ask_officially(turn, "")])
    choices = (Choice("我被骗了"),) if verdict == "likely_scam" else ()
    return Outcome(OutcomeKind.ANSWERED, text, need=NEED, confidence=1.0, verdict=verdict, choices=choices)


def handle(turn: Turn, need: str) -> Outcome:
    """A request to check: ask for the text when it is not there yet, else judge it."""
    rest = _ASKS.sub("", turn.raw)
    if len(re.sub(r"[\W_]", "", rest)) < 10:
        turn.conversation.pending = {"kind": "paste"}
        return _ask_to_paste(turn, need)
    return judge(turn, turn.raw)


def _ask_to_paste(turn: Turn, need: str) -> Outcome:
    """Who has nothing to paste may have a doubt, or may have paid already."""
    outcome = Outcome(OutcomeKind.CLARIFY, _ASK_PASTE, need=need, asks="message")
    outcome.offer_instead(turn.library, _WITHOUT_TEXT, _OR_NO_TEXT)
    return outcome


def judge(turn: Turn, text: str) -> Outcome:
    """The verdict in words, with the bank's or the police line where it matters."""
    found = find(turn, text)
    bank = turn.library.bank(text)
    turn.conversation.fraud = {
        "checked": found.verdict,
        "bank": bank.id if bank else "",
        "code": "码" in text,
        "at": turn.now.isoformat(),
    }
    return Outcome(
        OutcomeKind.ANSWERED,
        "\n".join(_lines(turn, found, text)),
        need=NEED,
        confidence=1.0,
        verdict=found.verdict,
        choices=(Choice("我被骗了"),) if found.verdict == "likely_scam" else (),
    )


def _lines(turn: Turn, found: Finding, text: str) -> list[str]:
    signs = "；".join(found.signs[:4])
    if found.verdict == "likely_scam":
        return [_SCAM.format(signs=signs), _DO, ask_officially(turn, text)]
    if found.verdict == "suspicious":
        return [_SUSPICIOUS.format(signs=signs), ask_officially(turn, text)]
    return [
        _NO_SIGN,
        *([_CODE] if re.search("验证码|校验码|动态码", text) else []),
        ask_officially(turn, text),
    ]


def ask_officially(turn: Turn, text: str) -> str:
    """Where to verify: the named bank's line, and 96110."""
    bank = turn.library.bank(text)
    line = turn.library.contacts["anti_fraud_hotline"]
    known = [bank, line] if bank else [line]
    return f"拿不准可以问：{'；'.join(contact_words(c) for c in known)}。"
