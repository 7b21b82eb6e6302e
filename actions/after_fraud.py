"""What people say after the urgent steps: 还没转, 打完了, 还有一张卡, 家里人我不敢说.

Why this file exists: for two hours short words belong to the emergency, not to the classifier. Answers
are data (``content/fraud/steps.yml``); none promises that money comes back.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from actions import phrases
from actions.contacts import contact_words
from actions.evidence import WITHOUT_SUBJECT, nouns, supports
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn

VICTIM = "fraud.scam_victim_urgent"
UNDER_WAY = "fraud.scam_in_progress"
STAYS_FOR = timedelta(hours=2)
"""How long short questions are still about the emergency."""
_LONGEST = 30
"""Characters of the longest message that is one of them."""
TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("order", re.compile(r"先.{0,8}(还是|再)|先打(哪|谁)|哪个先|先找(谁|哪)")),
    (
        "recover",
        re.compile(
            r"(追|要|找|拿)(得|不|能)?(能)?回|还能(拿|要|追)|追回|能回来|还有救|拦(得|不)?(下|住)|成功(了|后)?再(收|给|付)"
        ),
    ),
    (
        "persuade",
        re.compile(
            r"(怎么|咋|如何)(个)?劝|劝(不|都|了)|(他|她|爸|妈|老人|家人|老伴).{0,4}(不信|不听|还要|还想|非要|接着)"
        ),
    ),
    (
        "evidence",
        re.compile(r"(准备|带|留|要)(些|点)?(什么|啥|哪些)|证据|材料|怎么(说|讲)|保留"),
    ),
    (
        "not_paid",
        re.compile(
            r"(还)?没有?(给|把)?(他|她|对方)?(钱|转|打钱|打款|付|汇|交|投)|没(来得及|损失|少钱|丢钱)|钱(都)?还在"
        ),
    ),
    (
        "hung_up",
        re.compile(r"^(好|嗯|行|那|已经|都|我)*(把)?(电话|他|软件)?(挂|断|拉黑|删|退出|卸载)(掉|断|了|完)"),
    ),
    (
        "done",
        re.compile(
            r"(打|报|冻结|挂失|改)(过|完|好)了?|(报|打)(了)?(警|110|96110|电话)了?|(110|96110|银行|电话)(打|报)(了|过|通)"
            r"|(派出所|银行|民警|警察).{0,6}(让我|叫我|喊我|说).{0,4}(去|来|等)|做(了)?笔录|立案|冻结了|挂失了"
        ),
    ),
    ("police", re.compile(r"网警|警官|工作证|警察.{0,6}(说|联系|打)|证件")),
    (
        "family",
        re.compile(r"家里人|家人|老公|老婆|媳妇|爸妈|父母|不敢(说|告诉)|不好意思|丢人|没脸|骂我|怪我"),
    ),
    (
        "card",
        re.compile(
            r"(卡|账户|支付宝|零钱).{0,8}(冻|挂失|要不要|怎么办|咋办|也)|别的卡|另(外)?一张|^(是|用的?(是)?)?.{1,6}的?卡$"
        ),
    ),
    (
        "next",
        re.compile(
            r"^(那|我|现在|接下来|下一步|然后|后面|还)*(要|该|能|得)?(干|做|咋|怎么)(什么|啥|么|办|整|弄|点啥)?|接下来|下一步"
        ),
    ),
)
"""Asides in the order in which they are looked for; ids as in ``steps.yml``."""


def recent(turn: Turn) -> bool:
    """Whether an emergency or a checked message is still fresh."""
    at = turn.conversation.fraud.get("at", "")
    return bool(at) and turn.now - datetime.fromisoformat(str(at)) < STAYS_FOR


def step(turn: Turn) -> Outcome | None:
    """Short words after the steps, before anything else reads them."""
    if not _open(turn) or phrases.is_resume(turn.text):
        return None
    for topic, pattern in TOPICS:
        if pattern.search(turn.text) and (topic == "card" or not _other_subject(turn)):
            return _say(turn, topic)
    named = turn.library.bank(turn.text)
    return _say(turn, "card") if named is not None and len(turn.text) <= _CARD_ONLY else None


_CARD_ONLY = 10
"""Characters up to which a bank's name alone (农业银行的卡) answers which card it is."""


def still_about(turn: Turn, outcome: Outcome) -> Outcome | None:
    """Words that nobody understood, while the emergency is fresh: the steps again, in short."""
    lost = outcome.kind in {OutcomeKind.CLARIFY, OutcomeKind.NOT_UNDERSTOOD, OutcomeKind.OUT_OF_SCOPE}
    if not lost or not _open(turn) or _other_subject(turn):
        return None
    turn.conversation.pending = {}
    return again(turn)


def _open(turn: Turn) -> bool:
    return bool(turn.conversation.fraud.get("open")) and recent(turn) and len(turn.text) <= _LONGEST


def _other_subject(turn: Turn) -> bool:
    """Whether the classifier is sure of another subject that has a word of its own in the message."""
    ranking = turn.ranking
    if not ranking or ranking[0][0].startswith("fraud.") or ranking[0][1] < load_thresholds().answer_at:
        return False
    near = {*WITHOUT_SUBJECT, "fraud", "banking_basics"}
    return any(supports(nouns(turn.text), t) for t in turn.library.topics if t not in near)


def again(turn: Turn) -> Outcome:
    """The steps of what is going on, in one breath."""
    return _outcome(turn, turn.library.fraud["steps"]["again"][turn.conversation.fraud["open"]])


def _say(turn: Turn, topic: str) -> Outcome:
    named = turn.library.bank(turn.text)
    if named is not None:
        turn.conversation.fraud["bank"] = named.id
    if topic == "next":
        return again(turn)
    return _outcome(turn, turn.library.fraud["steps"]["answers"][topic])


def _outcome(turn: Turn, text: str) -> Outcome:
    return Outcome(
        OutcomeKind.URGENT_FRAUD,
        text.replace("{bank}", bank_words(turn)),
        need=VICTIM,
        confidence=1.0,
        choices=(Choice("要准备什么证据"), Choice("人工")),
    )


def bank_words(turn: Turn) -> str:
    """The named bank's line where it is known and certain, else where to find it."""
    bank = turn.library.contacts.get(turn.conversation.fraud.get("bank", ""))
    if bank is not None and bank.number and bank.confidence == "high":
        return contact_words(bank)
    return str(turn.library.fraud["steps"]["bank_unknown"])
